import { openStore, syncDestination } from '../../../lib';
import { hubspot } from '../../../lib/systems/hubspot';
import { connectHubSpot } from '../../../lib/systems/hubspot/client';
import { readTarget } from '../store-target';
import { NAME_FIELDS } from './fields';

/** A process that writes contacts to a look-alike, in small batches so that there is much to be killed in. Arguments: the store as `readTarget` reads it, URL, token. */
async function main(target: string, baseUrl: string, accessToken: string): Promise<void> {
	const store = await openStore(readTarget(target));
	const credentials = { accessToken, baseUrl };
	const client = connectHubSpot(credentials, { limit: { maxConcurrent: 5, perWindow: 1_000_000, windowMs: 250 } });
	const contact = hubspot.destinations.contact;
	if (!contact) throw new Error('there are no contacts to write');
	process.stdout.write('started\n');
	await syncDestination(
		store,
		client,
		{
			system: 'hubspot', object: 'contact', account: hubspot.account(credentials), fields: NAME_FIELDS, createMissing: true, segmentTags: false,
			definition: { ...contact, maxBatch: 5, ensureFields: () => Promise.resolve({ created: [] }) },
		},
		{ what: 'pending', dryRun: false, now: Date.now },
	);
	await store.close();
	process.exit(0);
}

const [target = '', url = '', token = ''] = process.argv.slice(2);
main(target, url, token).catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
