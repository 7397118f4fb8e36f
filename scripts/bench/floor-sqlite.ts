import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { keyDigest } from '../../lib/store/key-digest';
import { readListedKeys } from '../../lib/store/listed-keys';

type Row = Record<string, SQLInputValue>;

/** What a store held before; rows above these numbers were added since. */
export interface Mark {
	record: number;
	profile: number;
	event: number;
}
export const EMPTY: Mark = { record: 0, profile: 0, event: 0 };

export function markOf(file: string): Mark {
	const db = new DatabaseSync(file, { readOnly: true });
	const last = (sql: string) => (db.prepare(sql).get() as { last: number | null }).last ?? 0;
	const mark = { record: last('SELECT max(no) AS last FROM records'), profile: last('SELECT max(no) AS last FROM profiles'), event: last('SELECT max(seq) AS last FROM events') };
	db.close();
	return mark;
}

/** Tables whose rows belong to one record, and to one profile. */
const OF_RECORDS = { records: 'no', record_contents: 'no', record_keys: 'no', evidence: 'b' } as const;
const OF_PROFILES = { profiles: 'no', goldens: 'no', household_keys: 'profile_no', canonical_ids: 'profile_no' } as const;
/** As the store itself does it: new rows that come in no order stand in a small table until there are so many. */
const MOST_RECENT = { keys: 250_000, homes: 30_000 } as const;
const SETTINGS = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 20000; PRAGMA cache_size = -131072';

/**
 * The floor: the rows that a run added to the store `from`, written once more by bare prepared statements, `batch` records a transaction, with the look-ups
 * that no way of matching can do without (is the record there, who holds its keys, what evidence does it have) and without any matching. Into a new file,
 * as a first load does it: nobody is asked who holds a key, and keys come in order when all records are there.
 * @param into a file that holds what the store held before, or a new one
 * @returns milliseconds, without the reading of the rows from `from`
 */
export function floorOfSqlite(from: string, into: string, since: Mark, batch: number): number {
	const source = new DatabaseSync(from, { readOnly: true });
	const db = new DatabaseSync(into);
	db.exec(SETTINGS);
	if (since.record === 0) copySchema(source, db);
	const until = markOf(from);
	const insert = insertions(source, db);
	const lookUps = {
		record: db.prepare('SELECT * FROM records WHERE source_id = ? AND object = ? AND system = ?'),
		key: db.prepare('SELECT no, who FROM keys WHERE key = ?1 UNION ALL SELECT no, who FROM recent_keys WHERE key = ?1'),
		evidence: db.prepare('SELECT * FROM evidence WHERE a = ?'),
	};
	const isFirst = since.record === 0;
	const recent = { keys: 0, homes: 0 };
	let milliseconds = 0;
	for (let done = since.record; done < until.record; done += batch) {
		const [start, end] = [done, Math.min(until.record, done + batch)].map((no) => (no - since.record) / (until.record - since.record)) as [number, number];
		const part = (first: number, last: number) => [Math.floor(first + start * (last - first)), Math.floor(first + end * (last - first))] as const;
		const rows = rowsOf(source, [done, Math.min(until.record, done + batch)], part(since.profile, until.profile), part(since.event, until.event));
		if (isFirst) delete rows.recent_keys;
		const begun = performance.now();
		db.exec('BEGIN IMMEDIATE');
		for (const row of rows.records ?? []) {
			lookUps.record.get(row.source_id as string, row.object as string, row.system as string);
			if (!isFirst) lookUps.evidence.all(row.no as number);
		}
		for (const row of rows.recent_keys ?? []) lookUps.key.all(row.key as string);
		for (const [table, own] of Object.entries(rows)) for (const row of own) insert[table]?.(row);
		for (const table of ['keys', 'homes'] as const) {
			recent[table] += rows[`recent_${table}`]?.length ?? 0;
			if (recent[table] < MOST_RECENT[table]) continue;
			db.exec(`INSERT INTO ${table} SELECT * FROM recent_${table}; DELETE FROM recent_${table}`);
			recent[table] = 0;
		}
		db.exec('COMMIT');
		milliseconds += performance.now() - begun;
	}
	if (isFirst) milliseconds += keysInOrder(source, db, insert.keys);
	source.close();
	db.close();
	return milliseconds;
}

