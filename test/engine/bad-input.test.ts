import { type INodeExecutionData, type INodeParameters, type OnError } from 'n8n-workflow';
import type { NodeClass } from './additional-data';
import { runChain, runNode } from './harness';
import { temporaryStore } from './temporary-store';
import { defaultModel } from '../../lib/identity';
import { SYSTEM_IDS } from '../../lib/systems';
import { Customer360Match } from '../../nodes/Customer360Match/Customer360Match.node';
import { Customer360Merge } from '../../nodes/Customer360Merge/Customer360Merge.node';
import { Customer360Model } from '../../nodes/Customer360Model/Customer360Model.node';
import { Customer360Normalize } from '../../nodes/Customer360Normalize/Customer360Normalize.node';
import { Customer360Profile } from '../../nodes/Customer360Profile/Customer360Profile.node';

const store = temporaryStore();

/** A contact as HubSpot's source trigger emits it. */
function contact(sourceId: string, properties: Record<string, unknown>, more: object = {}) {
	const at = '2026-03-01T10:00:00.000Z';
	return { system: 'hubspot', object: 'contact', sourceId, version: at, updatedAt: at, raw: { id: sourceId, properties }, ...more };
}

/** The same, normalized. */
function record(sourceId: string, more: object = {}) {
	const at = '2026-03-01T10:00:00.000Z';
	const email = `person${sourceId}@larkmill.com`;
	return {
		system: 'hubspot', object: 'contact', sourceId, version: at, updatedAt: at, kind: 'person', attributes: { email: [{ value: email, valid: true }] },
		identifiers: [{ kind: 'email', value: email }], consent: [], links: [], ...more,
	};
}

const goodContact = (id: string) => contact(id, { email: `person${id}@larkmill.com`, firstname: 'Ann' });

interface BadItem {
	what: string;
	node: NodeClass;
	good: (id: string) => Record<string, unknown>;
	bad: Record<string, unknown>;
	/** Names what is wrong, where, and what to do. */
	message: RegExp;
	parameters?: INodeParameters;
}

