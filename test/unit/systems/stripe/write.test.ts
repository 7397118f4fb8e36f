import { stripe } from '../../../../lib/systems/stripe';
import { TerminalError, TransientError, disconnectLimiters } from '../../../../lib/transport';
import type { StripeOverrides } from '../../../../lib/systems/stripe/client';
import type { WriteItem, WriteResult } from '../../../../lib/systems/definition';
import { lastCursor, MINUTE, openShop, pages, records, type Shop } from './shop';

let shop: Shop;

beforeEach(async () => {
	shop = await openShop({ restrictedKeys: { rk_live_reader: ['rak_customer_read'] } });
	shop.add('cus_1', { name: 'Ada Example', metadata: { plan: 'gold' } });
});
afterEach(() => shop.server.close());
afterAll(disconnectLimiters);

const destination = stripe.destinations.customer;

function item(fields: WriteItem['fields'], targetId: string | null = 'cus_1'): WriteItem {
	return { targetId, canonicalId: 'c360_1', fields };
}

async function write(one: WriteItem, overrides: StripeOverrides = {}, key?: string): Promise<WriteResult | undefined> {
	return (await destination?.write(shop.connect(overrides, key), [one]))?.[0];
}

function metadata(id = 'cus_1'): unknown {
	return shop.state.customers.get(id)?.metadata;
}

test('writes text, numbers and truth values as metadata and leaves what is not ours', async () => {
	const result = await write(item({ c360_id: 'c360_1', c360_lifetime_value: 1234.5, c360_vip: true, 'c360 odd & name': 'Zo\u00eb = 100 %' }));
	expect(result).toEqual({ status: 'acknowledged', targetId: 'cus_1' });
	expect(metadata()).toEqual({
		plan: 'gold', c360_id: 'c360_1', c360_lifetime_value: '1234.5', c360_vip: 'true', 'c360 odd & name': 'Zo\u00eb = 100 %',
	});
});

test('null takes a field away', async () => {
	await write(item({ c360_id: 'c360_1', c360_segments: 'at_risk' }));
	await write(item({ c360_segments: null }));
	expect(metadata()).toEqual({ plan: 'gold', c360_id: 'c360_1' });
});

test('our own write comes back with the next pull', async () => {
	const first = await pages(shop.pull('customer'));
	shop.pass(MINUTE);
	await write(item({ c360_id: 'c360_1' }));
	const next = records(await pages(shop.pull('customer', { cursor: lastCursor(first), overlapMs: 0 })));
	expect(next).toMatchObject([{ sourceId: 'cus_1', raw: { metadata: { c360_id: 'c360_1' } } }]);
});

test('an item with nothing to say calls nobody', async () => {
	expect(await write(item({}))).toEqual({ status: 'acknowledged', targetId: 'cus_1' });
	expect(shop.server.writes()).toBe(0);
});

describe('repeats', () => {
	test.each([
		['the answer breaks off after the write', { kind: 'reset' as const, after: true }],
		['the answer is a 500 after the write', { kind: 'status' as const, status: 500, after: true }],
		['the write never arrives', { kind: 'reset' as const }],
	])('%s: one change, acknowledged', async (_name, fault) => {
		shop.server.fail({ ...fault, route: 'update customer', times: 1 });
		const before = shop.state.events.size;
		expect(await write(item({ c360_id: 'c360_1' }))).toEqual({ status: 'acknowledged', targetId: 'cus_1' });
		expect(shop.state.events.size).toBe(before + 1);
	});

	test('the same values written again later are carried out, not answered from memory', async () => {
		await write(item({ c360_id: 'c360_1' }));
		shop.change('cus_1', { metadata: { plan: 'gold' } });
		await write(item({ c360_id: 'c360_1' }));
		expect(metadata()).toEqual({ plan: 'gold', c360_id: 'c360_1' });
	});
});

