import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Mutex } from 'async-mutex';
import { StoreError, type StoreTarget } from '../store';
import { slices } from '../transport';
import { hearProgress } from './hear-progress';
import type { TaskListener } from './hosted-store';
import type { Answer, Request } from './messages';
import type { RemoteTransaction } from './remote-rooms';
import { packError, unpackError } from './sent-error';
import type { TaskName } from './tasks';

/** Items of one message: putting more into words at once would keep the thread busy for too long. */
const PART = 200;

interface Waiting {
	resolve: (value: unknown) => void;
	reject: (error: Error) => void;
	hear?: (answer: Answer) => void;
}

/**
 * The main thread's end of the line to one store's thread. The process ends although the thread is there, but not while it has something to do.
 * When the thread ends by itself, all that waits for it fails with StoreError `interrupted`.
 */
export class ThreadLink {
	readonly #waiting = new Map<number, Waiting>();
	readonly #sending = new Mutex();
	readonly #worker: Worker;
	readonly #ended: Promise<void>;
	#lastId = 0;
	#cause: unknown;
	#isOver = false;
	#isClosing = false;

	private constructor(
		file: string,
		target: StoreTarget,
		private readonly location: string,
		onEnd: () => void,
	) {
		// What V8 takes for the young by itself is more than a batch has use for: a process that writes into a store of a million took some 90 MB more, and was no faster.
		this.#worker = new Worker(file, { workerData: { target }, name: 'customer360', resourceLimits: { maxYoungGenerationSizeMb: 24 } });
		this.#ended = new Promise((resolve) => {
			this.#worker.on('error', (error: unknown) => {
				this.#cause = error;
			});
			this.#worker.on('exit', () => {
				onEnd();
				this.#fail();
				resolve();
			});
		});
	}

	/**
	 * Starts a store's thread and resolves when the store is open.
	 * @param location of the store, for messages
	 * @param onEnd called when the thread has ended, whyever, before anybody hears of it who waits for the thread
	 * @throws what opening the store throws
	 */
	static async start(file: string, target: StoreTarget, location: string, onEnd: () => void): Promise<ThreadLink> {
		const link = new ThreadLink(file, target, location, onEnd);
		await link.#wait(0, undefined, () => link.#worker.on('message', (answer: Answer) => link.#receive(answer)));
		return link;
	}

	get threadId(): number {
		return this.#worker.threadId;
	}

	async run(name: TaskName, input: unknown, listener: TaskListener<unknown> = {}): Promise<unknown> {
		const id = (this.#lastId += 1);
		return await hearProgress(listener.progress, async (tell) => {
			const hear = (answer: Answer) => {
				if (answer.kind === 'progress') tell(answer.progress);
				if (answer.kind === 'part') void this.#take(id, answer.json, listener);
			};
			return await this.#wait(id, hear, () => this.#sending.runExclusive(() => this.#sendTask(id, name, input)));
		});
	}

	/** A transaction that stays open in the thread; resolves when it has begun. */
	async begin(): Promise<RemoteTransaction> {
		const id = (this.#lastId += 1);
		let lastCall = 0;
		const calls = new Map<number, Waiting>();
		let hasBegun: () => void = () => undefined;
		const begun = new Promise<void>((resolve) => (hasBegun = resolve));
		const hear = (answer: Answer) => {
			if (answer.kind === 'begun') hasBegun();
			if (answer.kind === 'returned') calls.get(answer.call)?.resolve(answer.value);
			if (answer.kind === 'threw') calls.get(answer.call)?.reject(unpackError(answer.error));
			if (answer.kind === 'returned' || answer.kind === 'threw') calls.delete(answer.call);
		};
		const over = this.#wait(id, hear, () => this.#post({ kind: 'begin', id }));
		over.catch((error: unknown) => {
			for (const { reject } of calls.values()) reject(error as Error);
		});
		await Promise.race([begun, over]);
		return {
			call: async (room, method, values) =>
				new Promise((resolve, reject) => {
					if (this.#isOver) throw this.#interrupted();
					const call = (lastCall += 1);
					calls.set(call, { resolve, reject });
					this.#post({ kind: 'call', id, call, room, method, values });
				}),
			end: async (keep) => {
				this.#post({ kind: 'end', id, keep });
				await over;
			},
		};
	}

	/** Lets the thread end what it is at, close the store and end. */
	async close(): Promise<void> {
		// Whoever closes hears of it: the process stays until the thread has ended, also when its last work ends before that.
		this.#isClosing = true;
		this.#worker.ref();
		// Behind the tasks whose lists are still on their way.
		await this.#sending.runExclusive(() => this.#post({ kind: 'close' }));
		await this.#ended;
	}

	async #sendTask(id: number, name: TaskName, input: unknown): Promise<void> {
		const { items, ...rest } = input as { items?: readonly unknown[] };
		for (const part of slices(items ?? [], PART)) {
			this.#post({ kind: 'items', id, json: JSON.stringify(part) });
			await setImmediate();
		}
		this.#post({ kind: 'task', id, name, input: rest, hasItems: items !== undefined });
	}

	async #take(id: number, json: string, { part }: TaskListener<unknown>): Promise<void> {
		try {
			await part?.(JSON.parse(json) as unknown[]);
			this.#post({ kind: 'taken', id });
		} catch (error) {
			this.#post({ kind: 'taken', id, error: packError(error) });
		}
	}

	/** Registers what is waited for, then sends; the process stays alive until the answer. */
	async #wait(id: number, hear: Waiting['hear'], send: () => unknown): Promise<unknown> {
		if (this.#isOver) throw this.#interrupted();
		return await new Promise<unknown>((resolve, reject) => {
			if (this.#waiting.size === 0) this.#worker.ref();
			this.#waiting.set(id, { resolve, reject, hear });
			const fail = (error: unknown) => this.#settle(id, ({ reject: give }) => give(error as Error));
			try {
				void Promise.resolve(send()).catch(fail);
			} catch (error) {
				fail(error);
			}
		});
	}

	#receive(answer: Answer): void {
		switch (answer.kind) {
			case 'opened':
				return this.#settle(0, ({ resolve }) => resolve(undefined));
			case 'unopened':
				return this.#settle(0, ({ reject }) => reject(unpackError(answer.error)));
			case 'done':
				return this.#settle(answer.id, ({ resolve }) => resolve(answer.value));
			case 'failed':
				return this.#settle(answer.id, ({ reject }) => reject(unpackError(answer.error)));
			default:
				this.#waiting.get(answer.id)?.hear?.(answer);
		}
	}

	#settle(id: number, how: (waiting: Waiting) => void): void {
		const waiting = this.#waiting.get(id);
		if (!waiting) return;
		this.#waiting.delete(id);
		if (this.#waiting.size === 0 && !this.#isClosing) this.#worker.unref();
		how(waiting);
	}

	#post(request: Request): void {
		if (!this.#isOver) this.#worker.postMessage(request);
	}

	#fail(): void {
		this.#isOver = true;
		for (const id of [...this.#waiting.keys()]) this.#settle(id, ({ reject }) => reject(this.#interrupted()));
	}

	#interrupted(): StoreError {
		const why = this.#cause === undefined ? '' : ` (${this.#cause instanceof Error ? this.#cause.message : 'unknown error'})`;
		return new StoreError(
			'interrupted',
			`The thread that works on the identity store ${this.location} ended before its time${why}. What it had committed stays; of the step under way ` +
				'either all was kept or nothing. Run the step again: what is there already is not done twice. Only before you undo a decision once more, look ' +
				'whether it still stands: undoing twice brings it back. If the memory was not enough, give n8n more of it (NODE_OPTIONS=--max-old-space-size=4096).',
			{ cause: this.#cause },
		);
	}
}
