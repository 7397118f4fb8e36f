import { subscriptionActivity } from '../../../../lib/systems/stripe/activity';
import { startStripe } from '../../../sandbox/stripe/server';
import type { World } from '../../../sandbox/world/types';
import { openShop, START, type Shop } from './shop';

/** The look-alike is judged by what the vendor's documentation says, over plain HTTP. */
let shop: Shop;

beforeEach(async () => {
	shop = await openShop();
});
afterEach(() => shop.server.close());

interface Answer {
	status: number;
	headers: Headers;
	body: Record<string, unknown> & { data?: { id: string }[]; has_more?: boolean; error?: Record<string, unknown> };
}

async function call(method: string, path: string, form?: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
	const response = await fetch(`${shop.server.url}${path}`, {
		method,
		headers: { authorization: `Bearer ${shop.credentials.secretKey}`, ...headers },
		...(form && { body: new URLSearchParams(form) }),
	});
	return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
}

const ids = (answer: Answer): string[] => (answer.body.data ?? []).map((one) => one.id);

test('pages down and up again meet the same objects', async () => {
	for (let index = 0; index < 7; index++) {
		shop.add(`cus_${index}`);
		shop.pass(1000);
	}
	const first = await call('GET', '/v1/customers?limit=3');
	expect([ids(first), first.body.has_more]).toEqual([['cus_6', 'cus_5', 'cus_4'], true]);
	const second = await call('GET', '/v1/customers?limit=3&starting_after=cus_4');
	expect([ids(second), second.body.has_more]).toEqual([['cus_3', 'cus_2', 'cus_1'], true]);
	const back = await call('GET', '/v1/customers?limit=3&ending_before=cus_3');
	expect([ids(back), back.body.has_more]).toEqual([['cus_6', 'cus_5', 'cus_4'], false]);
	const low = await call('GET', '/v1/customers?limit=3&ending_before=cus_0');
	expect([ids(low), low.body.has_more]).toEqual([['cus_3', 'cus_2', 'cus_1'], true]);
});

test('ten objects a page unless told otherwise, and intervals of time', async () => {
	for (let index = 0; index < 12; index++) {
		shop.add(`cus_${String(index).padStart(2, '0')}`);
		shop.pass(1000);
	}
	expect(ids(await call('GET', '/v1/customers'))).toHaveLength(10);
	const from = START / 1000 + 3;
	expect(ids(await call('GET', `/v1/customers?created[gte]=${from}&created[lt]=${from + 2}`))).toEqual(['cus_04', 'cus_03']);
});

test.each([
	['a page of 101', '/v1/customers?limit=101', 400, 'limit'],
	['a page of none', '/v1/customers?limit=0', 400, 'limit'],
	['a parameter that does not exist', '/v1/customers?updated=1', 400, 'updated'],
	['a place that does not exist', '/v1/customers?starting_after=cus_x', 400, 'starting_after'],
	['a customer that does not exist', '/v1/customers/cus_x', 404, 'id'],
	['items of no subscription', '/v1/subscription_items', 400, 'subscription'],
	['21 types of events', `/v1/events?${Array.from({ length: 21 }, (_, index) => `types[${index}]=a`).join('&')}`, 400, 'types'],
])('%s is refused and named', async (_name, path, status, param) => {
	const answer = await call('GET', path);
	expect([answer.status, answer.body.error?.param]).toEqual([status, param]);
	expect(answer.body.error).toMatchObject({ type: 'invalid_request_error', message: expect.any(String) as string });
});

test('a customer is made, changed, deleted; each leaves its event with the state after it', async () => {
	const { body } = await call('POST', '/v1/customers', { name: 'Ada', 'metadata[plan]': 'gold', 'preferred_locales[0]': 'de' });
	await call('POST', `/v1/customers/${String(body.id)}`, { 'metadata[plan]': '', 'metadata[tier]': '1' });
	await call('DELETE', `/v1/customers/${String(body.id)}`);
	expect((await call('GET', `/v1/customers/${String(body.id)}`)).body).toEqual({ id: body.id, object: 'customer', deleted: true });
	expect((await call('POST', `/v1/customers/${String(body.id)}`, { name: 'Eve' })).status).toBe(404);
	const events = (await call('GET', '/v1/events?type=customer.*')).body.data as unknown as { type: string; data: { object: { metadata: unknown } } }[];
	expect(Object.fromEntries(events.map((event) => [event.type, event.data.object.metadata]))).toEqual({
		'customer.created': { plan: 'gold' },
		'customer.updated': { tier: '1' },
		'customer.deleted': { tier: '1' },
	});
});

