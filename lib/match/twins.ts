import type { EntityMatching } from '../domain';
import { blockingRule } from './blocking';
import type { Comparable } from './comparable';
import { compareNames, shares } from './names';
import { isOtherIdentifier } from './pair-view';
import { blocksOf } from './pick-blocking';

/** So many pairs have to look like twins and share a number of their own before anything is said about the rest. */
const LEAST_PAIRS = 20;
/** Share of them that has to be one person by that number. */
const MOSTLY = 0.7;
/** Records of one birth date that are looked at. */
const MOST_RECORDS = 50;

/**
 * Whether records of one family name, birth date and house with two given names are twins (undefined), or more likely one person whose given name
 * is wrong in this data: told from those among them that have a number of their own, which twins don't share.
 */
export function judgeTwins(records: readonly Comparable[]): EntityMatching['twins'] {
	const rule = blockingRule('person', 'birth_date');
	if (!rule) return undefined;
	let [one, two] = [0, 0];
	for (const block of blocksOf(records, rule).values()) {
		const some = block.slice(0, MOST_RECORDS);
		for (const [index, a] of some.entries()) {
			for (const b of some.slice(index + 1)) {
				if (!shares(a.family, b.family) || !shares(a.streets, b.streets) || compareNames(a, b).relation !== 'conflict') continue;
				const same = shareNumber(a, b);
				if (same === true) one += 1;
				else if (same === false) two += 1;
			}
		}
	}
	return one >= LEAST_PAIRS && one >= MOSTLY * (one + two) ? 'weighed' : undefined;
}

/** Undefined when one of the two has no number of a kind that the other has. */
function shareNumber(a: Comparable, b: Comparable): boolean | undefined {
	let same: boolean | undefined;
	for (const { kind, value } of a.identifiers) {
		if (!isOtherIdentifier(kind)) continue;
		for (const other of b.identifiers) {
			if (other.kind !== kind) continue;
			if (other.value === value) return true;
			same = false;
		}
	}
	return same;
}
