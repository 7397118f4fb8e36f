import fc from 'fast-check';
import { isValidPhoneNumber } from 'libphonenumber-js/max';
import { HARD_CASE_KINDS, LEAST_PEOPLE, makeSmallWorld, makeWorld, pairwise, truthOf, worldStatistics } from '../../sandbox/world';
import { HARD_CASES, PEOPLE_OF_ONE_MAILBOX, RATES } from '../../sandbox/world/rates';
import { Random } from '../../sandbox/world/random';
import { PhoneNumbers, writePhone } from '../../sandbox/world/phone';
import { COUNTRIES } from '../../sandbox/world/words/countries';
import { CITIES, COUNTRY_CODES } from '../../sandbox/world/words/places';
import { OTHER_PLACEHOLDER_MAILS, PLACEHOLDER_PHONES, USUAL_PLACEHOLDER_MAIL } from '../../sandbox/world/words/placeholders';
import type { SeedPerson, World } from '../../sandbox/world/types';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const { world, truth } = makeWorld({ seed: 42, now: NOW });
const statistics = worldStatistics(world, truth);
const small = makeSmallWorld(NOW);

const peopleOf = ({ hubspot, stripe, zendesk, mailchimp }: World): SeedPerson[] => [
	...hubspot.contacts, ...stripe.customers, ...zendesk.users, ...mailchimp.members,
];

