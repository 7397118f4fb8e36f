import os from 'node:os';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runChain, runNode } from './harness';
import { temporaryStore, type TemporaryStore } from './temporary-store';
import { fill, startVendor } from './vendors';
import { madePeople } from '../unit/cli/people';
import { Customer360Match } from '../../nodes/Customer360Match/Customer360Match.node';
import { Customer360Merge } from '../../nodes/Customer360Merge/Customer360Merge.node';
import { Customer360Model } from '../../nodes/Customer360Model/Customer360Model.node';
import { Customer360Profile } from '../../nodes/Customer360Profile/Customer360Profile.node';

interface Segment {
	name: string;
	when: { field?: string; op?: string; value?: unknown };
}
type Model = IDataObject & { segments: Segment[]; matching: IDataObject & { person: IDataObject } };

async function perform(store: TemporaryStore, parameters: INodeParameters, items?: IDataObject[]) {
	const { outputs, error } = await runNode(Customer360Model, { ...store, parameters, items: items?.map((json) => ({ json })) });
	return { json: outputs[0]?.[0]?.json as { version: number; actor: string; model: Model }, error };
}

const get = (store: TemporaryStore) => perform(store, { operation: 'get' });
const save = (store: TemporaryStore, model: unknown) => perform(store, { operation: 'save', model: typeof model === 'string' ? model : JSON.stringify(model) });

test('a new store has the default model as version 1, and asking again makes no other', async () => {
	const store = temporaryStore();
	const first = await get(store);
	expect(first.json).toMatchObject({ version: 1, model: { systems: ['hubspot', 'stripe', 'zendesk', 'mailchimp'] } });
	expect((await get(store)).json).toEqual(first.json);
});

describe('a changed threshold of a segment', () => {
	const store = temporaryStore();
	const segmentsOf = async (record: string) => {
		const { outputs } = await runNode(Customer360Profile, { ...store, parameters: { operation: 'get', findBy: 'record', record } });
		return (outputs[0]?.[0]?.json.segments as { name: string }[] | undefined)?.map(({ name }) => name);
	};
	let hannah: string;

	beforeAll(async () => {
		const [stripe, hubspot] = await Promise.all([startVendor('stripe'), startVendor('hubspot')]);
		await fill(store, 'hubspot', hubspot);
		await fill(store, 'stripe', stripe);
		hannah = 'hubspot:contact:1004';
	});

	test('moves profiles between segments as soon as it is saved, and the change feed says so', async () => {
		expect(await segmentsOf(hannah)).toEqual(['at_risk']);
		const { model } = (await get(store)).json;
		const stricter = { ...model, segments: model.segments.map((one) => (one.name === 'at_risk' ? { ...one, when: { ...one.when, value: 101 } } : one)) };
		const { json } = await save(store, stricter);
		expect(json).toMatchObject({ version: 2, actor: 'workflow', model: stricter });
		expect(await segmentsOf(hannah)).toEqual([]);
		const events = await (await store.open()).read((tx) => tx.events.since(0, ['segment.left'], 10));
		expect(events.map(({ data }) => data.segment)).toEqual(['at_risk']);
	});

	test('leaves nothing for the next Merge to do', async () => {
		const [merge] = await runChain([{ node: Customer360Merge, ...store, parameters: { output: 'summary' } }]);
		expect(merge?.outputs[1]?.[0]?.json).toEqual({ built: 0, changed: 0 });
	});

	test('starting from the default puts it back, as one more version', async () => {
		const { json } = await perform(store, { operation: 'reset' });
		expect(json.version).toBe(3);
		expect(await segmentsOf(hannah)).toEqual(['at_risk']);
	});
});

test('what Get gave can be changed on the way and saved from the item', async () => {
	const store = temporaryStore();
	const { model } = (await get(store)).json;
	const { json } = await perform(store, { operation: 'save', model: '={{ $json.model }}' }, [{ model: { ...model, defaultCountry: 'DE' } }]);
	expect(json).toMatchObject({ version: 2, model: { defaultCountry: 'DE' } });
});

