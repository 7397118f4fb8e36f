import { refKey, type Entity, type RecordRef } from '../../domain';
import type { AwaitedId, ListedPromise, ListedPromisedRecord, NewPromise, PromisedId, PromisedRecord, PromiseWriter } from '../interface';
import { rowLimit } from '../row-limit';
import type { Connection } from './connection';

interface PromisedRow {
	place: number;
	canonicalId: string;
	entity: Entity;
	age: number;
	profileNo: number | null;
}
interface AwaitedRow {
	id: string;
	heir: string;
	total: number;
	system: string;
	object: string;
	/** Null where no record is to be named. */
	sourceId: string | null;
}

const OF_RECORDS = `SELECT n.place, p.canonical_id AS "canonicalId", p.entity, p.age, i.profile_no AS "profileNo"
	FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY n (source_id, object, system, place)
	JOIN @promised_records r ON r.source_id = n.source_id AND r.object = n.object AND r.system = n.system
	JOIN @promised_ids p ON p.canonical_id = r.canonical_id LEFT JOIN @canonical_ids i ON i.canonical_id = p.canonical_id`;
const PLACES = `SELECT n.place, i.profile_no AS no FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY n (source_id, object, system, place)
	JOIN @promised_records r ON r.source_id = n.source_id AND r.object = n.object AND r.system = n.system
	JOIN @canonical_ids i ON i.canonical_id = r.canonical_id WHERE NOT EXISTS (SELECT 1 FROM @promised_ids p WHERE p.canonical_id = r.canonical_id)`;
const AWAITED = `SELECT p.canonical_id AS id, p.heir, t.total, r.system, r.object, r.source_id AS "sourceId"
	FROM unnest($1::text[]) n (id) JOIN @promised_ids p ON p.canonical_id = n.id
	CROSS JOIN LATERAL (SELECT count(*) AS total FROM @promised_records WHERE canonical_id = p.heir) t
	LEFT JOIN LATERAL (
		SELECT system, object, source_id FROM @promised_records WHERE canonical_id = p.heir ORDER BY system, object, source_id LIMIT $2
	) r ON true
	WHERE NOT EXISTS (SELECT 1 FROM @canonical_ids i WHERE i.canonical_id = p.canonical_id) ORDER BY n.id, r.system, r.object, r.source_id`;
const SCAN = `SELECT p.canonical_id AS "canonicalId", p.heir, (SELECT count(*) FROM @promised_records r WHERE r.canonical_id = p.heir) AS records,
		coalesce(NOT i.retired, false) AS issued, coalesce(i.retired, false) AS leads,
		EXISTS (SELECT 1 FROM @promised_ids h WHERE h.canonical_id = p.heir AND h.heir = h.canonical_id) AS "hasHeir"
	FROM @promised_ids p LEFT JOIN @canonical_ids i ON i.canonical_id = p.canonical_id WHERE p.canonical_id > $1 ORDER BY p.canonical_id LIMIT $2`;
const RECORD = 'r.system, r.object, r.source_id AS "sourceId", r.canonical_id AS "canonicalId"';
const SCAN_RECORDS = `SELECT ${RECORD}, EXISTS (SELECT 1 FROM @promised_ids p WHERE p.canonical_id = r.canonical_id AND p.heir = r.canonical_id)
		OR (EXISTS (SELECT 1 FROM @canonical_ids i WHERE i.canonical_id = r.canonical_id) AND NOT EXISTS (SELECT 1 FROM @promised_ids p WHERE p.canonical_id = r.canonical_id)) AS known
	FROM @promised_records r WHERE (r.source_id, r.object, r.system) > ($1, $2, $3) ORDER BY r.source_id, r.object, r.system LIMIT $4`;
const PROMISED_BEFORE = `SELECT p.canonical_id AS "canonicalId", p.entity, p.age, i.profile_no AS "profileNo"
	FROM @promised_ids p LEFT JOIN @canonical_ids i ON i.canonical_id = p.canonical_id
	WHERE p.at < $1 AND p.heir = p.canonical_id ORDER BY p.at, p.age, p.canonical_id LIMIT $2`;
const PLACED_BEFORE = `SELECT ${RECORD} FROM @promised_records r
	WHERE r.at < $1 AND NOT EXISTS (SELECT 1 FROM @promised_ids p WHERE p.canonical_id = r.canonical_id) LIMIT $2`;
const LEAD = `INSERT INTO @canonical_ids AS i (canonical_id, profile_no, retired)
	SELECT p.canonical_id, n.no, true FROM unnest($1::text[], $2::bigint[]) n (id, no) JOIN @promised_ids p ON p.heir = n.id
	ON CONFLICT (canonical_id) DO UPDATE SET profile_no = excluded.profile_no WHERE i.retired`;

export class PostgresPromises implements PromiseWriter {
	constructor(private readonly db: Connection) {}

	async any(): Promise<boolean> {
		return (await this.db.all('SELECT 1 FROM @promised_records LIMIT 1')).length > 0;
	}

	async ofRecords(refs: readonly RecordRef[]): Promise<Map<string, PromisedId>> {
		if (refs.length === 0) return new Map();
		const rows = await this.db.all<PromisedRow>(OF_RECORDS, ...columnsOf(refs));
		return new Map(rows.map(({ place, ...promised }) => [refKey(refs[place - 1] as RecordRef), promised]));
	}

	async placesOf(refs: readonly RecordRef[]): Promise<Map<string, number>> {
		if (refs.length === 0) return new Map();
		const rows = await this.db.all<{ place: number; no: number }>(PLACES, ...columnsOf(refs));
		return new Map(rows.map(({ place, no }) => [refKey(refs[place - 1] as RecordRef), no]));
	}

