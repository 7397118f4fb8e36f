import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runChain, runNode } from './harness';
import { temporaryStore, type TemporaryStore } from './temporary-store';
import { fill, startVendor } from './vendors';
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
		['an empty document', () => ({}), /^The identity model is not valid at "name"/],
		['a list', () => [], /^The identity model is not valid at "the top"/],
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
		expect(error?.message).toBe('There is no operation "rest". Choose one from the list. Nothing was changed.');
		expect((await get(store)).json).toEqual(before);
	});
});
