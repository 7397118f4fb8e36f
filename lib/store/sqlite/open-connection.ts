import { StoreError } from '../errors';
import { Connection } from './connection';
import { HOW_TO_RESTORE } from './how-to-restore';
import { untilFree } from './lock-wait';
import { migrations, SCHEMA_VERSION } from './migrations';
import { canBeWritten, hasLog, readablePart, unreadable, unwritten } from './read-only-place';
import { restrictToOwner } from './store-file';

/** `C360` as a number; stands in the header of every store and of no other program's file. */
const APPLICATION_ID = 0x43333630;

/** Settings that the people who run a store may change. */
export interface EmbeddedStoreOptions {
	/** How long to wait for another process that is writing, in milliseconds. */
	lockTimeoutMs?: number;
	/** Upper limit of the file in pages of 4096 bytes; without it the disk is the limit. */
	maxPages?: number;
}

const DEFAULT_LOCK_TIMEOUT_MS = 30_000;

export function lockTimeout(options: EmbeddedStoreOptions): number {
	return options.lockTimeoutMs ?? DEFAULT_LOCK_TIMEOUT_MS;
}

/**
 * Opens the connection that writes; brings a new or older file to the present schema.
 *
 * With synchronous FULL a commit has reached the disk when it returns. NORMAL spares the wait, a millisecond or so, and a power cut may then take the last
 * commits away: canonical IDs that other systems have by now would lead nowhere, and nobody would remember which records a sync has asked for.
 * A checkpoint every 20,000 pages instead of 1,000 halves the cost of a commit; the -wal file grows to some 80 MB.
 */
export async function openWriter(path: string, options: EmbeddedStoreOptions): Promise<Connection> {
	const connection = new Connection(path);
	try {
		await untilFree(() => refuseForeign(connection, path), path, lockTimeout(options));
		await untilFree(() => switchToWal(connection, path), path, lockTimeout(options));
		connection.exec(
			'PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 20000; PRAGMA journal_size_limit = 100000000; ' +
				'PRAGMA cache_size = -131072; PRAGMA temp_store = MEMORY',
		);
		if (options.maxPages !== undefined) connection.exec(`PRAGMA max_page_count = ${Math.floor(options.maxPages)}`);
		await migrate(connection, path, lockTimeout(options));
		restrictToOwner(path);
		return connection;
	} catch (error) {
		connection.close();
		throw error;
	}
}

/** Opens a connection that can only read; the writer of this process has brought the file up to date, or nobody of it can write the file. */
export function openReader(path: string): Connection {
	return onlyReading(canBeWritten(path) ? path : readablePart(path));
}

/** The same for a file that is to stay as it is: whoever closes one last brings into it what stands in the -wal file beside it, be it of another store. */
export function openUntouched(path: string): Connection {
	return canBeWritten(path) && hasLog(path) ? onlyReading(unwritten(path)) : openReader(path);
}

function onlyReading(file: string | URL): Connection {
	const connection = new Connection(file);
	connection.exec('PRAGMA query_only = ON; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY');
	return connection;
}

/** Refuses a file that a newer program has changed, also while this one has it open. */
export function refuseNewer(connection: Connection, path: string): void {
	const version = connection.pragma('user_version');
	if (version <= SCHEMA_VERSION) return;
	throw new StoreError(
		'newer_version',
		`The identity store ${path} has version ${version}, and this program understands versions up to ${SCHEMA_VERSION}. ` +
			`Update n8n-nodes-customer360 to the release that wrote it, or use a backup from before that update. ${HOW_TO_RESTORE}`,
	);
}

/** Refuses what can't be read as it is: another program's file, and a store of another version. */
export function refuseOther(connection: Connection, path: string): void {
	if (connection.pragma('application_id') !== APPLICATION_ID) throw new StoreError('not_a_store', `${path} is no identity store. Check the name.`);
	refuseNewer(connection, path);
	const version = connection.pragma('user_version');
	if (version < SCHEMA_VERSION) throw unreadable(path, `an older release wrote it (version ${version}), and it has to be brought up to date`);
}

function refuseForeign(connection: Connection, path: string): void {
	if (connection.pragma('application_id') === APPLICATION_ID) refuseNewer(connection, path);
	else refuseOtherPrograms(connection, path);
}

/** An empty file is nobody's. */
export function refuseOtherPrograms(connection: Connection, path: string): void {
	const application = connection.pragma('application_id');
	if (application === APPLICATION_ID) return;
	const objects = connection.get<{ objects: number }>('SELECT count(*) AS objects FROM sqlite_schema')?.objects ?? 0;
	if (application !== 0 || objects > 0 || connection.pragma('user_version') !== 0) {
		throw new StoreError('not_a_store', `${path} is a database of another program; choose another file for the identity store`);
	}
}

function switchToWal(connection: Connection, path: string): void {
	const mode = connection.get<{ journal_mode: string }>('PRAGMA journal_mode = WAL')?.journal_mode;
	if (mode === 'wal') return;
	throw new StoreError(
		'not_writable',
		`The disk that holds ${path} lacks what the identity store needs to write safely (shared memory; network drives often do). ` +
			'Choose a file on a local disk.',
	);
}

async function migrate(connection: Connection, path: string, timeoutMs: number): Promise<void> {
	if (connection.pragma('user_version') === SCHEMA_VERSION) return;
	await untilFree(() => connection.exec('BEGIN IMMEDIATE'), path, timeoutMs);
	try {
		// Asked again now that nobody else can write: another process may have done it meanwhile.
		refuseForeign(connection, path);
		const version = connection.pragma('user_version');
		for (const migration of migrations) {
			if (migration.version > version) connection.exec(migration.sql);
		}
		connection.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}`);
		connection.exec('COMMIT');
	} catch (error) {
		connection.rollback();
		throw error;
	}
}
