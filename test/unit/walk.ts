import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	closeAllStores,
	type Destination,
	type DestinationObject,
	disconnectLimiters,
	type HttpClient,
	type HttpRequest,
	type IdentityStore,
	openStore,
	type Profile,
	pullSource,
	type PullSourceOptions,
	type RecordRef,
	type Settings,
	type SourceObject,
	type SyncOptions,
	syncDestination,
	type SyncResult,
	type SyncSummary,
	SYSTEM_IDS,
	type SystemDefinition,
	SYSTEMS,
	toProfiles,
} from '../../lib';
import { connectHubSpot, type HubSpotCredentials } from '../../lib/systems/hubspot/client';
import { connectMailchimp, type MailchimpCredentials } from '../../lib/systems/mailchimp/client';
import { connectStripe, type StripeCredentials } from '../../lib/systems/stripe/client';
import { createZendesk, type ZendeskCredentials } from '../../lib/systems/zendesk';
import { type HubSpotOptions, startHubSpot } from '../sandbox/hubspot/server';
import { startMailchimp, type MailchimpOptions } from '../sandbox/mailchimp/server';
import { startStripe } from '../sandbox/stripe/server';
import type { VendorServer } from '../sandbox/vendor-server';
import type { World } from '../sandbox/world';
import { startZendesk } from '../sandbox/zendesk/server';

const NO_LIMIT = { maxConcurrent: 50, perWindow: 1_000_000, windowMs: 250 };
const QUICK = { retryDelayMs: 1, timeoutMs: 2_000 };

const open: VendorServer[] = [];
const folders: string[] = [];

/** One system with its look-alike and a client that does not wait long. */
export interface Bench<State> {
	system: SystemDefinition;
	server: VendorServer;
	state: State;
	credentials: Record<string, string>;
	client: HttpClient;
}

export function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'customer360-walk-'));
	folders.push(folder);
	return folder;
}

export function newStore(): Promise<IdentityStore> {
	return openStore({ file: join(newFolder(), 'identity.sqlite') });
}

