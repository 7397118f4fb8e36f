import type { INodeParameters } from 'n8n-workflow';
import { pollNode, runChain, type PollOptions } from './harness';
import { temporaryStore, type TemporaryStore } from './temporary-store';
import type { ChangeEvent } from '../../lib/domain';
import { Customer360Match } from '../../nodes/Customer360Match/Customer360Match.node';
import { Customer360Merge } from '../../nodes/Customer360Merge/Customer360Merge.node';
import { Customer360Trigger } from '../../nodes/Customer360Trigger/Customer360Trigger.node';

function person(sourceId: string, version = 1, more: object = {}) {
	const at = new Date(Date.UTC(2026, 2, version)).toISOString();
	const email = `person${sourceId}@larkmill.com`;
	const attributes = { email: [{ value: email, valid: true }], job_title: [{ value: `job ${version}`, valid: true }] };
	return { system: 'shop', object: 'buyer', sourceId, version: at, updatedAt: at, kind: 'person', attributes, identifiers: [{ kind: 'email', value: email }], consent: [], links: [], ...more };
}

/** Stores and builds people: each makes an event or two. */
async function change(store: TemporaryStore, ...people: object[]): Promise<void> {
	const runs = await runChain([{ node: Customer360Match, ...store }], { items: people as Record<string, unknown>[] });
	runs.push(...(await runChain([{ node: Customer360Merge, ...store }])));
	for (const { error } of runs) if (error) throw error;
}

const poll = (store: TemporaryStore, parameters: INodeParameters = {}, options: PollOptions = {}) =>
	pollNode(Customer360Trigger, { ...store, parameters: { events: [], emit: 'events', start: 'beginning', ...parameters }, ...options });

const eventsOf = (run: Awaited<ReturnType<typeof poll>>) => run.emitted.flatMap(([items]) => (items ?? []).map(({ json }) => json as unknown as ChangeEvent));

describe('Customer 360 Trigger', () => {
	test('gives each event of the change feed once, in order, and afterwards only what is new', async () => {
		const store = temporaryStore();
		await change(store, person('1'), person('2'));
		const first = await poll(store);
		expect(first.returned).toBeNull();
		expect(first.error).toBeUndefined();
		expect(eventsOf(first).map(({ type }) => type)).toEqual(['profile.created', 'profile.created']);
		expect(eventsOf(first)[0]).toEqual({
			seq: expect.any(Number), type: 'profile.created', canonicalId: expect.stringMatching(/^per_/), entity: 'person', at: expect.any(String),
			data: { attributes: expect.arrayContaining(['email']) },
		});
		expect((await poll(store)).emitted).toEqual([]);
		await change(store, person('1', 2));
		expect(eventsOf(await poll(store)).map(({ type, data }) => [type, data.attributes])).toEqual([['profile.changed', ['job_title']]]);
	});

	test('started with "from now on", it leaves out what happened before its first run', async () => {
		const store = temporaryStore();
		await change(store, person('1'));
		expect((await poll(store, { start: 'now' })).emitted).toEqual([]);
		await change(store, person('2'));
		expect(eventsOf(await poll(store, { start: 'now' }))).toHaveLength(1);
	});

	test('two triggers have a place of their own each', async () => {
		const store = temporaryStore();
		await change(store, person('1'));
		expect(eventsOf(await poll(store, {}, { nodeId: 'one' }))).toHaveLength(1);
		expect(eventsOf(await poll(store, {}, { nodeId: 'two' }))).toHaveLength(1);
		expect(eventsOf(await poll(store, {}, { nodeId: 'one', workflowId: 'another' }))).toHaveLength(1);
		expect(eventsOf(await poll(store, {}, { nodeId: 'one' }))).toEqual([]);
	});

	test('gives only the types that are chosen', async () => {
		const store = temporaryStore();
		await change(store, person('1'), person('2'));
		await poll(store);
		const twin = { identifiers: [{ kind: 'email', value: 'person1@larkmill.com' }, { kind: 'email', value: 'person2@larkmill.com' }] };
		await change(store, person('1', 2, twin));
		const events = eventsOf(await poll(store, { events: ['profile.merged'] }));
		expect(events.map(({ type, data }) => [type, data])).toEqual([['profile.merged', { retired: [expect.stringMatching(/^per_/)] }]]);
	});

	test('can give one item for everything that is new', async () => {
		const store = temporaryStore();
		await change(store, person('1'), person('2'));
		await change(store, person('1', 2));
		const run = await poll(store, { emit: 'summary' });
		expect(run.emitted).toEqual([[[{ json: { events: 3, counts: { 'profile.created': 2, 'profile.changed': 1 }, profiles: 2, lastSeq: expect.any(Number) } }]]]);
		expect((await poll(store, { emit: 'summary' })).emitted).toEqual([]);
	});

	test.each<[string, PollOptions['execute']]>([
		['the workflow failed', () => 'error'],
		['the workflow was cancelled', () => 'canceled'],
		['n8n could not start the workflow', () => Promise.reject(new Error('no worker'))],
	])('when %s, the same events come again', async (_what, execute) => {
		const store = temporaryStore();
		await change(store, person('1'));
		const failed = await poll(store, {}, { execute });
		expect(failed.returned).toBeNull();
		expect(failed.error).toBeUndefined();
		expect(eventsOf(await poll(store))).toEqual(eventsOf(failed));
		expect((await poll(store)).emitted).toEqual([]);
	});

	test('a poll that begins while the workflow still runs hands nothing out a second time', async () => {
		const store = temporaryStore();
		await change(store, person('1'), person('2'));
		const during: Awaited<ReturnType<typeof poll>>[] = [];
		const first = await poll(store, {}, {
			execute: async () => {
				during.push(await poll(store));
				return 'success' as const;
			},
		});
		expect(eventsOf(first)).toHaveLength(2);
		expect(during).toEqual([{ emitted: [], returned: null }]);
	});

	test('two polls that begin together hand out each event once', async () => {
		const store = temporaryStore();
		await change(store, ...Array.from({ length: 20 }, (_, index) => person(String(index))));
		const runs = await Promise.all([poll(store), poll(store)]);
		const seqs = runs.flatMap(eventsOf).map(({ seq }) => seq);
		expect([seqs.length, new Set(seqs).size]).toEqual([20, 20]);
	});

	test('many events come in several executions, none left out', async () => {
		const store = temporaryStore();
		await change(store, ...Array.from({ length: 700 }, (_, index) => person(String(index))));
		const run = await poll(store);
		expect(run.emitted.length).toBeGreaterThan(1);
		expect(eventsOf(run).map(({ canonicalId }) => canonicalId).filter((id, index, all) => all.indexOf(id) === index)).toHaveLength(700);
	});

	test('in the editor it shows the latest events and keeps its place', async () => {
		const store = temporaryStore();
		await change(store, person('1'), person('2'));
		const sample = await poll(store, {}, { mode: 'manual' });
		expect(sample.returned?.[0]?.map(({ json }) => json.type)).toEqual(['profile.created', 'profile.created']);
		expect((await poll(store, { emit: 'summary' }, { mode: 'manual' })).returned?.[0]?.[0]?.json).toMatchObject({ events: 2 });
		expect(eventsOf(await poll(store))).toHaveLength(2);
	});

	test('an event that does not exist is an error, and not a trigger that never starts', async () => {
		const { error } = await poll(temporaryStore(), { events: ['profile.deleted'] });
		expect(error?.message).toBe('There is no event "profile.deleted". Choose "Events" from the list.');
	});

	test('in the editor an empty change feed gives nothing', async () => {
		expect(await poll(temporaryStore(), {}, { mode: 'manual' })).toEqual({ emitted: [], returned: null });
	});
});

