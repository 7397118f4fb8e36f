import type { Compacted, IdentityStore, StoreReader, StoreTarget, StoreWriter } from '../store';
import { closedError } from '../store/misuse';
import { RunningCalls } from '../store/running-calls';
import { SnapshotReaders } from '../store/sqlite/snapshot-readers';
import type { HostedStore, TaskListener } from './hosted-store';
import { remoteRooms } from './remote-rooms';
import { ASIDE, type TaskInput, type TaskName, type TaskOutput, type TaskPart } from './tasks';
import { ThreadLink } from './thread-link';

/** Another process may be writing its last pages when a read begins. Milliseconds. */
const LOCK_TIMEOUT_MS = 30_000;

/** What the main thread does by itself, on connections of its own. */
type OwnAccess = Pick<IdentityStore, 'read' | 'backup' | 'close'> & Partial<Pick<IdentityStore, 'write'>>;

/**
 * A store in a thread. Tasks run there. Short looks (`read`) are taken from here, beside what the thread writes. A `write` of the embedded store
 * is a transaction that the thread holds open for as long as `work` takes, since one connection writes; PostgreSQL has its own order of writers.
 * A thread that ended is started again by the next call.
 */
export class ThreadedStore implements HostedStore {
	readonly #calls = new RunningCalls();
	readonly #own: OwnAccess;
	#link: Promise<ThreadLink> | undefined;
	readonly #others = new Set<Promise<ThreadLink>>();
	#isClosed = false;

	/** @param direct the store as opened by this thread, for one that many may write to; the embedded one is left out */
	constructor(
		private readonly threadFile: string,
		private readonly target: StoreTarget,
		readonly kind: IdentityStore['kind'],
		readonly location: string,
		direct?: IdentityStore,
	) {
		this.#own = direct ?? new SnapshotReaders(location, this.#calls, LOCK_TIMEOUT_MS);
	}

	/** Starts the thread, which opens the store. @throws what opening throws */
	async open(): Promise<void> {
		await this.#thread();
	}

	/** Of the thread that works on the store now; for tests and logs. */
	async threadId(): Promise<number> {
		return (await this.#thread()).threadId;
	}

	async run<Name extends TaskName>(name: Name, input: TaskInput<Name>, listener: TaskListener<TaskPart<Name>> = {}): Promise<TaskOutput<Name>> {
		this.#calls.refuseSecondWrite();
		this.#refuseClosed();
		const work = async (link: ThreadLink) => (await link.run(name, input, listener as TaskListener<unknown>)) as TaskOutput<Name>;
		return ASIDE.has(name) ? await this.#besides(work) : await work(await this.#thread());
	}

	async write<T>(work: (tx: StoreWriter) => Promise<T>): Promise<T> {
		this.#refuseClosed();
		if (this.#own.write) return await this.#own.write((tx) => this.#calls.run('write', () => work(tx)));
		this.#calls.refuseSecondWrite();
		const transaction = await (await this.#thread()).begin();
		const { rooms, end } = remoteRooms(transaction);
		let result: T;
		try {
			result = await this.#calls.run('write', () => work(rooms));
		} catch (error) {
			end();
			// What went wrong first is what counts.
			await transaction.end(false).catch(() => undefined);
			throw error;
		}
		end();
		await transaction.end(true);
		return result;
	}

	async read<T>(work: (tx: StoreReader) => Promise<T>): Promise<T> {
		if (!this.#calls.isInside('read', 'write')) this.#refuseClosed();
		return await this.#own.read(work);
	}

	async backup(to: string): Promise<void> {
		this.#refuseClosed();
		await this.#own.backup(to);
	}

	async compact(): Promise<Compacted> {
		return await this.run('compact', {});
	}

	/** Waits for what is under way in the thread, then ends it. */
	async close(): Promise<void> {
		this.refuseFromInside();
		if (this.#isClosed) return;
		this.#isClosed = true;
		// Whoever closes a file last tidies it up, which takes a while: that is left to the thread.
		await this.#own.close();
		const links = await Promise.allSettled([this.#link, ...this.#others]);
		await Promise.all(links.map(async (link) => (link.status === 'fulfilled' ? await link.value?.close() : undefined)));
	}

	refuseFromInside(): void {
		this.#calls.refuseFromInside();
	}

	/** In a thread of its own, for the time of the work. */
	async #besides<T>(work: (link: ThreadLink) => Promise<T>): Promise<T> {
		const starting = ThreadLink.start(this.threadFile, this.target, this.location, () => this.#others.delete(starting));
		this.#others.add(starting);
		const link = await starting;
		try {
			return await work(link);
		} finally {
			await link.close();
		}
	}

	async #thread(): Promise<ThreadLink> {
		this.#refuseClosed();
		if (!this.#link) {
			const forget = () => {
				if (this.#link === link) this.#link = undefined;
			};
			const link = ThreadLink.start(this.threadFile, this.target, this.location, forget);
			this.#link = link;
			link.catch(forget);
		}
		return await this.#link;
	}

	#refuseClosed(): void {
		if (this.#isClosed) throw closedError(this.location);
	}
}
