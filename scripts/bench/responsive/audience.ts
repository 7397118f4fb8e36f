import { faker } from '@faker-js/faker';
import { FIRST_LIST } from '../../../test/sandbox/mailchimp/seed';
import { startMailchimp } from '../../../test/sandbox/mailchimp/server';
import { newMember } from '../../../test/sandbox/mailchimp/state';

/** Share of the members who are there a second time, under another address. */
const TWICE = 0.4;

/** Starts a look-alike of Mailchimp whose audience has so many members, made from a seed; 40 % of them are a second record of another one. */
export async function startAudience(members: number, seed = 7) {
	const sandbox = await startMailchimp({});
	const list = sandbox.state.lists.get(FIRST_LIST);
	if (!list) throw new Error('the look-alike has no audience');
	faker.seed(seed);
	const people: Record<string, unknown>[] = [];
	const start = Date.now() - members * 1000 - 3_600_000;
	for (let index = 0; index < members; index += 1) {
		const again = people.length > 0 && faker.number.float() < TWICE ? faker.helpers.arrayElement(people) : undefined;
		const person = again ?? newPerson();
		if (!again) people.push(person);
		const contactId = `m${String(index).padStart(7, '0')}`;
		const email = `${String(person.FNAME)}.${String(person.LNAME)}${index}@${faker.internet.domainName()}`.toLowerCase().replace(/[^a-z0-9.@-]/g, '');
		list.members.set(contactId, newMember({ contactId, email, mergeFields: { ...person, COMPANY: '' }, lastChanged: start + index * 1000 }));
	}
	return sandbox;
}

function newPerson(): Record<string, unknown> {
	const address = { addr1: faker.location.streetAddress(), addr2: '', city: faker.location.city(), state: '', zip: faker.location.zipCode(), country: 'US' };
	return { FNAME: faker.person.firstName(), LNAME: faker.person.lastName(), PHONE: `+1${faker.string.numeric({ length: 10, allowLeadingZeros: false })}`, ADDRESS: address, BIRTHDAY: '' };
}
