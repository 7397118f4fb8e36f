import type { Entity } from '../domain';
import { isMailProvider } from '../normalize';
import type { Comparable } from './comparable';
import { birthConflict, uniqueConflict } from './guards';
import { editDistance, jaroWinkler } from './similarity';
import { areTwoForms } from './names';
import { isOtherIdentifier, namesOf, type PairView } from './pair-view';
import { firstShared } from './level-kinds-text';
import type { LevelFound, Scorer } from './scoring';

/**
 * What the weights can't say because comparisons are taken for independent: a family shares name, house and telephone for one reason, not three.
 * `review`: not joined without a person; `none`: not even asked.
 */
export interface Reservation {
	limit: 'review' | 'none';
	level: string;
}

/** The strongest reservation about a pair, or undefined. */
export function reservationAbout(entity: Entity, pair: PairView, found: readonly LevelFound[], { matching, frequencies }: Scorer): Reservation | undefined {
	const reservations = entity === 'person' ? aboutPeople(pair, found, matching.twins === 'weighed', frequencies.get('given_name')?.values) : aboutCompanies(pair, found);
	let strongest: Reservation | undefined;
	for (const one of reservations) if (!strongest || (one.limit === 'none' && strongest.limit === 'review')) strongest = one;
	return strongest;
}

function* aboutPeople(pair: PairView, found: readonly LevelFound[], weighTwins: boolean, namesKnown?: ReadonlyMap<string, number>): Generator<Reservation> {
	const { a, b, shared } = pair;
	if (uniqueConflict(a, b)) yield { limit: 'none', level: 'different values of what is unique by nature' };
	const numbered = shared.some(({ kind }) => isOtherIdentifier(kind) && kind !== 'national_id');
	const speaks = supporters(found);
	const names = namesOf(pair);
	if (numbered) {
		if (names.relation === 'conflict' && names.family === 'different' && speaks.size === 1) yield { limit: 'review', level: 'a number that two systems may have given to two people' };
		return;
	}
	// A number of which one digit differs is as often the next one, given to somebody of the same house, as a slip.
	const number = shared.some(({ kind }) => isOtherIdentifier(kind));
	const nearNumber = !number && speaks.has('identifier');
	const mailbox = shared.some(({ kind, role }) => kind === 'email' && !role);
	if (names.relation === 'conflict') {
		const likeTwins = speaks.has('birth_date') && speaks.has('address') && speaks.has('family_name');
		const placed = speaks.has('birth_date') || speaks.has('address');
		const sure = (number && placed) || (weighTwins && (likeTwins || (nearNumber && placed)));
		if (!sure) yield number || nearNumber || mailbox
			? { limit: 'review', level: 'the given names are those of two people' }
			: { limit: 'none', level: 'the given names are those of two people, and nothing personal is shared' };
	}
	const doubt = birthConflict(a, b);
	if (doubt && !((number || (nearNumber && weighTwins)) && (speaks.has('address') || speaks.has('given_name') || speaks.has('family_name')))) {
		const missingSuffix = doubt.comparison === 'name_suffix' && doubt.weight > -10;
		if (!missingSuffix || !(number || mailbox || speaks.has('birth_date'))) yield { limit: 'review', level: `${doubt.comparison.replace('_', ' ')} ${doubt.level}` };
	}
	const wholeName = found.some(({ level, comparison }) => comparison.column === 'given_name' && (level.kind === 'swapped' || level.kind === 'one_field'));
	const named = speaks.has('given_name') && (wholeName || speaks.has('family_name'));
	const oneLacksFamily = a.family.length === 0 || b.family.length === 0;
	const twoMailboxes = found.some(({ comparison, weight }) => comparison.column === 'email' && weight < 0);
	// At an office's telephone there may be another Jan.
	const inOneOffice = speaks.has('company_name');
	const onOnePhone = speaks.has('phone') && names.given === 'exact' && oneLacksFamily && !twoMailboxes && !inOneOffice;
	const slipOfNumber = nearNumber && (weighTwins || names.relation === 'agree');
	const ownContact = number || slipOfNumber || mailbox || (speaks.has('email') && !areAtTwoProviders(pair)) || onOnePhone;
	const personal = ownContact || speaks.has('birth_date');
	const address = found.find(({ comparison }) => comparison.column === 'address');
	const oneHouse = !inTwoFlats(pair) && address !== undefined && address.weight > SUPPORT && ['street_and_postal', 'street_alike', 'street'].includes(address.level.kind);
	if (!named && !personal) {
		yield { limit: speaks.has('given_name') || names.relation === 'unknown' ? 'review' : 'none', level: 'what they share is a household\'s, not a person\'s' };
	}
	const given = found.find(({ comparison }) => comparison.column === 'given_name')?.level.kind;
	const fuzzy = given !== undefined && !['exact', 'nickname', 'swapped', 'one_field', 'initial'].includes(given);
	const certain = number || speaks.has('birth_date') || nearNumber;
	const bornApart = found.some(({ comparison, weight }) => comparison.column === 'birth_date' && weight < -SUPPORT);
	if (fuzzy && !certain && areTwoForms(a, b)) yield { limit: 'review', level: 'the man\'s and the woman\'s form of one name' };
	// A letter more or less in Latin spelling is another character in theirs; and who has another name and another birthday is a sister or a brother.
	else if (fuzzy && !certain && ((a.ownScript && b.ownScript) || (((named && !mailbox) || bornApart) && areTwoNames(pair, namesKnown)))) {
		yield { limit: 'review', level: 'two names in one house or office may be alike' };
	}
	const familyAlike = ['jaro_winkler', 'damerau_levenshtein', 'phonetic'].includes(found.find(({ comparison }) => comparison.column === 'family_name')?.level.kind ?? '');
	if (named && !personal && familyAlike && twoMailboxes && inOneOffice) yield { limit: 'review', level: 'two names in one house or office may be alike' };
	if (named && !ownContact && !speaks.has('phone') && !oneHouse && areBornOnFirstOfYear(pair)) yield { limit: 'review', level: 'the first of January is written where nobody knows the day' };
	if (named && !personal && given === 'initial' && !speaks.has('phone')) yield { limit: 'review', level: 'an initial fits many' };
	if (named && !personal && !speaks.has('phone')) {
		// Who moved within a town and who is a namesake is told by how frequent the name is; where nobody knows that, two houses are two people.
		const twoHouses = namesKnown === undefined && !oneHouse && a.streets.length > 0 && b.streets.length > 0;
		const differs = twoHouses || found.some(({ comparison, weight }) => weight < -1 && ['email', 'phone', 'birth_date'].includes(comparison.column));
		if (!oneHouse && (differs || !speaks.has('address'))) yield { limit: speaks.has('company_name') || speaks.has('address') ? 'review' : 'none', level: 'nothing but a name is shared' };
		else if (found.some(({ comparison, weight }) => comparison.column === 'email' && weight < SUPPORT)) {
			yield { limit: 'review', level: 'a father and a son share name and house; the mailboxes differ' };
		}
	}
}

