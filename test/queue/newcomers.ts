import type { HubSpotState } from '../sandbox/hubspot/state';
import { GIVEN_NAMES } from '../sandbox/world/words/given-names';
import { SURNAMES } from '../sandbox/world/words/surnames';

/** People who are in HubSpot twice: the contact IDs of each. */
export type Newcomers = string[][];

/** Enters people into HubSpot, each twice: with one mailbox, written in two ways. */
export function enter(hubspot: HubSpotState, group: string, people: number): Newcomers {
	return Array.from({ length: people }, (_, index) => {
		const firstname = GIVEN_NAMES.en.female[index % GIVEN_NAMES.en.female.length] ?? '';
		const lastname = SURNAMES.en[index % SURNAMES.en.length] ?? '';
		const mailbox = `${firstname}.${lastname}.${group}${index}`.toLowerCase();
		return [`${mailbox}@gmail.com`, `${mailbox}+news@gmail.com`].map((email) => hubspot.add('contacts', { firstname, lastname, email }).id);
	});
}
