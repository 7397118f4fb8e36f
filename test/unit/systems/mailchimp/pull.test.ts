import fc from 'fast-check';
import { TerminalError, TransientError } from '../../../../lib/transport';
import { FIRST_LIST, SECOND_LIST } from '../../../sandbox/mailchimp/seed';
import { addMembers, closeAll, connect, firstList, idsOf, pages, pagesOneARun, recordsOf, sandbox, START } from './setup';

afterEach(closeAll);

const expected = (count: number, listId = FIRST_LIST) =>
	Array.from({ length: count }, (_, index) => `${listId}/contact-${listId}-${index + 1}`).sort();

test('a first run reads every member of every audience, oldest change first', async () => {
	const vendor = await sandbox();
	addMembers(firstList(vendor), 7, (index) => ({ at: 100 - index }));
	const second = vendor.state.lists.get(SECOND_LIST);
	if (second) addMembers(second, 3);
	const found = await pages(connect(vendor), { pageSize: 3 });
	expect(idsOf(found)).toEqual([...expected(7), ...expected(3, SECOND_LIST)].sort());
	const times = recordsOf(found).filter((record) => record.sourceId.startsWith(FIRST_LIST)).map((record) => record.updatedAt);
	expect(times).toEqual([...times].sort());
	expect(recordsOf(found)[0]).toMatchObject({ system: 'mailchimp', object: 'member', raw: { email_address: 'm7@example.com', status: 'subscribed' } });
});

test('a chosen audience is the only one that is read', async () => {
	const vendor = await sandbox();
	addMembers(firstList(vendor), 2);
	const second = vendor.state.lists.get(SECOND_LIST);
	if (second) addMembers(second, 2);
	expect(idsOf(await pages(connect(vendor), { settings: { audience: SECOND_LIST } }))).toEqual(expected(2, SECOND_LIST));
	expect(vendor.server.calls()).toEqual({ 'read members': 1 });
});

test('a pull that is stopped after any page goes on from its cursor and loses nothing', async () => {
	const vendor = await sandbox();
	addMembers(firstList(vendor), 11, (index) => ({ at: Math.floor(index / 3) }));
	const client = connect(vendor);
	const all = await pages(client, { pageSize: 4 });
	for (let stop = 0; stop < all.length; stop += 1) {
		const before = all.slice(0, stop + 1);
		const after = await pages(client, { pageSize: 4, cursor: all[stop]?.cursor ?? null, overlapMs: 60_000 });
		expect(idsOf([...before, ...after])).toEqual(expected(11));
	}
});

test.each([1, 2, 3, 5, 1000])('no member of an import that gave all the same second is skipped, with %i a page', async (pageSize) => {
	const vendor = await sandbox();
	addMembers(firstList(vendor), 12, (index) => ({ at: index <= 2 ? 0 : index <= 10 ? 5 : 6 }));
	expect(idsOf(await pages(connect(vendor), { pageSize, settings: { audience: FIRST_LIST } }))).toEqual(expected(12));
	expect(idsOf(await pagesOneARun(connect(vendor), { pageSize, settings: { audience: FIRST_LIST } }))).toEqual(expected(12));
});

test('a member that changes during a pull moves nobody out of sight, wherever the pages are cut', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 14 }),
			fc.integer({ min: 1, max: 4 }),
			fc.array(fc.nat({ max: 13 }), { maxLength: 6 }),
			async (seconds, pageSize, changes) => {
				const vendor = await sandbox();
				const members = addMembers(firstList(vendor), seconds.length, (index) => ({ at: seconds[index - 1] }));
				let clock = START + 100_000;
				const found = await pagesOneARun(connect(vendor), { pageSize, settings: { audience: FIRST_LIST } }, (page) => {
					const member = members[changes[page] ?? -1];
					if (member) Object.assign(member, { lastChanged: (clock += 1000), mergeFields: { FNAME: `after page ${page}` } });
				});
				expect(idsOf(found)).toEqual(expected(seconds.length));
				// The last word on each member is its present state.
				const last = new Map(recordsOf(found).map((record) => [record.sourceId, record.updatedAt]));
				for (const member of members) expect(last.get(`${FIRST_LIST}/${member.contactId}`)).toBe(new Date(member.lastChanged).toISOString());
				await closeAll();
			},
		),
		{ numRuns: 40 },
	);
});

test('an incremental run with nothing new takes one call an audience, and reads again what lies in the overlap', async () => {
	const vendor = await sandbox();
	addMembers(firstList(vendor), 5, (index) => ({ at: index * 60 }));
	const client = connect(vendor);
	const settings = { audience: FIRST_LIST };
	const cursor = (await pages(client, { settings })).at(-1)?.cursor ?? null;
	vendor.server.resetCalls();
	expect(idsOf(await pages(client, { settings, cursor, overlapMs: 60_000 }))).toEqual(expected(5).slice(3));
	expect(vendor.server.calls()).toEqual({ 'read members': 1 });
});

