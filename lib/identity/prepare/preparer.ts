import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type PrepareBatch, prepareBatch, type PreparedRow } from './batch';
import type { AnswerOfThread, BatchToThread } from './prepare.worker';
import { idlest, WorkThread } from '../work-thread';
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
	private readonly all: WorkThread<BatchToThread, AnswerOfThread>[];

	constructor(
		program: string,
		readonly threads: number,
	) {
		this.all = Array.from({ length: threads }, () => new WorkThread(program, { does: 'makes records ready' }));
	}

	async prepare(batch: PrepareBatch): Promise<Prepared[]> {
		const thread = idlest(this.all);
		// Where all have enough to do, whoever asks is no slower by doing it than by waiting.
		if (!thread || thread.load >= AHEAD) return here.prepare(batch);
		const { records, mappings, mappingOf, defaultCountry, model } = batch;
		// Nothing else that the caller may keep in its batch.
		const { rows, ...others } = await thread.ask({ batch: JSON.stringify({ records, mappings, mappingOf, defaultCountry, model } satisfies PrepareBatch) });
		return unpackBatch({ rows: JSON.parse(rows) as PreparedRow[], ...others }, model);
	}

	async close(): Promise<void> {
		await Promise.all(this.all.map((thread) => thread.close()));
	}
}