/** All keys in order, in one transaction; milliseconds without the reading. */
function keysInOrder(source: DatabaseSync, db: DatabaseSync, insert: ((row: Row) => void) | undefined): number {
	const next = source.prepare('SELECT * FROM keys WHERE (key, no) > (?, ?) ORDER BY key, no LIMIT 10000');
	let milliseconds = 0;
	db.exec('BEGIN IMMEDIATE');
	for (let [key, no]: [SQLInputValue, SQLInputValue] = ['', 0]; ; ) {
		const rows = next.all(key, no) as Row[];
		const last = rows.at(-1);
		if (!last) break;
		[key, no] = [last.key as string, last.no as number];
		const begun = performance.now();
		for (const row of rows) insert?.(row);
		milliseconds += performance.now() - begun;
	}
	const begun = performance.now();
	db.exec('COMMIT');
	return milliseconds + performance.now() - begun;
}

function byKey(x: Row, y: Row): number {
	return (x.key as string) < (y.key as string) ? -1 : 1;
}

function rowsOf(source: DatabaseSync, records: readonly [number, number], profiles: readonly [number, number], events: readonly [number, number]): Record<string, Row[]> {
	const between = (table: string, column: string, [after, last]: readonly [number, number]) =>
		source.prepare(`SELECT * FROM ${table} WHERE ${column} > ? AND ${column} <= ?`).all(after, last) as Row[];
	const ofRecords = Object.fromEntries(Object.entries(OF_RECORDS).map(([table, column]) => [table, between(table, column, records)]));
	const keys = (ofRecords.record_keys ?? []).flatMap((row) => readListedKeys(row.keys as string, 'of the floor').map(({ key, who }): Row => ({ key: keyDigest(key), no: row.no as number, who })));
	keys.sort(byKey);
	// Whose profile a record is in stands in the store; here profiles come as records do, some before and some after.
	for (const row of ofRecords.records ?? []) row.profile_no = null;
	const ofProfiles = Object.fromEntries(Object.entries(OF_PROFILES).map(([table, column]) => [table, between(table, column, profiles)]));
	return {
		...ofRecords,
		recent_keys: keys,
		...ofProfiles,
		recent_homes: (ofProfiles.household_keys ?? []).toSorted(byKey),
		events: between('events', 'seq', events),
	};
}

function insertions(source: DatabaseSync, db: DatabaseSync): Record<string, (row: Row) => void> {
	const tables = [...Object.keys(OF_RECORDS), ...Object.keys(OF_PROFILES), 'recent_keys', 'keys', 'recent_homes', 'events'];
	const search = db.prepare('INSERT INTO profile_search (rowid, text) VALUES (?, ?)');
	return Object.fromEntries(
		tables.map((table) => {
			const columns = source.prepare(`SELECT * FROM ${table} LIMIT 0`).columns().map(({ name }) => name);
			const places = columns.map(() => '?').join(', ');
			const statement: StatementSync = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
			return [
				table,
				(row: Row) => {
					statement.run(...columns.map((column) => row[column] ?? null));
					if (table === 'goldens') search.run(row.no as number, row.search_text as string);
				},
			];
		}),
	);
}

function copySchema(source: DatabaseSync, db: DatabaseSync): void {
	const objects = source.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'profile\\_search\\_%' ESCAPE '\\' ORDER BY rowid").all();
	for (const { sql } of objects) db.exec(String(sql));
	// A setting of the index, which its schema doesn't tell.
	db.exec("INSERT INTO profile_search (profile_search, rank) VALUES ('automerge', 8)");
}
