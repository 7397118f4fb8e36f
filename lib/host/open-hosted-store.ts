import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { databaseIdentity, openStore, type StoreTarget } from '../store';
import { SharedStores } from '../store/shared-store';
import { ensureStoreFile } from '../store/sqlite/store-file';
import { SCHEMA_VERSION } from '../store/sqlite/migrations';
import { DirectStore } from './direct-store';
import { HostedShare } from './hosted-share';
import type { HostedStore } from './hosted-store';
import { ThreadedStore } from './threaded-store';

/** Stores with a thread of their own, by what they are. */
const hosted = new SharedStores(`hosted.${SCHEMA_VERSION}`, HostedShare);

/** The built file of the thread; it stands beside the built library and is missing where the sources run as they are. */
const THREAD_FILE = join(__dirname, 'identity.worker.js');

/**
 * Opens an identity store whose heavy work runs in a thread of its own; all who open one store in one process share the thread, which ends when the
 * last of them has closed. Without the thread's built file everything runs in the calling thread.
 * @throws StoreError as `openStore` does
 */
export async function openHostedStore(target: StoreTarget): Promise<HostedStore> {
	return existsSync(THREAD_FILE) ? await openThreadedStore(target, THREAD_FILE) : new DirectStore(await openStore(target));
}

/** The same with the thread's file given. */
export async function openThreadedStore(target: StoreTarget, threadFile: string): Promise<HostedShare> {
	return await hosted.hold(nameOf(target), async () => await start(target, threadFile));
}

async function start(target: StoreTarget, threadFile: string): Promise<ThreadedStore> {
	const store = 'file' in target ? inFile(target.file, threadFile) : await inDatabase(target, threadFile);
	try {
		await store.open();
		return store;
	} catch (error) {
		await store.close();
		throw error;
	}
}

function inFile(file: string, threadFile: string): ThreadedStore {
	const { path } = ensureStoreFile(file);
	return new ThreadedStore(threadFile, { file: path }, 'sqlite', path);
}

async function inDatabase(target: StoreTarget, threadFile: string): Promise<ThreadedStore> {
	const direct = await openStore(target);
	return new ThreadedStore(threadFile, target, direct.kind, direct.location, direct);
}

/** Whatever links and spellings lead to a file, it is one store. */
function nameOf(target: StoreTarget): string {
	return 'file' in target ? ensureStoreFile(target.file).identity : databaseIdentity(target.url, target.schema);
}
