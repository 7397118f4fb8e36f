import { existsSync, statSync } from 'node:fs';
import { type IdentityStore, openStore, type ReadableIdentityStore, ReadOnlyStore, type StoreTarget } from '../lib';
import { CliError } from './cli-error';
import { storePlace } from './store-place';
import { type Terminal, whileWaiting } from './terminal';

/**
 * A file without a byte is not yet a store: one would be made of it, and be in order, where a copy was cut short.
 * @throws CliError
 */
export function refuseEmpty(target: StoreTarget): void {
	if (!('file' in target) || !existsSync(target.file) || statSync(target.file).size > 0) return;
	throw new CliError(`${target.file} is empty, and no identity store. Check the name, or whether it was copied as a whole.`);
}

/**
 * Does something with a store that is there, and lets go of it.
 * @param place a file, or the URL of a PostgreSQL database (`postgres://...`)
 * @throws CliError, StoreError
 */
export async function withStore<T>(place: string, terminal: Terminal, work: (store: IdentityStore) => Promise<T>): Promise<T> {
	const target = existing(place);
	return await whileOpen(await openStore(target, { create: false, ...whileWaiting(terminal) }), work);
}

/** The same for what writes nothing: the file may stand where it can only be read. */
export async function withReadableStore<T>(place: string, terminal: Terminal, work: (store: ReadableIdentityStore) => Promise<T>): Promise<T> {
	const target = existing(place);
	const readOnly = 'file' in target ? ReadOnlyStore.openIfNeeded(target.file) : undefined;
	return readOnly ? await whileOpen(readOnly, work) : await withStore(place, terminal, work);
}

function existing(place: string): StoreTarget {
	const target = storePlace(place);
	// Opening would create it, and an empty store is in order.
	if ('file' in target && !existsSync(target.file)) {
		throw new CliError(`There is no identity store ${target.file}. Check the name; "customer360 ingest FILE... --store STORE" makes one.`);
	}
	refuseEmpty(target);
	return target;
}

async function whileOpen<T, Store extends ReadableIdentityStore>(store: Store, work: (store: Store) => Promise<T>): Promise<T> {
	try {
		return await work(store);
	} finally {
		await store.close();
	}
}
