import { ComparableCache } from './comparable-cache';
import { StepTimes } from './step-times';

/** What the batches of one run share: records that are ready for comparison, and the time that each step took. */
export class MatchRun {
	readonly comparables: ComparableCache;
	readonly steps = new StepTimes();

	/** @param most records kept ready for comparison; some 2 kB each */
	constructor(most?: number) {
		this.comparables = new ComparableCache(most);
	}
}
