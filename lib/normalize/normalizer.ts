import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type NormalizeBatch, normalizeBatch } from './batch';
import type { AnswerOfThread, BatchToThread } from './normalize.worker';
import type { Normalized } from './record';

/** Normalizes batches, here or in threads of its own. */
export interface Normalizer {
	/** Threads beside the calling one; 0 when the calling one does the work. */
	readonly threads: number;
	/**
	 * Results in the order of the batch's records. Batches that are handed in before others have ended are worked on at the same time.
	 * @throws Error what `normalizeBatch` throws, with the same message wherever it ran; and when the thread ended before its answer
	 */
	normalize(batch: NormalizeBatch): Promise<Normalized[]>;
	/** Ends the threads. What has not ended by then never will. */
	close(): Promise<void>;
}

/** Stands beside the built library. */
const PROGRAM = join(__dirname, 'normalize.worker.js');

/**
 * @param threads to have beside the calling one. There are none where their program was not built, as when the TypeScript is run as it is.
 */
export function openNormalizer(threads: number, program = PROGRAM): Normalizer {
	return threads > 0 && existsSync(program) ? new ThreadedNormalizer(program, threads) : here;
}

const here: Normalizer = { threads: 0, normalize: async (batch) => normalizeBatch(batch), close: async () => undefined };

/** Batches of a thread: one that it works on, and one that waits, so that it is not idle while this thread is busy with something else. */
const AHEAD = 2;

class ThreadedNormalizer implements Normalizer {
	private readonly all: NormalizerThread[];

	constructor(
		program: string,
		readonly threads: number,
	) {
		this.all = Array.from({ length: threads }, () => new NormalizerThread(program));
	}

	normalize(batch: NormalizeBatch): Promise<Normalized[]> {
		const idlest = this.all.reduce((least, thread) => (thread.load < least.load ? thread : least));
		// Where all have enough to do, whoever asks is no slower by doing it than by waiting.
		return idlest.load < AHEAD ? idlest.normalize(batch) : here.normalize(batch);
	}

	async close(): Promise<void> {
		await Promise.all(this.all.map((thread) => thread.close()));
	}
}

interface Waiting {
	resolve: (results: Normalized[]) => void;
	reject: (error: Error) => void;
}

class NormalizerThread {
	private readonly worker: Worker;
	private readonly waiting = new Map<number, Waiting>();
	private lastId = 0;
	private end: Error | undefined;

	constructor(program: string) {
		// It holds a few batches at a time; without a limit its garbage would be left lying.
		this.worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32 } });
		this.worker.on('message', (answer: AnswerOfThread) => this.settle(answer));
		this.worker.on('error', (error: unknown) => this.endWith(error instanceof Error ? error.message : String(error)));
		this.worker.on('exit', (code) => this.endWith(`exit code ${code}`));
	}

	/** Batches that have no answer yet. */
	get load(): number {
		return this.waiting.size;
	}

	normalize({ records, mappings, mappingOf, defaultCountry }: NormalizeBatch): Promise<Normalized[]> {
		// Nothing else that the caller may keep in its batch.
		const batch = JSON.stringify({ records, mappings, mappingOf, defaultCountry } satisfies NormalizeBatch);
		return new Promise((resolve, reject) => {
			if (this.end) return reject(this.end);
			this.lastId += 1;
			this.waiting.set(this.lastId, { resolve, reject });
			this.worker.postMessage({ id: this.lastId, batch } satisfies BatchToThread);
		});
	}

	async close(): Promise<void> {
		await this.worker.terminate();
	}

	private settle({ id, results, fault }: AnswerOfThread): void {
		const waiting = this.waiting.get(id);
		this.waiting.delete(id);
		if (fault !== undefined) waiting?.reject(new Error(fault));
		else waiting?.resolve(JSON.parse(results) as Normalized[]);
	}

	private endWith(why: string): void {
		this.end ??= new Error(`A thread that normalizes records ended before its work was done (${why}). With one thread the work goes on without it.`);
		for (const { reject } of this.waiting.values()) reject(this.end);
		this.waiting.clear();
	}
}
