import { connectHubSpot, type HubSpotCredentials, type HubSpotOverrides } from '../../../../lib/systems/hubspot';
import type { Cursor, PullPage, SourceObject } from '../../../../lib/systems/definition';
import { disconnectLimiters, type HttpClient } from '../../../../lib/transport';
import { startHubSpot, type HubSpotOptions } from '../../../sandbox/hubspot/server';
import type { HubSpotState } from '../../../sandbox/hubspot/state';
import type { VendorServer } from '../../../sandbox/vendor-server';

export const MINUTE = 60_000;
export const START = Date.parse('2024-03-01T09:00:00.000Z');

/** One look-alike for a test, with a clock that the test moves. */
export interface Bench {
	state: HubSpotState;
	server: VendorServer;
	client: HttpClient;
	credentials: HubSpotCredentials;
	clock: { now: number };
}

const open: Bench[] = [];
const FAST = { maxConcurrent: 4, perWindow: 10_000, windowMs: 1000 };

export async function openBench(options: HubSpotOptions = {}, overrides: HubSpotOverrides = {}): Promise<Bench> {
	const clock = { now: START };
	const settings = { callsPerTenSeconds: 100_000, searchesPerSecond: 100_000, ...options.settings };
	const { state, server, credentials } = await startHubSpot({ clock: () => clock.now, ...options, settings });
	const account: HubSpotCredentials = { accessToken: credentials.accessToken ?? '', baseUrl: server.url };
	const client = connectHubSpot(account, { retryDelayMs: 5, timeoutMs: 2000, limit: FAST, searchLimit: FAST, ...overrides });
	const bench = { state, server, client, credentials: account, clock };
	open.push(bench);
	return bench;
}

export async function closeBenches(): Promise<void> {
	await Promise.all(open.splice(0).map(({ server }) => server.close()));
	await disconnectLimiters();
}

/** Reads pages until the source has caught up, or until `pages` of them. */
export async function pullAll(
	source: SourceObject,
	{ client, clock }: Pick<Bench, 'client' | 'clock'>,
	cursor: Cursor | null,
	more: { overlapMs?: number; pageSize?: number; pages?: number; since?: string } = {},
): Promise<{ pages: PullPage[]; ids: string[]; cursor: Cursor }> {
	const pages: PullPage[] = [];
	const options = { cursor, overlapMs: more.overlapMs ?? 0, now: () => clock.now, pageSize: more.pageSize, since: more.since };
	for await (const page of source.pull(client, options)) {
		// As the store does it: a cursor travels as JSON.
		pages.push({ ...page, cursor: JSON.parse(JSON.stringify(page.cursor)) as Cursor });
		if (pages.length === more.pages) break;
	}
	const last = pages.at(-1);
	if (!last) throw new Error('the pull gave no page');
	return { pages, ids: pages.flatMap((page) => page.records.map((record) => record.sourceId)), cursor: last.cursor };
}
