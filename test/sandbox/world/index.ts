import { billingOf } from './billing';
import { companyRecords, makeCompanies } from './company';
import { COUNTRIES } from './words/countries';
import { hardCases } from './hard-cases';
import { MailRegister } from './written-mail';
import { oddRecords } from './odd-records';
import { People, type SystemName } from './person';
import { PhoneNumbers } from './phone';
import { Random } from './random';
import { PEOPLE_OF_THE_TABLE, RATES } from './rates';
import { recordsOf } from './person-record';
import { ticketsOf } from './support';
import { Times } from './clock';
import { truthOf } from './truth';
import type { SeedPerson, World } from './types';
import { VendorIds } from './vendor-id';

export { pairwise } from './pairwise';
export { makeSmallWorld } from './small';
export { HARD_CASE_KINDS, worldStatistics, type HardCaseKind, type WorldStatistics } from './statistics';
export { truthOf } from './truth';
export type * from './types';

/** Fewer people than this leave no room for the hard cases. */
export const LEAST_PEOPLE = 100;

export interface WorldOptions {
	/** The same seed, number of people and time give the same world, to the letter. */
	seed: number;
	/** Distinct people who can be recognised by something; 1,500 when left out. Some odd records come on top. */
	people?: number;
	/** Milliseconds since 1970; nothing in the world is later. */
	now: number;
}

/**
 * Makes what four systems know about the customers of a made-up company, and the truth about who is who.
 * How messy it is stands in rates.ts. No real person's data is in it: names come from word lists, mails and phones are generated.
 * @returns truth: `system:object:sourceId` of every contact, company, customer, user, organization and member, to its truth ID
 * @throws RangeError when fewer than {@link LEAST_PEOPLE} people are asked for
 */
export function makeWorld({ seed, people: wanted = PEOPLE_OF_THE_TABLE, now }: WorldOptions): { world: World; truth: Map<string, string> } {
	if (!Number.isInteger(wanted) || wanted < LEAST_PEOPLE) {
		throw new RangeError(`A world needs a whole number of at least ${LEAST_PEOPLE} people, not ${wanted}: raise "people".`);
	}
	const random = new Random(seed);
	const ids = new VendorIds(random.fork('ids'));
	const phones = new PhoneNumbers(random.fork('phones'));
	const times = new Times(random.fork('times'), now);
	const people = new People(random.fork('people'), phones);

	const companySources = { random: random.fork('companies'), phones, ids, times };
	const companies = makeCompanies(wanted, companySources);
	const companyPairs = companies.map((company) => companyRecords(company, companySources));

	const choices = random.fork('choices');
	const real = hardCases(wanted, { random: random.fork('hard cases'), people, companies });
	while (real.length < wanted) real.push(people.make({ company: choices.chance(RATES.worksAtCompany) ? choices.pick(companies) : null }));

	const recordSources = { random: random.fork('records'), ids, times, mails: new MailRegister() };
	const placed = [...real.flatMap((person) => recordsOf(person, recordSources)), ...oddRecords(wanted, { people, ids, times })];
	const shuffled = random.fork('order').shuffled(placed);
	const inSystem = (system: SystemName): SeedPerson[] => shuffled.filter((one) => one.system === system).map((one) => one.record);

	const customers = inSystem('stripe');
	const users = inSystem('zendesk');
	const currencies = new Map(real.map((person) => [person.truthId, COUNTRIES[person.home.country].currency]));
	const billingSources = { random: random.fork('billing'), ids, times };
	const billing = customers.map((customer) => billingOf(customer, currencies.get(customer.truthId) ?? 'USD', billingSources));
	const ticketSources = { random: random.fork('tickets'), ids, times };
	const world: World = {
		hubspot: { contacts: inSystem('hubspot'), companies: companyPairs.flatMap(({ hubspot }) => hubspot ?? []) },
		stripe: {
			customers,
			subscriptions: billing.flatMap(({ subscriptions }) => subscriptions),
			invoices: billing.flatMap(({ invoices }) => invoices),
		},
		zendesk: {
			users,
			organizations: companyPairs.flatMap(({ zendesk }) => zendesk ?? []),
			tickets: users.flatMap((user) => ticketsOf(user, ticketSources)),
		},
		mailchimp: { members: inSystem('mailchimp') },
	};
	return { world, truth: truthOf(world) };
}