describe('a document that cannot be used', () => {
	const store = temporaryStore();
	const changed = (change: (model: Model) => unknown) => change;

	test.each<[string, (model: Model) => unknown, RegExp]>([
		['text that is no JSON', () => '{ "name": ', /^"Model" is not valid JSON\. Nothing was changed\.$/],
		['nothing', () => '={{ $json.nowhere }}', /^"Model" is empty\. Give the whole document, as Get gives it in its field "model"\./],
		['all that Get gives', changed((model) => ({ version: 1, model })), /^"Model" has the document in its field "model"\. Give that field alone/],
		['an empty document', () => ({}), /^The identity model is not valid at "name": it is missing \(string\)\. /],
		['a list', () => [], /^The identity model is not valid: it must be of type object and is array\. /],
		['a number that is text', changed((model) => ({ ...model, name: 'x', exchangeRates: { EUR: '1.1' } })), /at "exchangeRates\.EUR": it must be of type number and is string\. /],
		['a currency of two letters', changed((model) => ({ ...model, reportingCurrency: 'EU' })), /not valid at "reportingCurrency"/],
		['a segment name with a blank', changed((model) => ({ ...model, segments: [{ ...model.segments[0], name: 'at risk' }] })), /"segments\.0\.name": a segment name has small letters/],
		['a comparison that does not exist', changed((model) => ({ ...model, segments: [{ ...model.segments[0], when: { field: 'churn_risk', op: '~', value: 1 } }] })), /"segments\.0\.when/],
		['a blocking rule that does not exist', changed(({ matching, ...model }) => ({ ...model, matching: { ...matching, person: { ...matching.person, blocking: ['horoscope'] } } })), /no blocking rule "horoscope" for person; there are: /],
	])('%s: the error names the place, and the version in force stays', async (_what, change, message) => {
		const before = (await get(store)).json;
		const { error } = await save(store, change(before.model));
		expect(error).toMatchObject({ name: 'NodeOperationError', message: expect.stringMatching(message), context: { itemIndex: 0 } });
		expect(error?.message).toMatch(/Nothing was changed\.$/);
		expect((await get(store)).json).toEqual(before);
	});

	test('an operation that does not exist changes nothing', async () => {
		const before = (await get(store)).json;
		const { error } = await perform(store, { operation: 'rest' });
		expect(error?.message).toBe('There is no operation "rest". Choose one from the list.');
		expect((await get(store)).json).toEqual(before);
	});
});

/** Records of made-up people, as Normalize gives them. */
function people(count: number): IDataObject[] {
	const value = (text: string) => [{ value: text, valid: true }];
	return madePeople(count).map(({ id, first_name, last_name, email, birth_date, street }) => ({
		...{ system: 'crm', object: 'contact', sourceId: id, version: '1', updatedAt: '2026-03-01T10:00:00.000Z', kind: 'person', consent: [], links: [] },
		attributes: { given_name: value(first_name), family_name: value(last_name), birth_date: value(birth_date), street: value(street) },
		identifiers: email === '' ? [] : [{ kind: 'email', value: email }],
	}));
}

const everything = async (store: TemporaryStore) =>
	(await store.open()).read(async (tx) => JSON.stringify([await tx.records.scan(0, 5000), await tx.profiles.scan(0, 5000), await tx.reviews.open(5000, 0), await tx.models.current(), await tx.events.lastSeq()]));

describe('Train', () => {
	const store = temporaryStore();
	let preview: unknown;
	const train = async (parameters: INodeParameters = {}) => perform(store, { operation: 'train', previewOnly: true, seed: 1, largest: 5, ...parameters });

	beforeAll(async () => {
		await runChain([{ node: Customer360Match, ...store }, { node: Customer360Merge, ...store, parameters: { output: 'summary' } }], { items: people(510) });
	});

	test('shows what would change and changes nothing', async () => {
		const before = await everything(store);
		const { json } = await train();
		expect(json).toMatchObject({ people: 510, companies: 0, trainedOn: 510, tooFew: ['company'], changed: true, applied: false, version: 1 });
		expect(json).toMatchObject({ merges: expect.any(Number), splits: expect.any(Number), largestMerges: expect.any(Array), largestSplits: expect.any(Array) });
		expect(await everything(store)).toBe(before);
		preview = json;
	});

	test('is refused a preview where there is not the memory for it, and still puts the weights in force', async () => {
		const free = jest.spyOn(os, 'freemem').mockReturnValue(400_000);
		try {
			expect((await train()).error?.message).toMatch(/^What the model would change can't be worked out here: that takes about 1 MB of memory for 510 records, and 0 MB are free\. Nothing was changed\./);
			const other = temporaryStore();
			await runChain([{ node: Customer360Match, ...other }, { node: Customer360Merge, ...other, parameters: { output: 'summary' } }], { items: people(510) });
			const { json } = await perform(other, { operation: 'train', previewOnly: false, seed: 1, largest: 5 });
			expect(json).toMatchObject({ applied: true, version: 2, message: expect.stringContaining('What it changed is not listed') });
			expect(json).not.toHaveProperty('profiles');
		} finally {
			free.mockRestore();
		}
	}, 60_000);

	test('puts the weights in force where that is asked for, and then is what the preview said', async () => {
		const { json: applied } = await train({ previewOnly: false });
		expect(applied).toEqual({ ...(preview as object), applied: true, version: 2 });
		const { profiles } = await (await store.open()).read((tx) => tx.profiles.counts());
		expect(profiles.person).toBe((preview as { profiles: { after: number } }).profiles.after);
		const { json } = await get(store);
		expect(json).toMatchObject({ version: 2, actor: 'training by workflow' });
	}, 60_000);

	test('says of a small store that there is too little to learn from', async () => {
		const { json } = await perform(temporaryStore(), { operation: 'train', previewOnly: false, seed: 1, largest: 5 });
		expect(json).toMatchObject({ changed: false, tooFew: ['person', 'company'], message: expect.stringMatching(/fewer than \d+ people and fewer than \d+ companies/) });
	});

	test.each<[string, INodeParameters, RegExp]>([
		['a seed that is no number', { seed: '={{ "x" }}' }, /^"Seed" is "x" and must be a whole number, 0 or more\./],
		['a negative count', { largest: '={{ -1 }}' }, /^"Changes to List" is "-1"/],
	])('%s is an error', async (_what, parameters, message) => {
		expect((await train(parameters)).error?.message).toMatch(message);
	});
});

describe('Splink settings', () => {
	const store = temporaryStore();
	const weightsOf = ({ matching }: Model, entity: 'person' | 'company') => matching[entity] as { comparisons: { comparison: string; levels: { m: number; u: number }[] }[]; thresholds: IDataObject; blocking: string[] };

	test('go out with what they cannot say, and come back as the same weights', async () => {
		const before = (await get(store)).json.model;
		const { outputs } = await runNode(Customer360Model, { ...store, parameters: { operation: 'exportSplink', entity: 'company' } });
		const json: IDataObject = outputs[0]?.[0]?.json ?? {};
		expect(json).toMatchObject({ entity: 'company', version: 1, settings: { link_type: 'dedupe_only', comparisons: expect.any(Array) } });
		expect((json.leftOut as string[]).join('\n')).toMatch(/thresholds: .*\n.*reservations/);
		const parameters = { operation: 'importSplink', entity: 'company', settings: '={{ $json.settings }}', previewOnly: false, largest: 0 };
		const { json: result, error } = await perform(store, parameters, [{ settings: json.settings }]);
		expect(error).toBeUndefined();
		expect(result).toMatchObject({ applied: true, version: 2, merges: 0, splits: 0 });
		const after = (await get(store)).json.model;
		expect(after.matching.person).toEqual(before.matching.person);
		expect(weightsOf(after, 'company')).toMatchObject({ thresholds: weightsOf(before, 'company').thresholds, blocking: weightsOf(before, 'company').blocking });
		expect(weightsOf(after, 'company').comparisons.map(({ comparison, levels }) => [comparison, levels.map(({ m, u }) => [m, u])])).toEqual(
			weightsOf(before, 'company').comparisons.map(({ comparison, levels }) => [comparison, levels.map(({ m, u }) => [m, u])]),
		);
	});

	test.each<[string, IDataObject | string, string, RegExp]>([
		['that are no JSON', '{ "comparisons"', 'person', /^"Settings" is not valid JSON\. Nothing was changed\.$/],
		['that are something else', { foo: 1 }, 'person', /no Splink settings/],
		['of which nothing is known here', { probability_two_random_records_match: 0.01, comparisons: [{ output_column_name: 'shoe_size', comparison_levels: [{ sql_condition: 'ELSE', m_probability: 0.5, u_probability: 0.5 }] }] }, 'person', /None of the comparisons/],
		['for neither people nor companies', {}, 'robot', /^"Type" is "robot" and must be "person" or "company"/],
	])('%s are an error and change nothing', async (_what, settings, entity, message) => {
		const before = (await get(store)).json;
		const { error } = await perform(store, { operation: 'importSplink', entity: `={{ "${entity}" }}`, settings: typeof settings === 'string' ? settings : JSON.stringify(settings), previewOnly: false, largest: 5 });
		expect(error?.message).toMatch(message);
		expect((await get(store)).json).toEqual(before);
	});
});
