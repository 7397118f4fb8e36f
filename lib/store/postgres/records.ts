import { refKey, type RecordNo, type RecordRef, type SourceRecord } from '../../domain';
import { StoreError } from '../errors';
import type { PutResult, RecordHead, RecordText, RecordWriter, StoredRecord, WrittenRecord } from '../interface';
import { rowLimit } from '../row-limit';
import { wholeNumber, type Connection } from './connection';
import { FORGOTTEN, NO_CONTENT } from '../record-version';
import { readContent } from '../stored-texts';
import { RecordBatch } from '../record-batch';
import { saveBatch } from './save-records';

type HeadRow = Omit<RecordHead, 'deleted'> & { deleted: boolean };
type RecordRow = HeadRow & { content: string };

const HEAD = `r.no, r.system, r.object, r.source_id AS "sourceId", r.kind, r.version, r.updated_at AS "updatedAt", r.deleted, r.hash,
	r.profile_no AS "profileNo", r.first_seen_at AS "firstSeenAt"`;
const RECORD = `${HEAD}, c.content`;
const BY_NO = (columns: string, join: string) =>
	`SELECT ${columns} FROM unnest($1::bigint[]) WITH ORDINALITY n (no, place) JOIN @records r ON r.no = n.no ${join} ORDER BY n.place`;
const BY_REF = (columns: string, join: string) =>
	`SELECT n.place, ${columns} FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY n (source_id, object, system, place)
	JOIN @records r ON r.source_id = n.source_id AND r.object = n.object AND r.system = n.system ${join} ORDER BY n.place`;
const OF_PROFILES = (columns: string, join: string) =>
	`SELECT ${columns} FROM unnest($1::bigint[]) n (no) JOIN @records r ON r.profile_no = n.no ${join}
	WHERE NOT r.deleted AND r.kind <> 'activity' ORDER BY r.no`;
const CONTENTS = 'JOIN @record_contents c ON c.no = r.no';

export class PostgresRecords implements RecordWriter {
	constructor(private readonly db: Connection) {}

	async byNo(nos: readonly RecordNo[]): Promise<StoredRecord[]> {
		if (nos.length === 0) return [];
		return (await this.db.all<RecordRow>(BY_NO(RECORD, CONTENTS), nos)).map(toRecord);
	}

	async written(nos: readonly RecordNo[]): Promise<WrittenRecord[]> {
		if (nos.length === 0) return [];
		return (await this.db.all<RecordRow>(BY_NO(RECORD, CONTENTS), nos)).map(toWritten);
	}

	async heads(nos: readonly RecordNo[]): Promise<RecordHead[]> {
		if (nos.length === 0) return [];
		return (await this.db.all<HeadRow>(BY_NO(HEAD, ''), nos)).map(toHead);
	}

	async hashes(nos: readonly RecordNo[]): Promise<Map<RecordNo, string>> {
		if (nos.length === 0) return new Map();
		return new Map((await this.db.all<{ no: number; hash: string }>(BY_NO('r.no, r.hash', ''), nos)).map(({ no, hash }) => [no, hash]));
	}

	async byRef(refs: readonly RecordRef[]): Promise<Map<string, StoredRecord>> {
		if (refs.length === 0) return new Map();
		const rows = await this.db.all<RecordRow>(BY_REF(RECORD, CONTENTS), ...columnsOf(refs));
		return new Map(rows.map((row) => [refKey(row), toRecord(row)]));
	}

	async headsByRef(refs: readonly RecordRef[]): Promise<Map<string, RecordHead>> {
		if (refs.length === 0) return new Map();
		const rows = await this.db.all<HeadRow>(BY_REF(HEAD, ''), ...columnsOf(refs));
		return new Map(rows.map((row) => [refKey(row), toHead(row)]));
	}

	async ofProfiles(profileNos: readonly number[]): Promise<StoredRecord[]> {
		if (profileNos.length === 0) return [];
		return (await this.db.all<RecordRow>(OF_PROFILES(RECORD, CONTENTS), [...new Set(profileNos)])).map(toRecord);
	}

	async textsOfProfiles(profileNos: readonly number[]): Promise<RecordText[]> {
		if (profileNos.length === 0) return [];
		return (await this.db.all<RecordRow>(OF_PROFILES(RECORD, CONTENTS), [...new Set(profileNos)])).map((row) => ({ head: toHead(row), content: row.content }));
	}

	async headsOfProfiles(profileNos: readonly number[]): Promise<RecordHead[]> {
		if (profileNos.length === 0) return [];
		return (await this.db.all<HeadRow>(OF_PROFILES(HEAD, ''), [...new Set(profileNos)])).map(toHead);
	}

	async haveLinks(): Promise<boolean> {
		return (await this.db.all('SELECT 1 FROM @links LIMIT 1')).length > 0;
	}

	async linkingTo(type: 'member_of' | 'owned_by', targets: readonly RecordRef[]): Promise<Map<string, StoredRecord[]>> {
		const found = new Map<string, StoredRecord[]>();
		if (targets.length === 0) return found;
		const unique = [...new Map(targets.map((target) => [refKey(target), target])).values()];
		const rows = await this.db.all<RecordRow & { place: number }>(
			`SELECT n.place, ${RECORD} FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY n (source_id, object, system, place)
			JOIN @links l ON l.source_id = n.source_id AND l.object = n.object AND l.system = n.system AND l.type = $4
			JOIN @records r ON r.no = l.no ${CONTENTS} WHERE NOT r.deleted ORDER BY n.place, l.no`,
			...columnsOf(unique),
			type,
		);
		for (const { place, ...row } of rows) {
			const key = refKey(unique[place - 1] as RecordRef);
			const list = found.get(key) ?? [];
			list.push(toRecord(row));
			found.set(key, list);
		}
		return found;
	}

