import type { HouseholdTraits } from '../../lib/domain';
import type { ProfileWriter } from '../../lib/store';
import { golden } from './samples';

export type Built = Parameters<ProfileWriter['saveGolden']>[0][number];

export function home(changes: Partial<HouseholdTraits> = {}): HouseholdTraits {
	return { keys: [], families: [], employers: [], ...changes };
}
/** What Merge saves of the profile with this number. */
export function built(no: number, changes: Partial<Built> = {}): Built {
	return { no, golden: golden(), companies: [], name: '', home: home(), staleAt: null, searchText: '', ...changes };
}
