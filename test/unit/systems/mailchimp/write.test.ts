import fc from 'fast-check';
import { DEFAULT_FIELDS, ensureMergeFields } from '../../../../lib/systems/mailchimp/fields';
import { writeMembers } from '../../../../lib/systems/mailchimp/write';
import { TerminalError } from '../../../../lib/transport';
import { FIRST_LIST, SECOND_LIST } from '../../../sandbox/mailchimp/seed';
import type { MemberStatus } from '../../../sandbox/mailchimp/state';
import { addMembers, closeAll, connect, create, firstList, item, sandbox, settings, statuses, withFields } from './setup';

afterEach(closeAll);

const MANY = 25;

test('many members are written as one job, and its archive is fetched without credentials', async () => {
	const { vendor, members, client } = await withFields(MANY);
	const items = members.map((member, index) => item(member, { fields: { C360_ID: `c${index}`, C360_LTV: index } }));
	const results = await writeMembers(client, items, settings);
	expect(results).toEqual(members.map((member) => ({ status: 'acknowledged', targetId: `${FIRST_LIST}/${member.contactId}` })));
	expect(members.map((member) => member.mergeFields)).toEqual(members.map((_, index) => ({ C360_ID: `c${index}`, C360_LTV: index })));
	expect(vendor.server.calls()).toEqual({ 'read merge fields': 1, 'start job': 1, 'look at job': 2 });
	expect(vendor.archives.seen).toEqual({ requests: 1, credentials: false });
});

test('a few members are written at once, without a job', async () => {
	const { vendor, members, client } = await withFields(3);
	expect(statuses(await writeMembers(client, members.map((member) => item(member)), settings))).toEqual(members.map(() => 'acknowledged'));
	expect(vendor.server.calls()).toEqual({ 'read merge fields': 1, 'update member': 3 });
});

test('no write changes the status of a member that exists, whatever it is and whatever else fails', async () => {
	const all: MemberStatus[] = ['subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional', 'archived'];
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 14 }),
			fc.boolean(),
			fc.constantFrom('none', 'retry once', 'archive lost'),
			async (given, asNew, trouble) => {
				const { vendor, list, members, client } = await withFields(given.length, (index) => given[index - 1] ?? 'subscribed');
				if (trouble === 'retry once') vendor.server.fail({ kind: 'status', status: 500, times: 1, after: true });
				if (trouble === 'archive lost') vendor.archives.failWith = { status: 403, times: 5 };
				const tags = { add: ['at_risk'], remove: [] };
				await writeMembers(client, members.map((member) => (asNew ? create(member.email.toUpperCase(), { tags }) : item(member, { tags }))), settings);
				expect([...list.members.values()].map((member) => member.status)).toEqual(given);
				await closeAll();
			},
		),
		{ numRuns: 25 },
	);
});

test('a member who unsubscribes between the start and the end of a job stays unsubscribed', async () => {
	const { vendor, members, client } = await withFields(MANY, () => 'subscribed', { looksPerJob: 3 });
	const writing = writeMembers(client, members.map((member) => item(member)), settings);
	while (vendor.state.jobs.size === 0) await new Promise((resolve) => setImmediate(resolve));
	for (const member of members) member.status = 'unsubscribed';
	expect(new Set(statuses(await writing))).toEqual(new Set(['acknowledged']));
	expect(new Set(members.map((member) => member.status))).toEqual(new Set(['unsubscribed']));
});

test.each([3, MANY])('of %i items the refused ones are told with field and reason, the others are written', async (count) => {
	const { vendor, list, members, client } = await withFields(count);
	list.members.delete(members[1]?.contactId ?? '');
	if (members[2]) members[2].status = 'archived';
	const results = await writeMembers(
		client,
		members.map((member, index) => item(member, { fields: index === 0 ? { C360_LTV: 'plenty' } : { C360_ID: 'c' } })),
		settings,
	);
	expect(results[0]).toMatchObject({ status: 'failed', field: 'C360_LTV', reason: expect.stringContaining('Please enter a number') as string });
	expect(results[1]).toMatchObject({ status: 'failed', reason: expect.stringMatching(/^Mailchimp has no such member any more/) as string });
	expect(results[2]).toMatchObject({ status: 'skipped', reason: expect.stringContaining('archived') as string });
	expect(statuses(results.slice(3))).toEqual(members.slice(3).map(() => 'acknowledged'));
	expect(vendor.server.writes()).toBe(count === 3 ? 3 : 1);
});

test('a merge field that the audience does not have fails by name: the vendor would ignore it without a word', async () => {
	const { members, client } = await withFields(1);
	const [result] = await writeMembers(client, [item(members[0] ?? null, { fields: { C360_ID: 'c', C360_NEW: 1 } })], settings);
	expect(result).toMatchObject({ status: 'failed', field: 'C360_NEW', reason: expect.stringContaining('C360_NEW') as string });
	expect(members[0]?.mergeFields).toEqual({});
});

test('values arrive in the form that the type of the merge field wants', async () => {
	const { members, client } = await withFields(2);
	const fields = { C360_PAID: '2026-03-01T10:00:00.000Z', C360_LTV: 12.5, C360_ID: true, C360_RISK: false };
	const emptied = { C360_PAID: null, C360_LTV: null };
	await writeMembers(client, [item(members[0] ?? null, { fields }), item(members[1] ?? null, { fields: emptied })], settings);
	expect(members[0]?.mergeFields).toEqual({ C360_PAID: '2026-03-01', C360_LTV: 12.5, C360_ID: 'true', C360_RISK: 0 });
	expect(members[1]?.mergeFields).toEqual({ C360_PAID: '', C360_LTV: '' });
});

