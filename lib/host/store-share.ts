import type { Compacted, IdentityStore, StoreReader, StoreWriter } from '../store';
import { closedHolderError } from '../store/misuse';
import type { HostedStore, TaskListener } from './hosted-store';
import type { TaskInput, TaskName, TaskOutput, TaskPart } from './tasks';
import type { ThreadedStore } from './threaded-store';

/** One holder's share in a store with a thread. */
export class StoreShare implements HostedStore {
	readonly kind: IdentityStore['kind'];
	readonly location: string;

	/**
	 * @param holders everybody who has a share; `holder` is this one's mark among them
	 * @param onLast called when the last one gives its share back
	 */
	constructor(
		private readonly store: ThreadedStore,
		private readonly holders: Set<object>,
		private readonly holder: object,
		private readonly onLast: () => void,
	) {
		this.kind = store.kind;
		this.location = store.location;
	}

	async run<Name extends TaskName>(name: Name, input: TaskInput<Name>, listener?: TaskListener<TaskPart<Name>>): Promise<TaskOutput<Name>> {
		return await this.#store().run(name, input, listener);
	}

	async write<T>(work: (tx: StoreWriter) => Promise<T>): Promise<T> {
		return await this.#store().write(work);
	}

	async read<T>(work: (tx: StoreReader) => Promise<T>): Promise<T> {
		return await this.#store().read(work);
	}

	async backup(to: string): Promise<void> {
		await this.#store().backup(to);
	}

	async compact(): Promise<Compacted> {
		return await this.#store().compact();
	}

	/** Of the thread that works on the store now. */
	async threadId(): Promise<number> {
		return await this.#store().threadId();
	}

	/** Gives this share back; a second call does nothing. */
	async close(): Promise<void> {
		if (!this.holders.has(this.holder)) return;
		if (this.holders.size === 1) this.store.refuseFromInside();
		this.holders.delete(this.holder);
		if (this.holders.size > 0) return;
		this.onLast();
		await this.store.close();
	}

	#store(): ThreadedStore {
		if (!this.holders.has(this.holder)) throw closedHolderError(this.location);
		return this.store;
	}
}
