import { companyCases, personCases, recordCases, sharedValueCases } from './hard-case-counts';
import { refKey } from '../../../lib/domain';
import { SYSTEMS, type SystemName } from './person';
import type { SeedPerson, World } from './types';

/** One person record with the system it is in and who it really is. */
export interface PlacedRecord {
	system: SystemName;
	record: SeedPerson;
	who: string;
}

export const HARD_CASE_KINDS = [
	'nicknames', 'diacritics lost', 'written in two scripts', 'other scripts', 'misspelt family names', 'capitals', 'lower case', 'Last, First',
	'company as name', 'name partly missing', 'changed emails', 'upper-case emails', 'plus-tags', 'Gmail dots', 'email missing', 'phone missing',
	'national phones', '00 or 011 phones', 'phone extensions', 'shared office phones', 'shared mailboxes', 'two people with one email',
	'relatives at one address', 'namesakes', 'namesakes in one city', 'junior and senior', 'placeholder emails', 'placeholder phones',
	'duplicates in one system', 'conflicting consent', 'name only', 'nothing at all', 'impossible birth dates', 'very long values', 'emoji',
	'company name variants', 'company domain missing', 'company namesakes',
] as const;
export type HardCaseKind = (typeof HARD_CASE_KINDS)[number];

export interface WorldStatistics {
	/** Number of records by `system:object`, activities included. */
	records: Record<string, number>;
	/** Distinct people, and how many of them are in that many systems. */
	people: { total: number; in1: number; in2: number; in3: number; in4: number };
	companies: { total: number; hubspot: number; zendesk: number; both: number };
	/** Found by looking at the records and the truth, not by remembering what was made. */
	hardCases: Record<HardCaseKind, number>;
}

/** What a world is like, for a table. */
export function worldStatistics(world: World, truth: Map<string, string>): WorldStatistics {
	const placed = placedRecords(world, truth);
	const systemsOf = new Map<string, Set<SystemName>>();
	for (const { who, system } of placed) systemsOf.set(who, (systemsOf.get(who) ?? new Set()).add(system));
	const inSystems = (count: number): number => [...systemsOf.values()].filter(({ size }) => size === count).length;

	const who = (system: string, object: string, sourceId: string): string => truth.get(refKey({ system, object, sourceId })) ?? '';
	const hubspot = new Set(world.hubspot.companies.map(({ id }) => who('hubspot', 'company', id)));
	const zendesk = new Set(world.zendesk.organizations.map(({ id }) => who('zendesk', 'organization', id)));
	return {
		records: {
			'hubspot:contact': world.hubspot.contacts.length,
			'hubspot:company': world.hubspot.companies.length,
			'stripe:customer': world.stripe.customers.length,
			'stripe:subscription': world.stripe.subscriptions.length,
			'stripe:invoice': world.stripe.invoices.length,
			'zendesk:user': world.zendesk.users.length,
			'zendesk:organization': world.zendesk.organizations.length,
			'zendesk:ticket': world.zendesk.tickets.length,
			'mailchimp:member': world.mailchimp.members.length,
		},
		people: { total: systemsOf.size, in1: inSystems(1), in2: inSystems(2), in3: inSystems(3), in4: inSystems(SYSTEMS.length) },
		companies: {
			total: new Set([...hubspot, ...zendesk]).size,
			hubspot: hubspot.size,
			zendesk: zendesk.size,
			both: [...hubspot].filter((company) => zendesk.has(company)).length,
		},
		hardCases: { ...recordCases(placed, world), ...personCases(placed), ...sharedValueCases(placed), ...companyCases(world, who) },
	};
}

function placedRecords(world: World, truth: Map<string, string>): PlacedRecord[] {
	const lists: [SystemName, string, readonly SeedPerson[]][] = [
		['hubspot', 'contact', world.hubspot.contacts],
		['stripe', 'customer', world.stripe.customers],
		['zendesk', 'user', world.zendesk.users],
		['mailchimp', 'member', world.mailchimp.members],
	];
	return lists.flatMap(([system, object, records]) =>
		records.map((record) => {
			const key = refKey({ system, object, sourceId: record.id });
			const who = truth.get(key);
			if (who === undefined) throw new Error(`The truth says nothing about ${key}: give the truth that was made with this world.`);
			return { system, record, who };
		}),
	);
}