	async placedAt(profileNos: readonly number[]): Promise<RecordRef[]> {
		if (profileNos.length === 0) return [];
		const sql = `SELECT r.system, r.object, r.source_id AS "sourceId" FROM @profiles p JOIN @promised_records r ON r.canonical_id = p.canonical_id
			WHERE p.no = ANY ($1::bigint[])`;
		return (await this.db.all<RecordRef>(sql, profileNos)).map((ref) => ({ ...ref }));
	}

	async awaited(ids: readonly string[], most: number): Promise<Map<string, AwaitedId>> {
		const found = new Map<string, AwaitedId>();
		if (ids.length === 0) return found;
		for (const { id, heir, total, system, object, sourceId } of await this.db.all<AwaitedRow>(AWAITED, [...new Set(ids)], rowLimit(most))) {
			const one = found.get(id) ?? { canonicalId: heir, records: [], total };
			if (sourceId !== null) one.records.push({ system, object, sourceId });
			found.set(id, one);
		}
		return found;
	}

	async carriers(ids: readonly string[]): Promise<PromisedRecord[]> {
		if (ids.length === 0) return [];
		return (await this.db.all<PromisedRecord>(`SELECT ${RECORD} FROM @promised_records r WHERE r.canonical_id = ANY ($1::text[])`, ids)).map((row) => ({ ...row }));
	}

	async scan(afterId: string, limit: number): Promise<ListedPromise[]> {
		return (await this.db.all<ListedPromise>(SCAN, afterId, rowLimit(limit))).map((row) => ({ ...row }));
	}

	async scanRecords(after: RecordRef | null, limit: number): Promise<ListedPromisedRecord[]> {
		const { sourceId, object, system } = after ?? { sourceId: '', object: '', system: '' };
		return (await this.db.all<ListedPromisedRecord>(SCAN_RECORDS, sourceId, object, system, rowLimit(limit))).map((row) => ({ ...row }));
	}

	async promisedBefore(before: string, limit: number): Promise<PromisedId[]> {
		return (await this.db.all<PromisedId>(PROMISED_BEFORE, before, rowLimit(limit))).map((row) => ({ ...row }));
	}

	async placedBefore(before: string, limit: number): Promise<PromisedRecord[]> {
		return (await this.db.all<PromisedRecord>(PLACED_BEFORE, before, rowLimit(limit))).map((row) => ({ ...row }));
	}

	async add(promises: readonly NewPromise[], at: string): Promise<void> {
		const retired = promises.flatMap(({ canonicalId, aliases }) => aliases.map((id) => [id, canonicalId] as const));
		if (retired.length > 0) {
			const moved = [retired.map(([id]) => id), retired.map(([, heir]) => heir)] as const;
			const to = 'FROM unnest($1::text[], $2::text[]) n (id, heir)';
			await this.db.run(`UPDATE @promised_records r SET canonical_id = n.heir ${to} WHERE r.canonical_id = n.id`, ...moved);
			await this.db.run(`UPDATE @promised_ids p SET heir = n.heir ${to} WHERE p.heir = n.id`, ...moved);
		}
		const ids = new Map(promises.flatMap((one) => [one.canonicalId, ...one.aliases].map((id) => [id, one] as const)));
		await this.db.run(
			`INSERT INTO @promised_ids (canonical_id, heir, entity, age, at) SELECT n.*, $5 FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) n
			ON CONFLICT (canonical_id) DO UPDATE SET heir = excluded.heir, entity = excluded.entity, age = excluded.age, at = excluded.at`,
			[...ids.keys()],
			[...ids.values()].map(({ canonicalId }) => canonicalId),
			[...ids.values()].map(({ entity }) => entity),
			[...ids.values()].map(({ age }) => age),
			at,
		);
		await this.place(promises.flatMap(({ canonicalId, records }) => records.map((ref) => ({ ...ref, canonicalId }))), at);
	}

	async place(records: readonly PromisedRecord[], at: string): Promise<void> {
		if (records.length === 0) return;
		const last = [...new Map(records.map((one) => [refKey(one), one])).values()];
		await this.db.run(
			`INSERT INTO @promised_records (source_id, object, system, canonical_id, at)
			SELECT n.*, $5 FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) n
			ON CONFLICT (source_id, object, system) DO UPDATE SET canonical_id = excluded.canonical_id, at = excluded.at`,
			...columnsOf(last),
			last.map(({ canonicalId }) => canonicalId),
			at,
		);
	}

	async forget(refs: readonly RecordRef[]): Promise<void> {
		if (refs.length === 0) return;
		await this.db.run(
			`DELETE FROM @promised_records r USING unnest($1::text[], $2::text[], $3::text[]) n (source_id, object, system)
			WHERE r.source_id = n.source_id AND r.object = n.object AND r.system = n.system`,
			...columnsOf(refs),
		);
	}

	async lead(pairs: readonly { canonicalId: string; profileNo: number }[]): Promise<void> {
		if (pairs.length === 0) return;
		const last = new Map(pairs.map(({ canonicalId, profileNo }) => [canonicalId, profileNo]));
		await this.db.run(LEAD, [...last.keys()], [...last.values()]);
	}

	async keep(pairs: readonly { canonicalId: string; profileNo: number }[]): Promise<void> {
		if (pairs.length === 0) return;
		await this.lead(pairs);
		const ids = pairs.map(({ canonicalId }) => canonicalId);
		await this.db.run('DELETE FROM @promised_records WHERE canonical_id = ANY ($1::text[])', ids);
		await this.db.run('DELETE FROM @promised_ids WHERE heir = ANY ($1::text[])', ids);
	}
}

function columnsOf(refs: readonly RecordRef[]): string[][] {
	return [refs.map(({ sourceId }) => sourceId), refs.map(({ object }) => object), refs.map(({ system }) => system)];
}
