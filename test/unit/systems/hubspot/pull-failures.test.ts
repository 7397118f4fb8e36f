import { connectHubSpot, hubspot } from '../../../../lib/systems/hubspot';
import { TerminalError, TransientError } from '../../../../lib/transport';
import { SCOPES } from '../../../sandbox/hubspot/server';
import { closeBenches, MINUTE, openBench, pullAll, START } from './sandbox';

const contact = hubspot.sources.contact!;
const INCREMENTAL = { since: new Date(START - MINUTE).toISOString() };

afterAll(closeBenches);

function pageOf(results: unknown[] | undefined) {
	return { kind: 'status' as const, status: 200, body: { results } };
}

async function failureOf(attempt: Promise<unknown>): Promise<unknown> {
	return await attempt.then(
		() => undefined,
		(error: unknown) => error,
	);
}

describe('a pull in trouble', () => {
	it.each([
		['a 429 with Retry-After', { kind: 'status' as const, status: 429, headers: { 'retry-after': '0' } }],
		['a 429 without', { kind: 'status' as const, status: 429 }],
		['a 500', { kind: 'status' as const, status: 500 }],
		['a broken connection', { kind: 'reset' as const }],
	])('gets over %s, in a list and in a search', async (_, fault) => {
		const bench = await openBench();
		const { id } = bench.state.add('contacts', { email: 'ada@example.org' });
		bench.server.fail({ ...fault, route: 'list contacts', times: 1 });
		bench.server.fail({ ...fault, route: 'search contacts', times: 1 });
		expect((await pullAll(contact, bench, null)).ids).toEqual([id]);
		expect((await pullAll(contact, bench, null, INCREMENTAL)).ids).toEqual([id]);
	});

	it('gives up on a server that never answers, as something to try again', async () => {
		const bench = await openBench({}, { timeoutMs: 50, retries: 1 });
		bench.server.fail({ kind: 'hang', times: 5 });
		const error = await failureOf(pullAll(contact, bench, null));
		expect(error).toBeInstanceOf(TransientError);
		expect(String(error)).toContain('list contacts');
	});

	it('says that the day is used up when it is', async () => {
		const bench = await openBench({}, { retries: 1 });
		const body = { status: 'error', message: 'You have reached your daily limit.', errorType: 'RATE_LIMIT', policyName: 'DAILY' };
		bench.server.fail({ kind: 'status', status: 429, body, times: 5 });
		const error = await failureOf(pullAll(contact, bench, null));
		expect(error).toBeInstanceOf(TransientError);
		expect(String(error)).toContain('midnight');
	});

	it('names a wrong token without showing it', async () => {
		const bench = await openBench();
		const client = hubspot.connect({ ...bench.credentials, accessToken: 'pat-eu1-a-wrong-token' });
		const error = await failureOf(pullAll(contact, { ...bench, client }, null));
		expect(error).toBeInstanceOf(TerminalError);
		expect(String(error)).toMatch(/401.*access token/s);
		expect(String(error)).not.toContain('a-wrong-token');
	});

	it('names the scope that is missing', async () => {
		const bench = await openBench({ settings: { scopes: SCOPES.filter((scope) => scope !== 'crm.objects.contacts.read') } });
		const error = await failureOf(pullAll(contact, bench, null));
		expect(error).toBeInstanceOf(TerminalError);
		expect(String(error)).toContain('crm.objects.contacts.read');
	});

	it('does not take contacts for companyless when their companies may not be read', async () => {
		const bench = await openBench({ settings: { scopes: SCOPES.filter((scope) => scope !== 'crm.objects.companies.read') } });
		bench.state.add('contacts', { email: 'ada@example.org' });
		expect(String(await failureOf(pullAll(contact, bench, null, INCREMENTAL)))).toContain('crm.objects.companies.read');
	});

	it.each([
		['HTML from a gateway', { kind: 'garbage' as const }],
		['a page without results', pageOf(undefined)],
		['a record without an ID', pageOf([{ properties: {}, createdAt: '', updatedAt: '' }])],
		['a record without a time', pageOf([{ id: '7', properties: {}, createdAt: '', updatedAt: 'soon' }])],
	])('refuses %s and says which field', async (_, fault) => {
		const bench = await openBench();
		bench.server.fail({ ...fault, times: 1 });
		const error = await failureOf(pullAll(contact, bench, null));
		expect(error).toBeInstanceOf(TerminalError);
		expect((error as TerminalError).context.field).toBeTruthy();
		expect((error as TerminalError).context.remedy).toBeTruthy();
	});

	it('names an unreadable cursor and an unreadable start date', async () => {
		const bench = await openBench();
		expect(String(await failureOf(pullAll(contact, bench, { page: 7 })))).toContain('Reset the source');
		expect(String(await failureOf(pullAll(contact, bench, null, { since: 'last Tuesday' })))).toContain('since');
	});

	it('carries strange contents through unharmed', async () => {
		const bench = await openBench();
		const emails = Array.from({ length: 40 }, (_, index) => `m${index}@example.org`).join(';');
		const properties = { firstname: 'محمد', lastname: '🙂'.repeat(1000), company: 'x'.repeat(1_000_000), hs_additional_emails: emails };
		bench.state.add('contacts', properties);
		const { pages } = await pullAll(contact, bench, null);
		expect(pages[0]!.records[0]!.raw).toMatchObject({ properties });
	});
});

describe('the rate limit', () => {
	it("is kept without the vendor's help", async () => {
		const bench = await openBench({ settings: { callsPerTenSeconds: 100, searchesPerSecond: 5 } });
		for (let index = 0; index < 12; index++) {
			bench.state.add('contacts', { email: `person${index}@example.org` }, { updatedAt: new Date(START + index).toISOString() });
		}
		// The limits of every day, under a name that the bench's client doesn't share, and no repeats that could hide a refusal.
		const client = connectHubSpot({ ...bench.credentials, portalId: '4242424' }, { retries: 0 });
		const { ids } = await pullAll(contact, { ...bench, client }, null, { ...INCREMENTAL, pageSize: 2 });
		expect(new Set(ids).size).toBe(12);
	});
});
