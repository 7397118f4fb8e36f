import { disconnectLimiters } from '../../lib/transport';
import { HubSpotSourceTrigger } from '../../nodes/HubSpotSourceTrigger/HubSpotSourceTrigger.node';
import { HubSpotSync } from '../../nodes/HubSpotSync/HubSpotSync.node';
import { MailchimpSourceTrigger } from '../../nodes/MailchimpSourceTrigger/MailchimpSourceTrigger.node';
import { MailchimpSync } from '../../nodes/MailchimpSync/MailchimpSync.node';
import { StripeSourceTrigger } from '../../nodes/StripeSourceTrigger/StripeSourceTrigger.node';
import { StripeSync } from '../../nodes/StripeSync/StripeSync.node';
import { ZendeskSourceTrigger } from '../../nodes/ZendeskSourceTrigger/ZendeskSourceTrigger.node';
import { ZendeskSync } from '../../nodes/ZendeskSync/ZendeskSync.node';
import { startHubSpot } from '../sandbox/hubspot/server';
import { startMailchimp } from '../sandbox/mailchimp/server';
import { startStripe } from '../sandbox/stripe/server';
import type { VendorSandbox } from '../sandbox/vendor-sandbox';
import { makeSmallWorld } from '../sandbox/world/small';
import type { World } from '../sandbox/world/types';
import { startZendesk } from '../sandbox/zendesk/server';
import { zendeskTime } from '../sandbox/zendesk/state';
import type { NodeClass } from './additional-data';
import { pollNode, type PollOptions } from './harness';
import type { TemporaryStore } from './temporary-store';

export type SystemName = keyof World;

/** A running look-alike, and somebody who works in that system. */
export interface RunningVendor extends VendorSandbox {
	/** Changes one person's record; returns its source ID. */
	changeOne(): string;
}

/** A system as its nodes see it, with a look-alike behind it. */
export interface Vendor {
	system: SystemName;
	label: string;
	trigger: NodeClass;
	sync: NodeClass;
	/** Name of the credential type. */
	credential: string;
	/** What is secret in the credential, in its form but not accepted. */
	wrong: Record<string, string>;
	/** The trigger's objects, all of them. */
	objects: string[];
	/** Where people are written to. */
	people: string;
	start(world: World): Promise<RunningVendor>;
}

/** Exports hold the last minute back. */
const LATELY_MS = 120_000;

export const VENDORS: Readonly<Record<SystemName, Vendor>> = {
	hubspot: {
		system: 'hubspot', label: 'HubSpot', trigger: HubSpotSourceTrigger, sync: HubSpotSync, credential: 'customer360HubSpotApi',
		wrong: { accessToken: 'pat-eu1-00000000-wrong-token' }, objects: ['contact', 'company'], people: 'contact',
		start: async (world) => {
			const sandbox = await startHubSpot({ world: world.hubspot });
			return { ...sandbox, changeOne: () => sandbox.state.change('contacts', '1001', { jobtitle: 'CFO' }).id };
		},
	},
	stripe: {
		system: 'stripe', label: 'Stripe', trigger: StripeSourceTrigger, sync: StripeSync, credential: 'customer360StripeApi',
		wrong: { secretKey: 'sk_live_wrongwrongwrong' }, objects: ['customer', 'subscription', 'invoice'], people: 'customer',
		start: async (world) => {
			const sandbox = await startStripe({ world: world.stripe });
			const changeOne = () => {
				const [customer] = sandbox.state.customers.newestFirst();
				if (!customer) throw new Error('The look-alike has no customer.');
				sandbox.state.save('customer', { ...customer, name: 'Another Name' }, 'customer.updated', sandbox.state.now());
				return customer.id;
			};
			return { ...sandbox, changeOne };
		},
	},
	zendesk: {
		system: 'zendesk', label: 'Zendesk', trigger: ZendeskSourceTrigger, sync: ZendeskSync, credential: 'customer360ZendeskApi',
		wrong: { apiToken: 'wrong-token-9876543210' }, objects: ['user', 'organization', 'ticket'], people: 'user',
		start: async (world) => {
			const sandbox = await startZendesk({ world: world.zendesk, exportsPerMinute: 1000, pollsUntilDone: 0 });
			const changeOne = () => {
				const user = sandbox.state.users.get(5004);
				if (!user) throw new Error('The look-alike has no user 5004.');
				Object.assign(user, { phone: '+44 20 7946 0321', updated_at: zendeskTime(Date.now() - LATELY_MS) });
				return '5004';
			};
			return { ...sandbox, changeOne };
		},
	},
	mailchimp: {
		system: 'mailchimp', label: 'Mailchimp', trigger: MailchimpSourceTrigger, sync: MailchimpSync, credential: 'customer360MailchimpApi',
		wrong: { apiKey: 'deadbeefdeadbeefdeadbeefdeadbeef-us14' }, objects: ['member'], people: 'member',
		start: async (world) => {
			const sandbox = await startMailchimp({ world: world.mailchimp, looksPerJob: 1 });
			const changeOne = () => {
				const [list] = sandbox.state.lists.values();
				const [member] = list?.members.values() ?? [];
				if (!list || !member) throw new Error('The look-alike has no member.');
				Object.assign(member, { mergeFields: { ...member.mergeFields, FNAME: 'Another' }, lastChanged: Date.now() });
				return `${list.id}/${member.contactId}`;
			};
			return { ...sandbox, changeOne };
		},
	},
};

export const SYSTEM_NAMES = Object.keys(VENDORS) as SystemName[];

const running: VendorSandbox[] = [];

afterAll(async () => {
	await Promise.all(running.splice(0).map(({ server }) => server.close()));
	await disconnectLimiters();
});

/** Starts a look-alike with the small world's records; it ends with the test file. */
export async function startVendor(system: SystemName, world = makeSmallWorld(Date.now()).world): Promise<RunningVendor> {
	return keep(await VENDORS[system].start(world));
}

/** Ends this look-alike with the test file. */
export function keep<T extends VendorSandbox>(sandbox: T): T {
	running.push(sandbox);
	return sandbox;
}

/** Polls a system's source trigger once, as the scheduler does; all objects and the defaults of the node unless told otherwise. */
export function pollSource(system: SystemName, sandbox: VendorSandbox, store: TemporaryStore, options: PollOptions = {}) {
	const { trigger, credential, objects } = VENDORS[system];
	return pollNode(trigger, {
		...options,
		credentials: { ...store.credentials, [credential]: sandbox.credentials, ...options.credentials },
		parameters: { objects, delivery: 'backfill', ...options.parameters },
	});
}

/** Reads everything of a system into the store, as the first run of its trigger does. */
export async function fill(store: TemporaryStore, system: SystemName, sandbox: VendorSandbox): Promise<void> {
	const { error } = await pollSource(system, sandbox, store, { parameters: { delivery: 'store' } });
	if (error) throw error;
}
