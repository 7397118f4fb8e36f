import fc from 'fast-check';
import { TerminalError, TransientError } from '../../../../lib/transport';
import { addOrganization, addUser, before, closeAll, destination, given, item, lastCursor, pages, ready, recordsOf, source } from './given';

afterEach(closeAll);

describe('updating users that are known', () => {
	test('a full batch goes out in one call and each user gets its own values', async () => {
		const { users, client, state, server } = await ready();
		const ids = Array.from({ length: users.maxBatch }, (_, index) => index + 1);
		for (const id of ids) addUser(state, id, before(500));
		const results = await users.write(client, ids.map((id) => item(String(id), { c360_id: `C${id}`, c360_churn_risk: id })));
		expect(results).toEqual(ids.map((id) => ({ status: 'acknowledged', targetId: String(id) })));
		for (const id of ids) expect(state.users.get(id)?.user_fields).toMatchObject({ c360_id: `C${id}`, c360_churn_risk: id });
		expect(server.writes()).toBe(1);
	});

	test('only the fields that are sent change; null empties one', async () => {
		const { users, client, state } = await ready();
		addUser(state, 1, before(500), { external_id: 'shop-9', user_fields: { c360_segments: 'vip', c360_id: 'C1' }, notes: 'calls at noon' });
		const untouched = { ...state.users.get(1) };
		await users.write(client, [item('1', { c360_segments: null, c360_last_payment: '2026-02-01' })]);
		expect(state.users.get(1)).toEqual({
			...untouched,
			updated_at: expect.any(String) as string,
			user_fields: { c360_id: 'C1', c360_segments: null, c360_last_payment: '2026-02-01T00:00:00+00:00' },
		});
	});

	test('a user whose email has changed meanwhile is still the same user, not a second one', async () => {
		const { users, client, state } = await ready();
		addUser(state, 1, before(500), { email: 'new@example.com', role: 'end-user', external_id: 'shop-9' });
		const count = state.users.size;
		await users.write(client, [item('1', { c360_id: 'C1' }, 'old@example.com')]);
		expect(state.users.size).toBe(count);
		expect(state.users.get(1)).toMatchObject({ email: 'new@example.com', external_id: 'shop-9', user_fields: { c360_id: 'C1' } });
	});

	test('a job that ended well but holds refusals gives each user its own result', async () => {
		const { users, client, state } = await ready();
		for (const id of [1, 2, 4, 5]) addUser(state, id, before(500));
		state.refuse.set('2', 'Email: jane@example.com is already being used');
		state.refuse.set('5', 'DatabaseConflict');
		const results = await users.write(client, [item('1'), item('2'), item('3'), item('4', { c360_churn_risk: 'high' }), item('5')]);
		expect(results.map((result) => result.status)).toEqual(['acknowledged', 'failed', 'failed', 'failed', 'retry']);
		expect(results[1]).toMatchObject({ reason: expect.stringMatching(/already being used/) as string });
		expect(JSON.stringify(results)).not.toContain('jane@example.com');
		expect(results[2]).toMatchObject({ reason: expect.stringMatching(/^Zendesk has no such record any more; it was deleted or merged/) as string });
		expect(results[3]).toMatchObject({ field: 'c360_churn_risk' });
		expect(state.users.get(1)?.user_fields).toEqual({ c360_id: 'C1' });
		expect(state.users.get(2)?.user_fields).toEqual({});
	});

	test('whatever mix is refused, results stand in the order of the items', async () => {
		const { users, client, state } = await ready();
		for (let id = 1; id <= 20; id++) addUser(state, id, before(500));
		const mix = fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 20 }), refuse: fc.boolean() }), { selector: (one) => one.id, minLength: 1 });
		await fc.assert(
			fc.asyncProperty(mix, async (chosen) => {
				state.refuse = new Map(chosen.filter((one) => one.refuse).map((one) => [String(one.id), 'not allowed']));
				const results = await users.write(client, chosen.map((one) => item(String(one.id))));
				expect(results).toEqual(
					chosen.map((one) =>
						one.refuse ? { status: 'failed', reason: 'UserUpdateError: not allowed' } : { status: 'acknowledged', targetId: String(one.id) },
					),
				);
			}),
			{ numRuns: 15 },
		);
	});

	test.each(['failed', 'killed'] as const)('a job that Zendesk %s is to be tried again', async (end) => {
		const { users, client, state } = await ready();
		addUser(state, 1, before(500));
		state.nextJob = end;
		expect(await users.write(client, [item('1')])).toMatchObject([{ status: 'retry', reason: expect.stringMatching(/job failed/) as string }]);
		expect(await users.write(client, [item('1')])).toEqual([{ status: 'acknowledged', targetId: '1' }]);
	});

	test('a job is followed through queued and working to its end', async () => {
		const { users, client, state, server } = await ready({ pollsUntilDone: 4 });
		addUser(state, 1, before(500));
		expect(await users.write(client, [item('1')])).toEqual([{ status: 'acknowledged', targetId: '1' }]);
		expect(server.calls()['show job']).toBe(5);
	});

	test('a job that does not end is left for later', async () => {
		const { users, client, state } = await ready({ pollsUntilDone: 1000 }, { jobTimeoutMs: 30 });
		addUser(state, 1, before(500));
		expect(await users.write(client, [item('1')])).toEqual([{ status: 'retry', reason: 'Zendesk is still working on the job', retryAfterMs: 60_000 }]);
	});

	test('a job that Zendesk no longer knows is to be tried again', async () => {
		const { users, client, state, server } = await ready();
		addUser(state, 1, before(500));
		server.fail({ kind: 'status', route: 'show job', status: 404, times: 1, body: { error: 'RecordNotFound', description: 'Not found' } });
		expect(await users.write(client, [item('1')])).toMatchObject([{ status: 'retry' }]);
	});

	test('an ID that is not one of Zendesk is refused without being sent', async () => {
		const { users, client, server } = await ready();
		expect(await users.write(client, [item('abc')])).toMatchObject([{ status: 'failed' }]);
		expect(server.writes()).toBe(0);
	});

	test('what we wrote comes back in the next incremental pull', async () => {
		const { zendesk, users, client, state, clock } = await ready();
		addUser(state, 1, before(5000));
		const first = await pages(source(zendesk, 'user'), client);
		clock.now += 10_000;
		await users.write(client, [item('1')]);
		clock.now += 600_000;
		const next = await pages(source(zendesk, 'user'), client, { cursor: lastCursor(first) });
		expect(recordsOf(next).map((record) => record.sourceId)).toEqual(['1']);
	});
});

