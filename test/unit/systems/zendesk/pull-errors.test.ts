import { TerminalError, TransientError } from '../../../../lib/transport';
import { createZendesk } from '../../../../lib/systems/zendesk';
import { addOrganization, addTicket, addUser, before, closeAll, given, idsOf, pages, source } from './given';

afterEach(closeAll);

const OBJECTS = ['user', 'organization', 'ticket'] as const;
const KEYS = { user: 'users', organization: 'organizations', ticket: 'tickets' };

describe.each(OBJECTS)('trouble while pulling Zendesk %s records', (object) => {
	async function seeded(...args: Parameters<typeof given>) {
		const world = await given(...args);
		addUser(world.state, 1, before(500));
		addOrganization(world.state, 1, before(500));
		addTicket(world.state, 1, before(500));
		return { ...world, pull: () => pages(source(world.zendesk, object), world.client) };
	}

	test('429 is waited for as Retry-After says', async () => {
		const { pull, server } = await seeded();
		server.fail({ kind: 'status', times: 2, status: 429, headers: { 'retry-after': '0' } });
		expect(idsOf(await pull())).toEqual(['1']);
	});

	test('the vendor\'s own limit is honoured: the pull goes on in the next window', async () => {
		const { zendesk, client, state } = await seeded({ exportsPerMinute: 2, minuteS: 1 });
		for (let id = 2; id <= 5; id++) {
			addUser(state, id, before(400 - id));
			addOrganization(state, id, before(400 - id));
			addTicket(state, id, before(400 - id));
		}
		const all = await pages(source(zendesk, object), client, { pageSize: 2 });
		expect(new Set(idsOf(all))).toEqual(new Set(['1', '2', '3', '4', '5']));
	});

	test.each(['status', 'reset'] as const)('a passing failure (%s) is repeated', async (kind) => {
		const { pull, server } = await seeded();
		server.fail({ kind, times: 1, status: 500 });
		expect(idsOf(await pull())).toEqual(['1']);
	});

	test('a server that never answers ends as a TransientError that names what was done', async () => {
		const { pull, server } = await seeded({}, { timeoutMs: 40, retries: 1 });
		server.fail({ kind: 'hang', times: 5 });
		const error = await pull().catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(TransientError);
		expect(String(error)).toContain(`Zendesk (read ${KEYS[object]})`);
	});

	test('a gateway page instead of JSON is refused', async () => {
		const { pull, server } = await seeded();
		server.fail({ kind: 'garbage', times: 1 });
		await expect(pull()).rejects.toThrow(TerminalError);
	});

	test('a page with a record that cannot be read names the field and shows no value', async () => {
		const { pull, server } = await seeded();
		const record = { id: 5, role: 'end-user', status: 'open', email: 'secret@example.com', updated_at: 'yesterday' };
		server.fail({ kind: 'status', status: 200, times: 1, body: { [KEYS[object]]: [record], end_of_stream: true } });
		const error = await pull().catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(TerminalError);
		expect(String(error)).toMatch(/0\.updated_at/);
		expect(String(error)).not.toContain('secret');
	});

	test('a wrong token is named with its remedy, and the token is not shown', async () => {
		const { zendesk, credentials } = await seeded();
		const client = zendesk.connect({ ...credentials, apiToken: 'wrong-token-987654' });
		const error = await pages(source(zendesk, object), client).catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(TerminalError);
		expect(String(error)).toMatch(/401: Couldn't authenticate you\. Check the email and the API token/);
		expect(String(error)).not.toContain('wrong-token');
	});

	test('a token of an agent is told that exports need an admin', async () => {
		const { pull } = await seeded({ role: 'agent' });
		await expect(pull()).rejects.toThrow(/403.*Use the API token of an admin/);
	});
});

test('a page that promises more without saying where is refused instead of being read for ever', async () => {
	const { zendesk, client, server } = await given();
	server.fail({ kind: 'status', status: 200, times: 1, body: { users: [], after_cursor: null, end_of_stream: false } });
	await expect(pages(source(zendesk, 'user'), client)).rejects.toThrow(/after_cursor/);
});

test.each([
	['acme.zendesk.com', /only the part before \.zendesk\.com/],
	['', /only the part before \.zendesk\.com/],
	['two words', /field subdomain/],
])('the subdomain "%s" is refused before anything is sent', (subdomain, message) => {
	expect(() => createZendesk().connect({ subdomain, email: 'ops@example.com', apiToken: 'token-123', baseUrl: '' })).toThrow(message);
});

test('two accounts are told apart without secrets', () => {
	const { account } = createZendesk();
	const credentials = { subdomain: 'Acme', email: 'ops@example.com', apiToken: 'token-123', baseUrl: '' };
	expect(account(credentials)).toBe('acme');
	expect(account({ ...credentials, subdomain: 'other' })).toBe('other');
	expect(account({ ...credentials, subdomain: '', baseUrl: 'http://127.0.0.1:4000/' })).toBe('127.0.0.1:4000');
});
