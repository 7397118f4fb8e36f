import type { Compacted, IdentityStore, StoreReader, StoreWriter } from './interface';
import { closedHolderError } from './misuse';

/** A store that can say whether the caller runs inside of it. */
export interface OpenStore extends IdentityStore {
	/** @throws Error when the caller runs inside `read` or `write`. */
	refuseFromInside(): void;
}

interface Shared {
	opening: Promise<OpenStore>;
	opened: OpenStore | undefined;
	holders: Set<StoreHandle>;
}

/**
 * Open stores of this process, by what tells one from another. Each node is bundled by itself and so has its own copy of this module; what they
 * share stands in globalThis. The version in the name keeps apart two releases of the package that are loaded at one time.
 */
export class SharedStores {
	readonly #place: symbol;

	constructor(name: string) {
		this.#place = Symbol.for(`n8n-nodes-customer360.${name}`);
	}

	/** One holder's share in the store with this identity; `open` is called for the first holder only. */
	async hold(identity: string, open: () => Promise<OpenStore>): Promise<IdentityStore> {
		const shared = this.#registry().get(identity) ?? this.#share(identity, open);
		// Taken before the first wait, so that another holder's close() leaves the store open.
		const handle = new StoreHandle(shared, () => this.#forget(identity, shared));
		shared.holders.add(handle);
		try {
			shared.opened = await shared.opening;
			handle.location = shared.opened.location;
			handle.kind = shared.opened.kind;
			return handle;
		} catch (error) {
			this.#forget(identity, shared);
			throw error;
		}
	}

	/** Closes every store of this process, whoever holds it. */
	async closeAll(): Promise<void> {
		const open = [...this.#registry().entries()];
		for (const [identity, shared] of open) this.#forget(identity, shared);
		const opened = await Promise.allSettled(open.map(async ([, shared]) => await shared.opening));
		await Promise.all(opened.map(async (result) => (result.status === 'fulfilled' ? await result.value.close() : undefined)));
	}

	#registry(): Map<string, Shared> {
		const place = globalThis as { [name: symbol]: Map<string, Shared> | undefined };
		return (place[this.#place] ??= new Map<string, Shared>());
	}

	#share(identity: string, open: () => Promise<OpenStore>): Shared {
		const shared = { opening: open(), opened: undefined, holders: new Set<StoreHandle>() };
		this.#registry().set(identity, shared);
		return shared;
	}

	#forget(identity: string, shared: Shared): void {
		if (this.#registry().get(identity) === shared) this.#registry().delete(identity);
	}
}

/** One holder's share in a store. */
class StoreHandle implements IdentityStore {
	kind: IdentityStore['kind'] = 'postgres';
	location = '';
	#closed = false;

	constructor(
		private readonly shared: Shared,
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

	async compact(): Promise<Compacted> {
		return await (await this.#store()).compact();
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

	async #store(): Promise<OpenStore> {
		if (this.#closed) throw closedHolderError(this.location);
		return await this.shared.opening;
	}
}
