import type { HouseholdTraits } from '../domain';
import type { StoredProfile } from './interface';
import { readCompanies, readHome } from './stored-texts';

const NO_HOME: HouseholdTraits = { keys: [], families: [], employers: [] };

/** What stands beside a golden record; null in all of it where Merge has not built the profile yet. */
export interface LinksRow {
	companies: string | null;
	name: string | null;
	home: string | null;
}

/** @param profile whose row it is, e.g. `per_...` @throws StoreError `damaged` */
export function linksOf(row: LinksRow, profile: string): Pick<StoredProfile, 'companies' | 'name' | 'home'> {
	return {
		companies: row.companies === null || row.companies === '[]' ? [] : readCompanies(row.companies, profile),
		name: row.name ?? '',
		home: row.home === null ? NO_HOME : readHome(row.home, profile),
	};
}

/** Those of all that are not among the others, each once. */
export function without(all: readonly string[], others: readonly string[]): string[] {
	return [...new Set(all)].filter((one) => !others.includes(one));
}
