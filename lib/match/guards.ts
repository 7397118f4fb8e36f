import type { Comparable } from './comparable';
import { areTwoFrequent, areTwoGivenNames, isOneOfSeveral } from './given-names';
import { areOneHouse, areTwoTowns } from './level-kinds-address';
import { areDayAndMonthSwapped } from './level-kinds-date';
import { haveTwoMiddleNames, haveTwoSecondFamilyNames } from './further-names';
import { alikeNames, areClearlyTwo, areTwoForms, compareNames, shares } from './names';
import { areWrittenApart } from './own-script';
import { isOtherIdentifier } from './pair-view';
import { editDistance } from './similarity';

/** Why two records should not be one, whatever they share. */
export interface Contradiction {
	comparison: 'unique_identifier' | 'birth_date' | 'name_suffix' | 'given_name' | 'family_name' | 'address';
	level: string;
	/** log2 Bayes factor, negative. */
	weight: number;
}

/** Two records with different values of a kind that is unique by nature are two entities. */
export function uniqueConflict(a: Comparable, b: Comparable): Contradiction | undefined {
	for (const [kind, values] of a.unique) {
		const others = b.unique.get(kind);
		if (others && ![...values].some((value) => others.has(value))) {
			return { comparison: 'unique_identifier', level: `different ${kind}`, weight: -30 };
		}
	}
	return undefined;
}

/** Birth dates that are a generation apart, or generations (junior, senior) that differ. */
export function birthConflict(a: Comparable, b: Comparable): Contradiction | undefined {
	if (a.birthDates.length > 0 && b.birthDates.length > 0 && !a.birthDates.some((x) => b.birthDates.some((y) => mayBeOneDate(x, y)))) {
		return { comparison: 'birth_date', level: 'different', weight: -10 };
	}
	if (a.suffix.length + b.suffix.length > 0 && !shares(a.suffix, b.suffix)) {
		const oneIsMissing = a.suffix.length === 0 || b.suffix.length === 0;
		return { comparison: 'name_suffix', level: oneIsMissing ? 'only one has a generational suffix' : 'different', weight: oneIsMissing ? -4 : -10 };
	}
	return undefined;
}

/**
 * What keeps two records from being in one cluster through others, although no one compared them directly:
 * the chain "Ann, then a record without a name, then Bob" must not join Ann and Bob.
 */
export function contradiction(a: Comparable, b: Comparable): Contradiction | undefined {
	if (a.entity !== b.entity) return { comparison: 'unique_identifier', level: 'person and company', weight: -30 };
	return uniqueConflict(a, b) ?? (shareNumber(a, b) && !areTwoUnderOneNumber(a, b) ? undefined : discrepancy(a, b));
}

/** What two records state differently that should be the same for one person, whatever ties them: birth date, generation, given name. */
export function discrepancy(a: Comparable, b: Comparable): Contradiction | undefined {
	if (a.entity === 'company') return differentHouses(a, b);
	const conflict = birthConflict(a, b);
	if (conflict && !(conflict.comparison === 'name_suffix' && conflict.weight > -10)) return conflict;
	if (isOneOfSeveral(a, b)) return { comparison: 'given_name', level: 'one person and several', weight: -8 };
	if (areTwoGivenNames(a, b) || (compareNames(a, b).relation === 'conflict' && areClearlyTwo(a, b))) {
		return { comparison: 'given_name', level: 'different', weight: -8 };
	}
	if (haveTwoMiddleNames(a, b)) return { comparison: 'given_name', level: 'two middle names', weight: -8 };
	if (haveTwoSecondFamilyNames(a, b)) return { comparison: 'family_name', level: 'two second family names', weight: -8 };
	if (areWrittenApart(a.written, b.written)) return { comparison: 'given_name', level: 'written as two names', weight: -8 };
	if (areTwoForms(a, b)) return { comparison: 'given_name', level: 'the man\'s and the woman\'s form of one name', weight: -8 };
	return undefined;
}

/** Branches: a record without an address is of the one or the other, and does not make them one. */
function differentHouses(a: Comparable, b: Comparable): Contradiction | undefined {
	if (shares(a.companyDomains, b.companyDomains)) return undefined;
	if (a.streets.length > 0 && b.streets.length > 0) return areOneHouse(a, b) ? undefined : { comparison: 'address', level: 'two houses', weight: -6 };
	return areTwoTowns(a, b) ? { comparison: 'address', level: 'two towns', weight: -6 } : undefined;
}

/** A couple has one account: two given names that nobody takes for one another, and no birthday that says otherwise. Who goes by a middle name is one. */
export function areTwoUnderOneNumber(a: Comparable, b: Comparable, names = compareNames(a, b)): boolean {
	if (names.relation !== 'conflict' || shares(a.middle, b.given) || shares(a.given, b.middle) || !areClearlyTwo(a, b)) return false;
	// Bob and Robret.
	if (a.nicknames.some((x) => b.nicknames.some((y) => alikeNames(x, y) && !areTwoFrequent(x, y)))) return false;
	return !a.birthDates.some((x) => b.birthDates.some((y) => sameDateButForASlip(x, y)));
}

/** A number of their own ties them more closely than names and dates can part them; what is left to ask was asked when they were compared. */
function shareNumber(a: Comparable, b: Comparable): boolean {
	return a.identifiers.some((left) => isOtherIdentifier(left.kind) && b.identifiers.some((right) => right.kind === left.kind && right.value === left.value));
}

/** A father is at least so many years older than his son; dates of one name that are closer are a slip or weigh against the pair, no more. */
const GENERATION_YEARS = 14;

function mayBeOneDate(a: string, b: string): boolean {
	if (Number.isNaN(Date.parse(a)) || Number.isNaN(Date.parse(b))) return true;
	return sameDateButForASlip(a, b) || Math.abs(Number(a.slice(0, 4)) - Number(b.slice(0, 4))) < GENERATION_YEARS;
}

/** Equal, one digit wrong, two neighbours swapped, or day and month exchanged. Both in the form YYYY-MM-DD. */
export function sameDateButForASlip(a: string, b: string): boolean {
	return a === b || (a.length === b.length && (editDistance(a, b, 1) <= 1 || areDayAndMonthSwapped(a, b)));
}