test('a text that does not fit into a merge field fails and is not cut', async () => {
	const { members, client } = await withFields(1);
	const [result] = await writeMembers(client, [item(members[0] ?? null, { fields: { C360_SEGS: 'ü'.repeat(128) } })], settings);
	expect(result).toMatchObject({ status: 'failed', field: 'C360_SEGS' });
});

test('a required merge field that somebody left empty does not keep us from writing ours', async () => {
	const { list, members, client } = await withFields(1);
	for (const field of list.mergeFields) if (field.tag === 'LNAME') field.required = true;
	expect(statuses(await writeMembers(client, [item(members[0] ?? null)], settings))).toEqual(['acknowledged']);
});

test('members of several audiences are each written in their own', async () => {
	const { vendor, members, client } = await withFields(1);
	const second = vendor.state.lists.get(SECOND_LIST);
	const others = second ? addMembers(second, 1) : [];
	await ensureMergeFields(client, DEFAULT_FIELDS);
	const broken = item(null, { targetId: 'nonsense' });
	const results = await writeMembers(client, [item(members[0] ?? null), item(others[0] ?? null, {}, SECOND_LIST), broken]);
	expect(statuses(results)).toEqual(['acknowledged', 'acknowledged', 'failed']);
	expect(others[0]?.mergeFields.C360_ID).toBe('c1');
});

test('an audience that is gone fails its members only', async () => {
	const { members, client } = await withFields(1);
	const results = await writeMembers(client, [item(members[0] ?? null, {}, 'gone'), item(members[0] ?? null)]);
	expect(statuses(results)).toEqual(['failed', 'acknowledged']);
});

test('when the archive cannot be fetched, the members are written one by one', async () => {
	const { vendor, members, client } = await withFields(MANY);
	vendor.archives.failWith = { status: 403, times: 99 };
	expect(statuses(await writeMembers(client, members.map((member) => item(member)), settings))).toEqual(members.map(() => 'acknowledged'));
	expect(vendor.server.calls()['update member']).toBe(MANY);
});

test('a storage host that fails once is asked again', async () => {
	const { vendor, members, client } = await withFields(MANY);
	vendor.archives.failWith = { status: 503, times: 1 };
	await writeMembers(client, members.map((member) => item(member)), settings);
	expect(vendor.server.calls()['update member']).toBeUndefined();
});

test('a job that does not end in time is cancelled before its members are written one by one', async () => {
	const { vendor, members } = await withFields(MANY, () => 'subscribed', { looksPerJob: 1e9 });
	const client = connect(vendor, { deadlineMs: 5 });
	expect(statuses(await writeMembers(client, members.map((member) => item(member)), settings))).toEqual(members.map(() => 'acknowledged'));
	expect(vendor.state.jobs.size).toBe(0);
});

test('a job that can neither end nor be cancelled leaves its members for later, so that old values cannot come after new ones', async () => {
	const { vendor, members } = await withFields(MANY, () => 'subscribed', { looksPerJob: 1e9 });
	vendor.server.fail({ kind: 'status', status: 500, route: 'cancel job', times: 99 });
	const results = await writeMembers(connect(vendor, { deadlineMs: 5, retries: 1 }), members.map((member) => item(member)), settings);
	expect(new Set(statuses(results))).toEqual(new Set(['retry']));
	expect(vendor.server.calls()['update member']).toBeUndefined();
});

test('429 and 500 are tried again, also where the write took effect before the answer broke', async () => {
	const { vendor, members, client } = await withFields(4);
	vendor.server.fail({ kind: 'status', status: 429, route: 'update member', times: 2 });
	vendor.server.fail({ kind: 'reset', route: 'update member', times: 1, after: true });
	expect(statuses(await writeMembers(client, members.map((member) => item(member)), settings))).toEqual(members.map(() => 'acknowledged'));
});

test('an outage leaves the items for later', async () => {
	const { vendor, members } = await withFields(2);
	vendor.server.fail({ kind: 'status', status: 503, times: 99 });
	expect(statuses(await writeMembers(connect(vendor, { retries: 1 }), members.map((member) => item(member)), settings))).toEqual(['retry', 'retry']);
});

test.each([1, MANY])('a refused key ends the write of %i items', async (count) => {
	const { vendor, members } = await withFields(count);
	const client = connect(vendor, {}, { apiKey: 'ffffffffffffffffffffffffffffffff-us9' });
	await expect(writeMembers(client, members.map((member) => item(member)), settings)).rejects.toThrow(TerminalError);
});

test('a key that may only read is told which permission is missing', async () => {
	const vendor = await sandbox({ readOnly: true });
	addMembers(firstList(vendor), 1);
	await expect(ensureMergeFields(connect(vendor), DEFAULT_FIELDS, settings)).rejects.toThrow(/create merge field.*role Manager/s);
});

test('no more connections are open at once than the vendor allows', async () => {
	const { vendor, members, client } = await withFields(40, () => 'subscribed', { latencyMs: 2 });
	vendor.archives.failWith = { status: 403, times: 99 };
	expect(statuses(await writeMembers(client, members.map((member) => item(member)), settings))).toEqual(members.map(() => 'acknowledged'));
	expect(vendor.mostConnections()).toBeLessThanOrEqual(10);
});