const BAD: BadItem[] = [
	{
		what: 'Normalize gets an item that is no record', node: Customer360Normalize, good: goodContact, bad: { hello: 'world' },
		message: /^The item does not come from a Customer 360 Source Trigger: its field "system" is missing or wrong\. Connect a Source Trigger, or set "Mapping" to "Own Fields"\.$/,
	},
	{
		what: 'Normalize gets a record without content', node: Customer360Normalize, good: goodContact, bad: contact('7', {}, { raw: 'text' }),
		message: /^The item HubSpot contact 7 .*"raw" is missing or wrong/,
	},
	{
		what: 'Normalize gets a record that is null everywhere', node: Customer360Normalize, good: goodContact,
		bad: { system: null, object: null, sourceId: null, version: null, updatedAt: null, raw: null }, message: /^The item does not come .*"system" is missing or wrong/,
	},
	{
		what: 'Normalize gets a record of an unknown system', node: Customer360Normalize, good: goodContact, bad: contact('7', {}, { system: 'crmx' }),
		message: /^The item crmx contact 7: there is no preset for crmx contact\. Set "Mapping" to "Own Fields"/,
	},
	{
		what: 'Normalize gets a record of a system that is called like a part of the language', node: Customer360Normalize, good: goodContact,
		bad: contact('7', {}, { system: 'constructor', object: 'name' }), message: /there is no preset for constructor name/,
	},
	{
		what: 'Match gets an item that is not normalized', node: Customer360Match, good: record, bad: contact('7', { email: 'x@larkmill.com' }),
		message: /^The item HubSpot contact 7 is not a normalized record: its field "kind" is missing or wrong\. Put a Customer 360 Normalize node before Match\.$/,
	},
	{
		what: 'Match gets a malformed value', node: Customer360Match, good: record, bad: record('7', { attributes: { email: 'x@larkmill.com' } }),
		message: /^The item HubSpot contact 7 is not .*"attributes\.email"/,
	},
	{
		what: 'Match gets a record that is null everywhere', node: Customer360Match, good: record,
		bad: Object.fromEntries(Object.keys(record('7')).map((name) => [name, null])), message: /^The item is not a normalized record: its field "system"/,
	},
	{
		what: 'Match gets a record whose ID no store keeps', node: Customer360Match, good: record, bad: record('x'.repeat(1001)),
		message: /^The item HubSpot contact is not a normalized record: its field "sourceId" is longer than 1,000 bytes\. Put a Customer 360 Normalize node before Match\.$/,
	},
	{
		what: 'Match gets a link to an ID that no store keeps', node: Customer360Match, good: record,
		bad: record('7', { links: [{ type: 'member_of', system: 'hubspot', object: 'company', sourceId: 'x'.repeat(1001) }] }),
		message: /^The item HubSpot contact 7 is not .*"links\.0\.sourceId" is longer than 1,000 bytes/,
	},
	{
		what: 'Match gets an identifier of absurd length', node: Customer360Match, good: record, bad: record('7', { identifiers: [{ kind: 'user_id', value: 'x'.repeat(5000) }] }),
		message: /^The item HubSpot contact 7 is not .*"identifiers\.0\.value" is longer than 2,000 bytes/,
	},
	{
		what: 'Profile gets a record reference of absurd length', node: Customer360Profile, good: (id) => ({ ref: `hubspot:contact:${id}` }), bad: { ref: `hubspot:contact:${'x'.repeat(5000)}` },
		parameters: { operation: 'get', findBy: 'record', record: '={{ $json.ref }}' }, message: /^In the record reference "hubspot:contact:x{84}\.\.\." the ID is longer than 1,000 bytes, and no record has such a one\. Check it\.$/,
	},
	{
		what: 'Profile gets an object where a text belongs', node: Customer360Profile, good: (id) => ({ email: `person${id}@larkmill.com` }), bad: { email: { to: 'x' } },
		parameters: { operation: 'get', findBy: 'email', value: '={{ $json.email }}' }, message: /^"Value" must be text, and its expression gives an object\. Choose one value of it\.$/,
	},
	{
		what: 'Profile gets nothing to look for', node: Customer360Profile, good: (id) => ({ email: `person${id}@larkmill.com` }), bad: { email: null },
		parameters: { operation: 'get', findBy: 'email', value: '={{ $json.email }}' }, message: /^"Value" is empty\. Give the email, phone number or identifier to look for\.$/,
	},
	{
		what: 'Profile gets a record reference that is none', node: Customer360Profile, good: (id) => ({ ref: `hubspot:contact:${id}` }), bad: { ref: 'contact 7' },
		parameters: { operation: 'get', findBy: 'record', record: '={{ $json.ref }}' }, message: /is not a record reference; write it as system:object:id, for example hubspot:contact:42/,
	},
	{
		what: 'Model gets a document that is none', node: Customer360Model, good: () => ({ model: defaultModel(SYSTEM_IDS) }), bad: { model: { name: 1 } },
		parameters: { operation: 'save', model: '={{ $json.model }}' }, message: /^The identity model is not valid at "name": .*Nothing was changed\.$/,
	},
];

const pairs = (items: INodeExecutionData[] = []) => items.map(({ pairedItem }) => pairedItem);
const run = ({ node, good, bad, parameters }: BadItem, onError?: OnError) =>
	runNode(node, { items: [good('1'), bad, good('3')], parameters, onError, ...(node === Customer360Normalize ? {} : { credentials: store.credentials }) });

beforeAll(async () => {
	const chain = [{ node: Customer360Match, ...store }, { node: Customer360Merge, from: 1, ...store }];
	const [match] = await runChain(chain, { items: [record('1'), record('3')] });
	if (match?.error) throw match.error;
});

describe.each(BAD)('$what', (given) => {
	test('and stops the workflow with an error that names the item', async () => {
		const { error, outputs, status } = await run(given);
		expect(status).toBe('error');
		expect(error?.name).toBe('NodeOperationError');
		expect(error?.message).toMatch(given.message);
		expect(error?.context?.itemIndex).toBe(1);
		expect(outputs).toEqual([]);
	});

	test('and goes on with the error among the regular items', async () => {
		const { error, outputs } = await run(given, 'continueRegularOutput');
		expect(error).toBeUndefined();
		const all = outputs.flat();
		const [marked, ...others] = all.filter(({ json }) => 'error' in json);
		expect(others).toEqual([]);
		expect(marked).toEqual({ json: { error: expect.stringMatching(given.message) }, pairedItem: { item: 1 } });
		expect(pairs(all).filter((paired) => JSON.stringify(paired) !== '{"item":1}')).toEqual([{ item: 0 }, { item: 2 }]);
	});

	test('and goes on with the error at the output for errors, with the item it is about', async () => {
		const { error, outputs } = await run(given, 'continueErrorOutput');
		expect(error).toBeUndefined();
		const errors = outputs.at(-1);
		expect(errors).toEqual([{ json: { ...given.bad, error: expect.stringMatching(given.message) }, pairedItem: { item: 1 } }]);
		expect(pairs(outputs.slice(0, -1).flat())).toEqual([{ item: 0 }, { item: 2 }]);
	});
});

