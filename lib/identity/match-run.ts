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