test('a change that changes nothing leaves no event', async () => {
	shop.add('cus_1', { metadata: { plan: 'gold' } });
	await call('POST', '/v1/customers/cus_1', { 'metadata[plan]': 'gold' });
	expect(shop.state.events.size).toBe(1);
});

test('events are forgotten after 30 days', async () => {
	shop.add('cus_1');
	shop.pass(31 * 86_400_000);
	expect(ids(await call('GET', '/v1/events'))).toEqual([]);
});

describe('an idempotency key', () => {
	const headers = { 'idempotency-key': 'once' };

	test('gives the first answer again and does nothing twice', async () => {
		const first = await call('POST', '/v1/customers', { name: 'Ada' }, headers);
		const second = await call('POST', '/v1/customers', { name: 'Ada' }, headers);
		expect(second.body).toEqual(first.body);
		expect(second.headers.get('idempotent-replayed')).toBe('true');
		expect(shop.state.customers.size).toBe(1);
	});

	test('is refused with other parameters, and free again after a day', async () => {
		await call('POST', '/v1/customers', { name: 'Ada' }, headers);
		const other = await call('POST', '/v1/customers', { name: 'Eve' }, headers);
		expect([other.status, other.body.error?.type]).toEqual([400, 'idempotency_error']);
		shop.pass(86_400_000 + 1000);
		expect((await call('POST', '/v1/customers', { name: 'Eve' }, headers)).status).toBe(200);
	});

	test('of a refused call can be used again', async () => {
		expect((await call('POST', '/v1/customers', { colour: 'red' }, headers)).status).toBe(400);
		expect((await call('POST', '/v1/customers', { name: 'Ada' }, headers)).status).toBe(200);
	});
});

test('more calls in a second than allowed are refused with the vendor’s code', async () => {
	const tight = await startStripe({ perSecond: 2 });
	try {
		const get = (): Promise<Response> =>
			fetch(`${tight.server.url}/v1/customers`, { headers: { authorization: `Bearer ${tight.credentials.secretKey}` } });
		const answers = await Promise.all([get(), get(), get()]);
		expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 429]);
		const refused = answers.find((answer) => answer.status === 429);
		expect(await refused?.json()).toMatchObject({ error: { code: 'rate_limit' } });
	} finally {
		await tight.server.close();
	}
});

test('calls without a key are refused', async () => {
	const answer = await call('GET', '/v1/customers', undefined, { authorization: '' });
	expect([answer.status, answer.body.error?.type]).toEqual([401, 'invalid_request_error']);
});

test('a made-up company’s customers, subscriptions and invoices stand in it as the vendor would give them', async () => {
	const person = {
		id: 'cus_seed', truthId: 't1', firstName: 'Ada', lastName: 'Example', email: 'ada@example.com', phone: null, jobTitle: null,
		companyId: null, companyName: null, street: 'Main Street 1', city: 'Berlin', postalCode: '10115', country: 'DE', birthDate: null,
		createdAt: '2023-01-02T03:04:05.678Z', updatedAt: '2024-04-20T00:00:00Z', consent: null,
	};
	const world: World['stripe'] = {
		customers: [person, { ...person, id: 'cus_bare', firstName: null, lastName: null, street: null, city: null, postalCode: null, country: null }],
		subscriptions: [
			{
				id: 'sub_1', customerId: 'cus_seed', status: 'canceled', monthlyMinor: 900, currency: 'EUR',
				startedAt: '2023-02-01T00:00:00Z', canceledAt: '2024-04-30T00:00:00Z',
			},
		],
		invoices: [
			{ id: 'in_1', customerId: 'cus_seed', status: 'failed', amountMinor: 900, currency: 'EUR', createdAt: '2024-04-01T00:00:00Z', paidAt: null },
		],
	};
	const seeded = await openShop({ world });
	try {
		expect(seeded.state.customers.get('cus_seed')).toMatchObject({
			name: 'Ada Example', created: 1_672_628_645, address: { line1: 'Main Street 1', postal_code: '10115', country: 'DE' },
		});
		expect(seeded.state.customers.get('cus_bare')).toMatchObject({ name: null, address: null });
		expect(seeded.state.subscriptions.get('sub_1')).toMatchObject({ status: 'canceled', currency: 'eur', customer: 'cus_seed' });
		expect(seeded.state.invoices.get('in_1')).toMatchObject({ status: 'open', attempted: true });
		expect(JSON.stringify([...seeded.state.customers.newestFirst()])).not.toContain('truthId');
		const [subscription] = seeded.state.subscriptions.newestFirst();
		expect(subscription && subscriptionActivity(subscription).monthly).toEqual({ minor: 900, currency: 'EUR' });
	} finally {
		await seeded.server.close();
	}
});
