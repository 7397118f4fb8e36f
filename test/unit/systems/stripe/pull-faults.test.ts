import { TerminalError, TransientError, disconnectLimiters } from '../../../../lib/transport';
import { stripe } from '../../../../lib/systems/stripe';
import type { StripeOverrides } from '../../../../lib/systems/stripe/client';
import type { Cursor, PullPage } from '../../../../lib/systems/definition';
import { lastCursor, MINUTE, openShop, pages, records, type Shop } from './shop';

const RESTRICTED = { rk_live_customers: ['rak_customer_read'], rk_live_events: ['rak_event_read'] };

let shop: Shop;

beforeEach(async () => {
	shop = await openShop({ restrictedKeys: RESTRICTED, expiredKeys: ['sk_live_yesterday'] });
	shop.add('cus_1', { name: 'Ada Example', email: 'ada@example.com' });
});
afterEach(() => shop.server.close());
afterAll(disconnectLimiters);

function readCustomers(overrides: StripeOverrides = {}, key?: string, cursor: Cursor | null = null): Promise<PullPage[]> {
	const pull = stripe.sources.customer?.pull(shop.connect(overrides, key), { cursor, overlapMs: 0, now: shop.now });
	if (!pull) throw new Error('no source');
	return pages(pull);
}

async function refusalOf(read: Promise<unknown>): Promise<TerminalError | TransientError> {
	const error: unknown = await read.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	if (error instanceof TerminalError || error instanceof TransientError) return error;
	throw new Error(`expected a refusal, got ${String(error)}`);
}

describe('what passes by itself', () => {
	const slowDown = { kind: 'status' as const, status: 429, body: { error: { code: 'rate_limit', message: 'slow down' } } };

	test.each([
		['429 with Retry-After', { ...slowDown, headers: { 'retry-after': '0' } }],
		['429 without Retry-After, as Stripe sends it', slowDown],
		['500', { kind: 'status' as const, status: 500, body: { error: { type: 'api_error', message: 'sorry' } } }],
		['a broken connection', { kind: 'reset' as const }],
		['no answer in time', { kind: 'hang' as const }],
	])('%s is repeated', async (_name, fault) => {
		shop.server.fail({ ...fault, route: 'list customers', times: 1 });
		expect(records(await readCustomers({ timeoutMs: 150 }))).toMatchObject([{ sourceId: 'cus_1' }]);
		expect(shop.server.calls()['list customers']).toBe(2);
	});

	test('the vendor’s own rate limit is waited out', async () => {
		const tight = await openShop({ perSecond: 3 });
		try {
			for (let index = 0; index < 5; index++) tight.add(`cus_${index}`);
			const client = tight.connect({ retries: 8, retryDelayMs: 40 });
			const pull = stripe.sources.customer?.pull(client, { cursor: null, overlapMs: 0, pageSize: 1, now: tight.now });
			expect(pull && records(await pages(pull))).toHaveLength(5);
		} finally {
			await tight.server.close();
		}
	});
});

test('a fault that stays is a TransientError, and the cursor of the page before goes on afterwards', async () => {
	for (let index = 0; index < 6; index++) shop.add(`cus_more_${index}`);
	const pull = shop.pull('customer', { pageSize: 3 });
	const first = await pull.next();
	shop.server.fail({ kind: 'status', status: 503, times: 5, route: 'list customers' });
	expect(await refusalOf(pull.next())).toBeInstanceOf(TransientError);
	const rest = await pages(shop.pull('customer', { cursor: first.value?.cursor ?? null }));
	expect(new Set([...(first.value?.records ?? []), ...records(rest)].map((record) => record.sourceId)).size).toBe(7);
});

test('a Retry-After that is too long to wait for is handed on', async () => {
	shop.server.fail({ kind: 'status', status: 429, headers: { 'retry-after': '120' }, times: 1, route: 'list events' });
	const error = await refusalOf(readCustomers());
	expect(error).toBeInstanceOf(TransientError);
	expect(error.context.retryAfterMs).toBe(120_000);
});

describe('credentials', () => {
	test.each([
		['an unknown key', 'sk_live_somebody_elses', /Check the secret key in the credential/],
		['an expired key', 'sk_live_yesterday', /Roll the key/],
		['a key that may not read events', 'rk_live_customers', /rak_event_read/],
		['a key that may not read customers', 'rk_live_events', /rak_customer_read/],
	])('%s: says what to do, without the key', async (_name, key, remedy) => {
		const error = await refusalOf(readCustomers({}, key));
		expect(error).toBeInstanceOf(TerminalError);
		expect(error.message).toMatch(remedy);
		expect(error.message).not.toContain(key.slice(-4));
	});

	test('a missing permission for events is told before anything is listed', async () => {
		await refusalOf(readCustomers({}, 'rk_live_customers'));
		expect(shop.server.calls()['list customers']).toBeUndefined();
	});
});

describe('answers that are not what they should be', () => {
	const list = (data: unknown[], more = false): Record<string, unknown> => ({ object: 'list', data, has_more: more, url: '/v1/customers' });

	test.each([
		['a web page', { kind: 'garbage' as const }, 'body'],
		['a record without an ID', { kind: 'status' as const, status: 200, body: list([{ object: 'customer', created: 1 }]) }, 'data.0.id'],
		['a record without a date', { kind: 'status' as const, status: 200, body: list([{ id: 'cus_1' }]) }, 'data.0.created'],
		['more announced than given', { kind: 'status' as const, status: 200, body: list([], true) }, 'body'],
	])('%s is refused as a whole and names the place', async (_name, fault, field) => {
		shop.server.fail({ ...fault, route: 'list customers', times: 1 });
		const error = await refusalOf(readCustomers());
		expect(error).toBeInstanceOf(TerminalError);
		expect(error.context.field).toBe(field);
	});

	test('an event without its object is refused, and the next pull reads it again', async () => {
		const cursor = lastCursor(await readCustomers());
		shop.pass(MINUTE);
		shop.add('cus_2');
		const body = list([{ id: 'evt_1', created: 1, type: 'customer.updated', data: {} }]);
		shop.server.fail({ kind: 'status', status: 200, times: 1, route: 'list events', body });
		expect((await refusalOf(readCustomers({}, undefined, cursor))).context.field).toBe('data.0.data.object');
		expect(records(await readCustomers({}, undefined, cursor)).map((record) => record.sourceId)).toContain('cus_2');
	});

	test('answers without a date go on from the newest event', async () => {
		const cursor = lastCursor(await readCustomers());
		shop.pass(MINUTE);
		shop.add('cus_2');
		const body = list([...shop.state.events.newestFirst()]);
		shop.server.fail({ kind: 'status', status: 200, times: 1, route: 'list events', headers: { date: '' }, body });
		const read = await readCustomers({}, undefined, cursor);
		expect(lastCursor(read).from).toBe(shop.state.now());
	});

	test('a cursor of something else is refused with a way out', async () => {
		const error = await refusalOf(readCustomers({}, undefined, { page: 3 }));
		expect(error.message).toMatch(/Reset the cursor/);
	});
});

test('a record of a megabyte, other scripts and nulls everywhere pass through unchanged', async () => {
	const name = '\u0645\u062d\u0645\u062f \u{1F642}';
	shop.add('cus_big', { name, description: 'x'.repeat(1_000_000), address: { city: null, country: null, line1: null } });
	const big = records(await readCustomers()).find((record) => record.sourceId === 'cus_big');
	expect(big?.raw).toEqual(shop.state.customers.get('cus_big'));
});
