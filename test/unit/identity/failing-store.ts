import type { IdentityStore, StoreWriter } from '../../../lib/store';

/** Stands for whatever can end a step in its middle: a full disk, a lost connection, a fault of ours. */
export class InjectedFailure extends Error {}

/** Where a write fails: before or behind the operation of this number, or when all of its work is done. */
export interface Failure {
	operation: number;
	when: 'before' | 'behind' | 'at the end';
}

type Method = (...values: unknown[]) => unknown;

/**
 * The same store, in which writes fail now and then; each is done once more then, as people, n8n and the command line do it.
 * @param next how the next write fails, undefined where it does not
 */
export function failingStore(store: IdentityStore, next: () => Failure | undefined): IdentityStore {
	const write = async <T>(work: (tx: StoreWriter) => Promise<T>): Promise<T> => {
		const failure = next();
		if (!failure) return await store.write(work);
		try {
			return await store.write(async (tx) => {
				const result = await work(failingRooms(tx, failure));
				if (failure.when === 'at the end') throw new InjectedFailure();
				return result;
			});
		} catch (error) {
			if (!(error instanceof InjectedFailure)) throw error;
			return await store.write(work);
		}
	};
	return new Proxy(store, { get: (target, name) => (name === 'write' ? write : bound(target, name)) });
}

function failingRooms(tx: StoreWriter, { operation, when }: Failure): StoreWriter {
	let performed = 0;
	const perform = async (method: Method, values: unknown[]): Promise<unknown> => {
		performed += 1;
		const isDue = performed === operation;
		if (isDue && when === 'before') throw new InjectedFailure();
		const result = await method(...values);
		if (isDue && when === 'behind') throw new InjectedFailure();
		return result;
	};
	const room = (target: object): object =>
		new Proxy(target, { get: (inner, name) => async (...values: unknown[]) => await perform(bound(inner, name) as Method, values) });
	return new Proxy(tx, { get: (target, name) => room(Reflect.get(target, name) as object) });
}

function bound(target: object, name: string | symbol): unknown {
	const value: unknown = Reflect.get(target, name);
	return typeof value === 'function' ? (value as Method).bind(target) : value;
}
