import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type PrepareBatch, prepareBatch, type PreparedRow } from './batch';
import type { AnswerOfThread, BatchToThread } from './prepare.worker';
import { type Prepared, unpackBatch } from './prepared';

/** Normalizes batches and makes them ready for the store, here or in threads of its own. */
export interface Preparer {
	/** Threads beside the calling one; 0 when the calling one does the work. */
	readonly threads: number;
	/**
	 * Results in the order of the batch's records. Batches that are handed in before others have ended are worked on at the same time.
	 * @throws Error what `prepareBatch` throws, with the same message wherever it ran; and when the thread ended before its answer
	 */
	prepare(batch: PrepareBatch): Promise<Prepared[]>;
	/** Ends the threads. What has not ended by then never will. */
	close(): Promise<void>;
}

/** Stands beside the built library. */
const PROGRAM = join(__dirname, 'prepare.worker.js');

/**
 * @param threads to have beside the calling one. There are none where their program was not built, as when the TypeScript is run as it is.
 */
export function openPreparer(threads: number, program = PROGRAM): Preparer {
	return threads > 0 && existsSync(program) ? new ThreadedPreparer(program, threads) : here;
}

const here: Preparer = { threads: 0, prepare: async (batch) => unpackBatch(prepareBatch(batch), batch.model), close: async () => undefined };

/** Batches of a thread: one that it works on, and some that wait, so that it is not idle while this thread is busy with something else. */
const AHEAD = 4;

class ThreadedPreparer implements Preparer {
	private readonly all: PreparerThread[];

	constructor(
		program: string,
		readonly threads: number,
	) {
		this.all = Array.from({ length: threads }, () => new PreparerThread(program));
	}

	prepare(batch: PrepareBatch): Promise<Prepared[]> {
		const idlest = this.all.reduce((least, thread) => (thread.load < least.load ? thread : least));
		// Where all have enough to do, whoever asks is no slower by doing it than by waiting.
		return idlest.load < AHEAD ? idlest.prepare(batch) : here.prepare(batch);
	}

	async close(): Promise<void> {
		await Promise.all(this.all.map((thread) => thread.close()));
	}
}

interface Waiting {
	model: PrepareBatch['model'];
	resolve: (results: Prepared[]) => void;
	reject: (error: Error) => void;
}

class PreparerThread {
	private readonly worker: Worker;
	private readonly waiting = new Map<number, Waiting>();
	private lastId = 0;
	private end: Error | undefined;

	constructor(program: string) {
		// It holds a few batches at a time; without a limit its garbage would be left lying.
		this.worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 } });
		this.worker.on('message', (answer: AnswerOfThread) => this.settle(answer));
		this.worker.on('error', (error: unknown) => this.endWith(error instanceof Error ? error.message : String(error)));
		this.worker.on('exit', (code) => this.endWith(`exit code ${code}`));
	}

	/** Batches that have no answer yet. */
	get load(): number {
		return this.waiting.size;
	}

	prepare({ records, mappings, mappingOf, defaultCountry, model }: PrepareBatch): Promise<Prepared[]> {
		// Nothing else that the caller may keep in its batch.
		const batch = JSON.stringify({ records, mappings, mappingOf, defaultCountry, model } satisfies PrepareBatch);
		return new Promise((resolve, reject) => {
			if (this.end) return reject(this.end);
			this.lastId += 1;
			this.waiting.set(this.lastId, { model, resolve, reject });
			this.worker.postMessage({ id: this.lastId, batch } satisfies BatchToThread);
		});
	}

	async close(): Promise<void> {
		await this.worker.terminate();
	}

	private settle(answer: AnswerOfThread): void {
		const waiting = this.waiting.get(answer.id);
		this.waiting.delete(answer.id);
		if (answer.fault !== undefined) waiting?.reject(new Error(answer.fault));
		else waiting?.resolve(unpackBatch({ ...answer, rows: JSON.parse(answer.rows) as PreparedRow[] }, waiting.model));
	}

	private endWith(why: string): void {
		this.end ??= new Error(`A thread that makes records ready ended before its work was done (${why}). With one thread the work goes on without it.`);
		for (const { reject } of this.waiting.values()) reject(this.end);
		this.waiting.clear();
	}
}
