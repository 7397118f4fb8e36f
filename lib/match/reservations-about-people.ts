import { isMailProvider } from '../normalize';
import type { Comparable } from './comparable';
import { birthConflict, uniqueConflict } from './guards';
import { areTwoForms, type NameComparison } from './names';
import { isOtherIdentifier, namesOf, type PairView } from './pair-view';
import { type Reservation, SUPPORT, supporters } from './reservation';
import type { LevelFound } from './scoring';

/** What a pair of people shares, and what that says. */
interface Facts {
	pair: PairView;
	found: readonly LevelFound[];
	/** Twins are told apart by what little they don't share: weights know how much that is. */
	weighTwins: boolean;
	/** Given names that are seen often, where that is known. */
	namesKnown: ReadonlyMap<string, number> | undefined;
	speaks: ReadonlySet<string>;
	names: NameComparison;
	/** A national number. */
	number: boolean;
	/** One of which one digit differs: as often the next one, given to somebody of the same house, as a slip. */
	nearNumber: boolean;
	mailbox: boolean;
	twoMailboxes: boolean;
	inOneOffice: boolean;
	oneHouse: boolean;
	/** Both names speak for the pair. */
	named: boolean;
	/** How the given names are alike, and whether they are only alike. */
	given: string | undefined;
	fuzzy: boolean;
	/** A number or a way to reach them that is nobody else's. */
	ownContact: boolean;
	/** That, or a birthday. */
	personal: boolean;
}

const REVIEW_ALIKE: Reservation = { limit: 'review', level: 'two names in one house or office may be alike' };

/** Reservations about a pair of people. */
export function* aboutPeople(pair: PairView, found: readonly LevelFound[], weighTwins: boolean, namesKnown?: ReadonlyMap<string, number>): Generator<Reservation> {
	const { a, b, shared } = pair;
	if (uniqueConflict(a, b)) yield { limit: 'none', level: 'different values of what is unique by nature' };
	if (shared.some(({ kind }) => isOtherIdentifier(kind) && kind !== 'national_id')) {
		const names = namesOf(pair);
		if (names.relation === 'conflict' && names.family === 'different' && supporters(found).size === 1) yield { limit: 'review', level: 'a number that two systems may have given to two people' };
		return;
	}
	const facts = factsOf(pair, found, weighTwins, namesKnown);
	for (const rule of RULES) {
		const reservation = rule(facts);
		if (reservation) yield reservation;
	}
}

function factsOf(pair: PairView, found: readonly LevelFound[], weighTwins: boolean, namesKnown: ReadonlyMap<string, number> | undefined): Facts {
	const { a, b, shared } = pair;
	const [speaks, names] = [supporters(found), namesOf(pair)];
	const number = shared.some(({ kind }) => isOtherIdentifier(kind));
	const nearNumber = !number && speaks.has('identifier');
	const mailbox = shared.some(({ kind, role }) => kind === 'email' && !role);
	const twoMailboxes = found.some(({ comparison, weight }) => comparison.column === 'email' && weight < 0);
	// At an office's telephone there may be another Jan.
	const inOneOffice = speaks.has('company_name');
	const given = found.find(({ comparison }) => comparison.column === 'given_name')?.level.kind;
	const oneLacksFamily = a.family.length === 0 || b.family.length === 0;
	const onOnePhone = speaks.has('phone') && names.given === 'exact' && oneLacksFamily && !twoMailboxes && !inOneOffice;
	const slipOfNumber = nearNumber && (weighTwins || names.relation === 'agree');
	const ownContact = number || slipOfNumber || mailbox || (speaks.has('email') && !areAtTwoProviders(pair)) || onOnePhone;
	return {
		...{ pair, found, weighTwins, namesKnown, speaks, names, number, nearNumber, mailbox, twoMailboxes, inOneOffice, given, ownContact },
		oneHouse: isOneHouse(pair, found),
		named: speaks.has('given_name') && (speaks.has('family_name') || saysWholeName(found)),
		fuzzy: given !== undefined && !['exact', 'nickname', 'swapped', 'one_field', 'initial'].includes(given),
		personal: ownContact || speaks.has('birth_date'),
	};
}

/** In this order: of those that say the same the first one is told. */
const RULES: readonly ((facts: Facts) => Reservation | undefined)[] = [aboutTwoNames, aboutBirth, aboutHousehold, aboutAlikeNames, aboutColleagues, aboutFirstOfJanuary, aboutInitial, aboutNameAlone];

function aboutTwoNames({ speaks, names, number, nearNumber, mailbox, weighTwins }: Facts): Reservation | undefined {
	if (names.relation !== 'conflict') return undefined;
	const likeTwins = speaks.has('birth_date') && speaks.has('address') && speaks.has('family_name');
	const placed = speaks.has('birth_date') || speaks.has('address');
	if ((number && placed) || (weighTwins && (likeTwins || (nearNumber && placed)))) return undefined;
	if (number || nearNumber || mailbox) return { limit: 'review', level: 'the given names are those of two people' };
	return { limit: 'none', level: 'the given names are those of two people, and nothing personal is shared' };
}

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

