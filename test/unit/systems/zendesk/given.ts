import type { RawRecord } from '../../../../lib/domain';
import type { Cursor, PullOptions, PullPage, SourceObject, WriteItem } from '../../../../lib/systems/definition';
import { createZendesk, type ZendeskCredentials, type ZendeskOverrides } from '../../../../lib/systems/zendesk';
import { disconnectLimiters, type HttpClient } from '../../../../lib/transport';
import { startZendesk, type ZendeskOptions } from '../../../sandbox/zendesk/server';
import { organizationOf, ticketOf, userOf } from '../../../sandbox/zendesk/seed';
import type { ZendeskOrganization, ZendeskState, ZendeskTicket, ZendeskUser } from '../../../sandbox/zendesk/state';
import type { VendorServer } from '../../../sandbox/vendor-server';

/** Noon of an ordinary day: the look-alike's clock unless a test moves it. */
export const NOON = Date.parse('2026-03-02T12:00:00Z');

export interface Given {
	zendesk: ReturnType<typeof createZendesk>;
	client: HttpClient;
	server: VendorServer;
	state: ZendeskState;
	credentials: ZendeskCredentials;
	/** The look-alike's clock, in milliseconds. */
	clock: { now: number };
}

const running: VendorServer[] = [];

/** A running look-alike with a client for it, quick to repeat and to poll. */
export async function given(options: ZendeskOptions = {}, overrides: ZendeskOverrides = {}): Promise<Given> {
	const clock = { now: NOON };
	const sandbox = await startZendesk({ clock: () => clock.now, exportsPerMinute: 1000, ...options });
	running.push(sandbox.server);
	const zendesk = createZendesk({ retryDelayMs: 2, timeoutMs: 2000, jobPollMs: 1, exportsPerMinute: 1000, ...overrides });
	const credentials = sandbox.credentials as ZendeskCredentials;
	return { zendesk, client: zendesk.connect(credentials), server: sandbox.server, state: sandbox.state, credentials, clock };
}

/** With our user fields in place, as before the first write of a run. */
export async function ready(...args: Parameters<typeof given>): Promise<Given & { users: ReturnType<typeof destination> }> {
	const world = await given(...args);
	const users = destination(world.zendesk, 'user');
	await users.ensureFields(world.client, users.defaultFields);
	world.server.resetCalls();
	return { ...world, users };
}

export async function closeAll(): Promise<void> {
	await Promise.all(running.splice(0).map((server) => server.close()));
	await disconnectLimiters();
}

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

/** Seconds since 1970, so many seconds before noon. */
export const before = (seconds: number) => NOON / 1000 - seconds;

export function addUser(state: ZendeskState, id: number, changedAt: number, more: Partial<ZendeskUser> = {}): ZendeskUser {
	const seed = { id: String(id), firstName: 'Ada', lastName: `Nr${id}`, email: `ada${id}@example.com`, createdAt: iso(0), updatedAt: iso(changedAt) };
	const user = { ...userOf(seed, ''), ...more };
	state.users.set(id, user);
	return user;
}

export function addOrganization(state: ZendeskState, id: number, changedAt: number, more: Partial<ZendeskOrganization> = {}): void {
	const seed = { id: String(id), truthId: '', name: `Firm ${id}`, domain: `firm${id}.example`, phone: null, city: null, country: null };
	state.organizations.set(id, { ...organizationOf({ ...seed, createdAt: iso(0), updatedAt: iso(changedAt) }, ''), ...more });
}

export function addTicket(state: ZendeskState, id: number, changedAt: number, more: Partial<ZendeskTicket> = {}): void {
	const seed = { id: String(id), requesterId: '7', subject: `Question ${id}`, status: 'open', priority: 'high' } as const;
	state.tickets.set(id, { ...ticketOf({ ...seed, createdAt: iso(0), updatedAt: iso(changedAt) }, ''), ...more });
}

export async function pages(source: SourceObject, client: HttpClient, options: Partial<PullOptions> = {}): Promise<PullPage[]> {
	const all: PullPage[] = [];
	for await (const page of source.pull(client, { cursor: null, overlapMs: 0, ...options })) all.push(page);
	return all;
}

export const recordsOf = (all: readonly PullPage[]): RawRecord[] => all.flatMap((page) => page.records);

export const idsOf = (all: readonly PullPage[]): string[] => recordsOf(all).map((record) => record.sourceId);

/** As it comes back from the store. */
export function lastCursor(all: readonly PullPage[]): Cursor {
	return JSON.parse(JSON.stringify(all.at(-1)?.cursor)) as Cursor;
}

export function source(zendesk: Given['zendesk'], object: 'user' | 'organization' | 'ticket'): SourceObject {
	const found = zendesk.sources[object];
	if (!found) throw new Error(`no source ${object}`);
	return found;
}

export function destination(zendesk: Given['zendesk'], object: 'user' | 'organization') {
	const found = zendesk.destinations[object];
	if (!found) throw new Error(`no destination ${object}`);
	return found;
}

export function item(targetId: string | null, fields: WriteItem['fields'] = { c360_id: 'C1' }, email?: string): WriteItem {
	return { targetId, canonicalId: 'C1', fields, ...(email && { email }) };
}
