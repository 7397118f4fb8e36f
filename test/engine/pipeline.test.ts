import type { INodeExecutionData } from 'n8n-workflow';
import { runChain, runNode, type NodeRun } from './harness';
import { temporaryStore, type TemporaryStore } from './temporary-store';
import { pollSource, startVendor, SYSTEM_NAMES } from './vendors';
import { Customer360Match } from '../../nodes/Customer360Match/Customer360Match.node';
import { Customer360Merge } from '../../nodes/Customer360Merge/Customer360Merge.node';
import { Customer360Normalize } from '../../nodes/Customer360Normalize/Customer360Normalize.node';
import { Customer360Profile } from '../../nodes/Customer360Profile/Customer360Profile.node';
import { seedSourceIds } from '../sandbox/mailchimp/seed';
import { makeSmallWorld } from '../sandbox/world/small';

const { world, truth } = makeSmallWorld(Date.now());

/** Everything that the four source triggers emit, in one list. */
async function emittedItems(): Promise<INodeExecutionData[]> {
	const store = temporaryStore();
	const runs = await Promise.all(
		SYSTEM_NAMES.map(async (system) => pollSource(system, await startVendor(system, world), store, { parameters: { delivery: 'items' } })),
	);
	return runs.flatMap(({ emitted, error }) => {
		if (error) throw error;
		return emitted.flatMap(([records]) => records ?? []);
	});
}

/** Normalize, Match on its first output, and Merge, in one execution each: Match and Merge run for all of Match's outputs. */
async function runPipeline(items: INodeExecutionData[], store: TemporaryStore): Promise<[NodeRun, NodeRun, NodeRun]> {
	const chain = [{ node: Customer360Normalize }, { node: Customer360Match, ...store }, { node: Customer360Merge, ...store }];
	const [normalize, match, merge] = await runChain(chain, { items });
	if (!normalize || !match || !merge) throw new Error('A node did not run.');
	return [normalize, match, merge];
}

let items: INodeExecutionData[];
const store = temporaryStore();
let first: [NodeRun, NodeRun, NodeRun];

beforeAll(async () => {
	items = await emittedItems();
	first = await runPipeline(items, store);
});

const refOf = ({ json }: Pick<INodeExecutionData, 'json'>) => `${json.system as string}:${json.object as string}:${json.sourceId as string}`;

const idOf = (ref: string) => first[1].outputs.flat().find((item) => refOf(item) === ref)?.json.canonicalId;

