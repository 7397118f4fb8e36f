import { endedError } from '../misuse';
import type { CallKind } from '../running-calls';
import { toStoreError } from './sqlite-errors';

/**
 * An interface of promises as the plain functions behind it. SQLite answers at once, so the rooms of this store (records, keys, ...) are written
 * without promises, and {@link guarded} makes the interface of them.
 */
export type Immediate<T> = {
	[Name in keyof T]: T[Name] extends (...values: infer Values) => Promise<infer Result> ? (...values: Values) => Result : never;
};

/** What one call of `read` or `write` has come to. */
export class Transaction {
	#ended = false;
	#failure: { error: unknown } | undefined;

	constructor(
		private readonly call: CallKind,
		private readonly location: string,
	) {}

	/**
	 * The first error of any operation, which every later one repeats. Nothing can be kept after it: SQLite may have rolled back by itself,
	 * or half a batch may stand there.
	 */
	get failure(): { error: unknown } | undefined {
		return this.#failure;
	}

	end(): void {
		this.#ended = true;
	}

	perform<Result>(operation: () => Result): Result {
		if (this.#ended) throw endedError(this.call);
		if (this.#failure) throw this.#failure.error;
		try {
			return operation();
		} catch (error) {
			this.#failure = { error: toStoreError(error, this.location) };
			throw this.#failure.error;
		}
	}
}

/** The room with every method as a promise, usable only while the transaction lasts. */
export function guarded<Room extends object>(room: NoInfer<Immediate<Room>>, transaction: Transaction): Room {
	const proxy = new Proxy(room, {
		get(target, name) {
			const method: unknown = Reflect.get(target, name);
			if (typeof method !== 'function') return method;
			return async (...values: unknown[]): Promise<unknown> => transaction.perform(() => Reflect.apply(method, target, values) as unknown);
		},
	});
	return proxy as unknown as Room;
}
