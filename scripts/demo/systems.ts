import { refKey } from '../../lib';
import { startHubSpot } from '../../test/sandbox/hubspot/server';
import type { HubSpotState } from '../../test/sandbox/hubspot/state';
import { seedSourceIds } from '../../test/sandbox/mailchimp/seed';
import { startMailchimp } from '../../test/sandbox/mailchimp/server';
import type { MailchimpState } from '../../test/sandbox/mailchimp/state';
import { startStripe } from '../../test/sandbox/stripe/server';
import type { StripeState } from '../../test/sandbox/stripe/state';
import type { VendorSandbox } from '../../test/sandbox/vendor-sandbox';
import { makeWorld, type World, worldStatistics } from '../../test/sandbox/world';
import { startZendesk } from '../../test/sandbox/zendesk/server';
import type { ZendeskState } from '../../test/sandbox/zendesk/state';

/** The look-alikes by system, also for looking at what was written. */
export type LookAlikes = Record<string, VendorSandbox> & {
	hubspot: VendorSandbox<HubSpotState>;
	stripe: VendorSandbox<StripeState>;
	zendesk: VendorSandbox<ZendeskState>;
	mailchimp: VendorSandbox<MailchimpState>;
};

/** The look-alikes with what they were seeded with. */
export interface SeededSystems {
	sandboxes: LookAlikes;
	/** Who each record really is, by record reference; known to nobody but the final comparison. */
	truth: Map<string, string>;
	world: World;
	close(): Promise<void>;
}

export interface DemoSystems extends SeededSystems {
	statistics: ReturnType<typeof worldStatistics>;
}

/** Starts the four look-alikes with one made-up company's customers. */
export async function startSystems(seed: number): Promise<DemoSystems> {
	const { world, truth } = makeWorld({ seed, now: Date.now() });
	return { ...(await seedSystems({ world, truth })), statistics: worldStatistics(world, truth) };
}

/**
 * Starts the four look-alikes with the customers of any world.
 * @param exportsPerMinute that Zendesk's look-alike answers; as many as with the high-volume add-on when left out
 */
export async function seedSystems({ world, truth }: { world: World; truth: ReadonlyMap<string, string> }, exportsPerMinute = 30): Promise<SeededSystems> {
	const sandboxes: LookAlikes = {
		hubspot: await startHubSpot({ world: world.hubspot }),
		stripe: await startStripe({ world: world.stripe }),
		// With records visible at once instead of after a minute: that saves waiting, nothing else.
		zendesk: await startZendesk({ world: world.zendesk, exportsPerMinute, heldBackS: 0 }),
		mailchimp: await startMailchimp({ world: world.mailchimp }),
	};
	return {
		sandboxes,
		truth: withMemberIds(truth, world),
		world,
		close: async () => {
			await Promise.all(Object.values(sandboxes).map(({ server }) => server.close()));
		},
	};
}

/** Mailchimp gives its members IDs of its own. */
function withMemberIds(truth: ReadonlyMap<string, string>, world: World): Map<string, string> {
	const ids = seedSourceIds(world.mailchimp.members);
	const named = new Map([...truth].filter(([key]) => !key.startsWith('mailchimp:')));
	for (const { id, truthId } of world.mailchimp.members) {
		const sourceId = ids.get(id);
		if (sourceId !== undefined) named.set(refKey({ system: 'mailchimp', object: 'member', sourceId }), truthId);
	}
	return named;
}
