import type { Comparable } from './comparable';
import { type Facts, factsOf, isBornApart } from './facts-about-people';
import { localPart } from './forms';
import { areTwoUnderOneNumber, birthConflict, uniqueConflict } from './guards';
import { shares } from './names';
import { isOtherIdentifier, namesOf, type PairView } from './pair-view';
import { type Reservation, SUPPORT, supporters } from './reservation';
import {
	aboutAlikeNames, aboutBrothers, aboutCousins, aboutFrequentNames, aboutInitial, aboutMiddleNames, aboutOtherInitial, aboutSeveral, aboutTwoNames, aboutTwoScripts, aboutWriting, REVIEW_ALIKE,
} from './reservations-about-names';
import type { LevelFound } from './scoring';

/** Reservations about a pair of people. */
export function* aboutPeople(pair: PairView, found: readonly LevelFound[], weighTwins: boolean, namesKnown?: ReadonlyMap<string, number>): Generator<Reservation> {
	const { a, b, shared } = pair;
	if (uniqueConflict(a, b)) yield { limit: 'none', level: 'different values of what is unique by nature' };
	if (shared.some(({ kind }) => isOtherIdentifier(kind) && kind !== 'national_id')) {
		const reservation = aboutOneNumber(pair, found, weighTwins);
		if (reservation) yield reservation;
		return;
	}
	const facts = factsOf(pair, found, weighTwins, namesKnown);
	for (const rule of RULES) {
		const reservation = rule(facts);
		if (reservation) yield reservation;
	}
}

/** What is still to be asked of two who have a number of their own in common. */
function aboutOneNumber(pair: PairView, found: readonly LevelFound[], weighTwins: boolean): Reservation | undefined {
	const names = namesOf(pair);
	if (names.relation !== 'conflict') return undefined;
	const nothingElse = names.family === 'different' && supporters(found).size === 1;
	if (nothingElse || isBornApart(found)) return { limit: 'review', level: 'a number that two systems may have given to two people' };
	if (weighTwins || !areTwoUnderOneNumber(pair.a, pair.b, names)) return undefined;
	return { limit: 'review', level: 'the given names are those of two people, who may share the number' };
}

/** In this order: of those that say the same the first one is told. */
const RULES: readonly ((facts: Facts) => Reservation | undefined)[] = [
	aboutSeveral, aboutTwoNames, aboutBirth, aboutHousehold, aboutFrequentNames, aboutWriting, aboutTwoScripts, aboutMiddleNames, aboutAlikeNames, aboutBrothers, aboutCousins,
	aboutColleagues, aboutNumberedMailboxes, aboutOwnMailboxes, aboutFirstOfJanuary, aboutInitial, aboutOtherInitial, aboutNameAlone,
];

function aboutBirth({ pair: { a, b }, speaks, number, nearNumber, mailbox, weighTwins }: Facts): Reservation | undefined {
	const doubt = birthConflict(a, b);
	if (!doubt) return undefined;
	if ((number || (nearNumber && weighTwins)) && (speaks.has('address') || speaks.has('given_name') || speaks.has('family_name'))) return undefined;
	const missingSuffix = doubt.comparison === 'name_suffix' && doubt.weight > -10;
	if (missingSuffix && (number || mailbox || speaks.has('birth_date'))) return undefined;
	return { limit: 'review', level: `${doubt.comparison.replace('_', ' ')} ${doubt.level}` };
}

function aboutHousehold({ speaks, names, named, personal }: Facts): Reservation | undefined {
	if (named || personal) return undefined;
	return { limit: speaks.has('given_name') || names.relation === 'unknown' ? 'review' : 'none', level: 'what they share is a household\'s, not a person\'s' };
}

function aboutColleagues({ found, given, named, personal, twoMailboxes, inOneOffice }: Facts): Reservation | undefined {
	if (!named || personal || !twoMailboxes || !inOneOffice) return undefined;
	// Thomas James and James Thomas.
	if (given === 'swapped') return REVIEW_ALIKE;
	const family = found.find(({ comparison }) => comparison.column === 'family_name')?.level.kind ?? '';
	return ['jaro_winkler', 'damerau_levenshtein', 'phonetic'].includes(family) ? REVIEW_ALIKE : undefined;
}

/** peter.meier@ and peter.meyer@ are no slip of one another where one is called Meier and the other one Meyer. */
function aboutOwnMailboxes({ pair: { a, b }, speaks, number, mailbox, names }: Facts): Reservation | undefined {
	if (number || mailbox || speaks.has('birth_date') || names.family === 'exact') return undefined;
	const namesFamily = (record: Comparable, other: Comparable) => record.emails.some((email) => other.family.some((name) => name.length >= 3 && localPart(email).includes(name)));
	const ownOnly = (record: Comparable, other: Comparable) => namesFamily(record, record) && !namesFamily(record, other);
	return ownOnly(a, b) && ownOnly(b, a) ? REVIEW_ALIKE : undefined;
}

/** An employer who has a second Jan Hill makes him jan.hill2@. */
function aboutNumberedMailboxes({ pair: { a, b, formsA, formsB }, personal, inOneOffice }: Facts): Reservation | undefined {
	if (personal || !inOneOffice || shares(a.emails, b.emails)) return undefined;
	const numbered = formsA.mailboxes.some((x) => formsB.mailboxes.some((y) => x.numbers !== y.numbers && withoutNumbers(x.text) === withoutNumbers(y.text)));
	return numbered ? { limit: 'review', level: 'their mailboxes differ by a number, as those of namesakes do' } : undefined;
}

function withoutNumbers(text: string): string {
	return text.replace(/\d/g, '');
}

function aboutFirstOfJanuary({ pair: { a, b }, speaks, named, ownContact, oneHouse }: Facts): Reservation | undefined {
	if (!named || ownContact || oneHouse || speaks.has('phone')) return undefined;
	const isFirst = a.birthDates.some((date) => date.endsWith('-01-01') && b.birthDates.includes(date));
	return isFirst ? { limit: 'review', level: 'the first of January is written where nobody knows the day' } : undefined;
}

function aboutNameAlone({ pair: { a, b }, found, speaks, named, personal, oneHouse, namesKnown }: Facts): Reservation | undefined {
	if (!named || personal || speaks.has('phone')) return undefined;
	// Who moved within a town and who is a namesake is told by how frequent the name is; where nobody knows that, two houses are two people.
	const twoHouses = namesKnown === undefined && !oneHouse && a.streets.length > 0 && b.streets.length > 0;
	const onlyNear = namesKnown === undefined && !oneHouse && found.some(({ level }) => level.kind === 'postal');
	if (onlyNear) return { limit: 'review', level: 'how many of this name live there is not known before training' };
	const differs = twoHouses || found.some(({ comparison, weight }) => weight < -1 && ['email', 'phone', 'birth_date'].includes(comparison.column));
	if (!oneHouse && (differs || !speaks.has('address'))) return { limit: speaks.has('company_name') || speaks.has('address') ? 'review' : 'none', level: 'nothing but a name is shared' };
	const otherMailbox = found.some(({ comparison, weight }) => comparison.column === 'email' && weight < SUPPORT);
	return otherMailbox ? { limit: 'review', level: 'a father and a son share name and house; the mailboxes differ' } : undefined;
}
