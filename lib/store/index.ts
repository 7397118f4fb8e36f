import type { IdentityStore } from './interface';
import { closePostgresStores, isDatabaseUrl, openPostgresStore } from './postgres/open-store';
import type { PostgresStoreOptions } from './postgres/postgres-store';
import type { EmbeddedStoreOptions } from './sqlite/open-connection';
import { closeAllStores as closeEmbeddedStores, openEmbeddedStore } from './sqlite/shared-stores';

export * from './errors';
export * from './interface';
export { databaseIdentity, isDatabaseUrl } from './postgres/open-store';
export { refuseUnreadableUrl } from './postgres/readable-url';
export type { PostgresStoreOptions } from './postgres/postgres-store';
export type { EmbeddedStoreOptions } from './sqlite/open-connection';
export { damageOf } from './sqlite/damage';
export { HOW_TO_RESTORE } from './sqlite/how-to-restore';
export { ReadOnlyStore, type ReadableIdentityStore } from './sqlite/read-only-store';
export { FormerStore, type Unread } from './sqlite/former-store';
export { restoreStore, type Prepare, type Restored } from './sqlite/restore';
export { takeOverFacts, type TakenFacts } from './sqlite/take-over';
export type { TakenIds } from './sqlite/take-over-ids';
export { embeddedStorePath } from './sqlite/store-file';
export { writeAgainIfLost } from './write-again';

/** Where a store is: a file, or a PostgreSQL database (`postgres://user:password@host:5432/database`) and a schema in it, `customer360` when left out. */
export type StoreTarget = { file: string } | { url: string; schema?: string };

/**
 * Opens the identity store; file and folder, or schema and tables, are made when missing. Within one process all who open one store share it,
 * and each closes its own share. `options` count only for who opens it first.
 * @throws StoreError `not_a_store` (another program's, or damaged), `newer_version`, `not_writable`, `locked`, `disk_full`; for a database also
 * `unreachable`, `refused` (user, password, database, URL) and `unsupported` (older than PostgreSQL 15).
 */
export async function openStore(target: { file: string }, options?: EmbeddedStoreOptions): Promise<IdentityStore>;
export async function openStore(target: { url: string; schema?: string }, options?: PostgresStoreOptions): Promise<IdentityStore>;
export async function openStore(target: StoreTarget, options?: EmbeddedStoreOptions & PostgresStoreOptions): Promise<IdentityStore>;
export async function openStore(target: StoreTarget, options: EmbeddedStoreOptions & PostgresStoreOptions = {}): Promise<IdentityStore> {
	return 'url' in target ? await openPostgresStore(target.url, target.schema, options) : await openEmbeddedStore(target.file, options);
}

/** What a person typed where a store is asked for: a URL that begins with `postgres://`, or else a file. */
export function storeTarget(text: string): StoreTarget {
	return isDatabaseUrl(text) ? { url: text.trim() } : { file: text };
}

/** Closes every store of this process, whoever holds it; for the end of a program and for tests. */
export async function closeAllStores(): Promise<void> {
	await Promise.all([closeEmbeddedStores(), closePostgresStores()]);
}

export { digestOf, halfOf } from './digest-numbers';
export { keyDigest } from './key-digest';
export * from './lease';
export { readListedKeys, writeListedKeys } from './listed-keys';
export { StoreMigration, type CountDifference, type MigrationTarget, type ReadableStore } from './migrate';
export type { MigratedName } from './migrate-tables';
export type { Begun } from './postgres/moving';
export * from './packed-record';
export * from './profile-view';
export { isDamage } from './stored-json';
export { compareInstants, recordContent } from './record-version';