function aboutAlikeNames({ pair, found, speaks, number, nearNumber, mailbox, named, fuzzy, namesKnown }: Facts): Reservation | undefined {
	if (!fuzzy || number || nearNumber || speaks.has('birth_date')) return undefined;
	const { a, b } = pair;
	if (areTwoForms(a, b)) return { limit: 'review', level: 'the man\'s and the woman\'s form of one name' };
	// A letter more or less in Latin spelling is another character in theirs.
	if (a.ownScript && b.ownScript) return REVIEW_ALIKE;
	// Who has another name and another birthday is a sister or a brother.
	const bornApart = found.some(({ comparison, weight }) => comparison.column === 'birth_date' && weight < -SUPPORT);
	return ((named && !mailbox) || bornApart) && areTwoNames(pair, namesKnown) ? REVIEW_ALIKE : undefined;
}

function aboutColleagues({ found, named, personal, twoMailboxes, inOneOffice }: Facts): Reservation | undefined {
	if (!named || personal || !twoMailboxes || !inOneOffice) return undefined;
	const family = found.find(({ comparison }) => comparison.column === 'family_name')?.level.kind ?? '';
	return ['jaro_winkler', 'damerau_levenshtein', 'phonetic'].includes(family) ? REVIEW_ALIKE : undefined;
}

function aboutFirstOfJanuary({ pair: { a, b }, speaks, named, ownContact, oneHouse }: Facts): Reservation | undefined {
	if (!named || ownContact || oneHouse || speaks.has('phone')) return undefined;
	const isFirst = a.birthDates.some((date) => date.endsWith('-01-01') && b.birthDates.includes(date));
	return isFirst ? { limit: 'review', level: 'the first of January is written where nobody knows the day' } : undefined;
}

function aboutInitial({ speaks, named, personal, given }: Facts): Reservation | undefined {
	return named && !personal && given === 'initial' && !speaks.has('phone') ? { limit: 'review', level: 'an initial fits many' } : undefined;
}

function aboutNameAlone({ pair: { a, b }, found, speaks, named, personal, oneHouse, namesKnown }: Facts): Reservation | undefined {
	if (!named || personal || speaks.has('phone')) return undefined;
	// Who moved within a town and who is a namesake is told by how frequent the name is; where nobody knows that, two houses are two people.
	const twoHouses = namesKnown === undefined && !oneHouse && a.streets.length > 0 && b.streets.length > 0;
	const differs = twoHouses || found.some(({ comparison, weight }) => weight < -1 && ['email', 'phone', 'birth_date'].includes(comparison.column));
	if (!oneHouse && (differs || !speaks.has('address'))) return { limit: speaks.has('company_name') || speaks.has('address') ? 'review' : 'none', level: 'nothing but a name is shared' };
	const otherMailbox = found.some(({ comparison, weight }) => comparison.column === 'email' && weight < SUPPORT);
	return otherMailbox ? { limit: 'review', level: 'a father and a son share name and house; the mailboxes differ' } : undefined;
}

function saysWholeName(found: readonly LevelFound[]): boolean {
	return found.some(({ level, comparison }) => comparison.column === 'given_name' && (level.kind === 'swapped' || level.kind === 'one_field'));
}

function isOneHouse(pair: PairView, found: readonly LevelFound[]): boolean {
	const address = found.find(({ comparison }) => comparison.column === 'address');
	return address !== undefined && address.weight > SUPPORT && ['street_and_postal', 'street_alike', 'street'].includes(address.level.kind) && !inTwoFlats(pair);
}

/** Namesakes who were quick enough have the same mailbox at another provider: jane.hill@gmail.com and jane.hill@ymail.com are no slip of one another. */
function areAtTwoProviders({ a, b }: PairView): boolean {
	const hosts = ({ emails }: Comparable) => emails.map((email) => email.slice(email.lastIndexOf('@') + 1));
	const [left, right] = [hosts(a), hosts(b)];
	return left.length > 0 && right.length > 0 && left.every((x) => isMailProvider(x) && right.every((y) => x !== y && isMailProvider(y)));
}

/** Both say which flat of a building, and it isn't the same. */
function inTwoFlats({ a, b }: PairView): boolean {
	const flats = (streets: readonly string[]) => streets.map((street) => street.split(' unit ')[1]);
	const [left, right] = [flats(a.streets), flats(b.streets)];
	return left.length > 0 && right.length > 0 && left.every((x) => x !== undefined && right.every((y) => y !== undefined && x !== y));
}

/** Anna and Hanna are two names, Anna and Annna are one: a slip is seldom seen a second time. Without knowing what is frequent, all are taken for names. */
function areTwoNames({ a, b }: PairView, known: ReadonlyMap<string, number> | undefined): boolean {
	const isName = (given: string) => known === undefined || known.has(given) || known.has(given.split(' ')[0] as string);
	return a.given.some(isName) && b.given.some(isName);
}
