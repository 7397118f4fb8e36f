import { refKey, type Entity, type RecordRef } from '../../domain';
import type { AwaitedId, ListedPromise, ListedPromisedRecord, NewPromise, PromisedId, PromisedRecord, PromiseWriter } from '../interface';
import { rowLimit } from '../row-limit';
import { fromStoredText, toStoredText } from '../text';
import type { Connection } from './connection';
import type { Immediate } from './transaction';

const OF_RECORDS = `SELECT n.key, p.canonical_id, p.entity, p.age, i.profile_no FROM json_each(?) n
	CROSS JOIN promised_records r ON r.source_id = n.value ->> 0 AND r.object = n.value ->> 1 AND r.system = n.value ->> 2
	CROSS JOIN promised_ids p ON p.canonical_id = r.canonical_id LEFT JOIN canonical_ids i ON i.canonical_id = p.canonical_id`;
const PLACES = `SELECT n.key, i.profile_no FROM json_each(?) n
	CROSS JOIN promised_records r ON r.source_id = n.value ->> 0 AND r.object = n.value ->> 1 AND r.system = n.value ->> 2
	CROSS JOIN canonical_ids i ON i.canonical_id = r.canonical_id WHERE NOT EXISTS (SELECT 1 FROM promised_ids p WHERE p.canonical_id = r.canonical_id)`;
const AWAITED = `SELECT p.heir FROM promised_ids p WHERE p.canonical_id = ? AND NOT EXISTS (SELECT 1 FROM canonical_ids i WHERE i.canonical_id = p.canonical_id)`;
const SCAN = `SELECT p.canonical_id, p.heir, (SELECT count(*) FROM promised_records r WHERE r.canonical_id = p.heir) AS records,
		i.retired IS 0 AS issued, i.retired IS 1 AS leads, EXISTS (SELECT 1 FROM promised_ids h WHERE h.canonical_id = p.heir AND h.heir = h.canonical_id)
	FROM promised_ids p LEFT JOIN canonical_ids i ON i.canonical_id = p.canonical_id WHERE p.canonical_id > ? ORDER BY p.canonical_id LIMIT ? + 0`;
const SCAN_RECORDS = `SELECT r.source_id, r.object, r.system, r.canonical_id, EXISTS (SELECT 1 FROM promised_ids p WHERE p.canonical_id = r.canonical_id AND p.heir = r.canonical_id)
		OR (EXISTS (SELECT 1 FROM canonical_ids i WHERE i.canonical_id = r.canonical_id) AND NOT EXISTS (SELECT 1 FROM promised_ids p WHERE p.canonical_id = r.canonical_id))
	FROM promised_records r WHERE (r.source_id, r.object, r.system) > (?, ?, ?) ORDER BY r.source_id, r.object, r.system LIMIT ? + 0`;
const PROMISED_BEFORE = `SELECT p.canonical_id, p.entity, p.age, i.profile_no FROM promised_ids p LEFT JOIN canonical_ids i ON i.canonical_id = p.canonical_id
	WHERE p.at < ? AND p.heir = p.canonical_id ORDER BY p.at, p.age, p.canonical_id LIMIT ? + 0`;
const PLACED_BEFORE = `SELECT r.system, r.object, r.source_id, r.canonical_id FROM promised_records r
	WHERE r.at < ? AND NOT EXISTS (SELECT 1 FROM promised_ids p WHERE p.canonical_id = r.canonical_id) LIMIT ? + 0`;
const LEAD = `INSERT INTO canonical_ids (canonical_id, profile_no, retired) SELECT canonical_id, ?, 1 FROM promised_ids WHERE heir = ?
	ON CONFLICT (canonical_id) DO UPDATE SET profile_no = excluded.profile_no WHERE retired = 1`;

export class SqlitePromises implements Immediate<PromiseWriter> {
	constructor(private readonly db: Connection) {}

	any(): boolean {
		return this.db.get('SELECT 1 FROM promised_records LIMIT 1') !== undefined;
	}

	ofRecords(refs: readonly RecordRef[]): Map<string, PromisedId> {
		const rows = this.db.lists<[place: number, canonicalId: string, entity: Entity, age: number, profileNo: number | null]>(OF_RECORDS, listed(refs));
		return new Map(rows.map(([place, id, entity, age, profileNo]) => [refKey(refs[place] as RecordRef), { canonicalId: fromStoredText(id), entity, age, profileNo }]));
	}

	placesOf(refs: readonly RecordRef[]): Map<string, number> {
		return new Map(this.db.lists<[place: number, no: number]>(PLACES, listed(refs)).map(([place, no]) => [refKey(refs[place] as RecordRef), no]));
	}

	placedAt(profileNos: readonly number[]): RecordRef[] {
		const sql = `SELECT r.system, r.object, r.source_id FROM json_each(?) n CROSS JOIN profiles p ON p.no = n.value
			CROSS JOIN promised_records r ON r.canonical_id = p.canonical_id`;
		const rows = this.db.lists<[system: string, object: string, sourceId: string]>(sql, JSON.stringify(profileNos));
		return rows.map(([system, object, sourceId]) => ({ system, object, sourceId: fromStoredText(sourceId) }));
	}

