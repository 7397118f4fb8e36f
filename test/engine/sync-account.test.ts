import { HANNAH, idOf, ready, sync } from './sync-runs';
import { keep, SYSTEM_NAMES, type SystemName } from './vendors';
import { FIRST_LIST } from '../sandbox/mailchimp/seed';
import { startStripe } from '../sandbox/stripe/server';
import { makeSmallWorld } from '../sandbox/world/small';

const HUB_ID = '4242424';

test.each([false, true])('where the ledger of the Hub ID says that all is written, the token of another account is refused all the same (dry run: %s)', async (dryRun) => {
	const given = await ready('hubspot');
	const withHubId = (portalId: string) => ({ credentials: { customer360HubSpotApi: { ...given.vendor.credentials, portalId } } });
	expect((await sync('hubspot', given, {}, withHubId(HUB_ID))).error).toBeUndefined();
	given.vendor.server.resetCalls();
	const quiet = await sync('hubspot', given, { dryRun }, withHubId(HUB_ID));
	expect([quiet.error, quiet.outputs.flat()]).toEqual([undefined, []]);
	expect(given.vendor.server.calls()).toEqual({ 'read account details': 1 });

	const other = (given.vendor.state as { settings: { portalId: number } }).settings;
	other.portalId = 1002;
	const { error } = await sync('hubspot', given, { dryRun }, withHubId(HUB_ID));
	expect(error?.message).toMatch(/belongs to the account with Hub ID 1002, but the credential says Hub ID 4242424/);
	expect(given.vendor.server.writes()).toBe(0);
});

/** What each is asked where nothing is to be sent: one call that needs no permission which writing doesn't. */
const CHEAPEST: Record<SystemName, string> = { hubspot: 'read account details', stripe: 'list customers', zendesk: 'show own user', mailchimp: 'ping' };

/** How each says that it doesn't know a key. */
const REVOKED: Record<SystemName, object> = {
	hubspot: { status: 'error', category: 'INVALID_AUTHENTICATION', message: 'Authentication credentials not found.' },
	stripe: { error: { type: 'invalid_request_error', message: 'Invalid API Key provided: sk_live_***alike' } },
	zendesk: { error: "Couldn't authenticate you" },
	mailchimp: { title: 'API Key Invalid', status: 401, detail: "Your API key may be invalid, or you've attempted to access the wrong datacenter." },
};

describe.each(SYSTEM_NAMES)('%s, with nothing to send', (system) => {
	test('one cheap call is made, and none but that', async () => {
		const given = await ready(system);
		await sync(system, given);
		for (const parameters of [{}, { dryRun: true }]) {
			given.vendor.server.resetCalls();
			const quiet = await sync(system, given, parameters);
			expect([quiet.error, quiet.outputs.flat()]).toEqual([undefined, []]);
			expect(given.vendor.server.calls()).toEqual({ [CHEAPEST[system]]: 1 });
		}
	});

	test('a key that was revoked stops the workflow with what to do', async () => {
		const given = await ready(system);
		const items = [{ canonicalId: await idOf(given.store, HANNAH) }];
		await sync(system, given);
		given.vendor.server.fail({ kind: 'status', status: 401, body: REVOKED[system], times: 99 });
		for (const parameters of [{}, { dryRun: true }, { what: 'items' }]) {
			const { error, outputs } = await sync(system, given, parameters, { items });
			expect(error).toMatchObject({ name: 'NodeApiError', message: expect.stringMatching(/answered 401.*\. \S.*(key|token)/), httpCode: '401' });
			expect(outputs).toEqual([]);
		}
	});
});

test('who has chosen an audience has asked Mailchimp for it, which is call enough', async () => {
	const given = await ready('mailchimp');
	await sync('mailchimp', given, { audience: FIRST_LIST });
	given.vendor.server.resetCalls();
	expect((await sync('mailchimp', given, { audience: FIRST_LIST })).error).toBeUndefined();
	expect(given.vendor.server.calls()).toEqual({ 'read audiences': 1 });
});

test('a token of HubSpot that may not ask for its account is accepted all the same', async () => {
	const given = await ready('hubspot');
	given.vendor.server.fail({ route: 'read account details', kind: 'status', status: 403, body: {}, times: 1 });
	const { error, outputs } = await sync('hubspot', given);
	expect(error).toBeUndefined();
	expect(outputs[0]?.length).toBeGreaterThan(0);
});

test('a restricted key of Stripe that may write customers and nothing else is enough; one that may not is told of the permission, also with nothing to send', async () => {
	const world = makeSmallWorld(Date.now()).world.stripe;
	const restrictedKeys = { rk_live_writer: ['rak_customer_write'], rk_live_invoices: ['rak_invoice_read'] };
	const stripe = keep(await startStripe({ world, restrictedKeys }));
	const { store } = await ready('stripe');
	const run = (secretKey: string) => sync('stripe', { store, vendor: { ...stripe, credentials: { ...stripe.credentials, secretKey }, changeOne: () => '' } });
	const { error, outputs } = await run('rk_live_writer');
	expect([error, outputs[0]?.length]).toEqual([undefined, expect.any(Number)]);
	expect((await run('rk_live_invoices')).error?.message).toBe('Stripe (check the key): answered 403. Give the restricted key the permission "Customers: Write" (Stripe Dashboard > Developers > API keys > Edit key)');
});

test('where Zendesk answers as nobody, since the credential never reached it, the run is not taken for a good one', async () => {
	const given = await ready('zendesk');
	given.vendor.server.fail({ route: 'show own user', kind: 'status', status: 200, body: { user: { id: null, name: 'Anonymous user' } }, times: 1 });
	expect((await sync('zendesk', given)).error?.message).toMatch(/nobody is signed in\. Check that a proxy/);
});
