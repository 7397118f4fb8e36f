import { refKey } from '../../lib';
import { startHubSpot } from '../../test/sandbox/hubspot/server';
import { seedSourceIds } from '../../test/sandbox/mailchimp/seed';
import { startMailchimp } from '../../test/sandbox/mailchimp/server';
import { startStripe } from '../../test/sandbox/stripe/server';
import type { VendorSandbox } from '../../test/sandbox/vendor-sandbox';
import { makeWorld, type World, worldStatistics } from '../../test/sandbox/world';
import { startZendesk } from '../../test/sandbox/zendesk/server';

/** The look-alikes with what they were seeded with. */
export interface DemoSystems {
	sandboxes: Record<string, VendorSandbox>;
	/** Who each record really is, by record reference; known to nobody but the final comparison. */
	truth: Map<string, string>;
	world: World;
	statistics: ReturnType<typeof worldStatistics>;
	close(): Promise<void>;
}

/** Starts the four look-alikes with one made-up company's customers. */
export async function startSystems(seed: number): Promise<DemoSystems> {
	const { world, truth } = makeWorld({ seed, now: Date.now() });
	const sandboxes: Record<string, VendorSandbox> = {
		hubspot: await startHubSpot({ world: world.hubspot }),
		stripe: await startStripe({ world: world.stripe }),
		// With Zendesk's high-volume add-on, and with records visible at once instead of after a minute: both save waiting, nothing else.
		zendesk: await startZendesk({ world: world.zendesk, exportsPerMinute: 30, heldBackS: 0 }),
		mailchimp: await startMailchimp({ world: world.mailchimp }),
	};
	return {
		sandboxes,
		truth: withMemberIds(truth, world),
		world,
		statistics: worldStatistics(world, truth),
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
