import { clinicPatients } from './clinic';
import { COMPANIES_MAP, companies } from './companies';
import { crmContacts } from './crm';
import { GERMAN_SHOP_MAP, germanShop } from './german-shop';
import { IBERIAN_MAP, iberianPeople } from './iberian';
import { newsletterSignUps } from './newsletter';
import type { MadeData } from './rows';
import { tinyList } from './tiny';
import { VOTER_MAP, voterLists } from './voters';
import { worldPeople } from './world';

/** A labelled data set that is made when it is wanted. */
export interface MadeSet {
	name: string;
	/** The same seed and size give the same rows, to the letter. `size` is the number of rows, about. */
	make: (seed: number, size: number) => MadeData;
	size: number;
	/** `column=attribute` for columns whose names the command line doesn't know. */
	map: readonly string[];
	type?: 'person' | 'company';
	goal: string;
}

export const MADE_SETS: readonly MadeSet[] = [
	{ name: 'made: five systems', make: crmContacts, size: 10_000, map: [], type: 'person', goal: 'precision .98, B-cubed .96' },
	{ name: 'made: German shop', make: germanShop, size: 5000, map: GERMAN_SHOP_MAP, type: 'person', goal: '' },
	{ name: 'made: Spain and Brazil', make: iberianPeople, size: 5000, map: IBERIAN_MAP, type: 'person', goal: '' },
	{ name: 'made: voter lists', make: voterLists, size: 8000, map: VOTER_MAP, type: 'person', goal: '' },
	{ name: 'made: clinic', make: clinicPatients, size: 5000, map: [], type: 'person', goal: '' },
	{ name: 'made: names of the world', make: worldPeople, size: 5000, map: ['display_name=full_name'], type: 'person', goal: '' },
	{ name: 'made: newsletter', make: newsletterSignUps, size: 6000, map: [], type: 'person', goal: '' },
	{ name: 'made: companies', make: companies, size: 4000, map: COMPANIES_MAP, type: 'company', goal: '' },
	{ name: 'made: tiny mixed list', make: tinyList, size: 60, map: ['Type=record_type'], goal: '' },
];
