import { mailchimp } from '../../../../lib/systems/mailchimp';
import { connectMailchimp, mailchimpAccount } from '../../../../lib/systems/mailchimp/client';
import { DEFAULT_FIELDS, ensureMergeFields, listMergeFields } from '../../../../lib/systems/mailchimp/fields';
import { TerminalError } from '../../../../lib/transport';
import { FIRST_LIST, SECOND_LIST } from '../../../sandbox/mailchimp/seed';
import { closeAll, connect, firstList, sandbox } from './setup';

afterEach(closeAll);

const settings = { audience: FIRST_LIST };

test('our merge fields are created on first use, hidden from sign-up forms, and a second run creates nothing', async () => {
	const vendor = await sandbox();
	const client = connect(vendor);
	const { created } = await ensureMergeFields(client, DEFAULT_FIELDS, settings);
	expect(created).toEqual(DEFAULT_FIELDS.map((field) => `${FIRST_LIST}/${field.target}`));
	const ours = firstList(vendor).mergeFields.filter((field) => field.tag.startsWith('C360_'));
	expect(ours.map((field) => [field.tag, field.type, field.public])).toEqual(DEFAULT_FIELDS.map((field) => [field.target, field.type, false]));
	vendor.server.resetCalls();
	expect(await ensureMergeFields(client, DEFAULT_FIELDS, settings)).toEqual({ created: [] });
	expect(vendor.server.writes()).toBe(0);
});

test('with no audience chosen the merge fields are made in every one', async () => {
	const vendor = await sandbox();
	await ensureMergeFields(connect(vendor), DEFAULT_FIELDS.slice(0, 1));
	expect([...vendor.state.lists.values()].map((list) => list.mergeFields.at(-1)?.tag)).toEqual(['C360_ID', 'C360_ID']);
});

test('a merge field that another worker creates at the same moment is used', async () => {
	const vendor = await sandbox();
	const body = { title: 'Invalid Resource', status: 400 };
	vendor.server.fail({ kind: 'status', status: 400, route: 'create merge field', times: 1, after: true, body });
	expect(await ensureMergeFields(connect(vendor), DEFAULT_FIELDS.slice(0, 1), settings)).toEqual({ created: [] });
	expect(firstList(vendor).mergeFields.filter((field) => field.tag === 'C360_ID')).toHaveLength(1);
});

test.each([
	['a full audience', { limit: 6 }, {}, /field C360_ID.*6 merge fields.*30 merge fields/s],
	['a field of another type', { present: 'birthday' }, { type: 'number' as const }, /field C360_ID.*type birthday.*number is needed/s],
	['a tag that is too long', {}, { target: 'C360_SEGMENTS' }, /field C360_SEGMENTS.*ten characters/s],
	['the address, which no list of merge fields has', {}, { target: 'EMAIL' }, /field EMAIL.*address is never written\. Write to another merge field/s],
	['a tag in small letters', {}, { target: 'c360_id' }, /field c360_id.*capital letters/s],
])('%s is told by field and remedy', async (_name, state: { limit?: number; present?: string }, change, message) => {
	const vendor = await sandbox();
	const list = firstList(vendor);
	if (state.limit) list.mergeFieldLimit = state.limit;
	if (state.present) list.mergeFields.push({ id: 99, tag: 'C360_ID', name: 'x', type: state.present, required: false, public: false });
	const field = { source: 'canonical_id', target: 'C360_ID', label: 'ID', type: 'text' as const, ...change };
	const error = await ensureMergeFields(connect(vendor), [field], settings).catch((caught: unknown) => caught);
	expect(error).toBeInstanceOf(TerminalError);
	expect(String(error)).toMatch(message);
});

test('the fields to choose from are the merge fields that hold one value', async () => {
	const vendor = await sandbox();
	const names = (await listMergeFields(connect(vendor), settings)).map((field) => field.name);
	expect(names).toContain('COMPANY');
	expect(names).not.toContain('ADDRESS');
});

test('the audiences to choose from come from the account', async () => {
	const vendor = await sandbox();
	const choices = await mailchimp.settings?.[0]?.load(connect(vendor));
	expect(choices).toEqual([
		{ label: 'Newsletter', value: FIRST_LIST },
		{ label: 'Product news', value: SECOND_LIST },
	]);
});

test.each([
	['0123456789abcdef0123456789abcdef-us14', '', 'https://us14.api.mailchimp.com/3.0'],
	[' 0123456789abcdef0123456789abcdef-us9 ', '', 'https://us9.api.mailchimp.com/3.0'],
	['0123456789abcdef0123456789abcdef-us9', 'https://proxy.example.com/mc/3.0/', 'https://proxy.example.com/mc/3.0'],
	['token', 'http://127.0.0.1:9/3.0', 'http://127.0.0.1:9/3.0'],
])('the key %s with base URL "%s" leads to %s', (apiKey, baseUrl, expected) => {
	expect(connectMailchimp({ apiKey, baseUrl }).baseUrl).toBe(expected);
});

test.each(['0123456789abcdef', '0123456789abcdef-', 'x-evil.example.com/', ''])('the key "%s" names no data centre', (apiKey) => {
	expect(() => connectMailchimp({ apiKey, baseUrl: '' })).toThrow(/data centre.*dash/s);
});

test('accounts are told apart without showing the key', () => {
	const keys = ['0123456789abcdef0123456789abcdef-us14', 'fedcba9876543210fedcba9876543210-us14'];
	const names = keys.map((apiKey) => mailchimpAccount({ apiKey, baseUrl: '' }));
	expect(new Set(names).size).toBe(keys.length);
	names.forEach((name, index) => expect(keys[index]).not.toContain(name.split('-')[1]));
});
