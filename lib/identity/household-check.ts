import type { HouseholdTraits } from '../domain';
import type { StoredProfile, StoreReader } from '../store';
import type { Assembled } from './assemble';

/** What is wrong in how a profile is found from its home and its companies. */
export interface LinkProblem {
	invariant: string;
	subject: string;
	detail: string;
}

/** Household traits are those of the records, and each profile is found under its household keys and its companies, and under no other. */
export async function checkLinks(tx: StoreReader, profiles: readonly StoredProfile[], assembled: ReadonlyMap<number, Assembled>): Promise<LinkProblem[]> {
	const problems: LinkProblem[] = [];
	const found = await tx.profiles.linksOf(profiles.map(({ no }) => no));
	for (const { no, canonicalId, name, home, companies } of profiles) {
		const next = assembled.get(no);
		const problem = (invariant: string, detail: string) => problems.push({ invariant, subject: canonicalId, detail });
		if (next && !(sameHome(home, next.home) && name === next.name)) problem('household traits are those of the records', 'differ');
		const rows = found.get(no);
		if (!sameSet(rows?.householdKeys, home.keys)) problem('a profile is found by its home', 'is found under other keys than it has');
		if (!sameSet(rows?.companies, companies)) problem('a profile is found by its companies', 'is found under other companies than it has');
	}
	return problems;
}

function sameHome(one: HouseholdTraits, other: HouseholdTraits): boolean {
	const lists = (['keys', 'families', 'employers'] as const).every((list) => sameSet(one[list], other[list]));
	return lists && one.postalCode === other.postalCode;
}

function sameSet(one: readonly string[] | undefined, other: readonly string[]): boolean {
	return one !== undefined && JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
}