function* aboutCompanies({ a, b, shared }: PairView, found: readonly LevelFound[]): Generator<Reservation> {
	if (uniqueConflict(a, b)) yield { limit: 'none', level: 'different values of what is unique by nature' };
	if (shared.some(({ kind }) => isOtherIdentifier(kind))) return;
	const speaks = supporters(found);
	const abroad = a.countries.length > 0 && b.countries.length > 0 && firstShared(a.countries, b.countries) === undefined;
	const domain = shared.some(({ kind }) => kind === 'company_domain');
	if (abroad && !domain) yield { limit: 'review', level: 'in different countries' };
	const at = (column: string) => found.find(({ comparison }) => comparison.column === column)?.level;
	const elsewhere = domain || speaks.has('phone') || speaks.has('email');
	const name = at('company_name');
	const oneWord = Math.min(...a.companyNames.map(wordCount), ...b.companyNames.map(wordCount)) === 1;
	const numbers = (names: readonly string[]) => new Set(names.map(numbersOf));
	const [left, right] = [numbers(a.companyNames), numbers(b.companyNames)];
	if (left.size > 0 && right.size > 0 && [...left].every((one) => one !== '' && [...right].every((other) => other !== '' && other !== one))) yield { limit: 'review', level: 'the numbers in the names differ' };
	const otherWords = (name?.kind === 'words_in_common' && mostWordsInCommon(a, b) < 3) || (name?.kind === 'jaro_winkler' && !a.companyNames.some((x) => b.companyNames.some((y) => areWordsAlike(x, y))));
	if (otherWords) yield { limit: 'review', level: 'businesses of one family or group have words in common' };
	const faint = name?.kind === 'words_in_common' || (name?.kind === 'words_within' && oneWord) || (name?.kind === 'jaro_winkler' && (name.threshold ?? 0) < 0.93);
	if (faint && !elsewhere) yield { limit: 'review', level: 'two businesses in one house may have words in common' };
	const thin = Math.max(...a.companyNames.map(({ length }) => length), ...b.companyNames.map(({ length }) => length)) < 6;
	if (thin && !elsewhere && !speaks.has('address')) yield { limit: 'review', level: 'a short name belongs to many' };
	const otherStreet = a.streets.length > 0 && b.streets.length > 0 && !['street_and_postal', 'street_alike', 'street'].includes(at('address')?.kind ?? '');
	if (otherStreet && !domain) yield { limit: 'review', level: 'two houses of one business, or two businesses of one name' };
	if (!domain && !elsewhere && !speaks.has('address') && name?.kind !== 'exact') yield { limit: 'review', level: 'nothing but a name is shared' };
	const otherTown = at('address')?.kind === 'else' && a.cities.length > 0 && b.cities.length > 0;
	if (domain && otherTown && !speaks.has('phone')) yield { limit: 'review', level: 'branches and franchises in two towns have one web domain' };
	if (domain && name !== undefined && !speaks.has('company_name')) yield { limit: 'review', level: 'a group of companies has one web domain' };
	if (!speaks.has('company_name') && !domain) yield { limit: 'none', level: 'neither name nor web domain is shared' };
}