describe('records of the four systems through Normalize, Match and Merge', () => {
	test('every record comes out of Normalize once, normalized or rejected', () => {
		const [normalized = [], rejected = []] = first[0].outputs;
		expect([...normalized, ...rejected].map(refOf).sort()).toEqual(items.map(refOf).sort());
	});

	test('a record that tells nothing about who it is goes to Rejected with reason, field and remedy', () => {
		const rejected = first[0].outputs[1] ?? [];
		const iris = rejected.find(({ json }) => (json.raw as { properties?: { lastname?: string } }).properties?.lastname === 'Unreachable');
		expect(iris?.json).toEqual({
			system: 'hubspot',
			object: 'contact',
			sourceId: expect.any(String),
			reason: expect.stringMatching(/^The record HubSpot contact \d+ has no usable email, phone or other identifier/),
			field: 'properties.email',
			remedy: expect.stringContaining('"properties.email" or'),
			raw: expect.any(Object),
		});
		for (const { json } of rejected) expect(json).toMatchObject({ reason: expect.stringMatching(/\.$/), remedy: expect.stringMatching(/\.$/) });
	});

	test('Match gives every normalized record exactly one outcome, at the output of that name', () => {
		const [matched = [], fresh = [], review = []] = first[1].outputs;
		expect([...matched, ...fresh, ...review].map(refOf).sort()).toEqual((first[0].outputs[0] ?? []).map(refOf).sort());
		expect(new Set(fresh.map(({ json }) => json.outcome))).toEqual(new Set(['new']));
		expect(new Set(matched.map(({ json }) => json.outcome))).toEqual(new Set(['matched', 'activity']));
		for (const { json } of review) expect(json.outcome).toBe('review');
	});

	test('one canonical ID never stands for two people, and the records of one person meet in one', () => {
		const mailchimpIds = new Map([...seedSourceIds(world.mailchimp.members)].map(([id, sourceId]) => [`mailchimp:member:${sourceId}`, `mailchimp:member:${id}`]));
		const people = new Map<unknown, Set<unknown>>();
		const ids = new Map<unknown, Set<unknown>>();
		const add = (index: Map<unknown, Set<unknown>>, key: unknown, value: unknown) => index.set(key, (index.get(key) ?? new Set()).add(value));
		for (const { json } of first[1].outputs.flat()) {
			const who = truth.get(mailchimpIds.get(refOf({ json })) ?? refOf({ json }));
			if (who === undefined) continue;
			add(people, json.canonicalId, who);
			add(ids, who, json.canonicalId);
		}
		expect([...people.values()].filter((who) => who.size > 1)).toEqual([]);
		for (const who of ['nickname-and-plus-tag', 'changed-email-in-four-systems', 'twice-in-one-system', 'consent-in-conflict', 'brightleaf']) {
			expect([who, ids.get(who)?.size]).toEqual([who, 1]);
		}
	});

	test('a matched record says with whom and by which rule, the heaviest first', () => {
		const matched = (first[1].outputs[0] ?? []).filter(({ json }) => json.outcome === 'matched');
		for (const { json } of matched) {
			const because = json.because as { rule: string; weight: number; with: object }[];
			expect(because[0]).toEqual({ rule: expect.any(String), weight: expect.any(Number), with: expect.any(Object), comparisons: expect.any(Array) });
			expect(because.map(({ weight }) => weight)).toEqual(because.map(({ weight }) => weight).sort((x, y) => y - x));
		}
	});

	test('Merge gives an item for each profile it built, all of them changed', () => {
		const [changed = [], unchanged = []] = first[2].outputs;
		const ids = new Set(first[1].outputs.flat().map(({ json }) => json.canonicalId).filter(Boolean));
		expect(new Set(changed.map(({ json }) => json.canonicalId))).toEqual(ids);
		expect(unchanged).toEqual([]);
		const robert = changed.find(({ json }) => json.canonicalId === idOf('hubspot:contact:1001'));
		expect(robert?.json).toEqual({
			canonicalId: expect.any(String), entity: 'person', change: 'created', changes: expect.arrayContaining(['email']), segments: ['healthy'], records: 3,
		});
	});

	test('each item of Normalize and Match points to the item it came from', () => {
		for (const { json, pairedItem } of first[0].outputs.flat()) expect(refOf({ json })).toBe(refOf(items[(pairedItem as { item: number }).item]!));
		const normalized = first[0].outputs[0] ?? [];
		for (const { json, pairedItem } of first[1].outputs.flat()) expect(refOf({ json })).toBe(refOf(normalized[(pairedItem as { item: number }).item]!));
	});

	test('each profile of Merge points to the items that carry its ID, and one that came without an item to no single one', () => {
		const [matched = []] = first[1].outputs;
		for (const { json, pairedItem } of first[2].outputs.flat()) {
			const own = matched.flatMap((item, index) => (item.json.canonicalId === json.canonicalId ? [{ item: index }] : []));
			expect(pairedItem).toEqual(own.length === 0 ? [{ item: 0 }, { item: matched.length - 1 }] : own.length === 1 ? own[0] : own);
		}
	});

	test('a profile whose item carries an ID from before a merge points to that item', async () => {
		const fresh = temporaryStore();
		const shop = (sourceId: string, email: string) => ({
			system: 'shop', object: 'buyer', sourceId, version: '1', updatedAt: '2026-03-01T10:00:00.000Z', kind: 'person', attributes: {},
			identifiers: [{ kind: 'email', value: email }], consent: [], links: [],
		});
		const [match] = await runChain([{ node: Customer360Match, ...fresh }, { node: Customer360Merge, from: 1, ...fresh }], {
			items: ['ann@larkmill.com', 'ann.lee@larkmill.com'].map((email, index) => shop(`${index}`, email)),
		});
		const [canonicalId, otherCanonicalId] = (match?.outputs[1] ?? []).map(({ json }) => json.canonicalId as string);
		await runNode(Customer360Profile, { ...fresh, parameters: { operation: 'merge', canonicalId, otherCanonicalId } });
		const attributes = { city: [{ value: 'Leeds', valid: true }] };
		await runNode(Customer360Match, { ...fresh, items: [{ ...shop('0', 'ann@larkmill.com'), version: '2', updatedAt: '2026-03-02T10:00:00.000Z', attributes }] });
		const { outputs } = await runNode(Customer360Merge, { ...fresh, items: [{ something: 'else' }, { canonicalId: otherCanonicalId }, { more: 1 }] });
		expect(outputs[0]).toEqual([{ json: expect.objectContaining({ canonicalId }), pairedItem: { item: 1 } }]);
	});

	test('the same once more changes nothing', async () => {
		const before = await (await store.open()).read((tx) => tx.events.lastSeq());
		const [, match, merge] = await runPipeline(items, store);
		expect(new Set(match.outputs.flat().map(({ json }) => json.outcome))).toEqual(new Set(['unchanged']));
		expect(match.outputs.slice(1)).toEqual([[], []]);
		expect(merge.outputs).toEqual([[], []]);
		expect(await (await store.open()).read((tx) => tx.events.lastSeq())).toBe(before);
	});
});

describe('Merge', () => {
	test('gives one summary item, to Changed when anything changed and to Unchanged when nothing did', async () => {
		const fresh = temporaryStore();
		const summary = { node: Customer360Merge, ...fresh, parameters: { output: 'summary' } };
		const chain = [{ node: Customer360Normalize }, { node: Customer360Match, ...fresh }, summary];
		const [, match, merge] = await runChain(chain, { items });
		const profiles = new Set(match?.outputs.flat().map(({ json }) => json.canonicalId).filter(Boolean)).size;
		expect(merge?.outputs).toEqual([[{ json: { built: profiles, changed: profiles }, pairedItem: { item: 0 } }], []]);
		const [again] = await runChain([summary]);
		expect(again?.outputs).toEqual([[], [{ json: { built: 0, changed: 0 }, pairedItem: { item: 0 } }]]);
	});
});
