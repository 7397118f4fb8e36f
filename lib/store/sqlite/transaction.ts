import { endedError } from '../misuse';
import { isDamage } from '../stored-json';
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
	 * or half a batch may stand there. A text that can't be read is none to a read.
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
			const fault = toStoreError(error, this.location);
			// Of what can't be read nothing comes to be kept by a read, and the rest of the store can be read as before.
			if (this.call === 'write' || !isDamage(fault)) this.#failure = { error: fault };
			throw fault;
		}
	}
}

/** The room with every method as a promise, usable only while the transaction lasts. */
export function guarded<Room extends object>(room: NoInfer<Immediate<Room>>, transaction: Transaction): Room {
	const prototype = Object.getPrototypeOf(room) as object;
	let Guard = guards.get(prototype);
	if (!Guard) guards.set(prototype, (Guard = guardOf(prototype)));
	return new Guard(room, transaction) as unknown as Room;
}

/** What stands before a room. */
class RoomGuard {
	constructor(
		readonly room: object,
		readonly transaction: Transaction,
	) {}
}

/** By the prototype of a room: a class is made once, a room for every call. */
const guards = new WeakMap<object, typeof RoomGuard>();

function guardOf(prototype: object): typeof RoomGuard {
	const Guard = class extends RoomGuard {};
	for (const [name, method] of methodsOf(prototype)) {
		const value = async function (this: RoomGuard, ...values: unknown[]): Promise<unknown> {
			return this.transaction.perform(() => Reflect.apply(method, this.room, values));
		};
		Object.defineProperty(Guard.prototype, name, { value });
	}
	return Guard;
}

/** Its own methods and those of the classes that it extends. */
function methodsOf(prototype: object): Map<string, (...values: unknown[]) => unknown> {
	const above = Object.getPrototypeOf(prototype) as object | null;
	if (above === null) return new Map();
	const methods = methodsOf(above);
	for (const name of Object.getOwnPropertyNames(prototype)) {
		const method: unknown = Reflect.get(prototype, name);
		if (name !== 'constructor' && typeof method === 'function') methods.set(name, method as (...values: unknown[]) => unknown);
	}
	return methods;
}
