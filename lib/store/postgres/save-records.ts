import type { RecordNo, SourceRecord } from '../../domain';
import type { Connection } from './connection';
import { taken } from './counters';
import type { RecordChanges, Written } from '../record-batch';

type Link = SourceRecord['links'][number];

/** Writes what a batch of records comes to; returns the number in front of the first new record's. */
export async function saveBatch(db: Connection, { added, changed }: RecordChanges, at: string): Promise<number> {
	const base = added.length > 0 ? await insert(db, added, at) : 0;
	if (changed.length > 0) await update(db, changed);
	return base;
}

async function insert(db: Connection, added: readonly Written[], at: string): Promise<number> {
	const links = added.flatMap(({ record }, index) => record.links.map((link) => ({ link, place: index + 1 })));
	const row = await db.get<{ base: number }>(
		`WITH ${taken('records', '$1')},
		fresh AS MATERIALIZED (
			SELECT taken.base + n.place AS no, n.* FROM taken,
				unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::text[], $10::text[])
				WITH ORDINALITY n (system, object, source_id, kind, version, updated_at, deleted, hash, content, place)
		),
		heads AS (
			INSERT INTO @records (no, system, object, source_id, kind, version, updated_at, deleted, hash, first_seen_at)
			SELECT no, system, object, source_id, kind, version, updated_at, deleted, hash, $11 FROM fresh ORDER BY no
		),
		links AS (
			INSERT INTO @links (source_id, object, system, type, no)
			SELECT l.source_id, l.object, l.system, l.type, taken.base + l.place
			FROM taken, unnest($12::text[], $13::text[], $14::text[], $15::text[], $16::bigint[]) l (source_id, object, system, type, place)
			ON CONFLICT DO NOTHING
		),
		contents AS (INSERT INTO @record_contents (no, content) SELECT no, content FROM fresh ORDER BY no)
		SELECT base FROM taken`,
		added.length,
		...headColumns(added),
		added.map(({ json }) => json),
		at,
		...linkColumns(links.map(({ link }) => link)),
		links.map(({ place }) => place),
	);
	return row?.base ?? 0;
}

async function update(db: Connection, changed: RecordChanges['changed']): Promise<void> {
	const rewritten = changed.filter(({ sameContent }) => !sameContent);
	const [gone, come]: [{ no: RecordNo; link: Link }[], { no: RecordNo; link: Link }[]] = [[], []];
	for (const { no, written, before } of rewritten) {
		const [were, are] = [byText(before?.links ?? []), byText(written.record.links)];
		for (const [text, link] of were) if (!are.has(text)) gone.push({ no, link });
		for (const [text, link] of are) if (!were.has(text)) come.push({ no, link });
	}
	const [, , , kinds, versions, times, deleted, hashes] = headColumns(changed.map(({ written }) => written));
	await db.run(
		`WITH contents AS (
			UPDATE @record_contents c SET content = n.content FROM unnest($7::bigint[], $8::text[]) n (no, content) WHERE c.no = n.no
		),
		gone AS (
			DELETE FROM @links l USING unnest($9::text[], $10::text[], $11::text[], $12::text[], $13::bigint[]) n (source_id, object, system, type, no)
			WHERE l.source_id = n.source_id AND l.object = n.object AND l.system = n.system AND l.type = n.type AND l.no = n.no
		),
		come AS (
			INSERT INTO @links (source_id, object, system, type, no)
			SELECT * FROM unnest($14::text[], $15::text[], $16::text[], $17::text[], $18::bigint[]) ON CONFLICT DO NOTHING
		)
		UPDATE @records r SET kind = n.kind, version = n.version, updated_at = n.updated_at, deleted = n.deleted, hash = n.hash
		FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::boolean[], $6::text[]) n (no, kind, version, updated_at, deleted, hash)
		WHERE r.no = n.no`,
		changed.map(({ no }) => no),
		...[kinds, versions, times, deleted, hashes],
		rewritten.map(({ no }) => no),
		rewritten.map(({ written }) => written.json),
		...linkColumns(gone.map(({ link }) => link)),
		gone.map(({ no }) => no),
		...linkColumns(come.map(({ link }) => link)),
		come.map(({ no }) => no),
	);
}

type HeadColumns = [string[], string[], string[], string[], string[], string[], boolean[], string[]];

function headColumns(written: readonly Written[]): HeadColumns {
	return [
		written.map(({ record }) => record.system),
		written.map(({ record }) => record.object),
		written.map(({ record }) => record.sourceId),
		written.map(({ record }) => record.kind),
		written.map(({ record }) => record.version),
		written.map(({ record }) => record.updatedAt),
		written.map(({ record }) => record.deleted === true),
		written.map(({ hash }) => hash),
	];
}

function linkColumns(links: readonly Link[]): [string[], string[], string[], string[]] {
	return [links.map(({ sourceId }) => sourceId), links.map(({ object }) => object), links.map(({ system }) => system), links.map(({ type }) => type)];
}

function byText(links: readonly Link[]): Map<string, Link> {
	return new Map(links.map((link) => [JSON.stringify([link.sourceId, link.object, link.system, link.type]), link]));
}
