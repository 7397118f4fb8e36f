import type { SeedPerson, World } from '../world/types';
import { hashOf, type ListState, type MailchimpState, type MemberState, newList, newMember } from './state';

export const FIRST_LIST = 'c9a1f04e7b';
export const SECOND_LIST = 'd2b86e31aa';

/** An address is in an audience only once; a second record of it goes to the second audience, a third one is left out. */
function listsOf(members: readonly SeedPerson[]): Map<string, string> {
	const taken = new Set<string>();
	const places = new Map<string, string>();
	for (const person of members) {
		if (!person.email) continue;
		const listId = [FIRST_LIST, SECOND_LIST].find((candidate) => !taken.has(`${candidate}/${hashOf(person.email ?? '')}`));
		if (!listId) continue;
		taken.add(`${listId}/${hashOf(person.email)}`);
		places.set(person.id, listId);
	}
	return places;
}

/** ID in the world to the source ID that the look-alike's member has in a pull: `audience/contact`. Without those that are left out. */
export function seedSourceIds(members: readonly SeedPerson[]): Map<string, string> {
	return new Map([...listsOf(members)].map(([id, listId]) => [id, `${listId}/${id}`]));
}

export function seedState(world: World['mailchimp'] | undefined): MailchimpState {
	const lists = new Map([newList(FIRST_LIST, 'Newsletter'), newList(SECOND_LIST, 'Product news')].map((list) => [list.id, list]));
	const places = listsOf(world?.members ?? []);
	for (const person of world?.members ?? []) {
		const list: ListState | undefined = lists.get(places.get(person.id) ?? '');
		if (list) list.members.set(person.id, toMember(person));
	}
	return { lists, jobs: new Map(), nextId: 1000 };
}

function toMember(person: SeedPerson): MemberState {
	const created = Date.parse(person.createdAt);
	const changed = Date.parse(person.updatedAt);
	const address = person.street || person.city || person.postalCode;
	return newMember({
		contactId: person.id,
		email: person.email ?? '',
		status: person.consent ?? 'transactional',
		mergeFields: {
			FNAME: person.firstName ?? '',
			LNAME: person.lastName ?? '',
			PHONE: person.phone ?? '',
			COMPANY: person.companyName ?? '',
			ADDRESS: address
				? {
						addr1: person.street ?? '',
						addr2: '',
						city: person.city ?? '',
						state: '',
						zip: person.postalCode ?? '',
						country: person.country ?? '',
					}
				: '',
			BIRTHDAY: person.birthDate ? `${person.birthDate.slice(5, 7)}/${person.birthDate.slice(8, 10)}` : '',
		},
		signedUpAt: created,
		optedInAt: person.consent === 'pending' ? null : created,
		lastChanged: changed,
	});
}
