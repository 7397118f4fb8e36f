import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAllStores, disconnectLimiters, openStore, pullSource, syncDestination, SYSTEM_IDS, SYSTEMS } from '../../lib';
import { connectHubSpot, type HubSpotCredentials } from '../../lib/systems/hubspot/client';
import { startHubSpot } from '../../test/sandbox/hubspot/server';

const PROFILES = 10_000;
const CHANGED = 500;
const NO_LIMIT = { maxConcurrent: 50, perWindow: 1_000_000, windowMs: 250 };

/** Write calls that a look-alike of HubSpot receives for 500 changed profiles of 10,000, and for the run after that. */
export async function writeBackCalls(): Promise<{ changed: number; again: number; seconds: number }> {
	const folder = mkdtempSync(join(tmpdir(), 'customer360-bench-'));
	const { server, state, credentials } = await startHubSpot({ settings: { callsPerTenSeconds: 1_000_000, searchesPerSecond: 1_000_000 } });
	const hubspot = SYSTEMS.hubspot;
	const [source, contact] = [hubspot?.sources.contact, hubspot?.destinations.contact];
	if (!hubspot || !source || !contact) throw new Error('HubSpot has no contacts');
	const client = connectHubSpot(credentials as unknown as HubSpotCredentials, { limit: NO_LIMIT, searchLimit: NO_LIMIT });
	const store = await openStore({ file: join(folder, 'identity.sqlite') });
	const fields = [{ source: 'job_title', target: 'c360_job', label: 'Job', type: 'text' as const }];
	const destination = { system: 'hubspot', object: 'contact', account: hubspot.account(credentials), fields, createMissing: false, segmentTags: false, definition: contact };
	const pull = () =>
		pullSource({
			store, client, system: 'hubspot', object: 'contact', source, scope: 'source:hubspot:contact@bench',
			delivery: { firstRun: 'store', later: 'store' }, systems: SYSTEM_IDS, overlapMs: 300_000, budgetMs: 600_000, now: Date.now, emit: () => Promise.resolve(true),
		});
	const sync = () => syncDestination(store, client, destination, { what: 'pending', dryRun: false, now: Date.now });
	try {
		const ids = Array.from({ length: PROFILES }, (_, index) =>
			state.add('contacts', { email: `person${index}@brindlewood-${index}.com`, firstname: `Given${index}`, lastname: `Family${index}`, jobtitle: `Job ${index}` }),
		).map(({ id }) => id);
		await pull();
		await sync();
		for (const id of ids.slice(0, CHANGED)) state.change('contacts', id, { jobtitle: 'Another job' });
		await pull();
		server.resetCalls();
		const begun = performance.now();
		await sync();
		const seconds = (performance.now() - begun) / 1000;
		const changed = server.writes();
		server.resetCalls();
		await sync();
		return { changed, again: server.writes(), seconds };
	} finally {
		await closeAllStores();
		await server.close();
		await disconnectLimiters();
		rmSync(folder, { recursive: true, force: true });
	}
}
