import type { IdentityStore, StoreReader, StoreWriter } from '../interface';
import { SCHEMA_VERSION } from './migrations';
import type { EmbeddedStoreOptions } from './open-connection';
import { SqliteStore } from './sqlite-store';
import { ensureStoreFile, type StoreFile } from './store-file';

interface SharedStore {
	opening: Promise<SqliteStore>;
	opened: SqliteStore | undefined;
	holders: Set<StoreHandle>;
}

/**
 * Open stores of this process, by file. Each node is bundled by itself and so has its own copy of this module; what they share stands in globalThis.
 * The version in the name keeps apart two releases of the package that are loaded at one time.
 */
const REGISTRY = Symbol.for(`n8n-nodes-customer360.stores.${SCHEMA_VERSION}`);

function registry(): Map<string, SharedStore> {
	const place = globalThis as { [REGISTRY]?: Map<string, SharedStore> };
	return (place[REGISTRY] ??= new Map<string, SharedStore>());
}

/**
 * Opens the embedded store in this file, and creates it when it is missing. All who open one file in one process share one store:
 * their writes queue up, and it is closed when the last of them has closed.
 * `options` count only for who opens it first.
 * @throws StoreError `not_a_store`, `newer_version`, `not_writable`, `locked`, `disk_full`.
 */
export async function openEmbeddedStore(file: string, options: EmbeddedStoreOptions = {}): Promise<IdentityStore> {
	const { path, identity } = ensureStoreFile(file);
	const shared = registry().get(identity) ?? share({ path, identity }, options);
	// Taken before the first wait, so that another holder's close() leaves the store open.
	const handle = new StoreHandle(path, shared, () => forget(identity, shared));
	shared.holders.add(handle);
	try {
		shared.opened = await shared.opening;
		return handle;
	} catch (error) {
		forget(identity, shared);
		throw error;
	}
}

function share(file: StoreFile, options: EmbeddedStoreOptions): SharedStore {
	const shared = { opening: SqliteStore.open(file, options), opened: undefined, holders: new Set<StoreHandle>() };
	registry().set(file.identity, shared);
	return shared;
}

/** Closes every embedded store of this process, whoever holds it; for the end of a program and for tests. */
export async function closeAllStores(): Promise<void> {
	const open = [...registry().entries()];
	for (const [identity, shared] of open) forget(identity, shared);
	const opened = await Promise.allSettled(open.map(async ([, shared]) => await shared.opening));
	await Promise.all(opened.map(async (result) => (result.status === 'fulfilled' ? await result.value.close() : undefined)));
}

function forget(identity: string, shared: SharedStore): void {
	if (registry().get(identity) === shared) registry().delete(identity);
}

/** One holder's share in a store. */
class StoreHandle implements IdentityStore {
	readonly kind = 'sqlite';
	#closed = false;

	constructor(
		readonly location: string,
		private readonly shared: SharedStore,
		private readonly release: () => void,
	) {}

	async write<T>(work: (tx: StoreWriter) => Promise<T>): Promise<T> {
		return await (await this.#store()).write(work);
	}

	async read<T>(work: (tx: StoreReader) => Promise<T>): Promise<T> {
		return await (await this.#store()).read(work);
	}

	async backup(to: string): Promise<void> {
		await (await this.#store()).backup(to);
	}

	/** Gives this share back; a second call does nothing. */
	async close(): Promise<void> {
		if (this.#closed) return;
		if (this.shared.holders.size === 1) this.shared.opened?.refuseFromInside();
		this.#closed = true;
		this.shared.holders.delete(this);
		if (this.shared.holders.size > 0) return;
		this.release();
		await (await this.shared.opening).close();
	}

	async #store(): Promise<SqliteStore> {
		if (this.#closed) throw new Error(`This holder has closed the identity store ${this.location}; open it again with openStore()`);
		return await this.shared.opening;
	}
}
