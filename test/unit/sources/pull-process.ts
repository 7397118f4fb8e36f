import { openStore, pullSource, type SourceObject, SYSTEM_IDS, type SystemDefinition } from '../../../lib';
import { hubspot } from '../../../lib/systems/hubspot';
import { connectHubSpot } from '../../../lib/systems/hubspot/client';
import { stripe } from '../../../lib/systems/stripe';
import { connectStripe } from '../../../lib/systems/stripe/client';
import { readTarget } from '../store-target';

/** Arguments of the process: the store as `readTarget` reads it, and where the look-alikes are. */
export type PullArguments = [store: string, hubspotUrl: string, hubspotToken: string, stripeUrl: string, stripeKey: string];

const LIMIT = { maxConcurrent: 5, perWindow: 1_000_000, windowMs: 250 };

/** Pulls contacts and customers into the store, in small pages so that there is much to be killed in. `opened` is called once the store is open. */
export async function pullEverything([target, hubspotUrl, accessToken, stripeUrl, secretKey]: PullArguments, opened: () => void = () => undefined): Promise<void> {
	const store = await openStore(readTarget(target));
	opened();
	const sources: [SystemDefinition<never>, ReturnType<typeof connectHubSpot>, string][] = [
		[hubspot, connectHubSpot({ accessToken, baseUrl: hubspotUrl }, { limit: LIMIT, searchLimit: LIMIT }), 'contact'],
		[stripe, connectStripe({ secretKey, baseUrl: stripeUrl }, { limit: LIMIT }), 'customer'],
	];
	for (const [system, client, object] of sources) {
		const source = system.sources[object] as SourceObject;
		await pullSource({
			store, client, system: system.id, object,
			source: { ...source, pull: (given, options) => source.pull(given, { ...options, pageSize: 12 }) },
			scope: `${system.id}:${object}`,
			delivery: { firstRun: 'store', later: 'store' },
			systems: SYSTEM_IDS,
			overlapMs: 300_000,
			budgetMs: 600_000,
			batchSize: 24,
			now: Date.now,
			emit: () => Promise.resolve(true),
		});
	}
	await store.close();
}
