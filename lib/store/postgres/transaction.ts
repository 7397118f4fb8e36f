import { endedError } from '../misuse';
import { isDamage } from '../stored-json';
import type { CallKind } from '../running-calls';
import { toStoreError } from './postgres-errors';

/** What one call of `read` or `write` has come to. Its operations run one after the other, also those that were not waited for. */
export class Transaction {
	#ended = false;
	/** The first error of any operation, which every later one repeats. A text that can't be read is none to a read. */
	#failure: { error: unknown } | undefined;
	#last: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly call: CallKind,
		private readonly location: string,
	) {}

	/**
	 * Does all of a call's work; afterwards nothing can be started, and what was has come to its end.
	 * @throws what `work` throws; else the first error of any operation: nothing can be kept after it, half a batch may stand there
	 */
	async whole<Result>(work: () => Promise<Result>): Promise<Result> {
		let result: Result;
		try {
			result = await work();
		} finally {
			this.#ended = true;
			await this.#last;
		}
		if (this.#failure) throw this.#failure.error;
		return result;
	}

	async perform<Result>(operation: () => Promise<Result>): Promise<Result> {
		if (this.#ended) throw endedError(this.call);
		const turn = this.#last.then(() => this.#run(operation));
		// Whoever asked hears of it, and so do all who come behind; here only the order counts.
		this.#last = turn.catch(() => undefined);
		return await turn;
	}

	async #run<Result>(operation: () => Promise<Result>): Promise<Result> {
		if (this.#failure) throw this.#failure.error;
		try {
			return await operation();
		} catch (error) {
			const fault = toStoreError(error, this.location);
			// Of what can't be read nothing comes to be kept by a read, and the rest of the store can be read as before.
			if (this.call === 'write' || !isDamage(fault)) this.#failure = { error: fault };
			throw fault;
		}
	}
}

/** The room with every method in the transaction's queue, usable only while the transaction lasts. */
export function guarded<Room extends object>(room: Room, transaction: Transaction): Room {
	return new Proxy(room, {
		get(target, name) {
			const method: unknown = Reflect.get(target, name);
			if (typeof method !== 'function') return method;
			return async (...values: unknown[]): Promise<unknown> =>
				await transaction.perform(async () => await (Reflect.apply(method, target, values) as Promise<unknown>));
		},
	});
}
