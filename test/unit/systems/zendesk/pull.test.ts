import fc from 'fast-check';
import type { Cursor } from '../../../../lib/systems/definition';
import { addOrganization, addTicket, addUser, before, closeAll, given, idsOf, lastCursor, NOON, pages, recordsOf, source } from './given';

afterEach(closeAll);

const OBJECTS = ['user', 'organization', 'ticket'] as const;
const ADD = { user: addUser, organization: addOrganization, ticket: addTicket };

describe.each(OBJECTS)('pulling Zendesk %s records', (object) => {
	test('the first run reads everything that exists, page by page', async () => {
		const { zendesk, client, state } = await given();
		for (let id = 1; id <= 7; id++) ADD[object](state, id, before(1000 - id));
		const all = await pages(source(zendesk, object), client, { pageSize: 3 });
		expect(new Set(idsOf(all))).toEqual(new Set(['1', '2', '3', '4', '5', '6', '7']));
		expect(all.length).toBeGreaterThan(2);
	});

	test('a pull that is stopped after any page and resumed from its cursor loses nothing, even among equal times', async () => {
		const shape = fc.record({
			// Few distinct seconds: most runs have more equal times than fit on a page.
			changes: fc.array(fc.integer({ min: 100, max: 104 }), { minLength: 1, maxLength: 14 }),
			pageSize: fc.integer({ min: 1, max: 4 }),
			stopAfter: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 }),
		});
		await fc.assert(
			fc.asyncProperty(shape, async ({ changes, pageSize, stopAfter }) => {
				const { zendesk, client, state } = await given();
				changes.forEach((seconds, index) => ADD[object](state, index + 1, before(seconds)));
				const seen = new Set<string>();
				let cursor: Cursor | null = null;
				for (const limit of [...stopAfter, Infinity]) {
					let taken = 0;
					for await (const page of source(zendesk, object).pull(client, { cursor, overlapMs: 0, pageSize })) {
						for (const record of page.records) seen.add(record.sourceId);
						cursor = JSON.parse(JSON.stringify(page.cursor)) as Cursor;
						taken += 1;
						if (taken >= limit) break;
					}
				}
				await closeAll();
				expect(seen).toEqual(new Set(changes.map((_, index) => String(index + 1))));
			}),
			{ numRuns: 20 },
		);
	});

	test('what changes while the first run is under way is read by it or by the next one', async () => {
		const { zendesk, client, state, clock } = await given();
		for (let id = 1; id <= 4; id++) ADD[object](state, id, before(1000 - id));
		const versions = new Map<string, string>();
		let cursor: Cursor | null = null;
		for await (const page of source(zendesk, object).pull(client, { cursor: null, overlapMs: 0, pageSize: 2 })) {
			if (cursor === null) ADD[object](state, 1, before(-5));
			for (const record of page.records) versions.set(record.sourceId, record.updatedAt);
			cursor = page.cursor;
		}
		clock.now += 120_000;
		for (const record of recordsOf(await pages(source(zendesk, object), client, { cursor }))) versions.set(record.sourceId, record.updatedAt);
		expect(versions.get('1')).toBe('2026-03-02T12:00:05.000Z');
	});

	test('a pull with nothing new takes one call', async () => {
		const { zendesk, client, state, server, clock } = await given();
		for (let id = 1; id <= 5; id++) ADD[object](state, id, before(5000 - id));
		const first = await pages(source(zendesk, object), client);
		clock.now += 3_600_000;
		server.resetCalls();
		const again = await pages(source(zendesk, object), client, { cursor: lastCursor(first), overlapMs: 60_000 });
		expect(idsOf(again)).toEqual([]);
		expect(Object.values(server.calls()).reduce((sum, count) => sum + count, 0)).toBe(1);
	});

	test('an incremental pull goes back by the overlap and reads what became visible late', async () => {
		const { zendesk, client, state, clock } = await given();
		ADD[object](state, 1, before(100));
		const first = await pages(source(zendesk, object), client);
		ADD[object](state, 2, before(200));
		clock.now += 3_600_000;
		const next = await pages(source(zendesk, object), client, { cursor: lastCursor(first), overlapMs: 300_000 });
		expect(idsOf(next)).toContain('2');
	});

	test('what Zendesk held back at the end of one pull is read by the next, however small the overlap', async () => {
		const { zendesk, client, state, clock } = await given();
		ADD[object](state, 1, before(5000));
		ADD[object](state, 2, before(30));
		const first = await pages(source(zendesk, object), client);
		expect(idsOf(first)).toEqual(['1']);
		clock.now += 90_000;
		expect(idsOf(await pages(source(zendesk, object), client, { cursor: lastCursor(first), overlapMs: 1 }))).toEqual(['2']);
	});

	test('a first run that needs no history begins at the given time', async () => {
		const { zendesk, client, state } = await given();
		ADD[object](state, 1, before(5000));
		ADD[object](state, 2, before(500));
		const all = await pages(source(zendesk, object), client, { since: new Date(NOON - 1_000_000).toISOString(), now: () => NOON });
		expect(idsOf(all)).toEqual(['2']);
	});

	test('where our clock is ahead of Zendesk, a start time that is too young reads nothing and fails nothing', async () => {
		const { zendesk, client, state } = await given();
		ADD[object](state, 1, before(5000));
		const ahead = NOON + 3_600_000;
		expect(await pages(source(zendesk, object), client, { since: new Date(ahead).toISOString(), now: () => ahead })).toEqual([]);
	});

	test('a change changes the version, nothing else does', async () => {
		const { zendesk, client, state, clock } = await given();
		ADD[object](state, 1, before(5000));
		const first = recordsOf(await pages(source(zendesk, object), client));
		const same = recordsOf(await pages(source(zendesk, object), client));
		ADD[object](state, 1, before(-30));
		clock.now += 3_600_000;
		const changed = recordsOf(await pages(source(zendesk, object), client));
		expect(same[0]?.version).toBe(first[0]?.version);
		expect(changed[0]?.version).not.toBe(first[0]?.version);
	});

	test('an empty account is read without error, and a record that comes later is found', async () => {
		const { zendesk, client, state, clock } = await given();
		state.users.clear();
		const first = await pages(source(zendesk, object), client);
		expect(idsOf(first)).toEqual([]);
		ADD[object](state, 1, before(-10));
		clock.now += 3_600_000;
		expect(idsOf(await pages(source(zendesk, object), client, { cursor: lastCursor(first) }))).toEqual(['1']);
	});
});

