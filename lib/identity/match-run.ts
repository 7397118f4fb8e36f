import { RecordCache } from './record-cache';
import { StepTimes } from './step-times';

/** What the batches of one run share: records, and the time that each step took. */
export class MatchRun {
	readonly cache: RecordCache;
	readonly steps = new StepTimes();

	/** @param most records kept ready for comparison */
	constructor(most?: number) {
		this.cache = new RecordCache(most);
	}
}

/** Does work that a run remembers things of. What was not kept must not stay in memory either: its numbers go to other records. */
export async function remembering<T>(run: MatchRun | undefined, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		run?.cache.clear();
		throw error;
	}
}
