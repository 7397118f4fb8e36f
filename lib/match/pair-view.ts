import { identifierLookupKey, type MatchColumn } from '../domain';
import type { Comparable, ComparableIdentifier } from './comparable';
import { type Forms, formsOf } from './forms';
import { compareNames, type NameComparison } from './names';

export { isOtherIdentifier } from './forms';

/** What every comparison may look at for one pair; made once a pair. */
export interface PairView {
	a: Comparable;
	b: Comparable;
	formsA: Forms;
	formsB: Forms;
	/** See {@link namesOf}. */
	names?: NameComparison;
	/** Identifiers that both have and that are evidence: not too common, not blocked. Role mailboxes are among them, marked. */
	shared: readonly ComparableIdentifier[];
	/** Kinds of which both have a value that is too common to be evidence. */
	common: ReadonlySet<string>;
}

/** Whether a pair is at a level; `true`, or the shared value where its frequency can count. */
export type LevelTest = (pair: PairView, threshold: number) => boolean | string;

const NOTHING: ReadonlySet<string> = new Set();

export function viewPair(a: Comparable, b: Comparable, generic: ReadonlySet<string>): PairView {
	const shared: ComparableIdentifier[] = [];
	let common: Set<string> | undefined;
	for (const left of a.identifiers) {
		if (!b.identifiers.some((right) => right.kind === left.kind && right.value === left.value)) continue;
		if (generic.has(identifierLookupKey(a.entity, left.kind, left.value))) (common ??= new Set()).add(left.kind);
		else shared.push(left);
	}
	if (shared.length > 1) shared.sort((left, right) => (left.kind + left.value < right.kind + right.value ? -1 : 1));
	return { a, b, formsA: formsOf(a), formsB: formsOf(b), names: undefined, shared, common: common ?? NOTHING };
}

/** How the two whole names stand to each other; compared when first asked for. */
export function namesOf(pair: PairView): NameComparison {
	return (pair.names ??= compareNames(pair.a, pair.b));
}

/** Values of a column that holds text, in comparison form. */
export function textsOf(column: MatchColumn, record: Comparable): readonly string[] {
	switch (column) {
		case 'given_name': return record.given;
		case 'family_name': return record.family;
		case 'generation': return record.suffix;
		case 'birth_date': return record.birthDates;
		case 'street': return record.streets;
		case 'postal_code': return record.postalCodes;
		case 'city': return record.cities;
		case 'company_name': return record.companyNames;
		case 'email': return record.mailTexts;
		case 'phone': return record.phones.length > 0 ? record.phones : record.phoneTails;
		case 'company_domain': return formsOf(record).webDomains;
		case 'identifier': return formsOf(record).otherIdentifiers;
		case 'address': return [];
	}
}