describe('a made-up world', () => {
	test('is the same for the same seed and differs for another', () => {
		const again = makeWorld({ seed: 42, now: NOW });
		expect(again.world).toEqual(world);
		expect([...again.truth]).toEqual([...truth]);
		expect(makeWorld({ seed: 43, now: NOW }).world).not.toEqual(world);
	});

	test('has the people that were asked for, with the odd records on top', () => {
		const recognisable = new Set([...truth.values()].filter((who) => who.startsWith('person-')));
		expect(recognisable.size).toBe(1500);
		expect(statistics.people.total).toBeGreaterThan(1500);
		const { in1, in2, in3, in4, total } = statistics.people;
		expect(in1 + in2 + in3 + in4).toBe(total);
	});

	test.each([0, LEAST_PEOPLE - 1, 150.5])('of %p people is refused with what to change', (people) => {
		expect(() => makeWorld({ seed: 1, people, now: NOW })).toThrow('raise "people"');
	});

	test('of another size has the hard cases in proportion', () => {
		const twice = makeWorld({ seed: 42, people: 3000, now: NOW });
		const counts = worldStatistics(twice.world, twice.truth);
		expect(counts.companies.hubspot).toBe(2 * statistics.companies.hubspot);
		expect(counts.hardCases['shared mailboxes']).toBe(2 * statistics.hardCases['shared mailboxes']);
	});

	test('has about 40 % of the people in more than one system, each number of systems among them', () => {
		const { total, in1, in2, in3, in4 } = statistics.people;
		expect((total - in1) / total).toBeGreaterThan(0.36);
		expect((total - in1) / total).toBeLessThan(0.48);
		expect(Math.min(in2, in3, in4) / total).toBeGreaterThan(0.04);
	});

	test('has the companies in both systems that were promised, found by domain or by an equal name', () => {
		expect(statistics.companies).toMatchObject({ hubspot: HARD_CASES.companies, both: HARD_CASES.companiesInZendeskToo });
		const organizations = new Map(world.zendesk.organizations.map((organization) => [organization.truthId, organization]));
		for (const company of world.hubspot.companies) {
			const organization = organizations.get(company.truthId);
			if (organization === undefined) continue;
			if (company.domain === null || organization.domain === null) expect(organization.name).toBe(company.name);
			else expect(organization.domain).toBe(company.domain);
		}
	});

	test.each(HARD_CASE_KINDS)('shows the hard case: %s', (kind) => {
		expect(statistics.hardCases[kind]).toBeGreaterThan(0);
	});

	test.each([
		['relatives at one address', HARD_CASES.fatherAndSonPairs],
		['junior and senior', HARD_CASES.juniorAndSeniorPairs],
		['namesakes', HARD_CASES.namesakePairs],
		['namesakes in one city', HARD_CASES.namesakePairsInOneCity],
		['two people with one email', HARD_CASES.couplesWithOneMail],
		['shared mailboxes', HARD_CASES.sharedMailboxes],
		['shared office phones', HARD_CASES.sharedOfficePhones],
		['placeholder emails', HARD_CASES.placeholderMails],
		['placeholder phones', HARD_CASES.placeholderPhones],
		['name only', HARD_CASES.nameOnly],
		['company namesakes', HARD_CASES.companyNamesakePairs],
	] as const)('has enough %s', (kind, least) => {
		expect(statistics.hardCases[kind]).toBeGreaterThanOrEqual(least);
	});

	test('has each mailbox in use by the people of one company in several systems', () => {
		const users = new Map<string, Set<string>>();
		const systems = new Map<string, Set<string>>();
		for (const [system, people] of Object.entries({
			hubspot: world.hubspot.contacts, stripe: world.stripe.customers, zendesk: world.zendesk.users, mailchimp: world.mailchimp.members,
		})) {
			for (const { email, truthId } of people) {
				const mail = email?.toLowerCase().replace(/\+[^@]*/, '') ?? '';
				if (!mail.startsWith('info@')) continue;
				users.set(mail, (users.get(mail) ?? new Set()).add(truthId));
				systems.set(mail, (systems.get(mail) ?? new Set()).add(system));
			}
		}
		expect([...users.values()].map(({ size }) => size)).toEqual(Array(HARD_CASES.sharedMailboxes).fill(PEOPLE_OF_ONE_MAILBOX));
		for (const found of systems.values()) expect(found.size).toBeGreaterThan(2);
	});

	test('keeps an office phone to 15 colleagues at most', () => {
		const tails = new Map<string, Set<string>>();
		for (const { phone, truthId } of peopleOf(world)) {
			if (phone === null || PLACEHOLDER_PHONES.includes(phone)) continue;
			const tail = (phone.split(' ext.')[0] ?? '').replace(/\D/g, '').slice(-8);
			tails.set(tail, (tails.get(tail) ?? new Set()).add(truthId));
		}
		expect(Math.max(...[...tails.values()].map(({ size }) => size))).toBeLessThanOrEqual(15);
	});

	const share = (list: readonly SeedPerson[], test: (person: SeedPerson) => boolean): number => list.filter(test).length / list.length;
	const { contacts } = world.hubspot;
	const { customers } = world.stripe;
	test.each<[string, number, number, number]>([
		['subscribed members', share(world.mailchimp.members, ({ consent }) => consent === 'subscribed'), 0.75, 0.06],
		['unsubscribed members', share(world.mailchimp.members, ({ consent }) => consent === 'unsubscribed'), 0.15, 0.05],
		['cleaned members', share(world.mailchimp.members, ({ consent }) => consent === 'cleaned'), 0.05, 0.035],
		['pending members', share(world.mailchimp.members, ({ consent }) => consent === 'pending'), 0.05, 0.035],
		['contacts with a birth date', share(contacts, ({ birthDate }) => birthDate !== null), RATES.birthDatePresent, 0.16],
		['customers with an address', share(customers, ({ street }) => street !== null), RATES.addressPresent.stripe, 0.12],
		['contacts without an email', share(contacts, ({ email }) => email === null), RATES.emailMissing.hubspot, 0.05],
		['members without an email', share(world.mailchimp.members, ({ email }) => email === null), 0, 0],
		['records in capitals', statistics.hardCases.capitals / peopleOf(world).length, RATES.capitals, 0.015],
		['records in lower case', statistics.hardCases['lower case'] / peopleOf(world).length, RATES.lowerCase, 0.02],
		['upper-case emails', statistics.hardCases['upper-case emails'] / peopleOf(world).length, RATES.upperCaseMail, 0.02],
		['plus-tags', statistics.hardCases['plus-tags'] / peopleOf(world).length, RATES.plusTag, 0.015],
		['Last, First', statistics.hardCases['Last, First'] / (customers.length + world.zendesk.users.length), RATES.lastFirst, 0.03],
		['contacts twice', 1 - new Set(contacts.map(({ truthId }) => truthId)).size / contacts.length, RATES.duplicates.hubspot, 0.015],
		['users with tickets', new Set(world.zendesk.tickets.map(({ requesterId }) => requesterId)).size / world.zendesk.users.length, RATES.writesTickets, 0.08],
	])('has %s at about the promised rate', (_, rate, promised, tolerance) => {
		expect(Math.abs(rate - promised)).toBeLessThanOrEqual(tolerance);
	});

	test('leaves no record of the people asked for without email and phone', () => {
		const asked = peopleOf(world).filter(({ truthId }) => truthId.startsWith('person-'));
		expect(asked.filter(({ email, phone }) => email === null && phone === null)).toEqual([]);
	});
});