describe('creating users', () => {
	test('a new user is an end user, has our fields and is sent no mail', async () => {
		const { users, client, state } = await ready();
		const [result] = await users.write(client, [item(null, { c360_id: 'C7' }, 'New.Customer@example.com')]);
		const targetId = result?.status === 'acknowledged' ? result.targetId : '';
		const user = { email: 'new.customer@example.com', role: 'end-user', external_id: null, user_fields: { c360_id: 'C7' } };
		expect(state.users.get(Number(targetId))).toMatchObject(user);
		expect(state.mails).toEqual([]);
	});

	test('a name among the fields becomes the name', async () => {
		const { users, client, state } = await ready();
		await users.write(client, [item(null, { name: 'Ada Lovelace' }, 'ada@example.com')]);
		expect([...state.users.values()].map((user) => user.name)).toContain('Ada Lovelace');
	});

	test('an end user who has the email already is updated: no second one, no other name', async () => {
		const { users, client, state } = await ready();
		addUser(state, 1, before(500), { email: 'Ada@example.com', name: 'Countess' });
		addUser(state, 2, before(500), { email: 'ada@example.com.au' });
		const count = state.users.size;
		expect(await users.write(client, [item(null, { c360_id: 'C7' }, 'ada@example.com')])).toEqual([{ status: 'acknowledged', targetId: '1' }]);
		expect(state.users.size).toBe(count);
		expect(state.users.get(1)).toMatchObject({ name: 'Countess', user_fields: { c360_id: 'C7' } });
		expect(state.users.get(2)?.user_fields).toEqual({});
	});

	test('an agent who has the email is left alone', async () => {
		const { users, client, state } = await ready();
		const agent = { ...addUser(state, 1, before(500), { email: 'sam@example.com', role: 'agent' }) };
		expect(await users.write(client, [item(null, { c360_id: 'C7' }, 'sam@example.com')])).toMatchObject([{ status: 'skipped' }]);
		expect(state.users.get(1)).toEqual(agent);
	});

	test('repeating a creation whose answer was lost makes no second user', async () => {
		const { users, client, state, server } = await ready();
		const count = state.users.size;
		server.fail({ kind: 'reset', route: 'create users', times: 1, after: true });
		expect(await users.write(client, [item(null, {}, 'ada@example.com')])).toMatchObject([{ status: 'acknowledged' }]);
		expect(state.users.size).toBe(count + 1);
	});

	test('updates and creations of one batch run side by side, each item with its own result', async () => {
		const { users, client, state } = await ready();
		addUser(state, 1, before(500));
		state.refuse.set('bad@example.com', 'Email: bad@example.com is not properly formatted');
		const results = await users.write(client, [
			item(null, { c360_id: 'C1' }, 'one@example.com'),
			item('1', { c360_id: 'C2' }),
			item(null, { c360_id: 'C3' }, 'bad@example.com'),
			item('99', { c360_id: 'C4' }),
			item(null, { c360_id: 'C5' }, 'two@example.com'),
			item(null, { c360_id: 'C6' }),
			item(null, { c360_id: 'C7' }, 'TWO@example.com'),
		]);
		expect(results.map((result) => result.status)).toEqual(['acknowledged', 'acknowledged', 'failed', 'failed', 'acknowledged', 'failed', 'failed']);
		const created = Object.fromEntries([...state.users.values()].map((user) => [user.email, user.user_fields['c360_id']]));
		expect(created).toMatchObject({ 'one@example.com': 'C1', 'two@example.com': 'C5' });
		expect(created).not.toHaveProperty('bad@example.com');
	});

	test('where Zendesk forbids bulk creation, updates of the same batch still arrive', async () => {
		const { users, client, state } = await ready({ importsOn: false });
		addUser(state, 1, before(500));
		const results = await users.write(client, [item(null, {}, 'new@example.com'), item('1')]);
		expect(results).toMatchObject([{ status: 'failed', reason: expect.stringMatching(/enable data imports/) as string }, { status: 'acknowledged' }]);
		await expect(users.write(client, [item(null, {}, 'new@example.com')])).rejects.toThrow(/enable data imports/);
	});
});

