import { hash } from 'node:crypto';
import type { RawRecord } from '../../../../lib/domain';
import type { Cursor, PullOptions, PullPage } from '../../../../lib/systems/definition';
import { stripe } from '../../../../lib/systems/stripe';
import { connectStripe, type StripeOverrides } from '../../../../lib/systems/stripe/client';
import { compareRecordVersions, type RecordVersion } from '../../../../lib/store/record-version';
import type { HttpClient } from '../../../../lib/transport';
import { customerObject } from '../../../sandbox/stripe/objects';
import { startStripe, type StripeSandboxOptions } from '../../../sandbox/stripe/server';
import type { StoredObject, StripeState } from '../../../sandbox/stripe/state';
import type { VendorServer } from '../../../sandbox/vendor-server';

export const START = Date.parse('2024-05-01T12:00:00Z');
export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** A running look-alike whose time the test moves, and a client that does not wait long. */
export interface Shop {
	server: VendorServer;
	state: StripeState;
	client: HttpClient;
	credentials: { secretKey: string; baseUrl: string };
	/** Moves the vendor's time forward, milliseconds. */
	pass(ms: number): void;
	now(): number;
	connect(overrides?: StripeOverrides, secretKey?: string): HttpClient;
	add(id: string, fields?: Record<string, unknown>): StoredObject;
	change(id: string, fields: Record<string, unknown>): StoredObject;
	pull(object: string, options?: Partial<PullOptions>): AsyncGenerator<PullPage, void, undefined>;
}

const NO_LIMIT = { maxConcurrent: 50, perWindow: 1_000_000, windowMs: 250 };

export async function openShop(options: StripeSandboxOptions = {}): Promise<Shop> {
	let time = START;
	const { server, state, credentials } = await startStripe({ clock: () => time, perSecond: 1_000_000, ...options });
	const connect = (overrides: StripeOverrides = {}, secretKey = credentials.secretKey ?? ''): HttpClient =>
		connectStripe({ secretKey, baseUrl: server.url }, { retryDelayMs: 1, timeoutMs: 5000, limit: NO_LIMIT, ...overrides });
	const client = connect();
	return {
		server,
		state,
		client,
		credentials: { secretKey: credentials.secretKey ?? '', baseUrl: server.url },
		pass: (ms) => {
			time += ms;
		},
		now: () => time,
		connect,
		add: (id, fields) => state.save('customer', customerObject(id, state.now(), fields), 'customer.created'),
		change: (id, fields) => state.save('customer', { ...(state.customers.get(id) as StoredObject), ...fields }, 'customer.updated'),
		pull: (object, given) => {
			const source = stripe.sources[object];
			if (!source) throw new Error(`no source ${object}`);
			return source.pull(client, { cursor: null, overlapMs: 5 * MINUTE, now: () => time, ...given });
		},
	};
}

/** All pages of one pull. */
export async function pages(pull: AsyncGenerator<PullPage, void, undefined>): Promise<PullPage[]> {
	const result: PullPage[] = [];
	for await (const page of pull) result.push(page);
	return result;
}

export function records(read: readonly PullPage[]): RawRecord[] {
	return read.flatMap((page) => page.records);
}

export function lastCursor(read: readonly PullPage[]): Cursor {
	const cursor = read.at(-1)?.cursor;
	if (!cursor) throw new Error('the pull gave no page');
	return cursor;
}

/** Reads to the end, but as a program that stops after every single page and starts again from what it had saved. */
export async function pullWithStops(shop: Shop, object: string, options: Partial<PullOptions>): Promise<PullPage[]> {
	const read: PullPage[] = [];
	let cursor = options.cursor ?? null;
	for (;;) {
		const rest = shop.pull(object, { ...options, cursor });
		const first = await rest.next();
		if (first.done) return read;
		const ended = await rest.next();
		read.push(first.value);
		cursor = first.value.cursor;
		if (ended.done) return read;
		await rest.return();
	}
}

/** What the store keeps of many readings, by the store's own rule. */
export class Kept {
	readonly byId = new Map<string, RawRecord>();

	put(read: readonly RawRecord[]): void {
		for (const record of read) {
			const known = this.byId.get(record.sourceId);
			if (!known || compareRecordVersions(versionOf(known), versionOf(record)) < 0) this.byId.set(record.sourceId, record);
		}
	}

	live(): Record<string, unknown> {
		return Object.fromEntries([...this.byId].filter(([, record]) => !record.deleted).map(([id, record]) => [id, record.raw]));
	}
}

function versionOf(record: RawRecord): RecordVersion {
	return { ...record, hash: hash('sha256', JSON.stringify(record.raw)) };
}

export function everything(shop: Shop): Record<string, unknown> {
	return Object.fromEntries(shop.state.customers.newestFirst().map((customer) => [customer.id, customer]));
}