describe.each([['large', world, truth], ['small', small.world, small.truth]] as const)('the %s world', (_, made, who) => {
	test('tells the truth about every record, and no two records have one reference', () => {
		const records = peopleOf(made).length + made.hubspot.companies.length + made.zendesk.organizations.length;
		expect(who.size).toBe(records);
		expect([...truthOf(made)]).toEqual([...who]);
	});

	test('has IDs in the form of each vendor', () => {
		for (const { id } of [...made.hubspot.contacts, ...made.hubspot.companies, ...made.zendesk.users, ...made.zendesk.organizations]) {
			expect(id).toMatch(/^[1-9]\d*$/);
			expect(Number.isSafeInteger(Number(id))).toBe(true);
		}
		for (const { id } of made.stripe.customers) expect(id).toMatch(/^cus_[A-Za-z0-9]{14}$/);
		for (const { id } of made.stripe.subscriptions) expect(id).toMatch(/^sub_[A-Za-z0-9]{24}$/);
		for (const { id } of made.stripe.invoices) expect(id).toMatch(/^in_[A-Za-z0-9]{24}$/);
		for (const { id } of made.mailchimp.members) expect(id).toMatch(/^[0-9a-f]{10}$/);
	});

	test('has links that lead somewhere', () => {
		const companies = new Map(made.hubspot.companies.map((company) => [company.id, company]));
		const organizations = new Map(made.zendesk.organizations.map((organization) => [organization.id, organization]));
		const customers = new Set(made.stripe.customers.map(({ id }) => id));
		const users = new Set(made.zendesk.users.map(({ id }) => id));
		for (const { companyId } of made.hubspot.contacts) expect(companyId === null || companies.has(companyId)).toBe(true);
		for (const { companyId } of made.zendesk.users) expect(companyId === null || organizations.has(companyId)).toBe(true);
		for (const { customerId } of [...made.stripe.subscriptions, ...made.stripe.invoices]) expect(customers.has(customerId)).toBe(true);
		for (const { requesterId } of made.zendesk.tickets) expect(users.has(requesterId)).toBe(true);
	});

	test('has an email once at most in the systems that take it once, and always in Mailchimp', () => {
		for (const people of [made.hubspot.contacts, made.zendesk.users, made.mailchimp.members]) {
			const mails = people.flatMap(({ email }) => email?.toLowerCase() ?? []);
			expect(new Set(mails).size).toBe(mails.length);
		}
		expect(made.mailchimp.members.every(({ email }) => email !== null)).toBe(true);
	});

	test('has a Zendesk user always with a name, as Zendesk demands', () => {
		expect(made.zendesk.users.every(({ firstName, lastName }) => firstName !== null || lastName !== null)).toBe(true);
	});

	test('has nothing later than now and nothing changed before it was made', () => {
		const { stripe, zendesk, hubspot } = made;
		for (const { createdAt, updatedAt } of [...peopleOf(made), ...hubspot.companies, ...zendesk.organizations, ...zendesk.tickets]) {
			expect(Date.parse(createdAt)).toBeLessThanOrEqual(Date.parse(updatedAt));
			expect(Date.parse(updatedAt)).toBeLessThanOrEqual(NOW);
		}
		for (const { createdAt, paidAt, status, amountMinor } of stripe.invoices) {
			expect(Date.parse(paidAt ?? createdAt)).toBeLessThanOrEqual(NOW);
			expect(paidAt !== null).toBe(status === 'paid');
			expect(Number.isInteger(amountMinor)).toBe(true);
		}
	});

	test('has only phones that libphonenumber calls valid, apart from placeholders', () => {
		for (const { phone, country } of peopleOf(made)) {
			if (phone === null || PLACEHOLDER_PHONES.includes(phone)) continue;
			const code = COUNTRY_CODES.find((one) => one === country || COUNTRIES[one].names.includes(country ?? ''));
			const dialled = phone.replace(/^(00|011 )(?=[1-9])/, '+');
			const candidates = code === undefined ? COUNTRY_CODES : [code];
			expect([phone, candidates.some((one) => isValidPhoneNumber(dialled, one))]).toEqual([phone, true]);
		}
	});

	test('has placeholders where the statistics say', () => {
		const mails = new Set([USUAL_PLACEHOLDER_MAIL, ...OTHER_PLACEHOLDER_MAILS]);
		const holders = new Set(peopleOf(made).filter(({ email }) => mails.has(email?.toLowerCase() ?? '')).map(({ truthId }) => truthId));
		expect(holders.size).toBeGreaterThan(1);
	});
});

