import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { databaseIdentity, openStore, type StoreTarget } from '../store';
import { ensureStoreFile } from '../store/sqlite/store-file';
import { SCHEMA_VERSION } from '../store/sqlite/migrations';
import { DirectStore } from './direct-store';
import type { HostedStore } from './hosted-store';
import { StoreShare } from './store-share';
import { ThreadedStore } from './threaded-store';

interface Shared {
	opening: Promise<ThreadedStore>;
	holders: Set<object>;
}

/**
 * Stores with a thread of their own in this process, by what they are. What two copies of this module share stands in globalThis.
 * The version in the name keeps apart two releases of the package that are loaded at one time.
 */
const REGISTRY = Symbol.for(`n8n-nodes-customer360.hosted.${SCHEMA_VERSION}`);

function registry(): Map<string, Shared> {
	const place = globalThis as { [REGISTRY]?: Map<string, Shared> };
	return (place[REGISTRY] ??= new Map<string, Shared>());
}

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
export async function openThreadedStore(target: StoreTarget, threadFile: string): Promise<StoreShare> {
	const name = nameOf(target);
	const shared = registry().get(name) ?? share(name, target, threadFile);
	const holder = {};
	// Taken before the first wait, so that another holder's close() leaves the store open.
	shared.holders.add(holder);
	try {
		const store = await shared.opening;
		return new StoreShare(store, shared.holders, holder, () => forget(name, shared));
	} catch (error) {
		forget(name, shared);
		throw error;
	}
}

function forget(name: string, shared: Shared): void {
	if (registry().get(name) === shared) registry().delete(name);
}

function share(name: string, target: StoreTarget, threadFile: string): Shared {
	const shared = { opening: start(target, threadFile), holders: new Set<object>() };
	registry().set(name, shared);
	return shared;
}

async function start(target: StoreTarget, threadFile: string): Promise<ThreadedStore> {
	const store = 'file' in target ? embedded(target.file, threadFile) : await shared(target, threadFile);
	try {
		await store.open();
		return store;
	} catch (error) {
		await store.close();
		throw error;
	}
}

function embedded(file: string, threadFile: string): ThreadedStore {
	const { path } = ensureStoreFile(file);
	return new ThreadedStore(threadFile, { file: path }, 'sqlite', path);
}

async function shared(target: StoreTarget, threadFile: string): Promise<ThreadedStore> {
	const direct = await openStore(target);
	return new ThreadedStore(threadFile, target, direct.kind, direct.location, direct);
}

/** Whatever links and spellings lead to a file, it is one store. */
function nameOf(target: StoreTarget): string {
	return 'file' in target ? ensureStoreFile(target.file).identity : databaseIdentity(target.url, target.schema);
}
