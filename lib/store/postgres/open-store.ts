import { createHash } from 'node:crypto';
import { StoreError } from '../errors';
import type { IdentityStore } from '../interface';
import { SharedStores, StoreShare } from '../shared-store';
import { StoreImport } from './import';
import { SCHEMA_VERSION } from './migrations';
import { PostgresStore, type PostgresStoreOptions } from './postgres-store';
import { refuseUnreadableUrl } from './readable-url';

const DEFAULT_SCHEMA = 'customer360';
/** PostgreSQL cuts longer names off. Bytes. */
const LONGEST_NAME = 63;

const shared = new SharedStores(`postgres-stores.${SCHEMA_VERSION}`, StoreShare<PostgresStore>);

/** Whether this names a PostgreSQL database rather than a file. */
export function isDatabaseUrl(text: string): boolean {
	return /^postgres(ql)?:\/\//i.test(text.trim());
}

/** Tells one database and schema from another. A hash, because the URL has a password, which belongs neither into a list nor into a message. */
export function databaseIdentity(url: string, schema = DEFAULT_SCHEMA): string {
	return createHash('sha256').update(JSON.stringify([url.trim(), schema])).digest('hex');
}

/**
 * Opens the identity store in a PostgreSQL database (15 or newer), and makes its schema when it is missing. All who open one URL and schema in one
 * process share one store: it is closed when the last of them has closed. `options` count only for who opens it first.
 * @throws StoreError `not_a_store`, `newer_version`, `not_writable`, `unreachable`, `refused`, `unsupported`.
 */
export async function openPostgresStore(url: string, schema = DEFAULT_SCHEMA, options: PostgresStoreOptions = {}): Promise<IdentityStore> {
	const address = url.trim();
	refuseUnreadable(address, schema);
	return await shared.hold(databaseIdentity(address, schema), async () => await PostgresStore.open(address, schema, options));
}

/**
 * Opens a store that a migration fills; the schema is made when it is missing.
 * @throws StoreError as {@link openPostgresStore}
 */
export async function openPostgresImport(url: string, schema = DEFAULT_SCHEMA, options: PostgresStoreOptions = {}): Promise<StoreImport> {
	const address = url.trim();
	refuseUnreadable(address, schema);
	return await StoreImport.open(address, schema, options);
}

/** Closes every PostgreSQL store of this process, whoever holds it. */
export async function closePostgresStores(): Promise<void> {
	await shared.closeAll();
}

function refuseUnreadable(url: string, schema: string): void {
	if (schema === '' || Buffer.byteLength(schema) > LONGEST_NAME || schema.includes('\0') || schema.startsWith('pg_')) {
		throw new StoreError('refused', `"${schema}" can't be the name of a schema: 1 to ${LONGEST_NAME} bytes, not beginning with "pg_"`);
	}
	refuseUnreadableUrl(url);
}