describe('trouble that concerns the whole call', () => {
	test('more than 100 users in one call are refused by Zendesk', async () => {
		const { users, client, state } = await ready();
		const items = Array.from({ length: users.maxBatch + 1 }, (_, index) => item(String(index + 1)));
		for (const one of items) addUser(state, Number(one.targetId), before(500));
		await expect(users.write(client, items)).rejects.toThrow(TerminalError);
		expect(state.users.get(1)?.user_fields).toEqual({});
	});

	test('429 with Retry-After is waited for', async () => {
		const { users, client, state, server } = await ready();
		addUser(state, 1, before(500));
		server.fail({ kind: 'status', route: 'update users', times: 2, status: 429, headers: { 'retry-after': '0' } });
		expect(await users.write(client, [item('1')])).toEqual([{ status: 'acknowledged', targetId: '1' }]);
	});

	test('a full job queue is a TransientError that says what to do', async () => {
		const { users, client, state } = await ready({ maxJobs: 0 }, { retries: 0 });
		addUser(state, 1, before(500));
		const error = await users.write(client, [item('1')]).catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(TransientError);
		expect(String(error)).toMatch(/30 bulk jobs at most/);
	});

	test('a token of an agent is told that an admin is needed', async () => {
		const world = await given({ role: 'agent' });
		addUser(world.state, 1, before(500));
		await expect(destination(world.zendesk, 'user').write(world.client, [item('1')])).rejects.toThrow(/403.*Use the API token of an admin/);
	});
});

describe('organizations', () => {
	test('known ones are updated in one call, each with its own result', async () => {
		const { zendesk, client, state, server } = await given();
		const organizations = destination(zendesk, 'organization');
		await organizations.ensureFields(client, organizations.defaultFields);
		server.resetCalls();
		addOrganization(state, 1, before(500), { external_id: 'shop-1' });
		addOrganization(state, 2, before(500), { deleted_at: '2026-01-01T00:00:00Z' });
		const results = await organizations.write(client, [item('1', { c360_id: 'F1', c360_open_tickets: 3 }), item('2'), item(null)]);
		expect(results.map((result) => result.status)).toEqual(['acknowledged', 'failed', 'skipped']);
		expect(state.organizations.get(1)).toMatchObject({ external_id: 'shop-1', organization_fields: { c360_id: 'F1', c360_open_tickets: 3 } });
		expect(server.writes()).toBe(1);
	});
});
