import type { Evidence, IdentityModel } from '../../domain';
import { judgeProposed } from '../../match';
import type { StepTimes } from '../step-times';
import type { ComparedRecords } from './compared-records';
import type { Proposals } from './proposals';

/** Evidence without the time and the version, which are the same for all. */
export type FoundPair = Omit<Evidence, 'modelVersion' | 'at'>;

/** What pairs are judged by. */
export interface Judging {
	records: ComparedRecords;
	proposals: Proposals;
	model: IdentityModel;
	/** Values that are too common to be evidence. */
	generic: ReadonlySet<string>;
}

/** Judges every pair that a key proposes, of the records from one place to before another one with those behind them, in order. */
export function judgeRange({ records, proposals, model, generic }: Judging, from: number, until: number, steps?: StepTimes): FoundPair[] {
	const found: FoundPair[] = [];
	const partners = new Set<number>();
	for (let place = from; place < until; place += 1) {
		steps?.enter('candidates');
		partners.clear();
		proposals.partners(place, partners);
		if (partners.size === 0) continue;
		const one = records.comparable(place);
		const others = [...partners].sort((x, y) => x - y).map((other) => records.comparable(other));
		steps?.enter('scoring');
		for (const other of others) for (const judgement of judgeProposed(one, other, model, generic)) found.push({ a: one.no, b: other.no, ...judgement });
	}
	return found;
}
