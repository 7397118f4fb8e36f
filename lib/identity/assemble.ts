import type { Activity, Entity, GoldenRecord, HouseholdTraits, IdentityModel, RecordRef, SourceRecord } from '../domain';
import { refKey } from '../domain';
// From its own file: the program of the threads would carry charts otherwise.
import { computeInsights } from '../insight/insights';
import { mergeRecords } from '../merge';
import type { StoredProfile, StoredRecord, StoreReader } from '../store';
import { householdTraits } from './household-traits';

export interface Assembled {
	golden: GoldenRecord;
	companies: string[];
	name: string;
	home: HouseholdTraits;
	staleAt: string | null;
	searchText: string;
}

/**
 * Computes golden record, figures and segments of these profiles from what the store holds. Reads only, and a pure function of that,
 * the model and `now`: Merge stores the result, `check` compares with it.
 * A profile without records gets an empty golden record.
 */
export async function assembleProfiles(
	tx: StoreReader,
	profiles: readonly Pick<StoredProfile, 'no' | 'entity'>[],
	model: IdentityModel,
	now: number,
): Promise<Map<number, Assembled>> {
	const members = await tx.records.ofProfiles(profiles.map(({ no }) => no));
	const records = groupBy(members, ({ profileNo }) => profileNo as number);
	const activities = await activitiesOf(tx, profiles, records);
	const companies = await companiesOf(tx, records);
	return new Map(
		profiles.map(({ no, entity }) => {
			const parts = { entity, records: records.get(no) ?? [], activities: activities.get(no) ?? [], companies: companies.get(no) ?? [] };
			return [no, assembleProfile(parts, model, now)];
		}),
	);
}

/** What one profile is made of. */
export interface ProfileParts {
	entity: Entity;
	records: readonly SourceRecord[];
	activities: readonly Activity[];
	/** Canonical IDs. */
	companies: readonly string[];
}

/** Pure. @param now milliseconds since 1970 */
export function assembleProfile({ entity, records, activities, companies }: ProfileParts, model: IdentityModel, now: number): Assembled {
	const merged = mergeRecords(records, model);
	const { staleAt, ...insights } = computeInsights(merged, entity, activities, model, now);
	const golden: GoldenRecord = { ...merged, ...insights };
	return { golden, companies: [...companies], name: nameOf(golden), home: householdTraits(entity, records, golden, model), staleAt, searchText: searchTextOf(golden) };
}

/** Activities by profile: a person's own; a company's own and those of its people. */
async function activitiesOf(tx: StoreReader, profiles: readonly Pick<StoredProfile, 'no' | 'entity'>[], records: ReadonlyMap<number, StoredRecord[]>): Promise<Map<number, Activity[]>> {
	const owners = new Map<number, RecordRef[]>();
	for (const { no } of profiles) owners.set(no, records.get(no) ?? []);
	const companies = profiles.filter(({ entity }) => entity === 'company');
	if (companies.length > 0) {
		const companyRecords = companies.flatMap(({ no }) => records.get(no) ?? []);
		const staff = await tx.records.linkingTo('member_of', companyRecords);
		const people = [...new Set([...staff.values()].flat().map(({ profileNo }) => profileNo).filter((no) => no !== null))];
		const theirRecords = groupBy(await tx.records.ofProfiles(people), ({ profileNo }) => profileNo as number);
		for (const { no } of companies) {
			const members = (records.get(no) ?? []).flatMap((record) => staff.get(refKey(record)) ?? []);
			const memberProfiles = [...new Set(members.map(({ profileNo }) => profileNo).filter((profileNo) => profileNo !== null))];
			owners.set(no, [...(owners.get(no) ?? []), ...memberProfiles.flatMap((profileNo) => theirRecords.get(profileNo) ?? [])]);
		}
	}
	const owned = await tx.records.linkingTo('owned_by', [...owners.values()].flat());
	return new Map(
		[...owners].map(([no, refs]) => {
			const seen = new Map<string, Activity>();
			for (const ref of refs) {
				for (const record of owned.get(refKey(ref)) ?? []) if (record.activity) seen.set(refKey(record), record.activity);
			}
			return [no, [...seen.entries()].sort(([x], [y]) => (x < y ? -1 : 1)).map(([, activity]) => activity)];
		}),
	);
}

/** Canonical IDs of the companies that a person's records belong to. A link to a record that is of a person says nothing: it was a company once, or never. */
async function companiesOf(tx: StoreReader, records: ReadonlyMap<number, StoredRecord[]>): Promise<Map<number, string[]>> {
	const targetsOf = (members: readonly StoredRecord[]) => members.flatMap(({ links }) => links.filter(({ type }) => type === 'member_of'));
	const targets = await tx.records.byRef([...records.values()].flatMap(targetsOf));
	const firmOf = (record: StoredRecord | undefined) => (record?.kind === 'company' ? record.profileNo : null);
	const profileNos = [...new Set([...targets.values()].map(firmOf).filter((no) => no !== null))];
	const ids = new Map((await tx.profiles.heads(profileNos)).map((profile) => [profile.no, profile.canonicalId]));
	return new Map(
		[...records].map(([no, members]) => {
			const found = targetsOf(members).flatMap((link) => {
				const profileNo = firmOf(targets.get(refKey(link)));
				const id = profileNo === null ? undefined : ids.get(profileNo);
				return id === undefined ? [] : [id];
			});
			return [no, [...new Set(found)].sort()];
		}),
	);
}

/** What people call the profile: a person's or company's name, else what it is recognised by. */
function nameOf({ attributes, identifiers }: GoldenRecord): string {
	const text = (name: string) => String(attributes[name]?.value ?? '');
	const person = [text('given_name'), text('family_name')].filter(Boolean).join(' ');
	const [first] = identifiers;
	return person || text('company_name') || (first?.display ?? first?.value ?? '');
}

const SEARCHED = ['given_name', 'family_name', 'company_name', 'company_domain', 'city'];

function searchTextOf({ attributes, identifiers }: GoldenRecord): string {
	const values = SEARCHED.flatMap((name) => attributes[name]?.value ?? []).map(String);
	return [...new Set([...values, ...identifiers.flatMap(({ value, display }) => [value, display ?? ''])])].filter(Boolean).join(' ');
}

export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
	const groups = new Map<K, T[]>();
	for (const item of items) {
		const key = keyOf(item);
		const group = groups.get(key);
		if (group) group.push(item);
		else groups.set(key, [item]);
	}
	return groups;
}
