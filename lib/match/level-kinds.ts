import type { LevelKind, MatchColumn } from '../domain';
import { addressKinds } from './level-kinds-address';
import { birthDateKinds } from './level-kinds-date';
import { identifierKinds } from './level-kinds-identifier';
import { isMissing, textKinds } from './level-kinds-text';
import type { LevelTest, PairView } from './pair-view';

/** The kinds of level that each column knows. The last level of a comparison is always `else`. */
const KINDS: Readonly<Record<MatchColumn, Partial<Record<LevelKind, LevelTest>>>> = {
	given_name: textKinds('given_name'),
	family_name: textKinds('family_name'),
	company_name: textKinds('company_name'),
	street: textKinds('street'),
	postal_code: textKinds('postal_code'),
	city: textKinds('city'),
	generation: textKinds('generation'),
	birth_date: { ...textKinds('birth_date'), ...birthDateKinds },
	email: identifierKinds('email'),
	phone: identifierKinds('phone'),
	identifier: identifierKinds('identifier'),
	company_domain: identifierKinds('company_domain'),
	address: addressKinds,
};

const NEEDS_THRESHOLD: ReadonlySet<LevelKind> = new Set<LevelKind>(['jaro_winkler', 'levenshtein', 'damerau_levenshtein', 'mailbox_alike', 'last_digits', 'days_apart', 'words_in_common', 'city_alike']);

/** The test for this kind of level on this column; undefined when there is none. */
export function levelTest(column: MatchColumn, kind: LevelKind): LevelTest | undefined {
	return kind === 'else' ? () => true : KINDS[column][kind];
}

export function needsThreshold(kind: LevelKind): boolean {
	return NEEDS_THRESHOLD.has(kind);
}

/** Whether one of the two has nothing to compare; the comparison is neutral then. */
export function isIncomparable(column: MatchColumn, pair: PairView): boolean {
	return isMissing(column, pair);
}
