import type { Compacted, IdentityStore, StoreReader, StoreWriter } from './interface';

/** A store that is another one to its caller: every call goes there. */
export class ForwardingStore<Store extends IdentityStore> implements IdentityStore {
	readonly kind: IdentityStore['kind'];
	readonly location: string;

	constructor(private readonly target: Store) {
		this.kind = target.kind;
		this.location = target.location;
	}

	/** Where the calls go; whoever may refuse one does it here. */
	protected get store(): Store {
		return this.target;
	}

	async write<T>(work: (tx: StoreWriter) => Promise<T>): Promise<T> {
		return await this.store.write(work);
	}

	async read<T>(work: (tx: StoreReader) => Promise<T>): Promise<T> {
		return await this.store.read(work);
	}

	async backup(to: string): Promise<void> {
		await this.store.backup(to);
	}

	async compact(): Promise<Compacted> {
		return await this.store.compact();
	}

	async close(): Promise<void> {
		await this.store.close();
	}
}