	awaited(ids: readonly string[], most: number): Map<string, AwaitedId> {
		const found = new Map<string, AwaitedId>();
		for (const id of ids) {
			const row = this.db.get<{ heir: string }>(AWAITED, toStoredText(id));
			if (!row) continue;
			const records = this.db
				.all<{ system: string; object: string; source_id: string }>(
					'SELECT system, object, source_id FROM promised_records WHERE canonical_id = ? ORDER BY system, object, source_id LIMIT ? + 0',
					row.heir,
					rowLimit(most),
				)
				.map(({ system, object, source_id: sourceId }) => ({ system, object, sourceId: fromStoredText(sourceId) }));
			const total = this.db.get<{ total: number }>('SELECT count(*) AS total FROM promised_records WHERE canonical_id = ?', row.heir)?.total ?? 0;
			found.set(id, { canonicalId: fromStoredText(row.heir), records, total });
		}
		return found;
	}

	carriers(ids: readonly string[]): PromisedRecord[] {
		const sql = 'SELECT r.system, r.object, r.source_id, r.canonical_id FROM json_each(?) n CROSS JOIN promised_records r ON r.canonical_id = n.value';
		return this.db.lists<PromisedRow>(sql, JSON.stringify(ids.map(toStoredText))).map(toPromisedRecord);
	}

	scan(afterId: string, limit: number): ListedPromise[] {
		return this.db
			.lists<[canonicalId: string, heir: string, records: number, issued: number, leads: number, hasHeir: number]>(SCAN, toStoredText(afterId), rowLimit(limit))
			.map(([id, heir, records, issued, leads, hasHeir]) => ({
				...{ canonicalId: fromStoredText(id), heir: fromStoredText(heir), records },
				...{ issued: issued === 1, leads: leads === 1, hasHeir: hasHeir === 1 },
			}));
	}

	scanRecords(after: RecordRef | null, limit: number): ListedPromisedRecord[] {
		const { sourceId, object, system } = after ?? { sourceId: '', object: '', system: '' };
		return this.db
			.lists<[sourceId: string, object: string, system: string, canonicalId: string, known: number]>(SCAN_RECORDS, toStoredText(sourceId), object, system, rowLimit(limit))
			.map(([id, of, from, canonicalId, known]) => ({ ...toPromisedRecord([from, of, id, canonicalId]), known: known === 1 }));
	}

	promisedBefore(before: string, limit: number): PromisedId[] {
		return this.db
			.lists<[canonicalId: string, entity: Entity, age: number, profileNo: number | null]>(PROMISED_BEFORE, before, rowLimit(limit))
			.map(([id, entity, age, profileNo]) => ({ canonicalId: fromStoredText(id), entity, age, profileNo }));
	}

	placedBefore(before: string, limit: number): PromisedRecord[] {
		return this.db.lists<PromisedRow>(PLACED_BEFORE, before, rowLimit(limit)).map(toPromisedRecord);
	}

	add(promises: readonly NewPromise[], at: string): void {
		for (const { canonicalId, entity, age, aliases, records } of promises) {
			const heir = toStoredText(canonicalId);
			for (const id of aliases.map(toStoredText)) {
				this.db.run('UPDATE promised_records SET canonical_id = ? WHERE canonical_id = ?', heir, id);
				this.db.run('UPDATE promised_ids SET heir = ? WHERE heir = ?', heir, id);
			}
			for (const id of [heir, ...aliases.map(toStoredText)]) {
				this.db.run('INSERT OR REPLACE INTO promised_ids (canonical_id, heir, entity, age, at) VALUES (?, ?, ?, ?, ?)', id, heir, entity, age, at);
			}
			this.place(records.map((ref) => ({ ...ref, canonicalId })), at);
		}
	}

	place(records: readonly PromisedRecord[], at: string): void {
		const sql = 'INSERT OR REPLACE INTO promised_records (source_id, object, system, canonical_id, at) VALUES (?, ?, ?, ?, ?)';
		for (const { system, object, sourceId, canonicalId } of records) this.db.run(sql, toStoredText(sourceId), object, system, toStoredText(canonicalId), at);
	}

	forget(refs: readonly RecordRef[]): void {
		const sql = 'DELETE FROM promised_records WHERE source_id = ? AND object = ? AND system = ?';
		for (const { system, object, sourceId } of refs) this.db.run(sql, toStoredText(sourceId), object, system);
	}

	lead(pairs: readonly { canonicalId: string; profileNo: number }[]): void {
		for (const { canonicalId, profileNo } of pairs) this.db.run(LEAD, profileNo, toStoredText(canonicalId));
	}

	keep(pairs: readonly { canonicalId: string; profileNo: number }[]): void {
		this.lead(pairs);
		for (const { canonicalId } of pairs) {
			this.db.run('DELETE FROM promised_records WHERE canonical_id = ?', toStoredText(canonicalId));
			this.db.run('DELETE FROM promised_ids WHERE heir = ?', toStoredText(canonicalId));
		}
	}
}

function listed(refs: readonly RecordRef[]): string {
	return JSON.stringify(refs.map(({ sourceId, object, system }) => [toStoredText(sourceId), object, system]));
}

type PromisedRow = [system: string, object: string, sourceId: string, canonicalId: string];

function toPromisedRecord([system, object, sourceId, canonicalId]: PromisedRow): PromisedRecord {
	return { system, object, sourceId: fromStoredText(sourceId), canonicalId: fromStoredText(canonicalId) };
}
