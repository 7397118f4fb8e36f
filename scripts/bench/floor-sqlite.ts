import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { type BatchRows, FloorRows, lastRows, type Mark, type Row, TABLES } from './floor-rows';

export const EMPTY: Mark = { record: 0, profile: 0, event: 0 };

export function markOf(file: string): Mark {
	const db = new DatabaseSync(file, { readOnly: true });
	const mark = lastRows(db);
	db.close();
	return mark;
}

/** As the store itself does it: new rows that come in no order stand in a small table until there are so many. */
const MOST_RECENT = { keys: 250_000, homes: 30_000 } as const;
const SETTINGS = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 20000; PRAGMA cache_size = -131072';

/**
 * The floor: what a run wrote into the store `from`, written once more by bare prepared statements, `batch` records a transaction, with the look-ups that no
 * way of matching can do without (is the record there, who holds its keys, what evidence does it have, what does the record say that it was found alike, whose
 * records make the golden record that gained one) and without any matching. Into a new file, as a first load does it: nobody is asked who holds a key, keys
 * come in order when all records are there, and a golden record is written once.
 * @param into a file that holds what the store held before, or a new one
 * @returns milliseconds, without the reading of the rows from `from`
 */
export function floorOfSqlite(from: string, into: string, since: Mark, batch: number): number {
	const source = new DatabaseSync(from, { readOnly: true });
	const db = new DatabaseSync(into);
	db.exec(SETTINGS);
	const isFirst = since.record === 0;
	if (isFirst) copySchema(source, db);
	const rows = new FloorRows(source, since);
	const insert = insertions(source, db);
	const change = changes(db);
	const lookUps = {
		record: db.prepare('SELECT * FROM records WHERE source_id = ? AND object = ? AND system = ?'),
		key: db.prepare('SELECT no, who FROM keys WHERE key = ?1 UNION ALL SELECT no, who FROM recent_keys WHERE key = ?1'),
		evidence: db.prepare('SELECT * FROM evidence WHERE a = ?'),
		alike: db.prepare('SELECT forms FROM record_keys WHERE no = ?'),
	};
	const recent = { keys: 0, homes: 0 };
	let milliseconds = 0;
	for (let done = since.record; done < rows.until.record; done += batch) {
		const { added, grown } = rows.of(done, Math.min(rows.until.record, done + batch));
		if (isFirst) delete added.recent_keys;
		const alike = new Set((added.evidence ?? []).map((row) => row.a as number));
		const begun = performance.now();
		db.exec('BEGIN IMMEDIATE');
		for (const row of added.records ?? []) {
			lookUps.record.get(row.source_id as string, row.object as string, row.system as string);
			if (!isFirst) lookUps.evidence.all(row.no as number);
		}
		for (const row of added.recent_keys ?? []) lookUps.key.all(row.key as string);
		if (!isFirst) for (const no of alike) lookUps.alike.get(no);
		for (const [table, own] of Object.entries(added)) for (const row of own) insert[table]?.(row);
		if (!isFirst) change(grown);
		for (const table of ['keys', 'homes'] as const) {
			recent[table] += added[`recent_${table}`]?.length ?? 0;
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

/** Golden records anew, of all records that their profiles have now. */
function changes(db: DatabaseSync): (grown: BatchRows['grown']) => void {
	const members = db.prepare('SELECT r.*, c.content FROM records r JOIN record_contents c ON c.no = r.no WHERE r.profile_no = ?');
	const before = db.prepare('SELECT search_text FROM goldens WHERE no = ?');
	const golden = db.prepare('UPDATE goldens SET golden = ?, companies = ?, name = ?, home = ?, search_text = ? WHERE no = ?');
	const profile = db.prepare('UPDATE profiles SET revision = ?, updated_at = ? WHERE no = ?');
	const unfind = db.prepare('DELETE FROM profile_search WHERE rowid = ?');
	const find = db.prepare('INSERT INTO profile_search (rowid, text) VALUES (?, ?)');
	return (grown) => {
		for (const row of grown) {
			const no = row.no as number;
			members.all(no);
			const former = before.get(no)?.search_text;
			golden.run(...(['golden', 'companies', 'name', 'home', 'search_text', 'no'] as const).map((column) => row[column] ?? null));
			profile.run(row.revision ?? null, row.updated_at ?? null, no);
			if (former === row.search_text) continue;
			unfind.run(no);
			find.run(no, row.search_text as string);
		}
	};
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

function insertions(source: DatabaseSync, db: DatabaseSync): Record<string, (row: Row) => void> {
	const search = db.prepare('INSERT INTO profile_search (rowid, text) VALUES (?, ?)');
	return Object.fromEntries(
		TABLES.map((table) => {
			const columns = source.prepare(`SELECT * FROM ${table} LIMIT 0`).columns().map(({ name }) => name);
			const places = columns.map(() => '?').join(', ');
			const statement = db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
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
