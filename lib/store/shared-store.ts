import { ForwardingStore } from './forwarding-store';
import type { IdentityStore } from './interface';
import { closedHolderError } from './misuse';

/** A store that can say whether the caller runs inside of it. */
export interface OpenStore extends IdentityStore {
	/** @throws Error when the caller runs inside `read` or `write`. */
	refuseFromInside(): void;
}

/** A holder's place among all holders of a store. */
interface Place {
	isHeld(): boolean;
	/** Closes the store when no other holder is left. */
	giveBack(): Promise<void>;
}

/** One holder's share in a store. */
export class StoreShare<Store extends OpenStore> extends ForwardingStore<Store> {
	constructor(
		shared: Store,
		private readonly place: Place,
	) {
		super(shared);
	}

	/** Gives this share back; a second call does nothing. @throws Error when the caller runs inside the store and is its last holder */
	override async close(): Promise<void> {
		if (this.place.isHeld()) await this.place.giveBack();
	}

	/** @throws Error when this share was given back */
	protected override get store(): Store {
		if (!this.place.isHeld()) throw closedHolderError(this.location);
		return super.store;
	}
}

interface Shared<Store> {
	opening: Promise<Store>;
	holders: Set<object>;
}

/**
 * Open stores of this process, by what tells one from another. What two copies of this module share stands in globalThis; the version in the name
 * keeps apart two releases of the package that are loaded at one time.
 */
export class SharedStores<Store extends OpenStore, Share extends StoreShare<Store>> {
	readonly #registered: symbol;

	/** @param Share what each holder gets */
	constructor(
		name: string,
		private readonly Share: new (store: Store, place: Place) => Share,
	) {
		this.#registered = Symbol.for(`n8n-nodes-customer360.${name}`);
	}

	/** One holder's share in the store with this identity; `open` is called for the first holder only. */
	async hold(identity: string, open: () => Promise<Store>): Promise<Share> {
		const shared = this.#registry().get(identity) ?? this.#add(identity, open);
		const holder = {};
		// Taken before the first wait, so that another holder's close() leaves the store open.
		shared.holders.add(holder);
		try {
			const store = await shared.opening;
			const isHeld = (): boolean => shared.holders.has(holder);
			const giveBack = async (): Promise<void> => {
				if (shared.holders.size === 1) store.refuseFromInside();
				shared.holders.delete(holder);
				if (shared.holders.size > 0) return;
				this.#forget(identity, shared);
				await store.close();
			};
			return new this.Share(store, { isHeld, giveBack });
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

	#registry(): Map<string, Shared<Store>> {
		const registries = globalThis as { [name: symbol]: Map<string, Shared<Store>> | undefined };
		return (registries[this.#registered] ??= new Map<string, Shared<Store>>());
	}

	#add(identity: string, open: () => Promise<Store>): Shared<Store> {
		const shared = { opening: open(), holders: new Set<object>() };
		this.#registry().set(identity, shared);
		return shared;
	}

	#forget(identity: string, shared: Shared<Store>): void {
		if (this.#registry().get(identity) === shared) this.#registry().delete(identity);
	}
}
