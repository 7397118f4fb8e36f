import type { RecordNo } from '../../domain';
import type { KeyHolder, KeyWriter, RecordKey } from '../interface';
import { rowLimit } from '../row-limit';
import type { Connection } from './connection';
import { fromStoredText, toStoredText } from '../text';
import type { Immediate } from './transaction';

/** Keys stand in full in `keys` (a hash could join two), and once more by record as one JSON list, which needs no index in random order. */
export class SqliteKeys implements Immediate<KeyWriter> {
	constructor(private readonly db: Connection) {}

	holders(keys: readonly string[]): Map<string, KeyHolder[]> {
		const found = new Map<string, KeyHolder[]>();
		const rows = this.db.all<{ place: number; no: number; who: string }>(
			'SELECT j.key AS place, k.no, k.who FROM json_each(?) j CROSS JOIN keys k ON k.key = j.value ORDER BY j.key, k.no',
			listed(keys),
		);
		let [place, holders]: [number, KeyHolder[]] = [-1, []];
		for (const row of rows) {
			if (row.place !== place) {
				[place, holders] = [row.place, []];
				found.set(keys[place] as string, holders);
			}
			holders.push({ no: row.no, who: fromStoredText(row.who) });
		}
		return found;
	}

	generic(keys: readonly string[]): Set<string> {
		const sql = 'SELECT j.key AS place FROM json_each(?) j CROSS JOIN generic_keys g ON g.key = j.value ORDER BY j.key';
		return new Set(this.db.all<{ place: number }>(sql, listed(keys)).map(({ place }) => keys[place] as string));
	}

	scanGeneric(afterKey: string, limit: number): string[] {
		const sql = 'SELECT key FROM generic_keys WHERE key > ? ORDER BY key LIMIT ?';
		return this.db.all<{ key: string }>(sql, toStoredText(afterKey), rowLimit(limit)).map(({ key }) => fromStoredText(key));
	}

	/** Every record asked for has an entry, an empty one where it has no keys. */
	ofRecords(nos: readonly RecordNo[]): Map<RecordNo, RecordKey[]> {
		const found = new Map<RecordNo, RecordKey[]>(nos.map((no) => [no, []]));
		const sql = 'SELECT r.no, r.keys FROM json_each(?) n CROSS JOIN record_keys r ON r.no = n.value';
		for (const { no, keys } of this.db.all<{ no: number; keys: string }>(sql, JSON.stringify(nos))) {
			found.set(no, (JSON.parse(keys) as [string, string][]).map(([key, who]) => ({ key, who })));
		}
		return found;
	}

	/** A key that a record names twice is kept once, the first time. Of a record that is listed twice the last list counts. Every record has an entry in the answer. */
	replace(entries: readonly { no: RecordNo; keys: readonly RecordKey[] }[]): Map<RecordNo, RecordKey[]> {
		const after = new Map<RecordNo, Map<string, string>>();
		for (const { no, keys } of entries) {
			const own = new Map<string, string>();
			for (const { key, who } of keys) if (!own.has(key)) own.set(key, who);
			after.set(no, own);
		}
		const previous = this.ofRecords([...after.keys()]);
		const [gone, come]: [[string, RecordNo][], [string, RecordNo, string][]] = [[], []];
		for (const [no, own] of after) {
			const before = new Map((previous.get(no) ?? []).map(({ key, who }) => [key, who]));
			for (const key of before.keys()) if (!own.has(key)) gone.push([toStoredText(key), no]);
			for (const [key, who] of own) if (before.get(key) !== who) come.push([toStoredText(key), no, toStoredText(who)]);
			this.#list(no, own, before.size > 0);
		}
		// In order of key, so that neighbours in the tree are written one after the other.
		come.sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0));
		if (gone.length > 0) this.db.run("DELETE FROM keys WHERE (key, no) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))", JSON.stringify(gone));
		if (come.length > 0) {
			this.db.run(
				`INSERT INTO keys (key, no, who) SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?) WHERE true
				ON CONFLICT (key, no) DO UPDATE SET who = excluded.who`,
				JSON.stringify(come),
			);
		}
		return previous;
	}

	markGeneric(keys: readonly string[], generic: boolean): void {
		const sql = generic ? 'INSERT OR IGNORE INTO generic_keys (key) VALUES (?)' : 'DELETE FROM generic_keys WHERE key = ?';
		for (const key of keys) this.db.run(sql, toStoredText(key));
	}

	#list(no: RecordNo, keys: ReadonlyMap<string, string>, hadKeys: boolean): void {
		if (keys.size > 0) {
			const sql = 'INSERT INTO record_keys (no, keys) VALUES (?, ?) ON CONFLICT (no) DO UPDATE SET keys = excluded.keys WHERE keys <> excluded.keys';
			this.db.run(sql, no, JSON.stringify([...keys]));
		} else if (hadKeys) {
			this.db.run('DELETE FROM record_keys WHERE no = ?', no);
		}
	}
}

function listed(keys: readonly string[]): string {
	return JSON.stringify(keys.map(toStoredText));
}
