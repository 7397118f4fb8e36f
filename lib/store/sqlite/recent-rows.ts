import type { Connection } from './connection';

/** Tables whose rows come in no order; each has a small one beside it, `recent_` before its name, with the same columns. */
const MOST_RECENT = { keys: 250_000, homes: 30_000 } as const;
export type TableInTwo = keyof typeof MOST_RECENT;

/** Rows of the small tables, as far as a connection knows: what it counted once, and what it has put there since; counted again after a rollback. */
const counts = new WeakMap<Connection, Map<TableInTwo, { rows: number; rollbacks: number }>>();

/**
 * A batch whose rows come in no order would write most pages of a large table again. So they are put into a small table first,
 * which goes into the large one, in order, when it has so many rows. A row stands in one of the two.
 * @param added rows that were just put into the small table
 */
export function makeRoom(db: Connection, table: TableInTwo, added: number): void {
	const { rollbacks } = db;
	const known = counts.get(db) ?? new Map<TableInTwo, { rows: number; rollbacks: number }>();
	counts.set(db, known);
	const last = known.get(table);
	const rows = last?.rollbacks === rollbacks ? last.rows + added : (db.get<{ rows: number }>(`SELECT count(*) AS rows FROM recent_${table}`)?.rows ?? 0);
	const full = rows >= MOST_RECENT[table];
	known.set(table, { rows: full ? 0 : rows, rollbacks });
	if (!full) return;
	// One that stands in both by a fault of somebody else must not stop every batch from here on.
	db.run(`INSERT OR IGNORE INTO ${table} SELECT * FROM recent_${table}`);
	db.run(`DELETE FROM recent_${table}`);
}
