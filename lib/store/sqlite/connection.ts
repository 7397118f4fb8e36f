import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';


type Found<Row> = Row | undefined;

/**
 * One connection to the file. Every statement is prepared once and kept.
 * Rows are typed by the caller: the schema's columns are STRICT, so a column holds what its type says.
 */
export class Connection {
	readonly #database: DatabaseSync;
	readonly #statements = new Map<string, StatementSync>();

	constructor(file: string) {
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

	get<Row>(sql: string, ...values: SQLInputValue[]): Found<Row> {
		return this.#statement(sql).get(...values) as Found<Row>;
	}

	/** Runs a statement that changes something; returns how many rows it changed, and the row number of the last insertion. */
	run(sql: string, ...values: SQLInputValue[]): { changes: number; lastNo: number } {
		const { changes, lastInsertRowid } = this.#statement(sql).run(...values);
		return { changes: Number(changes), lastNo: Number(lastInsertRowid) };
	}

	/** Runs several statements without values. */
	exec(sql: string): void {
		this.#database.exec(sql);
	}

	/** Value of a pragma that gives one number. */
	pragma(name: 'application_id' | 'user_version' | 'page_count' | 'page_size' | 'freelist_count'): number {
		return Number(this.get<Record<string, unknown>>(`PRAGMA ${name}`)?.[name]);
	}

	rollback(): void {
		// SQLite itself rolls back after some errors (a full disk).
		if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
	}

	close(): void {
		this.#statements.clear();
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