	async scan(afterNo: RecordNo, limit: number): Promise<StoredRecord[]> {
		const sql = `SELECT ${RECORD} FROM @records r ${CONTENTS} WHERE r.no > $1 ORDER BY r.no LIMIT $2`;
		return (await this.db.all<RecordRow>(sql, wholeNumber(afterNo), rowLimit(limit))).map(toRecord);
	}

	async scanHeads(afterNo: RecordNo, limit: number): Promise<RecordHead[]> {
		const sql = `SELECT ${HEAD} FROM @records r WHERE r.no > $1 ORDER BY r.no LIMIT $2`;
		return (await this.db.all<HeadRow>(sql, wholeNumber(afterNo), rowLimit(limit))).map(toHead);
	}

	async settledActivities(before: string, afterNo: RecordNo, limit: number): Promise<StoredRecord[]> {
		const sql = `SELECT ${RECORD} FROM @records r ${CONTENTS}
			WHERE r.no > $1 AND r.kind = 'activity' AND NOT r.deleted AND r.updated_at < $2 ORDER BY r.no LIMIT $3`;
		return (await this.db.all<RecordRow>(sql, wholeNumber(afterNo), before, rowLimit(limit))).map(toRecord);
	}

	async counts(): Promise<{ system: string; object: string; records: number }[]> {
		return await this.db.all(
			'SELECT system, object, count(*) AS records FROM @records WHERE NOT deleted GROUP BY system, object ORDER BY system, object',
		);
	}

	/** Two or three statements for any batch: what is known of its records, what changes overwrite, and all that is written. */
	async put(records: readonly SourceRecord[], at: string): Promise<PutResult[]> {
		if (records.length === 0) return [];
		const refs = [...new Map(records.map((record) => [refKey(record), record])).values()];
		const batch = new RecordBatch(at, [...(await this.headsByRef(refs)).values()]);
		for (const record of records) batch.put(record);
		const overwritten = batch.overwritten();
		const before = new Map((await this.byNo(overwritten)).map((record) => [record.no, record]));
		const changes = batch.changes(before);
		const base = await saveBatch(this.db, changes, at);
		this.db.growth.note(base, changes.added.length);
		return batch.results(base, before);
	}

	async assign(assignments: readonly { no: RecordNo; profileNo: number | null }[]): Promise<void> {
		if (assignments.length === 0) return;
		const last = new Map(assignments.map(({ no, profileNo }) => [no, profileNo]));
		const rows = await this.db.all<{ no: number }>(
			`UPDATE @records r SET profile_no = n.profile_no FROM unnest($1::bigint[], $2::bigint[]) n (no, profile_no)
			WHERE r.no = n.no RETURNING r.no`,
			[...last.keys()],
			[...last.values()],
		);
		if (rows.length === last.size) return;
		for (const { no } of rows) last.delete(no);
		throw new StoreError('conflict', `Record number ${[...last.keys()][0] ?? ''} can't be given a profile: the store has no such record`);
	}

	async forget(nos: readonly RecordNo[]): Promise<void> {
		if (nos.length === 0) return;
		const sql = `UPDATE @records SET deleted = true, hash = $2 || hash WHERE no = ANY ($1::bigint[]) AND kind = 'activity' AND NOT deleted RETURNING no`;
		const gone = (await this.db.all<{ no: number }>(sql, nos, FORGOTTEN)).map(({ no }) => no);
		const links = (await this.byNo(gone)).flatMap((record) => record.links.map((link) => ({ ...link, no: record.no })));
		await this.db.run(
			`WITH contents AS (UPDATE @record_contents SET content = $2 WHERE no = ANY ($1::bigint[]))
			DELETE FROM @links l USING unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[]) n (source_id, object, system, type, no)
			WHERE l.source_id = n.source_id AND l.object = n.object AND l.system = n.system AND l.type = n.type AND l.no = n.no`,
			gone,
			NO_CONTENT,
			...columnsOf(links),
			links.map(({ type }) => type),
			links.map(({ no }) => no),
		);
	}
}

function columnsOf(refs: readonly RecordRef[]): [string[], string[], string[]] {
	return [refs.map(({ sourceId }) => sourceId), refs.map(({ object }) => object), refs.map(({ system }) => system)];
}

function toRecord(row: RecordRow): StoredRecord {
	const { hash: _hash, ...record } = toWritten(row);
	return record;
}

function toWritten(row: RecordRow): WrittenRecord {
	const head = toHead(row);
	return { ...head, ...readContent(row.content, head) };
}

function toHead({ no, system, object, sourceId, version, updatedAt, kind, deleted, profileNo, firstSeenAt, hash }: HeadRow): RecordHead {
	return { no, system, object, sourceId, version, updatedAt, kind, ...(deleted ? { deleted: true } : {}), profileNo, firstSeenAt, hash };
}