/** For afterEach: closes what the test has opened. */
export async function tidyUp(): Promise<void> {
	await closeAllStores();
	await Promise.all(open.splice(0).map((server) => server.close()));
	await disconnectLimiters();
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export async function hubspotBench(world?: World['hubspot'], options: HubSpotOptions = {}) {
	const box = await startHubSpot({ world, settings: { callsPerTenSeconds: 1_000_000, searchesPerSecond: 1_000_000 }, ...options });
	open.push(box.server);
	const client = connectHubSpot(box.credentials as unknown as HubSpotCredentials, { ...QUICK, limit: NO_LIMIT, searchLimit: NO_LIMIT });
	return { system: SYSTEMS.hubspot as SystemDefinition, ...box, client };
}

export async function stripeBench(world?: World['stripe']) {
	const box = await startStripe({ world, perSecond: 1_000_000 });
	open.push(box.server);
	return { system: SYSTEMS.stripe as SystemDefinition, ...box, client: connectStripe(box.credentials as StripeCredentials, { ...QUICK, limit: NO_LIMIT }) };
}

export async function zendeskBench(world?: World['zendesk']) {
	const box = await startZendesk({ world, exportsPerMinute: 1_000_000, requestsPerMinute: 1_000_000, heldBackS: 0 });
	open.push(box.server);
	const system = createZendesk({ ...QUICK, jobPollMs: 1, exportsPerMinute: 1_000_000 });
	return { system: system as unknown as SystemDefinition, ...box, client: system.connect(box.credentials as ZendeskCredentials) };
}

export async function mailchimpBench(world?: World['mailchimp'], options: MailchimpOptions = {}) {
	const box = await startMailchimp({ world, ...options });
	open.push(box.server);
	const client = connectMailchimp(box.credentials as MailchimpCredentials, { ...QUICK, pollMs: 1 });
	return { system: SYSTEMS.mailchimp as SystemDefinition, ...box, client };
}

/** Sees what goes to the vendor, and lets it go. */
export function watched(client: HttpClient): HttpClient & { requests: HttpRequest<unknown>[] } {
	const requests: HttpRequest<unknown>[] = [];
	return {
		...client,
		requests,
		request: (request) => {
			requests.push(structuredClone({ ...request, reply: undefined, form: request.form?.toString() }) as unknown as HttpRequest<unknown>);
			return client.request(request);
		},
	};
}

export function pullOptions<S>(store: IdentityStore, bench: Bench<S>, object: string, given: Partial<PullSourceOptions> = {}): PullSourceOptions {
	return {
		store,
		client: bench.client,
		system: bench.system.id,
		object,
		source: bench.system.sources[object] as SourceObject,
		scope: `source:${bench.system.id}:${object}@test`,
		delivery: { firstRun: 'store', later: 'store' },
		systems: SYSTEM_IDS,
		overlapMs: 300_000,
		budgetMs: 600_000,
		now: Date.now,
		emit: () => Promise.resolve(true),
		...given,
	};
}

/** Reads all objects of a system, or those named, into the store. */
export async function pull<S>(store: IdentityStore, bench: Bench<S>, objects = Object.keys(bench.system.sources)): Promise<void> {
	for (const object of objects) await pullSource(pullOptions(store, bench, object));
}

export type SyncChoices = Partial<Omit<Destination, 'definition'>> &
	Partial<SyncOptions> & { client?: HttpClient; definition?: Partial<DestinationObject>; settings?: Settings };

/** One run of a sync, with everything that it said. */
export async function sync<S>(
	store: IdentityStore,
	bench: Bench<S>,
	object: string,
	choices: SyncChoices = {},
): Promise<SyncSummary & { results: SyncResult[] }> {
	const definition = { ...(bench.system.destinations[object] as DestinationObject), ...choices.definition };
	const results: SyncResult[] = [];
	const destination: Destination = {
		system: bench.system.id,
		object,
		account: bench.system.account(bench.credentials),
		createMissing: false,
		segmentTags: definition.tags,
		fields: definition.defaultFields,
		...choices,
		definition,
	};
	const summary = await syncDestination(store, choices.client ?? bench.client, destination, {
		what: choices.what ?? 'pending',
		dryRun: choices.dryRun ?? false,
		settings: choices.settings,
		now: choices.now ?? Date.now,
		onResults: async (some) => {
			results.push(...some);
			await choices.onResults?.(some);
		},
	});
	return { ...summary, results };
}

export async function profiles(store: IdentityStore): Promise<Profile[]> {
	return await store.read(async (tx) => toProfiles(tx, await tx.profiles.scan(0, 100_000)));
}

/** The profile that this record belongs to. */
export async function profileOf(store: IdentityStore, ref: Omit<RecordRef, 'object'> & { object: string }): Promise<Profile> {
	const found = (await profiles(store)).find(({ records }) =>
		records.some((record) => record.system === ref.system && record.object === ref.object && record.sourceId === ref.sourceId),
	);
	if (!found) throw new Error(`no profile has ${ref.system} ${ref.object} ${ref.sourceId}`);
	return found;
}

export function ledgerName<S>(bench: Bench<S>, object: string): string {
	return `${bench.system.id}:${object}@${bench.system.account(bench.credentials)}`;
}

/** How many entries of the ledger have which status, those with none left out. */
export async function ledger<S>(store: IdentityStore, bench: Bench<S>, object: string): Promise<Record<string, number>> {
	const counts = await store.read((tx) => tx.ledger.counts(ledgerName(bench, object)));
	return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

export async function failureOf(attempt: Promise<unknown>): Promise<Error> {
	const outcome: unknown = await attempt.then(
		() => new Error('it did not fail'),
		(error: unknown) => error,
	);
	return outcome as Error;
}
