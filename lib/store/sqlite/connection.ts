import { DatabaseSync, type SQLInputValue, StatementSync } from 'node:sqlite';

type Found<Row> = Row | undefined;

/** Not in the earliest releases of node:sqlite; there each row is made a list here. */
const KNOWS_LISTS = 'setReturnArrays' in StatementSync.prototype;

/**
 * One connection to the file. Every statement is prepared once and kept.
 * Rows are typed by the caller: the schema's columns are STRICT, so a column holds what its type says.
 *
 * A bound limit is written `LIMIT ? + 0`. With a bare `LIMIT ?` SQLite plans by the value and prepares the statement anew at each call (so it does with
 * `column = ?` where a partial index names a value of that column), which costs more than what it finds.
 */
export class Connection {
	readonly #database: DatabaseSync;
	readonly #statements = new Map<string, StatementSync>();
	readonly #listing = new Map<string, StatementSync>();
	#rollbacks = 0;

	/** @param file its path, or a URL that says how SQLite is to open it */
	constructor(file: string | URL) {
		// Waiting for a lock blocks the thread, so it is left to the callers, which wait without blocking. This covers only what they can't repeat.
		this.#database = new DatabaseSync(file, { timeout: 50, enableForeignKeyConstraints: true, enableDoubleQuotedStringLiterals: false });
	}

	/** node:sqlite's own object, for its backup function. */
	get database(): DatabaseSync {
		return this.#database;
	}

	get inTransaction(): boolean {
		return this.#database.isTransaction;
	}

	all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
		return this.#statement(sql).all(...values) as Row[];
	}

	/** Rows as lists, in the order of the columns: reading an object of node:sqlite costs more than many a statement. */
	lists<Row extends readonly unknown[]>(sql: string, ...values: SQLInputValue[]): Row[] {
		let statement = this.#listing.get(sql);
		if (!statement) {
			statement = this.#database.prepare(sql);
			if (KNOWS_LISTS) statement.setReturnArrays(true);
			this.#listing.set(sql, statement);
		}
		const rows: unknown[] = statement.all(...values);
		return (KNOWS_LISTS ? rows : rows.map((row) => Object.values(row as object) as unknown)) as Row[];
	}

	get<Row>(sql: string, ...values: SQLInputValue[]): Found<Row> {
		return this.#statement(sql).get(...values) as Found<Row>;
	}

	/** Runs a statement that changes something; returns how many rows it changed, and the row number of the last insertion. */
	run(sql: string, ...values: SQLInputValue[]): { changes: number; lastNo: number } {
		const { changes, lastInsertRowid } = this.#statement(sql).run(...values);
		return { changes: Number(changes), lastNo: Number(lastInsertRowid) };
	}

	begin(kind: 'DEFERRED' | 'IMMEDIATE'): void {
		this.#statement(`BEGIN ${kind}`).run();
	}

	commit(): void {
		this.#statement('COMMIT').run();
	}

	/** Runs several statements without values. */
	exec(sql: string): void {
		this.#database.exec(sql);
	}

	/** Value of a pragma that gives one number. */
	pragma(name: 'application_id' | 'user_version' | 'page_count' | 'page_size' | 'freelist_count'): number {
		return Number(this.lists<[number]>(`PRAGMA ${name}`)[0]?.[0]);
	}

	/** How often something was taken back that may have been read here already. */
	get rollbacks(): number {
		return this.#rollbacks;
	}

	rollback(): void {
		this.#rollbacks += 1;
		// SQLite itself rolls back after some errors (a full disk).
		if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
	}

	close(): void {
		this.#statements.clear();
		this.#listing.clear();
		if (this.#database.isOpen) this.#database.close();
	}

	#statement(sql: string): StatementSync {
		let statement = this.#statements.get(sql);
		if (!statement) {
			statement = this.#database.prepare(sql);
			this.#statements.set(sql, statement);
		}
		return statement;
	}
}
