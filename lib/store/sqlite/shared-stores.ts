import type { IdentityStore } from '../interface';
import { SharedStores, StoreShare } from '../shared-store';
import { SCHEMA_VERSION } from './migrations';
import type { EmbeddedStoreOptions } from './open-connection';
import { SqliteStore } from './sqlite-store';
import { ensureStoreFile } from './store-file';

const shared = new SharedStores(`stores.${SCHEMA_VERSION}`, StoreShare<SqliteStore>);

/**
 * Opens the embedded store in this file, and creates it when it is missing. All who open one file in one process share one store:
 * their writes queue up, and it is closed when the last of them has closed.
 * `options` count only for who opens it first.
 * @throws StoreError `not_a_store`, `newer_version`, `not_writable`, `locked`, `disk_full`.
 */
export async function openEmbeddedStore(file: string, options: EmbeddedStoreOptions = {}): Promise<IdentityStore> {
	const found = ensureStoreFile(file);
	return await shared.hold(found.identity, async () => await SqliteStore.open(found, options));
}

/** Closes every embedded store of this process, whoever holds it. */
export async function closeAllStores(): Promise<void> {
	await shared.closeAll();
}