test('an incremental run brings changes with a new version, also a second change within one second', async () => {
	const vendor = await sandbox();
	const [member] = addMembers(firstList(vendor), 1);
	const client = connect(vendor);
	const first = await pages(client);
	if (member) member.status = 'unsubscribed';
	const second = await pages(client, { cursor: first.at(-1)?.cursor ?? null });
	expect(recordsOf(second)[0]?.raw.status).toBe('unsubscribed');
	expect(recordsOf(second)[0]?.version).not.toBe(recordsOf(first)[0]?.version);
});

test('a member keeps its source ID when its address changes', async () => {
	const vendor = await sandbox();
	const [member] = addMembers(firstList(vendor), 1);
	const before = await pages(connect(vendor));
	Object.assign(member ?? {}, { email: 'other@example.com', lastChanged: START + 5_000 });
	const after = await pages(connect(vendor));
	expect(recordsOf(after)[0]?.raw.id).not.toBe(recordsOf(before)[0]?.raw.id);
	expect(idsOf(after)).toEqual(idsOf(before));
});

test('a first run that needs no history starts where it is told', async () => {
	const vendor = await sandbox();
	addMembers(firstList(vendor), 5, (index) => ({ at: index }));
	expect(idsOf(await pages(connect(vendor), { since: new Date(START + 4_000).toISOString() }))).toEqual(expected(5).slice(3));
});

test('an audience that is new since the last run is read from its beginning', async () => {
	const vendor = await sandbox();
	addMembers(firstList(vendor), 1, () => ({ at: 1000 }));
	const cursor = (await pages(connect(vendor), { settings: { audience: FIRST_LIST } })).at(-1)?.cursor ?? null;
	const second = vendor.state.lists.get(SECOND_LIST);
	if (second) addMembers(second, 2);
	expect(idsOf(await pages(connect(vendor), { cursor }))).toEqual(expect.arrayContaining(expected(2, SECOND_LIST)));
});

test.each([
	['429 without Retry-After', { kind: 'status' as const, status: 429 }],
	['500', { kind: 'status' as const, status: 500 }],
	['a broken connection', { kind: 'reset' as const }],
	['a hang', { kind: 'hang' as const }],
])('%s is tried again', async (_name, fault) => {
	const vendor = await sandbox();
	addMembers(firstList(vendor), 2);
	vendor.server.fail({ ...fault, route: 'read members', times: 1 });
	expect(idsOf(await pages(connect(vendor, { timeoutMs: 200 })))).toEqual(expected(2));
});

test('an outage that lasts is an error that may pass', async () => {
	const vendor = await sandbox();
	vendor.server.fail({ kind: 'status', status: 503, times: 50 });
	await expect(pages(connect(vendor, { retries: 1 }))).rejects.toThrow(TransientError);
});

test('an empty 403, which the vendor gives under load, may pass; one with a title may not', async () => {
	const vendor = await sandbox();
	vendor.server.fail({ kind: 'status', status: 403, times: 1, body: '' });
	await expect(pages(connect(vendor))).rejects.toThrow(TransientError);
	const restricted = await sandbox();
	restricted.server.fail({ kind: 'status', status: 403, times: 1, body: { title: 'Forbidden', status: 403, detail: 'No.' } });
	await expect(pages(connect(restricted))).rejects.toThrow(/role Manager or higher/);
});

test('a wrong key is told with the remedy and without the key', async () => {
	const vendor = await sandbox();
	const apiKey = 'ffffffffffffffffffffffffffffffff-us9';
	const error = await pages(connect(vendor, {}, { apiKey })).catch((caught: unknown) => caught as Error);
	expect(error).toBeInstanceOf(TerminalError);
	expect(String(error)).toMatch(/API Key Invalid.*whole key/s);
	expect(String(error)).not.toContain(apiKey);
});

test('an audience that does not exist is told with the remedy', async () => {
	const vendor = await sandbox();
	await expect(pages(connect(vendor), { settings: { audience: 'gone' } })).rejects.toThrow(/Resource Not Found.*audience/s);
});

test.each([
	['no JSON at all', undefined],
	['a member without contact_id', { members: [{ id: 'x', status: 'subscribed', last_changed: '2026-01-01T00:00:00+00:00' }], total_items: 1 }],
	['a member with a broken time', { members: [{ id: 'x', contact_id: 'y', status: 'subscribed', last_changed: 'soon' }], total_items: 1 }],
])('a page with %s is refused as a whole', async (_name, body) => {
	const vendor = await sandbox();
	const fault = body ? { kind: 'status' as const, status: 200, body } : { kind: 'garbage' as const };
	vendor.server.fail({ ...fault, route: 'read members', times: 1 });
	await expect(pages(connect(vendor))).rejects.toThrow(/read members, field .*expected form/s);
});
