import { writeMembers } from '../../../../lib/systems/mailchimp/write';
import { FIRST_LIST } from '../../../sandbox/mailchimp/seed';
import { hashOf } from '../../../sandbox/mailchimp/state';
import { addMembers, closeAll, create, item, settings, statuses, withFields } from './setup';

afterEach(closeAll);

const MANY = 25;

test('all that are not in the audience are added in one call, subscribed and with our fields', async () => {
	const { vendor, list, client } = await withFields(0);
	const emails = Array.from({ length: MANY }, (_, index) => `new${index}@example.com`);
	const results = await writeMembers(client, emails.map((email) => create(email)), settings);
	expect(statuses(results)).toEqual(emails.map(() => 'acknowledged'));
	const added = [...list.members.values()];
	expect(results).toEqual(added.map((member) => ({ status: 'acknowledged', targetId: `${FIRST_LIST}/${member.contactId}` })));
	expect(added.map((member) => [member.email, member.status, member.mergeFields.C360_ID])).toEqual(emails.map((email) => [email, 'subscribed', 'c1']));
	expect(vendor.server.calls()['add members']).toBe(1);
});

test('an audience with double opt-in asks them first', async () => {
	const { list, client } = await withFields(0);
	list.doubleOptIn = true;
	await writeMembers(client, [create('new@example.com')], settings);
	expect([...list.members.values()].map((member) => member.status)).toEqual(['pending']);
});

test('who is in the audience already is left alone, in any status and in any case of the address', async () => {
	const { list, members, client } = await withFields(2, (index) => (index === 1 ? 'unsubscribed' : 'archived'));
	const results = await writeMembers(client, [create('M1@Example.com'), create('m2@example.com')], settings);
	expect(results).toMatchObject([
		{ status: 'skipped', reason: expect.stringContaining('(unsubscribed)') as string },
		{ status: 'skipped', reason: expect.stringContaining('archived') as string },
	]);
	expect(list.members.size).toBe(2);
	expect(members.map((member) => member.mergeFields)).toEqual([{}, {}]);
});

test('a 200 with errors inside is read item by item, and no address stands in a reason', async () => {
	const { list, client } = await withFields(0);
	list.forgotten.add(hashOf('gone@example.com'));
	const results = await writeMembers(
		client,
		[
			create('good@example.com'),
			create('no address'),
			create('gone@example.com'),
			create('number@example.com', { fields: { C360_LTV: 'x' } }),
			create('GOOD@example.com'),
		],
		settings,
	);
	expect(statuses(results)).toEqual(['acknowledged', 'failed', 'skipped', 'failed', 'skipped']);
	expect(results[3]).toMatchObject({ field: 'C360_LTV', reason: expect.stringContaining('Please enter a number') as string });
	expect(JSON.stringify(results)).not.toContain('@example.com');
});

test('a member added by somebody else at the same moment is not touched', async () => {
	const { vendor, list, client } = await withFields(0);
	// The look-up finds nobody; then the member comes and leaves again before ours is added.
	vendor.server.fail({ kind: 'status', status: 404, route: 'read member', times: 1, body: { title: 'Resource Not Found', status: 404 } });
	addMembers(list, 1, () => ({ status: 'unsubscribed' }));
	const results = await writeMembers(client, [create('m1@example.com')], settings);
	expect(results).toMatchObject([{ status: 'skipped', reason: expect.stringContaining('already a list member') as string }]);
	expect([...list.members.values()].map((member) => [member.status, member.mergeFields])).toEqual([['unsubscribed', {}]]);
});

test('without an audience or an email nobody is added', async () => {
	const { vendor, client } = await withFields(0);
	const results = [...(await writeMembers(client, [create('new@example.com')])), ...(await writeMembers(client, [item(null)], settings))];
	expect(results).toMatchObject([
		{ status: 'failed', reason: expect.stringContaining('audience') as string },
		{ status: 'failed', field: 'email' },
	]);
	expect(vendor.server.calls()).toEqual({});
});