describe('what is a customer in Zendesk', () => {
	test('agents and admins are left out', async () => {
		const { zendesk, client, state } = await given();
		addUser(state, 1, before(500));
		addUser(state, 2, before(400), { role: 'agent' });
		addUser(state, 3, before(300), { role: 'admin' });
		expect(idsOf(await pages(source(zendesk, 'user'), client))).toEqual(['1']);
	});

	test('a deleted record is told as deleted; a suspended user is still there', async () => {
		const { zendesk, client, state } = await given();
		addUser(state, 1, before(500), { active: false });
		addUser(state, 2, before(400), { suspended: true });
		addTicket(state, 3, before(500), { status: 'deleted' });
		addOrganization(state, 4, before(500), { deleted_at: '2026-03-01T00:00:00Z' });
		const all = await Promise.all((['user', 'ticket', 'organization'] as const).map((object) => pages(source(zendesk, object), client)));
		const told = Object.fromEntries(all.flatMap((page) => recordsOf(page)).map((record) => [record.sourceId, record.deleted ?? false]));
		expect(told).toEqual({ 1: true, 2: false, 3: true, 4: true });
	});

	test('the record is handed on exactly as Zendesk gave it', async () => {
		const { zendesk, client, state } = await given();
		const notes = 'x'.repeat(1_000_000);
		const user = addUser(state, 1, before(500), { name: 'عائشة 🎉', notes, tags: ['vip'], user_fields: { tier: 'gold' } });
		const [record] = recordsOf(await pages(source(zendesk, 'user'), client));
		expect(record?.raw).toEqual(JSON.parse(JSON.stringify(user)));
	});

	test('a system change of a ticket, which leaves its time of update alone, gives a new version', async () => {
		const { zendesk, client, state, clock } = await given();
		addTicket(state, 1, before(5000));
		const first = await pages(source(zendesk, 'ticket'), client);
		addTicket(state, 1, before(5000), { generated_timestamp: before(-10) });
		clock.now += 3_600_000;
		const next = await pages(source(zendesk, 'ticket'), client, { cursor: lastCursor(first) });
		expect(recordsOf(next).map((record) => record.updatedAt)).toEqual(recordsOf(first).map((record) => record.updatedAt));
		expect(recordsOf(next)[0]?.version).not.toBe(recordsOf(first)[0]?.version);
	});
});
