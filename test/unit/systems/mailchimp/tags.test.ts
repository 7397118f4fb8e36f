import { writeMembers } from '../../../../lib/systems/mailchimp/write';
import type { MailchimpSandbox } from '../../../sandbox/mailchimp/server';
import { hashOf } from '../../../sandbox/mailchimp/state';
import { closeAll, connect, firstList, item, settings, statuses, withFields } from './setup';

afterEach(closeAll);

const MANY = 25;

function tagsOf(vendor: MailchimpSandbox, contactId: string | undefined): string[] {
	const list = firstList(vendor);
	const member = list.members.get(contactId ?? '');
	return list.segments.filter((segment) => member?.tags.has(segment.id)).map((segment) => segment.name);
}

test('segments become tags with our prefix, one call a tag, and the tags of others stay', async () => {
	const { vendor, list, members, client } = await withFields(MANY);
	list.segments.push({ id: 7, name: 'VIP', type: 'static' }, { id: 8, name: 'c360: healthy', type: 'static' });
	for (const member of members) member.tags.add(7).add(8);
	const tags = { add: ['at_risk', 'high_value'], remove: ['healthy', 'never_set'] };
	const results = await writeMembers(client, members.map((member) => item(member, { tags })), settings);
	expect(statuses(results)).toEqual(members.map(() => 'acknowledged'));
	for (const member of members) expect(tagsOf(vendor, member.contactId)).toEqual(['VIP', 'c360: at_risk', 'c360: high_value']);
	expect(vendor.server.calls()).toMatchObject({ 'change segment': 3, 'create segment': 2 });
	expect(list.segments.map((segment) => segment.name)).not.toContain('c360: never_set');
});

test('tags alone are set without writing fields, by the address that the member has now', async () => {
	const { vendor, members, client } = await withFields(1);
	if (members[0]) members[0].email = 'changed@example.com';
	await writeMembers(client, [item(members[0] ?? null, { fields: {}, tags: { add: ['at_risk'], remove: [] }, email: 'm1@example.com' })], settings);
	expect(tagsOf(vendor, members[0]?.contactId)).toEqual(['c360: at_risk']);
	expect(vendor.server.calls()['update member']).toBeUndefined();
});

test('a member whom the call for many refuses is tagged alone', async () => {
	const { vendor, list, members, client } = await withFields(2);
	list.segmentRefuses.add(hashOf('m2@example.com'));
	const results = await writeMembers(client, members.map((member) => item(member, { tags: { add: ['at_risk'], remove: [] } })), settings);
	expect(statuses(results)).toEqual(['acknowledged', 'acknowledged']);
	expect(members.map((member) => tagsOf(vendor, member.contactId))).toEqual([['c360: at_risk'], ['c360: at_risk']]);
	expect(vendor.server.calls()['tag member']).toBe(1);
});

test('a member whose tag could not be set is not acknowledged', async () => {
	const { vendor, members } = await withFields(2);
	vendor.server.fail({ kind: 'status', status: 503, route: 'change segment', times: 99 });
	const tags = { add: ['at_risk'], remove: [] };
	const results = await writeMembers(connect(vendor, { retries: 1 }), members.map((member) => item(member, { tags })), settings);
	expect(statuses(results)).toEqual(['retry', 'retry']);
});

test('a tag that another worker creates at the same moment is used', async () => {
	const { vendor, members, client } = await withFields(1);
	const body = { title: 'Bad Request', status: 400 };
	vendor.server.fail({ kind: 'status', status: 400, route: 'create segment', times: 1, after: true, body });
	const tags = { add: ['at_risk'], remove: [] };
	expect(statuses(await writeMembers(client, [item(members[0] ?? null, { tags })], settings))).toEqual(['acknowledged']);
	expect(tagsOf(vendor, members[0]?.contactId)).toEqual(['c360: at_risk']);
});
