import { type IdentityStore, type StoreWriter, writeAgainIfLost } from '../store';
import { RecordCache } from './record-cache';
import { StepTimes } from './step-times';

/** What the batches of one run share: records, and the time that each step took. */
export class MatchRun {
	readonly cache: RecordCache;
	/** @param most records kept ready for comparison */
	constructor(
		most?: number,
		readonly steps = new StepTimes(),
	) {
		this.cache = new RecordCache(most);
	}
}

/**
 * A write that a run remembers things of; where the database is lost in the middle of it, it is done once more ({@link writeAgainIfLost}).
 * What was not kept must not stay in memory either: its numbers go to other records.
 */
export async function writeRemembering<T>(store: IdentityStore, run: MatchRun | undefined, work: (tx: StoreWriter) => Promise<T>): Promise<T> {
	const forget = (): void => run?.cache.clear();
	try {
		return await writeAgainIfLost(store, work, forget);
	} catch (error) {
		forget();
		throw error;
	}
}