/** Read from text, as an HTTP answer is: only there `__proto__` becomes a key of its own. */
const withLanguageKeys = JSON.parse(
	JSON.stringify(contact('7', { email: 'a7@larkmill.com', proto: { polluted: 1 }, constructor: 'x' }, { proto: { polluted: 1 } })).replaceAll('"proto"', '"__proto__"'),
) as Record<string, unknown>;
/** About 1 MB. */
const longText = 'all work and no play '.repeat(50_000);
const emails = Array.from({ length: 40 }, (_, index) => `mail${index}@larkmill.com`);

describe('odd records', () => {
	const ODD: [string, Record<string, unknown>, string, unknown][] = [
		['a text of 1 MB', contact('1', { email: 'a1@larkmill.com', jobtitle: longText }), 'email', ['a1@larkmill.com']],
		['a name in Arabic', contact('2', { email: 'a2@larkmill.com', firstname: 'ليلى', lastname: 'حداد' }), 'family_name', ['حداد']],
		['an emoji', contact('3', { email: 'a3@larkmill.com', firstname: 'Ann 🚀' }), 'email', ['a3@larkmill.com']],
		['a birth date in 1899', contact('4', { email: 'a4@larkmill.com', date_of_birth: '1899-12-31' }), 'birth_date', ['1899-12-31']],
		['40 emails', contact('5', { email: emails[0], hs_additional_emails: emails.slice(1).join(';') }), 'email', emails],
		['null in every property but one', contact('6', { email: 'a6@larkmill.com', firstname: null, phone: null, zip: null, country: null, company: null }), 'email', ['a6@larkmill.com']],
		['keys that name parts of the language', withLanguageKeys, 'email', ['a7@larkmill.com']],
	];

	test.each(ODD)('%s goes through Normalize, Match and Merge', async (_what, item, attribute, values) => {
		const own = temporaryStore();
		const [normalize, match, merge] = await runChain(
			[{ node: Customer360Normalize }, { node: Customer360Match, ...own }, { node: Customer360Merge, from: 1, ...own }],
			{ items: [item] },
		);
		expect(merge?.error).toBeUndefined();
		const attributes = normalize?.outputs[0]?.[0]?.json.attributes as Record<string, { value: unknown }[]>;
		expect(attributes[attribute]?.map(({ value }) => value)).toEqual(values);
		expect(match?.outputs[1]).toEqual([{ json: expect.objectContaining({ outcome: 'new', sourceId: item.sourceId }), pairedItem: { item: 0 } }]);
		expect(merge?.outputs[0]).toEqual([{ json: expect.objectContaining({ change: 'created' }), pairedItem: { item: 0 } }]);
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	});

	test('null in every property is no error: the record goes to Rejected and says why', async () => {
		const item = contact('6', { email: null, firstname: null, lastname: null, phone: null });
		const { outputs } = await runNode(Customer360Normalize, { items: [item, goodContact('1')] });
		expect(outputs.map((output) => output.length)).toEqual([1, 1]);
		expect(outputs[1]?.[0]?.json).toMatchObject({ reason: expect.stringContaining('The record HubSpot contact 6'), remedy: expect.any(String) });
	});

	test.each<[string, NodeClass]>([['Normalize', Customer360Normalize], ['Match', Customer360Match]])('an error of %s tells nothing about the person', async (_name, node) => {
		const item = contact('ann.lee@larkmill.com', { email: 'ann.lee@larkmill.com', firstname: 'Ann', phone: '+12125550123' }, { system: 'crmx' });
		const { error } = await runNode(node, { items: [item], ...(node === Customer360Match && store) });
		expect(error?.message).toMatch(/^The item crmx contact/);
		expect(`${error?.message} ${error?.description ?? ''}`).not.toMatch(/ann|lee|@|2125550123/i);
	});
});
