import type { Connection } from './connection';
import { isCorrupt } from './sqlite-errors';

/** Rows of one step. */
const PAGE = 1000;
/** A row as a list, its number first. */
type Row = readonly [no: number, ...unknown[]];

/**
 * Reads a table whose rows have numbers, also where pages of it are damaged: around what can't be read the steps become smaller, down to one row.
 * @param from what stands behind SELECT, the number first, with the table: `no, entity FROM profiles`
 * @param onLost told how many numbers can't be read; there may have been fewer rows
 */
export function* readableRows<One extends Row>(db: Connection, from: string, onLost: (numbers: number) => void): Generator<One[]> {
	const [column] = from.split(',', 1) as [string];
	const next = `SELECT ${from} WHERE ${column} > ? ORDER BY ${column} LIMIT ${PAGE}`;
	const between = `SELECT ${from} WHERE ${column} > ? AND ${column} <= ? ORDER BY ${column}`;
	let last: number | undefined;
	for (let after = 0; ; ) {
		const page = attempt(() => db.lists<One>(next, after));
		if (page) {
			if (page.length === 0) return;
			yield page;
			after = page.at(-1)?.[0] ?? after;
			continue;
		}
		last ??= lastNumber(db, from, column);
		if (after >= last) return;
		const upTo = Math.min(after + PAGE, last);
		const rows = halves(after, upTo, (low, high) => attempt(() => db.lists<One>(between, low, high)), onLost);
		if (rows.length > 0) yield rows;
		after = upTo;
	}
}

function halves<One>(after: number, upTo: number, read: (after: number, upTo: number) => One[] | undefined, onLost: (numbers: number) => void): One[] {
	const rows = read(after, upTo);
	if (rows) return rows;
	if (upTo - after <= 1) {
		onLost(upTo - after);
		return [];
	}
	const middle = Math.floor((after + upTo) / 2);
	return [...halves(after, middle, read, onLost), ...halves(middle, upTo, read, onLost)];
}

/** Up to where there can be rows; 0 where nothing says it. */
function lastNumber(db: Connection, from: string, column: string): number {
	const table = /FROM (\w+)/.exec(from)?.[1] ?? '';
	const [given] = attempt(() => db.lists<[number]>('SELECT seq FROM sqlite_sequence WHERE name = ?', table)) ?? [];
	const [there] = attempt(() => db.lists<[number | null]>(`SELECT max(${column}) FROM ${table}`)) ?? [];
	return Math.max(given?.[0] ?? 0, there?.[0] ?? 0);
}

/** Undefined where SQLite can't make sense of what stands in the file. */
export function attempt<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		if (isCorrupt(error)) return undefined;
		throw error;
	}
}
