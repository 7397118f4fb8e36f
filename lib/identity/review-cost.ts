import { refKey, type RecordRef } from '../domain';
import type { StoredProfile, StoredRecord, StoreReader } from '../store';

/** What hangs on the answer to a question, for both profiles together. */
export interface ReviewCost {
	records: number;
	/** Lifetime value in the reporting currency's major unit; 0 where none is known. */
	revenue: number;
	/** People who have agreed to be contacted: the two themselves, or the people of the two companies. */
	contactable: number;
	/** See {@link costOf}. */
	points: number;
}

/** Purposes under which somebody is written to. */
const CONTACT_PURPOSES = ['email_marketing', 'sms_marketing'];

const POINTS_A_RECORD = 1;
const POINTS_A_CONTACTABLE_PERSON = 5;
const REVENUE_A_POINT = 100;

/**
 * The cost of a wrong answer in points, by which questions are ordered: 1 for each record that would show the wrong customer, 5 for each person
 * who would get somebody else's mail or the same mail twice, 1 for each 100 units of revenue that would stand in the wrong place.
 */
function costOf({ records, revenue, contactable }: Omit<ReviewCost, 'points'>): ReviewCost {
	const points = records * POINTS_A_RECORD + contactable * POINTS_A_CONTACTABLE_PERSON + Math.max(0, revenue) / REVENUE_A_POINT;
	return { records, revenue, contactable, points: Math.round(points * 100) / 100 };
}

/** Costs of questions about these pairs of records, in their order. Reads only. A profile that Merge has not built yet counts with its records. */
export async function costsOf(tx: StoreReader, pairs: readonly (readonly [StoredRecord | undefined, StoredRecord | undefined])[]): Promise<ReviewCost[]> {
	const profileNos = [...new Set(pairs.flat().flatMap((record) => record?.profileNo ?? []))];
	const profiles = new Map((await tx.profiles.byNo(profileNos)).map((profile) => [profile.no, profile]));
	const people = await peopleOfCompanies(tx, [...profiles.values()]);
	return pairs.map((pair) => {
		const two = [...new Set(pair.flatMap((record) => record?.profileNo ?? []))].flatMap((no) => profiles.get(no) ?? []);
		return costOf({
			records: sum(two.map(({ golden }) => golden?.records.length ?? 1)),
			revenue: sum(two.map(lifetimeValue)),
			contactable: sum(two.map((profile) => contactablePeople(profile, people.get(profile.no) ?? []))),
		});
	});
}

async function peopleOfCompanies(tx: StoreReader, profiles: readonly StoredProfile[]): Promise<Map<number, StoredProfile[]>> {
	const companies = profiles.filter(({ entity }) => entity === 'company');
	const refsOf = ({ golden }: StoredProfile): RecordRef[] => golden?.records ?? [];
	if (companies.length === 0) return new Map();
	const members = await tx.records.linkingTo('member_of', companies.flatMap(refsOf));
	const nos = [...new Set([...members.values()].flat().flatMap(({ profileNo }) => profileNo ?? []))];
	const byNo = new Map((await tx.profiles.byNo(nos)).map((profile) => [profile.no, profile]));
	return new Map(
		companies.map((company) => {
			const own = refsOf(company).flatMap((ref) => members.get(refKey(ref)) ?? []);
			const distinct = new Set(own.flatMap(({ profileNo }) => profileNo ?? []));
			return [company.no, [...distinct].flatMap((no) => byNo.get(no) ?? [])];
		}),
	);
}

function contactablePeople(profile: StoredProfile, people: readonly StoredProfile[]): number {
	const everyone: readonly StoredProfile[] = profile.entity === 'person' ? [profile] : people;
	return everyone.filter(({ golden }) => CONTACT_PURPOSES.some((purpose) => golden?.consent[purpose]?.status === 'granted')).length;
}

function lifetimeValue({ golden }: StoredProfile): number {
	const value = golden?.metrics.lifetime_value?.value;
	return typeof value === 'number' ? value : 0;
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