/** Word by word the same, but for slips and abbreviations: "Mitchell Foods" and "Mitchell Goods" are one, "Mitchell Foods" and "Mitchell Homes" are two. */
function areWordsAlike(x: string, y: string): boolean {
	const [left, right] = [x.split(' '), y.split(' ')];
	if (left.length !== right.length) return editDistance(left.join(''), right.join(''), 2) <= 2;
	return left.every((word, index) => {
		const other = right[index] as string;
		return word === other || editDistance(word, other, 1) <= 1 || jaroWinkler(word, other) >= 0.9 || word.startsWith(other) || other.startsWith(word);
	});
}

function mostWordsInCommon(a: Comparable, b: Comparable): number {
	const common = (x: string, y: string) => new Set(x.split(' ').filter((word) => y.split(' ').includes(word))).size;
	return Math.max(0, ...a.companyNames.flatMap((x) => b.companyNames.map((y) => common(x, y))));
}

function areBornOnFirstOfYear({ a, b }: PairView): boolean {
	return a.birthDates.some((date) => date.endsWith('-01-01') && b.birthDates.includes(date));
}

/** Namesakes who were quick enough have the same mailbox at another provider: jane.hill@gmail.com and jane.hill@ymail.com are no slip of one another. */
function areAtTwoProviders({ a, b }: PairView): boolean {
	const hosts = ({ emails }: Comparable) => emails.map((email) => email.slice(email.lastIndexOf('@') + 1));
	const [left, right] = [hosts(a), hosts(b)];
	return left.length > 0 && right.length > 0 && left.every((x) => isMailProvider(x) && right.every((y) => x !== y && isMailProvider(y)));
}

/** What tells the funds, schools and shops of one name apart. */
function numbersOf(name: string): string {
	return name.split(' ').filter((word) => /\d/.test(word) || /^(?:i{1,3}|iv|vi{0,3}|ix|x)$/.test(word)).join(' ');
}

/** Both say which flat of a building, and it isn't the same. */
function inTwoFlats({ a, b }: PairView): boolean {
	const flats = (streets: readonly string[]) => streets.map((street) => street.split(' unit ')[1]);
	const [left, right] = [flats(a.streets), flats(b.streets)];
	return left.length > 0 && right.length > 0 && left.every((x) => x !== undefined && right.every((y) => y !== undefined && x !== y));
}

function wordCount(name: string): number {
	return name.split(' ').length;
}

/** Anna and Hanna are two names, Anna and Annna are one: a slip is seldom seen a second time. Without knowing what is frequent, all are taken for names. */
function areTwoNames({ a, b }: PairView, known: ReadonlyMap<string, number> | undefined): boolean {
	const isName = (given: string) => known === undefined || known.has(given) || known.has(given.split(' ')[0] as string);
	return a.given.some(isName) && b.given.some(isName);
}

/** Less than this is not worth speaking of. */
const SUPPORT = 1.5;

function supporters(found: readonly LevelFound[]): Set<string> {
	return new Set(found.filter(({ weight }) => weight > SUPPORT).map(({ comparison }) => comparison.column));
}
