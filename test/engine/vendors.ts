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
import type { NodeClass } from './additional-data';
import { pollNode, type PollOptions } from './harness';
import type { TemporaryStore } from './temporary-store';

export type SystemName = keyof World;

/** A system as its nodes see it, with a look-alike behind it. */
export interface Vendor {
	system: SystemName;
	trigger: NodeClass;
	sync: NodeClass;
	/** Name of the credential type. */
	credential: string;
	/** The field of the credential that is secret. */
	secret: string;
	/** The trigger's objects, all of them. */
	objects: string[];
	/** Where people are written to. */
	people: string;
	start(world: World): Promise<VendorSandbox>;
}

export const VENDORS: Readonly<Record<SystemName, Vendor>> = {
	hubspot: {
		system: 'hubspot', trigger: HubSpotSourceTrigger, sync: HubSpotSync, credential: 'customer360HubSpotApi', secret: 'accessToken',
		objects: ['contact', 'company'], people: 'contact', start: ({ hubspot }) => startHubSpot({ world: hubspot }),
	},
	stripe: {
		system: 'stripe', trigger: StripeSourceTrigger, sync: StripeSync, credential: 'customer360StripeApi', secret: 'secretKey',
		objects: ['customer', 'subscription', 'invoice'], people: 'customer', start: ({ stripe }) => startStripe({ world: stripe }),
	},
	zendesk: {
		system: 'zendesk', trigger: ZendeskSourceTrigger, sync: ZendeskSync, credential: 'customer360ZendeskApi', secret: 'apiToken',
		objects: ['user', 'organization', 'ticket'], people: 'user', start: ({ zendesk }) => startZendesk({ world: zendesk, exportsPerMinute: 1000 }),
	},
	mailchimp: {
		system: 'mailchimp', trigger: MailchimpSourceTrigger, sync: MailchimpSync, credential: 'customer360MailchimpApi', secret: 'apiKey',
		objects: ['member'], people: 'member', start: ({ mailchimp }) => startMailchimp({ world: mailchimp, looksPerJob: 1 }),
	},
};

export const SYSTEM_NAMES = Object.keys(VENDORS) as SystemName[];

const running: VendorSandbox[] = [];

afterAll(async () => {
	await Promise.all(running.splice(0).map(({ server }) => server.close()));
	await disconnectLimiters();
});

/** Starts a look-alike with the small world's records; it ends with the test file. */
export async function startVendor(system: SystemName, world = makeSmallWorld(Date.now()).world): Promise<VendorSandbox> {
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
