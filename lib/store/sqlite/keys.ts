import type { RecordNo } from '../../domain';
import type { KeyHolder, KeyWriter, RecordKey } from '../interface';
import { rowLimit, type Connection } from './connection';
import { fromStoredText, toStoredText } from './text';
import type { Immediate } from './transaction';

/** Keys stand in full in `keys` (a hash could join two), and once more by record as one JSON list, which needs no index in random order. */
export class SqliteKeys implements Immediate<KeyWriter> {
	constructor(private readonly db: Connection) {}

	holders(keys: readonly string[]): Map<string, KeyHolder[]> {
		const found = new Map<string, KeyHolder[]>();
		for (const key of keys) {
			const rows = this.db.all<{ no: number; who: string }>('SELECT no, who FROM keys WHERE key = ? ORDER BY no', toStoredText(key));
			if (rows.length > 0) found.set(key, rows.map(({ no, who }) => ({ no, who: fromStoredText(who) })));
		}
		return found;
	}

	generic(keys: readonly string[]): Set<string> {
		return new Set(keys.filter((key) => this.db.get('SELECT 1 FROM generic_keys WHERE key = ?', toStoredText(key)) !== undefined));
	}

	scanGeneric(afterKey: string, limit: number): string[] {
		const sql = 'SELECT key FROM generic_keys WHERE key > ? ORDER BY key LIMIT ?';
		return this.db.all<{ key: string }>(sql, toStoredText(afterKey), rowLimit(limit)).map(({ key }) => fromStoredText(key));
	}

	/** Every record asked for has an entry, an empty one where it has no keys. */
	ofRecords(nos: readonly RecordNo[]): Map<RecordNo, RecordKey[]> {
		return new Map(nos.map((no) => [no, this.#ofRecord(no)]));
	}

	/** A key that a record names twice is kept once, the first time. Every record has an entry in the answer. */
	replace(entries: readonly { no: RecordNo; keys: readonly RecordKey[] }[]): Map<RecordNo, RecordKey[]> {
		const previous = new Map<RecordNo, RecordKey[]>();
		for (const { no, keys } of entries) {
			const before = this.#ofRecord(no);
			if (!previous.has(no)) previous.set(no, before);
			this.#replace(no, before, keys);
		}
		return previous;
	}

	markGeneric(keys: readonly string[], generic: boolean): void {
		const sql = generic ? 'INSERT OR IGNORE INTO generic_keys (key) VALUES (?)' : 'DELETE FROM generic_keys WHERE key = ?';
		for (const key of keys) this.db.run(sql, toStoredText(key));
	}

	#ofRecord(no: RecordNo): RecordKey[] {
		const row = this.db.get<{ keys: string }>('SELECT keys FROM record_keys WHERE no = ?', no);
		return row ? (JSON.parse(row.keys) as [string, string][]).map(([key, who]) => ({ key, who })) : [];
	}

	#replace(no: RecordNo, before: readonly RecordKey[], keys: readonly RecordKey[]): void {
		const after = new Map<string, string>();
		for (const { key, who } of keys) if (!after.has(key)) after.set(key, who);
		const gone = new Map(before.map(({ key, who }) => [key, who]));
		for (const [key, who] of after) {
			const whoBefore = gone.get(key);
			gone.delete(key);
			if (whoBefore === who) continue;
			const sql = 'INSERT INTO keys (key, no, who) VALUES (?, ?, ?) ON CONFLICT (key, no) DO UPDATE SET who = excluded.who';
			this.db.run(sql, toStoredText(key), no, toStoredText(who));
		}
		for (const key of gone.keys()) this.db.run('DELETE FROM keys WHERE key = ? AND no = ?', toStoredText(key), no);
		if (after.size > 0) {
			const sql = 'INSERT INTO record_keys (no, keys) VALUES (?, ?) ON CONFLICT (no) DO UPDATE SET keys = excluded.keys WHERE keys <> excluded.keys';
			this.db.run(sql, no, JSON.stringify([...after]));
		} else if (before.length > 0) {
			this.db.run('DELETE FROM record_keys WHERE no = ?', no);
		}
	}
}
