import { isMailProvider } from '../normalize';
import type { Comparable } from './comparable';
import type { NameComparison } from './names';
import { isOtherIdentifier, namesOf, type PairView } from './pair-view';
import { SUPPORT, supporters } from './reservation';
import type { LevelFound } from './scoring';

/** What a pair of people shares, and what that says. */
export interface Facts {
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

export function factsOf(pair: PairView, found: readonly LevelFound[], weighTwins: boolean, namesKnown: ReadonlyMap<string, number> | undefined): Facts {
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

export function isBornApart(found: readonly LevelFound[]): boolean {
	return found.some(({ comparison, weight }) => comparison.column === 'birth_date' && weight < -SUPPORT);
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
