import { HARD_CASES, scaled } from './rates';
import type { People, SystemName } from './person';
import type { SeedPerson } from './types';
import type { Times } from './clock';
import type { VendorIds } from './vendor-id';

type Placed = { system: SystemName; record: SeedPerson };

interface OddSources {
	people: People;
	ids: VendorIds;
	times: Times;
}

/** Records that come on top of the people asked for: nothing but a name, and content that breaks careless code. */
export function oddRecords(wanted: number, { people, ids, times }: OddSources): Placed[] {
	const place = (system: SystemName, truthId: string, given: Partial<SeedPerson>): Placed => ({
		system,
		record: { ...EMPTY_PERSON, ...times.ofRecord(), id: ids.person(system), truthId, ...given },
	});
	const nameOnly = Array.from({ length: scaled(HARD_CASES.nameOnly, wanted) }, (_, index) => {
		const { given, family } = people.make({ latin: true });
		const system = (['hubspot', 'stripe', 'zendesk'] as const)[index % 3] ?? 'hubspot';
		return place(system, `name-only-${index + 1}`, { firstName: given, lastName: family });
	});
	return [
		...nameOnly,
		place('hubspot', 'odd-nothing-1', {}),
		place('stripe', 'odd-nothing-2', {}),
		place('hubspot', 'odd-long-name', { firstName: 'Wolfeschlegel'.repeat(60), lastName: 'Long', email: 'long.name.4711@gmail.com' }),
		place('hubspot', 'odd-emoji', { firstName: 'Zoé 🌻', lastName: '🚀🚀🚀', email: 'zoe.rocket.8812@gmail.com' }),
		place('zendesk', 'odd-emoji', { firstName: '🌻 Zoé', lastName: 'Rocket', email: 'zoe.rocket.8812@gmail.com' }),
		place('hubspot', 'odd-arabic', { firstName: 'عبد الرحمن', lastName: 'الخطيب', email: 'a.alkhatib.3391@gmail.com' }),
		place('stripe', 'odd-arabic', { firstName: 'عبد الرحمن', lastName: 'الخطيب', email: 'a.alkhatib.3391@gmail.com', country: 'DE' }),
		place('hubspot', 'odd-birth-date', { ...ELDER, birthDate: '1899-12-31' }),
		place('mailchimp', 'odd-birth-date', { ...ELDER, consent: 'subscribed' }),
		place('stripe', 'odd-markup', {
			firstName: '<script>alert(1)</script>', lastName: "Robert'); DROP TABLE contacts;--", email: 'tables.2201@gmx.de',
		}),
		place('zendesk', 'odd-invisible', { firstName: 'Ada\u200b\tLine\nBreak', lastName: '\u202eesreveR', email: 'invisible.5530@web.de' }),
	];
}

const ELDER = { firstName: 'Elder', lastName: 'Fairbanks', email: 'elder.fairbanks.1899@outlook.com' };

/** A record in which everything that may be missing is missing. */
export const EMPTY_PERSON: Omit<SeedPerson, 'id' | 'truthId' | 'createdAt' | 'updatedAt'> = {
	firstName: null, lastName: null, email: null, phone: null, jobTitle: null, companyId: null, companyName: null,
	street: null, city: null, postalCode: null, country: null, birthDate: null, consent: null,
};
