import { stripe } from '../../../../lib/systems/stripe';
import { connectStripe, STRIPE_VERSION } from '../../../../lib/systems/stripe/client';
import { fieldMappingSchema } from '../../../../lib/domain';
import { disconnectLimiters } from '../../../../lib/transport';
import { z } from 'zod/v4';
import { startVendorServer } from '../../../sandbox/vendor-server';

afterAll(disconnectLimiters);

const account = (secretKey: string): string => stripe.account({ secretKey, baseUrl: '' });
const embedded = (mode: string, rest: string): string => `sk_${mode}_51AbCdEfGhIjKlMnO${rest.repeat(30)}`;

describe('the account', () => {
	test('is the same before and after a change of key', () => {
		expect(account(embedded('live', 'x'))).toBe(account(embedded('live', 'y')));
		expect(account(embedded('live', 'x'))).toContain('acct_1AbCdEfGhIjKlMnO');
	});

	test('differs between test and live mode', () => {
		expect(account(embedded('live', 'x'))).not.toBe(account(embedded('test', 'x')));
	});

	test('of an older key is a fingerprint that does not show the key', () => {
		const key = `sk_live_${'aB3'.repeat(8)}`;
		expect(account(key)).not.toContain('aB3');
		expect(account(key)).not.toBe(account(`${key}x`));
	});
});

test.each([
	['nothing', '', /not a secret or restricted key/],
	['a publishable key', 'pk_live_abc', /publishable key/],
	['a password', 'hunter2 hunter2', /not a secret or restricted key/],
])('%s in place of the key is refused before any call, without repeating it', (_name, secretKey, message) => {
	const connect = (): unknown => stripe.connect({ secretKey, baseUrl: '' });
	expect(connect).toThrow(message);
	if (secretKey) expect(connect).not.toThrow(secretKey);
});

test('calls carry the key and the pinned version, wherever the base URL ends', async () => {
	const seen: Record<string, unknown>[] = [];
	const server = await startVendorServer({
		name: 'echo',
		routes: [{ method: 'GET', pattern: /^\/v1\/customers$/, name: 'list', handle: ({ headers }) => (seen.push(headers), { body: {} }) }],
		authorize: () => undefined,
		notFound: () => ({ status: 404 }),
	});
	try {
		const client = connectStripe({ secretKey: ' sk_test_lookalike\n', baseUrl: `${server.url}/` });
		await client.request({ method: 'GET', path: '/v1/customers', operation: 'look', reply: z.looseObject({}) });
		expect(seen).toMatchObject([{ authorization: 'Bearer sk_test_lookalike', 'stripe-version': STRIPE_VERSION }]);
	} finally {
		await server.close();
	}
});

test.each(Object.entries(stripe.sources))('the mapping of %s is a mapping', (object, source) => {
	expect(fieldMappingSchema.parse(source.mapping)).toMatchObject({ system: stripe.id, object });
});
