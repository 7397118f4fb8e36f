import { toStoredText } from '../text';
import { arrayTypes, binaryArray } from './binary-array';
import { Growth } from './growth';
import type { ModelCache } from './model-cache';
import type { Schema } from './schema';
import type { Session } from './session';

type Value = string | number | boolean | null;

/**
 * What the rooms of a store say to the database in one transaction. In a statement `@name` is the store's table of this name; `$1` and on are
 * values, a list of them an array. Every text goes in through `toStoredText` and comes out through `fromStoredText` (in `clients.ts`).
 * No statement is named: behind PgBouncer in transaction mode the next transaction may have another server connection.
 */
export class Connection {
	readonly growth = new Growth();

	constructor(
		private readonly session: Session,
		readonly schema: Schema,
		readonly models: ModelCache,
	) {}

	async all<Row extends object>(sql: string, ...values: (Value | readonly Value[])[]): Promise<Row[]> {
		return (await this.session.query<Row>(this.schema.qualify(sql), parametersOf(sql, values))).rows;
	}

	async get<Row extends object>(sql: string, ...values: (Value | readonly Value[])[]): Promise<Row | undefined> {
		return (await this.all<Row>(sql, ...values))[0];
	}

	/** Runs a statement that changes something; returns how many rows it changed. */
	async run(sql: string, ...values: (Value | readonly Value[])[]): Promise<number> {
		return (await this.session.query(this.schema.qualify(sql), parametersOf(sql, values))).rowCount ?? 0;
	}
}

function parametersOf(sql: string, values: readonly (Value | readonly Value[])[]): unknown[] {
	const types = arrayTypes(sql);
	return values.map((value, place) => {
		if (typeof value !== 'object' || value === null) return toParameter(value);
		const list = value.map(toParameter);
		return binaryArray(list, types.get(place) ?? '') ?? list;
	});
}

function toParameter(value: Value): Value {
	return typeof value === 'string' ? toStoredText(value) : value;
}

/** A number as BIGINT takes it, so that Infinity may stand for a place behind all others. */
export function wholeNumber(value: number): number {
	return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Math.floor(value), Number.MAX_SAFE_INTEGER));
}