describe('events that were forgotten before the trigger read them', () => {
	const lossOf = (from: number, to: number) => ({ missed: { from, to, reason: expect.stringContaining(`events ${from} to ${to} of the change feed were forgotten`) } });
	const forget = async (store: TemporaryStore, events: number) => (await store.open()).write((tx) => tx.events.prune('9999', events));

	/** A store whose trigger has read one event; three more came, of which the two oldest are gone. */
	async function withGap(parameters: INodeParameters): Promise<TemporaryStore> {
		const store = temporaryStore();
		await change(store, person('1'));
		await poll(store, parameters);
		await change(store, person('2'), person('3'), person('4'));
		expect(await forget(store, 3)).toBe(3);
		return store;
	}

	test('are named by the first item after them, once', async () => {
		const store = await withGap({});
		const events = eventsOf(await poll(store));
		expect(events).toEqual([expect.objectContaining({ seq: 4, ...lossOf(2, 3) })]);
		await change(store, person('5'));
		expect(Object.keys(eventsOf(await poll(store))[0] ?? {})).not.toContain('missed');
	});

	test('are named by the summary, also when nothing is left, so that what follows is done', async () => {
		const store = await withGap({ emit: 'summary' });
		const summary = (await poll(store, { emit: 'summary' }, { execute: () => 'error' })).emitted[0]?.[0]?.[0]?.json;
		expect(summary).toMatchObject({ events: 1, lastSeq: 4, ...lossOf(2, 3) });
		await forget(store, 1);
		expect((await poll(store, { emit: 'summary' })).emitted).toEqual([[[{ json: { events: 0, counts: {}, profiles: 0, lastSeq: 4, ...lossOf(2, 4) } }]]]);
		expect((await poll(store, { emit: 'summary' })).emitted).toEqual([]);
	});

	test('start no workflow by themselves where each item is an event', async () => {
		const store = await withGap({});
		await forget(store, 1);
		expect(await poll(store)).toEqual({ emitted: [], returned: null });
		await change(store, person('5'));
		expect(eventsOf(await poll(store)).map(({ seq }) => seq)).toEqual([5]);
	});

	test('are none where a trigger waits for other events, or begins anew', async () => {
		const store = temporaryStore();
		await change(store, person('1'), person('2'));
		expect((await poll(store, { events: ['segment.left'] })).emitted).toEqual([]);
		await forget(store, 1);
		const [first, ...others] = eventsOf(await poll(store, {}, { nodeId: 'new' }));
		expect([first?.seq, Object.keys(first ?? {}).includes('missed'), others]).toEqual([2, false, []]);
		await change(store, person('1', 2, { attributes: {} }));
		expect(await forget(store, 1)).toBe(1);
		expect((await poll(store, { emit: 'summary', events: ['segment.left'] })).emitted).toEqual([]);
	});
});

test('Merge forgets old events once a day, and goes on numbering', async () => {
	const store = temporaryStore();
	const opened = await store.open();
	const at = '2020-01-01T00:00:00.000Z';
	await opened.write((tx) => tx.events.append([1, 2].map(() => ({ type: 'profile.changed' as const, canonicalId: 'per_1', entity: 'person' as const, at, data: {} }))));
	await change(store, person('1'));
	expect(await opened.read((tx) => tx.events.since(0, [], 10))).toMatchObject([{ seq: 3, type: 'profile.created' }]);
	await opened.write((tx) => tx.events.append([{ type: 'profile.changed', canonicalId: 'per_1', entity: 'person', at, data: {} }]));
	await change(store, person('2'));
	expect(await opened.read(async (tx) => (await tx.events.since(0, [], 10)).length)).toBe(3);
});
