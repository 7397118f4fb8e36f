import type { MatchColumn } from '../domain';
import type { Comparable, ComparableIdentifier } from './comparable';
import { identifierLookupKey } from './lookup-key';

/** What every comparison may look at for one pair; made once a pair. */
export interface PairView {
	a: Comparable;
	b: Comparable;
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
	return { a, b, shared, common: common ?? NOTHING };
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
		case 'company_domain':
			return record.entity === 'person' ? record.companyDomains : record.identifiers.filter(({ kind }) => kind === column).map(({ value }) => value);
		case 'identifier': return record.identifiers.filter(({ kind }) => isOtherIdentifier(kind)).map(({ value }) => value);
		case 'address': return [];
	}
}

/** Whether identifiers of this kind belong to the comparison `identifier`: all that have no comparison of their own. */
export function isOtherIdentifier(kind: string): boolean {
	return kind !== 'email' && kind !== 'phone' && kind !== 'company_domain';
}
