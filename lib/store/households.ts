import type { ProfileName } from '../domain';
import type { HouseholdHolder, StoredProfile, StoreReader } from './interface';

/** More people at one address or telephone are a building, an office or a club; more in one household are no home either. */
const MOST_MEMBERS = 8;

/**
 * Who lives with whom, by profile number: people of one family name at one address, and people who share a telephone at home, and who lives with
 * these. A link and no merge. Worked out from the profiles as they are now, so nothing has to be brought up to date when one of them changes;
 * reads a key at a time, never more than {@link MOST_MEMBERS} profiles for it, in batches.
 */
export async function householdsOf(tx: StoreReader, profiles: readonly StoredProfile[]): Promise<Map<number, ProfileName[]>> {
	const homes = new Map<string, readonly HouseholdHolder[]>();
	const known = new Map<number, HouseholdHolder>(profiles.filter(({ empty, golden }) => !empty && golden !== null).map((one) => [one.no, one]));
	const households = new Map<number, ProfileName[]>();
	let open = profiles.filter(({ entity, empty }) => entity === 'person' && !empty).map((one) => ({ one, members: [one as HouseholdHolder] }));
	while (open.length > 0) {
		const unread = new Set(open.flatMap(({ members }) => members.flatMap(({ home }) => home.keys)).filter((key) => !homes.has(key)));
		const holders = unread.size > 0 ? await tx.profiles.ofHouseholds([...unread], MOST_MEMBERS + 1, 2, known) : new Map<string, HouseholdHolder[]>();
		// Most people share neither an address nor a telephone with anybody else who is known.
		if (homes.size === 0 && holders.size === 0) return new Map(open.map(({ one }) => [one.no, []]));
		for (const found of holders.values()) for (const one of found) known.set(one.no, one);
		for (const key of unread) homes.set(key, livingAt(key, holders.get(key) ?? []));
		open = open.flatMap(({ one, members }) => {
			const reached = membersAround(members, homes);
			const complete = reached.every(({ home }) => home.keys.every((key) => homes.has(key)));
			if (!complete && reached.length <= MOST_MEMBERS) return [{ one, members: reached }];
			households.set(one.no, reached.length <= MOST_MEMBERS ? namesOf(reached.filter(({ no }) => no !== one.no)) : []);
			return [];
		});
	}
	return households;
}

/** All whom these live with, as far as is known yet; stops when there are too many. */
function membersAround(members: readonly HouseholdHolder[], homes: ReadonlyMap<string, readonly HouseholdHolder[]>): HouseholdHolder[] {
	const found = new Map(members.map((member) => [member.no, member]));
	for (const member of found.values()) {
		for (const key of member.home.keys) {
			for (const other of homes.get(key) ?? []) if (livesWith(key, member, other)) found.set(other.no, other);
		}
		if (found.size > MOST_MEMBERS) break;
	}
	return [...found.values()];
}

/** The people at one address or telephone, nobody where it is not a home. */
function livingAt(key: string, holders: readonly HouseholdHolder[]): readonly HouseholdHolder[] {
	if (holders.length < 2 || holders.length > MOST_MEMBERS || holders.some(({ entity }) => entity === 'company')) return [];
	const pairs = holders.flatMap((one, index) => holders.slice(index + 1).map((other) => [one, other] as const));
	if (!isPhone(key)) return pairs.some(([x, y]) => areColleagues(x, y) && !areFamily(x, y)) ? [] : holders;
	// A number that is known in two places is a switchboard's, or goes about with somebody.
	const places = new Set(holders.flatMap(({ home }) => home.postalCode ?? []));
	return places.size > 1 || pairs.some(([x, y]) => areColleagues(x, y)) ? [] : holders;
}

/** Someone whose family name is not known may be one of the others. */
function livesWith(key: string, one: HouseholdHolder, other: HouseholdHolder): boolean {
	if (one.no === other.no) return false;
	return isPhone(key) ? one.home.families.length > 0 && other.home.families.length > 0 : areFamily(one, other);
}

function areFamily(one: HouseholdHolder, other: HouseholdHolder): boolean {
	return shares(one.home.families, other.home.families);
}

function areColleagues(one: HouseholdHolder, other: HouseholdHolder): boolean {
	return shares(one.home.employers, other.home.employers) || shares(one.companies, other.companies);
}

function shares(left: readonly string[], right: readonly string[]): boolean {
	return left.some((value) => right.includes(value));
}

function isPhone(key: string): boolean {
	return key.startsWith('phone:');
}

function namesOf(members: readonly HouseholdHolder[]): ProfileName[] {
	return members.map(({ canonicalId, name }) => ({ canonicalId, name })).sort((x, y) => (x.canonicalId < y.canonicalId ? -1 : 1));
}
