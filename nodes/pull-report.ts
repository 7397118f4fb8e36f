import type { PullSourceResult } from '../lib';

/** Seconds to a tenth: reading, storing and building together. */
export function paceOf(records: number, ms: number): { seconds: number; recordsPerSecond: number } {
	return { seconds: Math.round(ms / 100) / 10, recordsPerSecond: Math.round((records * 1000) / Math.max(1, ms)) };
}

/** What became of the records of a run that was cut short, as a sentence without its full stop; undefined when it had stored none. */
export function keptOf(soFar: PullSourceResult | undefined): string | undefined {
	const read = soFar?.stored?.read ?? 0;
	if (read === 0) return undefined;
	const records = read === 1 ? '1 record that this run read before is' : `${read.toLocaleString('en')} records that this run read before are`;
	return `${records} in the identity store, and the next run goes on from there`;
}
