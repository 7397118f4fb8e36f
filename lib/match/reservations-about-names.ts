import { hasShortFormIn } from '../normalize';
import type { Comparable } from './comparable';
import { type Facts, isBornApart } from './facts-about-people';
import { localPart } from './forms';
import { haveTwoMiddleNames, haveTwoSecondFamilyNames } from './further-names';
import { areTwoGivenNames, isOneOfSeveral } from './given-names';
import { areTwoUnderOneNumber } from './guards';
import { areTwoForms } from './names';
import { areWrittenApart, isInOwnScript } from './own-script';
import type { PairView } from './pair-view';
import type { Reservation } from './reservation';

export const REVIEW_ALIKE: Reservation = { limit: 'review', level: 'two names in one house or office may be alike' };

/** A couple's record is neither of the two, whose house and telephone it shares. */
export function aboutSeveral({ pair: { a, b }, personal }: Facts): Reservation | undefined {
	return isOneOfSeveral(a, b) ? { limit: personal ? 'review' : 'none', level: 'one of the two records is several people\'s' } : undefined;
}

export function aboutTwoNames({ pair: { a, b }, found, speaks, names, number, nearNumber, mailbox, weighTwins }: Facts): Reservation | undefined {
	if (names.relation !== 'conflict') return undefined;
	const likeTwins = speaks.has('birth_date') && speaks.has('address') && speaks.has('family_name');
	const placed = speaks.has('birth_date') || speaks.has('address');
	// The insurance number of a couple.
	const couple = !weighTwins && (isBornApart(found) || areTwoUnderOneNumber(a, b, names));
	if ((number && placed && !couple) || (weighTwins && (likeTwins || (nearNumber && placed)))) return undefined;
	if (number || nearNumber || mailbox) return { limit: 'review', level: 'the given names are those of two people' };
	return { limit: 'none', level: 'the given names are those of two people, and nothing personal is shared' };
}

/** Also on one birthday: twins have names that are alike. */
export function aboutFrequentNames({ pair: { a, b }, speaks, number, nearNumber, weighTwins }: Facts): Reservation | undefined {
	if (number || (weighTwins && (nearNumber || speaks.has('birth_date'))) || !areTwoGivenNames(a, b)) return undefined;
	return { limit: 'review', level: 'the given names are alike, and both are frequent' };
}

export function aboutWriting({ pair: { a, b }, number }: Facts): Reservation | undefined {
	return !number && areWrittenApart(a.written, b.written) ? { limit: 'review', level: 'the names sound alike and are written as two' } : undefined;
}

/** 太郎 may be read タロウ, and 次郎 may not; neither tells it to who knows no reading, and a mailbox may be a couple's. */
export function aboutTwoScripts({ pair: { a, b }, speaks, names, number }: Facts): Reservation | undefined {
	const ofTheirOwn = a.givenScript !== b.givenScript && a.givenScript !== 'letters' && b.givenScript !== 'letters';
	if (!ofTheirOwn || names.given !== 'missing' || number || speaks.has('birth_date')) return undefined;
	return { limit: 'review', level: 'the given names are in two scripts, which don\'t tell whether they are one' };
}

export function aboutMiddleNames({ pair, speaks, number, nearNumber }: Facts): Reservation | undefined {
	const { a, b } = pair;
	if (number || nearNumber || !haveTwoMiddleNames(a, b)) return undefined;
	// Anna Lena and Anna Lina may be twins; a middle name in a field of its own is as often wrong, or from before a marriage.
	if (speaks.has('birth_date') && !(isDouble(a) && isDouble(b))) return undefined;
	// smith@ may be a family's, john.smith@ is John's, one of whose initials is wrong.
	if (pair.shared.some(({ kind, value, role }) => kind === 'email' && !role && namesGiven(value, a))) return undefined;
	return { limit: 'review', level: 'the middle names are those of two people' };
}

export function aboutAlikeNames({ pair, found, speaks, number, nearNumber, mailbox, named, fuzzy, namesKnown }: Facts): Reservation | undefined {
	if (!fuzzy || number || nearNumber || speaks.has('birth_date')) return undefined;
	const { a, b } = pair;
	if (areTwoForms(a, b)) return { limit: 'review', level: 'the man\'s and the woman\'s form of one name' };
	// A letter more or less in Latin spelling is another character in theirs.
	if (isInOwnScript(a) && isInOwnScript(b)) return REVIEW_ALIKE;
	// Who has another name and another birthday is a sister or a brother.
	return ((named && !mailbox) || isBornApart(found)) && areTwoNames(pair, namesKnown) ? REVIEW_ALIKE : undefined;
}

/** Mark and Marcus, three years apart, are two more often than one whose birthday is wrong. */
export function aboutBrothers({ found, given, ownContact }: Facts): Reservation | undefined {
	return given === 'nickname' && !ownContact && isBornApart(found) ? REVIEW_ALIKE : undefined;
}

/** Garcia Lopez and Garcia Perez. */
export function aboutCousins({ pair: { a, b }, personal }: Facts): Reservation | undefined {
	return !personal && haveTwoSecondFamilyNames(a, b) ? { limit: 'review', level: 'the second family names are those of two people' } : undefined;
}

export function aboutInitial({ speaks, named, personal, given }: Facts): Reservation | undefined {
	return named && !personal && given === 'initial' && !speaks.has('phone') ? { limit: 'review', level: 'an initial fits many' } : undefined;
}

/** J. and Violette, unless one of them has the other's for a middle name, or a short form begins with it. */
export function aboutOtherInitial({ pair: { a, b }, names, number, nearNumber }: Facts): Reservation | undefined {
	if (names.given !== 'other_initial' || number || nearNumber) return undefined;
	const isInitialOf = (x: string, { given, nicknames, middle }: Comparable) => x.length === 1 && ([...nicknames, ...middle].some((name) => name.startsWith(x)) || given.some((name) => hasShortFormIn(name, x)));
	const mayBeOne = a.given.some((x) => isInitialOf(x, b)) || b.given.some((y) => isInitialOf(y, a));
	return mayBeOne ? undefined : { limit: 'review', level: 'the initial is not that of the given name' };
}

function isDouble({ given }: Comparable): boolean {
	return given.length > 0 && given.every((name) => name.includes(' '));
}

/** Whether a mailbox has the given name in it. */
function namesGiven(mailbox: string, { given }: Comparable): boolean {
	return given.some((name) => name.length >= 3 && localPart(mailbox).includes(name.replaceAll(' ', '')));
}

/** Anna and Hanna are two names, Anna and Annna are one: a slip is seldom seen a second time. Without knowing what is frequent, all are taken for names. */
function areTwoNames({ a, b }: PairView, known: ReadonlyMap<string, number> | undefined): boolean {
	const isName = (given: string) => known === undefined || known.has(given) || known.has(given.split(' ')[0] as string);
	return a.given.some(isName) && b.given.some(isName);
}
