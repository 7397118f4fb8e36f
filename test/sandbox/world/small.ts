import { DAY, iso } from './clock';
import { EMPTY_PERSON } from './odd-records';
import { SMALL_PEOPLE, type Given } from './small-people';
import { truthOf } from './truth';
import { SYSTEMS, type SystemName } from './person';
import type { SeedCompany, SeedInvoice, SeedPerson, SeedSubscription, World } from './types';

/** Not 30: Stripe forgets events of that age, and those of these changes would go while a test runs. */
const CHANGED_DAYS = 29;

/**
 * A world to read: about 25 people, each hard case once, companies in both systems, one customer who pays and one who is overdue.
 * The number of a person's records tells who it is: the first of SMALL_PEOPLE is HubSpot 1001, Zendesk 5001 and Mailchimp 0000000001;
 * a second record in one system has 500 more. Stripe IDs spell the truth ID.
 * @param now milliseconds since 1970; everything is dated relative to it
 */
export function makeSmallWorld(now: number): { world: World; truth: Map<string, string> } {
	const placed = Object.entries(SMALL_PEOPLE).flatMap(([who, inSystems], index) =>
		SYSTEMS.flatMap((system) => {
			const records: Given[] = [inSystems[system] ?? []].flat();
			return records.map((given, copy) => ({ system, record: person(who, system, index + 1 + copy * 500, given, now) }));
		}),
	);
	const inSystem = (system: SystemName): SeedPerson[] => placed.filter((one) => one.system === system).map((one) => one.record);
	const robert = smallCustomerId('nickname-and-plus-tag', 1);
	const hannah = smallCustomerId('changed-email-in-four-systems', 4);
	const world: World = {
		hubspot: {
			contacts: inSystem('hubspot'),
			companies: [
				company('9001', 'brightleaf', 'Brightleaf Software GmbH', 'brightleaf-11.de', 'Berlin', 'Germany', now),
				company('9002', 'stonepath-uk', 'Stonepath Logistics Ltd', 'stonepath-12.co.uk', 'Leeds', 'United Kingdom', now),
				company('9003', 'stonepath-de', 'Stonepath Logistics GmbH', 'stonepath-13.de', 'Hamburg', 'Germany', now),
				company('9004', 'ember-dock', 'Emberdock Studios B.V.', 'emberdock-14.nl', 'Utrecht', 'Netherlands', now),
			],
		},
		stripe: {
			customers: inSystem('stripe'),
			subscriptions: [
				subscription('sub_1RobertMillerActive00001', robert, 'active', 4900, 'USD', now - 95 * DAY),
				subscription('sub_1HannahBrooksPastDue0001', hannah, 'past_due', 9900, 'GBP', now - 65 * DAY),
			],
			invoices: [
				...[95, 65, 35, 5].map((days, index) => invoice(`in_1RobertMillerInvoice000${index + 1}`, robert, 'paid', 4900, 'USD', now - days * DAY)),
				invoice('in_1HannahBrooksInvoice0001', hannah, 'paid', 9900, 'GBP', now - 65 * DAY),
				invoice('in_1HannahBrooksInvoice0002', hannah, 'failed', 9900, 'GBP', now - 35 * DAY),
				invoice('in_1HannahBrooksInvoice0003', hannah, 'failed', 9900, 'GBP', now - 5 * DAY),
			],
		},
		zendesk: {
			users: inSystem('zendesk'),
			organizations: [
				company('6001', 'brightleaf', 'Brightleaf Software', 'brightleaf-11.de', null, null, now),
				company('6004', 'ember-dock', 'Emberdock Studios B.V.', null, null, null, now),
			],
			tickets: [
				{ id: '7001', requesterId: '5004', subject: 'Payment was refused', status: 'open', priority: 'urgent', ...dated(now, 3, 2) },
				{ id: '7002', requesterId: '5004', subject: 'Cannot log in', status: 'solved', priority: 'normal', ...dated(now, 20, 19) },
				{ id: '7003', requesterId: '5002', subject: 'Export is slow', status: 'closed', priority: null, ...dated(now, 200, 190) },
			],
		},
		mailchimp: { members: inSystem('mailchimp') },
	};
	return { world, truth: truthOf(world) };
}

function person(who: string, system: SystemName, number: number, given: Given, now: number): SeedPerson {
	const digits = String(number).padStart(3, '0');
	const id = {
		hubspot: String(1000 + number), stripe: smallCustomerId(who, number), zendesk: String(5000 + number), mailchimp: `0000000${digits}`,
	}[system];
	return { ...EMPTY_PERSON, createdAt: iso(now - 300 * DAY), updatedAt: iso(now - CHANGED_DAYS * DAY + number * 60_000), ...given, id, truthId: who };
}

/** `cus_` and 14 letters and digits: the start of the truth ID and the number. */
function smallCustomerId(who: string, number: number): string {
	return `cus_${who.replace(/-/g, '').slice(0, 11).padEnd(11, 'x')}${String(number).padStart(3, '0')}`;
}

/** Made and last changed that many days before `now`. */
function dated(now: number, made: number, changed: number): { createdAt: string; updatedAt: string } {
	return { createdAt: iso(now - made * DAY), updatedAt: iso(now - changed * DAY) };
}

function company(
	id: string,
	truthId: string,
	name: string,
	domain: string | null,
	city: string | null,
	country: string | null,
	now: number,
): SeedCompany {
	return { id, truthId, name, domain, phone: null, city, country, ...dated(now, 300, 30) };
}

function invoice(
	id: string,
	customerId: string,
	status: SeedInvoice['status'],
	amountMinor: number,
	currency: string,
	date: number,
): SeedInvoice {
	return { id, customerId, status, amountMinor, currency, createdAt: iso(date), paidAt: status === 'paid' ? iso(date) : null };
}

function subscription(
	id: string,
	customerId: string,
	status: SeedSubscription['status'],
	monthlyMinor: number,
	currency: string,
	date: number,
): SeedSubscription {
	return { id, customerId, status, monthlyMinor, currency, startedAt: iso(date), canceledAt: null };
}
