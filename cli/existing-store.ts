import { existsSync } from 'node:fs';
import { type IdentityStore, openStore } from '../lib';
import { CliError } from './cli-error';

/** Does something with a store that is there, and lets go of it. @throws CliError, StoreError */
export async function withStore<T>(file: string, work: (store: IdentityStore) => Promise<T>): Promise<T> {
	// Opening would create it, and an empty store is in order.
	if (!existsSync(file)) throw new CliError(`There is no identity store ${file}. Check the name; "customer360 resolve --store FILE" makes one.`);
	const store = await openStore({ file });
	try {
		return await work(store);
	} finally {
		await store.close();
	}
}