describe('refusals of one item', () => {
	test('a customer that is gone fails and says which', async () => {
		shop.state.deleteCustomer('cus_1');
		const result = await write(item({ c360_id: 'c360_1' }));
		expect(result).toMatchObject({ status: 'failed', reason: expect.stringContaining('record cus_1') as string });
	});

	test('creating is not done here', async () => {
		expect(await write(item({ c360_id: 'c360_1' }, null))).toMatchObject({ status: 'failed' });
		expect(shop.server.writes()).toBe(0);
	});

	test.each([
		['a name of more than 40 characters', 'c360_'.padEnd(41, 'x')],
		['a name with square brackets', 'c360[id]'],
		['the field by which another system knows the customer', 'user_id'],
	])('%s fails without a call and names the field', async (_name, field) => {
		expect(await write(item({ [field]: 'x' }))).toMatchObject({ status: 'failed', field });
		expect(shop.server.writes()).toBe(0);
	});

	test('a customer whose metadata is full fails with the vendor’s reason', async () => {
		const full = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key${index}`, 'x']));
		shop.change('cus_1', { metadata: full });
		const reason = expect.stringMatching(/up to 50 keys/) as string;
		expect(await write(item({ c360_id: 'c360_1' }))).toMatchObject({ status: 'failed', field: 'metadata', reason });
	});

	test('an object that is locked is for the next run', async () => {
		const body = { error: { type: 'invalid_request_error', code: 'lock_timeout', message: 'This object cannot be accessed right now.' } };
		shop.server.fail({ kind: 'status', status: 429, body, times: 5, route: 'update customer' });
		expect(await write(item({ c360_id: 'c360_1' }))).toMatchObject({ status: 'retry' });
	});

	test('a key whose first call is still under way is for the next run', async () => {
		const body = { error: { type: 'idempotency_error', code: 'idempotency_key_in_use', message: 'There is currently another in-progress request.' } };
		shop.server.fail({ kind: 'status', status: 409, body, times: 1, route: 'update customer' });
		expect(await write(item({ c360_id: 'c360_1' }))).toMatchObject({ status: 'retry' });
	});

	test('one customer that the vendor cannot write does not stop the others', async () => {
		shop.add('cus_2');
		shop.server.fail({ kind: 'status', status: 500, times: 3, route: 'update customer', body: { error: { type: 'api_error' } } });
		const results = [await write(item({ c360_id: 'a' }), { retries: 2 }), await write(item({ c360_id: 'b' }, 'cus_2'), { retries: 2 })];
		expect(results.map((result) => result?.status)).toEqual(['retry', 'acknowledged']);
	});
});

describe('refusals of the whole call are thrown', () => {
	test('a wrong key', async () => {
		await expect(write(item({ c360_id: 'x' }), {}, 'sk_live_wrong')).rejects.toThrow(/Check the secret key/);
	});

	test('a key that may only read', async () => {
		await expect(write(item({ c360_id: 'x' }), {}, 'rk_live_reader')).rejects.toThrow(/rak_customer_write/);
	});

	test('a rate limit that does not end', async () => {
		const body = { error: { code: 'rate_limit', message: 'Request rate limit exceeded.' } };
		shop.server.fail({ kind: 'status', status: 429, body, times: 3, route: 'update customer' });
		await expect(write(item({ c360_id: 'x' }), { retries: 2 })).rejects.toBeInstanceOf(TransientError);
	});

	test('no answer at all', async () => {
		shop.server.fail({ kind: 'hang', times: 2, route: 'update customer' });
		await expect(write(item({ c360_id: 'x' }), { retries: 1, timeoutMs: 100 })).rejects.toBeInstanceOf(TransientError);
	});

	test('an answer that is not Stripe’s', async () => {
		shop.server.fail({ kind: 'garbage', times: 1, route: 'update customer' });
		await expect(write(item({ c360_id: 'x' }))).rejects.toBeInstanceOf(TerminalError);
	});
});

describe('fields', () => {
	test('the default fields are taken as they are, and nothing is created, the first time or the second', async () => {
		const fields = destination?.defaultFields ?? [];
		expect(await destination?.ensureFields(shop.client, fields)).toEqual({ created: [] });
		expect(await destination?.ensureFields(shop.client, fields)).toEqual({ created: [] });
		expect(shop.server.calls()).toEqual({});
		await write(item(Object.fromEntries(fields.map((field) => [field.target, 'x']))));
		expect(Object.keys(metadata() as object)).toHaveLength(fields.length + 1);
	});

	test('a name that Stripe would refuse is refused before the first write', async () => {
		const field = { source: 'canonical_id', target: 'c360[id]', label: 'ID', type: 'text' as const };
		await expect(destination?.ensureFields(shop.client, [field])).rejects.toThrow(/field c360\[id\].*square brackets/);
	});

	test('the drop-down has the metadata in use and ours, but not what belongs to others', async () => {
		shop.add('cus_2', { metadata: { user_id: 'u-1', account_manager: 'Kim' } });
		const names = (await destination?.listFields(shop.client))?.map((field) => field.name) ?? [];
		expect(names).toEqual(expect.arrayContaining(['account_manager', 'plan', 'c360_id']));
		expect(names).not.toContain('user_id');
	});
});
