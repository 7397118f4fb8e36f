import type { IdentityStore } from './interface';
import type { EmbeddedStoreOptions } from './sqlite/open-connection';
import { openEmbeddedStore } from './sqlite/shared-stores';

export * from './errors';
export * from './interface';
export type { EmbeddedStoreOptions } from './sqlite/open-connection';
export { closeAllStores } from './sqlite/shared-stores';
export { embeddedStorePath } from './sqlite/store-file';

/**
 * Opens the identity store in this file; folder and file are created when missing. Within one process all who open one file share one store,
 * and each closes its own share.
 * @throws StoreError `not_a_store` (another program's file, or damaged), `newer_version`, `not_writable`, `locked`, `disk_full`.
 */
export async function openStore(target: { file: string }, options: EmbeddedStoreOptions = {}): Promise<IdentityStore> {
	return await openEmbeddedStore(target.file, options);
}

export * from './lease';
export * from './profile-view';
