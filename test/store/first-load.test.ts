import type { SourceRecord } from '../../lib/domain';
import { buildProfiles, emptySummary, explainPair, FirstLoad, previewChange, previewModel, saveModel } from '../../lib/identity';
import type { IdentityStore } from '../../lib/store';
import { slices } from '../../lib/transport';
import { build } from '../unit/cli/built';
import { contact, NOW, person, strictModel, SYSTEMS, Walk } from '../unit/identity/given';
import { describeStore } from './describe-store';
import { content, records } from './matched-records';

async function started(store: IdentityStore): Promise<Walk> {
	await saveModel(store, strictModel(), 'test', NOW - 1000);
	return new Walk(store);
}

async function explained({ store }: Walk): Promise<unknown> {
	return store.read(async (tx) => {
		const [left, right] = await tx.records.byNo([1, 2]);
		const model = await tx.models.current();
		if (!left || !right || !model) throw new Error('two records and a model were stored');
		return explainPair(tx, left, right, model);
	});
}

async function matchedInOneBatch(store: IdentityStore): Promise<Walk> {
	const walk = await started(store);
	await walk.match(...records);
	await walk.build();
	return walk;
}

beforeAll(build, 120_000);

describeStore('a first load', (newStore) => {
	test.each([
		['as they come', {}],
		['that were made ready in a thread', { ready: true }],
		['that are compared in threads', { threads: 2 }],
		['on a machine that has no room for all at once', { ready: true, room: 0 }],
	])('of records %s leaves what matching them in one batch leaves, to the last key, line of evidence and event', async (_, how) => {
		const [one, other] = [await matchedInOneBatch(await newStore()), await started(await newStore())];
		await other.load(slices(records, 7), how);
		await other.build();
		const [expected, found] = [await content(one), await content(other)];
		expect(expected.generic).toHaveLength(1);
		expect(expected.asked.length).toBeGreaterThan(0);
		expect(found).toEqual(expected);
		expect(await other.problems()).toEqual([]);
	});

	test('says what became of the records', async () => {
		const walk = await started(await newStore());
		const { outcomes } = await walk.load([...slices(records, 10), records.slice(0, 3)]);
		const results = await (await started(await newStore())).match(...records);
		const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
		expect(outcomes).toEqual({ matched: count('matched'), new: count('new'), review: count('review'), deleted: 1, activity: 0, unchanged: 3, stale: 0 });
	});

	test('says where there is no room for all at once', async () => {
		const walk = await started(await newStore());
		const load = new FirstLoad(walk.store, SYSTEMS, () => 1000);
		const [summary, told] = [emptySummary(), [] as number[][]];
		await load.put(records.map((record) => ({ record })), NOW, summary);
		await load.finish(NOW, summary, { onTooLittleRoom: (...bytes) => told.push(bytes) });
		expect(told).toEqual([[expect.any(Number), 1000]]);
		expect(told[0]?.[0]).toBeGreaterThan(1000);
		const one = await (await started(await newStore())).load([records]);
		expect(summary).toEqual(one);
	});

	test('goes on after it was stopped before anything was matched, and check says how', async () => {
		const walk = await started(await newStore());
		await walk.load(slices(records.slice(0, 15), 7), { finish: false });
		expect(await walk.profiles()).toEqual([]);
		const [problem] = await walk.problems();
		expect(problem?.detail).toMatch(/15 records .*Run customer360 ingest on it once more/);
		await walk.load(slices(records, 7));
		await walk.build();
		expect(await content(walk)).toEqual(await content(await matchedInOneBatch(await newStore())));
	});

	test('that ends while it matches keeps the records and nothing else, and is finished by the next', async () => {
		const walk = await started(await newStore());
		const load = new FirstLoad(walk.store, SYSTEMS);
		for (const page of slices(records, 7)) await load.put(page.map((record) => ({ record })), NOW, emptySummary());
		const onProgress = (step: string) => {
			if (step === 'comparing') throw new Error('stopped');
		};
		await expect(load.finish(NOW, emptySummary(), { onProgress })).rejects.toThrow('stopped');
		expect(await walk.profiles()).toEqual([]);
		expect((await walk.problems()).map(({ invariant }) => invariant)).toEqual(['a load is finished']);
		await load.finish(NOW, emptySummary());
		await walk.build();
		expect(await content(walk)).toEqual(await content(await matchedInOneBatch(await newStore())));
	});

	test.each<[string, (walk: Walk) => Promise<unknown>]>([
		['Match', (walk) => walk.match(person('mail:late', { email: 'late@acorn-mail.com' }))],
		['Merge', (walk) => walk.build()],
		['a decision', (walk) => walk.decide('different', 'crm:ann', 'mail:ann')],
	])('that was left is finished by %s', async (_, step) => {
		const walk = await started(await newStore());
		await walk.load(slices(records, 7), { finish: false });
		await step(walk);
		await walk.build();
		expect(await walk.problems()).toEqual([]);
		expect(await walk.clusters()).toContain('billing:p-1 crm:p-21');
	});

	test.each<[string, (walk: Walk) => Promise<unknown>]>([
		['an explanation', (walk) => explained(walk)],
		['the preview of a model', (walk) => previewModel(walk.store, strictModel(5))],
		['the preview of a decision', (walk) => previewChange(walk.store, async () => [], async () => undefined, { systems: SYSTEMS, now: NOW })],
	])('that was left is no ground for %s: it says what to do first', async (_, look) => {
		const walk = await started(await newStore());
		await walk.load(slices(records, 7), { finish: false });
		await expect(look(walk)).rejects.toThrow(/wait to be matched: its first load was stopped\. Run customer360 ingest on it once more/);
		await walk.build();
		await look(walk);
	});

	test('matches by the model that is in force when it is finished', async () => {
		const walk = new Walk(await newStore());
		const load = new FirstLoad(walk.store, SYSTEMS);
		for (const page of slices(records, 7)) await load.put(page.map((record) => ({ record })), NOW, emptySummary());
		await saveModel(walk.store, strictModel(), 'test', NOW);
		await load.finish(NOW, emptySummary());
		await walk.build();
		expect(await walk.problems()).toEqual([]);
		expect((await content(walk)).generic).toEqual(['person|phone:+442079460321']);
	});

	test('is none where records are matched already: nothing is put', async () => {
		const walk = await started(await newStore());
		await walk.arrive(records[0] as SourceRecord);
		const summary = emptySummary();
		expect(await new FirstLoad(walk.store, SYSTEMS).put([{ record: records[1] as SourceRecord }], NOW, summary)).toBe(false);
		expect(summary).toEqual(emptySummary());
		expect((await walk.store.read((tx) => tx.records.byRef([contact('billing:ann')]))).size).toBe(0);
	});

	test('of two at once: what the first to end has matched stays, and the other goes on page by page', async () => {
		const walk = await started(await newStore());
		const [one, other] = [new FirstLoad(walk.store, SYSTEMS), new FirstLoad(walk.store, SYSTEMS)];
		const put = async (load: FirstLoad, some: SourceRecord[]) => load.put(some.map((record) => ({ record })), NOW, emptySummary());
		expect(await put(one, records.slice(0, 10))).toBe(true);
		expect(await put(other, records.slice(5, 20))).toBe(true);
		await one.finish(NOW, emptySummary());
		expect(await put(other, records.slice(20))).toBe(false);
		await walk.match(...records.slice(20));
		await other.finish(NOW, emptySummary());
		await buildProfiles(walk.store, { systems: SYSTEMS, now: () => NOW });
		expect(await walk.clusters()).toEqual(await (await matchedInOneBatch(await newStore())).clusters());
		expect(await walk.problems()).toEqual([]);
	});

	test('keeps rejected rows with their reason, and forgets the reason when the record comes', async () => {
		const walk = await started(await newStore());
		const load = new FirstLoad(walk.store, SYSTEMS);
		const rejected = { ...contact('crm:ann'), reason: 'The record crm contact ann has no email.', remedy: 'Fill it in.', raw: {} };
		await load.put([{ rejected }], NOW, emptySummary());
		expect(await walk.store.read((tx) => tx.rejections.count())).toBe(1);
		await load.put([{ record: records[0] as SourceRecord }], NOW, emptySummary());
		expect(await walk.store.read((tx) => tx.rejections.count())).toBe(0);
	});
});