test.each(HARD_CASE_KINDS)('the small world shows the hard case: %s', (kind) => {
	expect(worldStatistics(small.world, small.truth).hardCases[kind]).toBeGreaterThan(0);
});

test('statistics refuse a truth that belongs to another world and name the record', () => {
	expect(() => worldStatistics(world, small.truth)).toThrow(`hubspot:contact:${world.hubspot.contacts[0]?.id}`);
});

test.each(COUNTRY_CODES)('phone patterns of %s give valid numbers for every city, in every way of writing', (country) => {
	const random = new Random(5);
	const phones = new PhoneNumbers(random);
	for (const [city] of CITIES[country]) {
		for (const number of [phones.mobile(country, city), phones.landline(country, city)]) {
			for (const form of ['e164', 'national', 'dashed', 'international', 'extension'] as const) {
				expect([number, form, isValidPhoneNumber(writePhone(number, form, random), country)]).toEqual([number, form, true]);
			}
		}
	}
});

describe('pairwise', () => {
	const partition = fc.array(fc.tuple(fc.nat({ max: 4 }), fc.option(fc.nat({ max: 4 }))), { maxLength: 14 });

	test('counts what a look at every single pair counts', () => {
		fc.assert(
			fc.property(partition, (rows) => {
				const who = new Map(rows.map(([group], index) => [`r${index}`, `t${group}`]));
				const clusters = new Map(rows.flatMap(([, cluster], index) => (cluster === null ? [] : [[`r${index}`, `c${cluster}`] as const])));
				let [truePairs, foundPairs, correctPairs] = [0, 0, 0];
				rows.forEach(([groupA, clusterA], a) => {
					rows.slice(a + 1).forEach(([groupB, clusterB]) => {
						const same = groupA === groupB;
						const found = clusterA !== null && clusterA === clusterB;
						truePairs += Number(same);
						foundPairs += Number(found);
						correctPairs += Number(same && found);
					});
				});
				const figures = pairwise(who, clusters);
				expect(figures).toMatchObject({ truePairs, foundPairs, correctPairs });
				expect(figures.precision * foundPairs).toBeCloseTo(correctPairs);
				expect(figures.recall * truePairs).toBeCloseTo(correctPairs);
			}),
		);
	});

	test('finds no fault with the truth itself', () => {
		expect(pairwise(truth, truth)).toMatchObject({ precision: 1, recall: 1, f1: 1 });
	});

	test('calls it precise, but blind, when no pair was found', () => {
		expect(pairwise(truth, new Map())).toMatchObject({ foundPairs: 0, precision: 1, recall: 0, f1: 0 });
	});

	test('leaves records out of account of which the truth knows nothing', () => {
		expect(pairwise(new Map([['a', 'x']]), new Map([['a', '1'], ['b', '1']]))).toMatchObject({ foundPairs: 0, precision: 1 });
	});
});
