import { createHash } from 'node:crypto';
import { escapeIdentifier } from 'pg';

/**
 * The schema in which a store's tables stand. Every name in a statement is qualified with it: `search_path` belongs to a session, and sessions
 * are shared behind PgBouncer.
 */
export class Schema {
	/** As an identifier in SQL. */
	readonly quoted: string;
	/** The number of the one lock that every writer of this store takes; locks are by database. */
	readonly lock: string;
	readonly #qualified = new Map<string, string>();

	constructor(readonly name: string) {
		this.quoted = escapeIdentifier(name);
		this.lock = createHash('sha256').update(`customer360 ${name}`).digest().readBigInt64BE().toString();
	}

	/** The statement with `@name` as this schema's table. */
	qualify(sql: string): string {
		let qualified = this.#qualified.get(sql);
		if (qualified === undefined) {
			qualified = sql.replace(/@([a-z_]+)/g, `${this.quoted.replaceAll('$', '$$$$')}.$1`);
			this.#qualified.set(sql, qualified);
		}
		return qualified;
	}
}
