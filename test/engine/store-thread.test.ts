import './user-folder';
import { getPriority } from 'node:os';
import { threadId } from 'node:worker_threads';
import { currentModel, type MatchResult, openHostedStore, openThreadedStore, refKey } from '../../lib';
import { temporarySchemas } from '../postgres/schemas';
import { buyers, lastCursor, matchAll, newFile, SYSTEMS, threadedStores, threadFile } from './threads';

const openThread = threadedStores();

describe('a store in a thread of its own', () => {
	test('works in another thread, and gives what the same work gives in this one', async () => {
		const priority = getPriority();
		const threaded = await openThread();
		const direct = await openHostedStore({ file: newFile() });
		expect(await threaded.threadId()).not.toBe(threadId);
		expect(getPriority()).toBe(priority);
		const withoutIds = (results: MatchResult[]) => results.map(({ ref, outcome, changed, because }) => JSON.parse(JSON.stringify({ ref, outcome, changed, because })) as unknown);
		const [there, here] = [await matchAll(threaded, buyers(450)), await matchAll(direct, buyers(450))];
		expect(there.map(({ ref }) => refKey(ref))).toEqual(buyers(450).map(refKey));
		expect(withoutIds(there)).toEqual(withoutIds(here));
		expect(there[0]?.canonicalId).toBe(there[1]?.canonicalId);

		const built: string[] = [];
		const progress: number[] = [];
		const totals = await threaded.run('build', { systems: SYSTEMS, each: true }, {
			part: (profiles) => void built.push(...profiles.map(({ canonicalId }) => canonicalId)),
			progress: ({ done }) => progress.push(done),
		});
		expect(totals).toEqual(await direct.run('build', { systems: SYSTEMS, each: false }));
		expect(new Set(built)).toEqual(new Set(there.map(({ canonicalId }) => canonicalId)));
		expect(progress.at(-1)).toBe(totals.built);
		expect(await threaded.run('count', {})).toEqual({ person: totals.built, company: 0 });
		await direct.close();
	});

	test('lets this thread read while it works, each read from what is committed', async () => {
		const store = await openThread();
		let ended = false;
		const work = matchAll(store, buyers(3000)).then(() => (ended = true));
		const seen = await store.read((tx) => tx.records.counts());
		expect([ended, seen]).toEqual([false, []]);
		await work;
		expect(await store.read((tx) => tx.records.counts())).toEqual([{ system: 'shop', object: 'buyer', records: 3000 }]);
	});

	test('keeps what a write() did when it resolves, and nothing of it when it throws', async () => {
		const store = await openThread();
		await store.write(async (tx) => {
			await tx.cursors.set('test', { page: 1 }, 'now');
			expect(await tx.cursors.get('test')).toEqual({ page: 1 });
			expect(await lastCursor(store)).toBeUndefined();
		});
		const failure = new Error('the caller changed its mind');
		await expect(
			store.write(async (tx) => {
				await tx.cursors.set('test', { page: 2 }, 'now');
				throw failure;
			}),
		).rejects.toBe(failure);
		expect(await lastCursor(store)).toEqual({ page: 1 });
	});

	test('forgets old events after a build, and gives the room back when it is asked for it', async () => {
		const store = await openThread();
		const old = { type: 'profile.changed' as const, canonicalId: 'per_1', entity: 'person' as const, at: '2020-01-01T00:00:00.000Z', data: { attributes: ['x'.repeat(500)] } };
		await store.write(async (tx) => tx.events.append(Array.from({ length: 3000 }, () => old)));
		expect(await store.run('build', { systems: SYSTEMS, each: false })).toEqual({ built: 0, changed: 0 });
		expect(await store.read(async (tx) => [await tx.events.firstSeq(), await tx.events.lastSeq()])).toEqual([3001, 3000]);
		const { before, after } = await store.compact();
		expect(after).toBeLessThan(before);
		await expect(store.write(async () => store.compact())).rejects.toThrow('of the same identity store');
	});

	test('looks things up while somebody writes for long', async () => {
		const store = await openThread();
		await matchAll(store, buyers(3));
		let goOn: () => void = () => undefined;
		const paused = new Promise<void>((resolve) => (goOn = resolve));
		let write: Promise<void> = Promise.resolve();
		await new Promise<void>((hasBegun) => {
			write = store.write(async (tx) => {
				await tx.cursors.get('test');
				hasBegun();
				await paused;
			});
		});
		const { explanation } = await store.run('explain', { first: 'shop:buyer:0', second: 'shop:buyer:1', systems: SYSTEMS, now: 0 });
		expect(explanation.sentence).not.toBe('');
		goOn();
		await write;
	});

	test('runs one write() after the other, tasks among them', async () => {
		const store = await openThread();
		const count = () =>
			store.write(async (tx) => {
				const before = Number((await tx.cursors.get('test')) ?? 0);
				await new Promise((next) => setImmediate(next));
				await tx.cursors.set('test', before + 1, 'now');
			});
		await Promise.all([count(), matchAll(store, buyers(30)), count(), count(), matchAll(store, buyers(60)), count()]);
		expect(await lastCursor(store)).toBe(4);
		expect(await store.read((tx) => tx.records.counts())).toMatchObject([{ records: 60 }]);
	});

	test('keeps nothing of a write() in which an operation failed, even when its caller went on', async () => {
		const store = await openThread();
		const work = store.write(async (tx) => {
			await tx.cursors.set('test', 1, 'now');
			await tx.records.assign([{ no: 99, profileNo: 4711 }]).catch(() => undefined);
			await tx.records.put(buyers(1), 'now').then(([put]) => tx.records.assign([{ no: put?.no ?? 0, profileNo: 4711 }])).catch(() => undefined);
		});
		await expect(work).rejects.toMatchObject({ name: 'StoreError', code: 'conflict' });
		expect(await lastCursor(store)).toBeUndefined();
	});

	test('says what is wrong with calls that would wait for themselves or come too late', async () => {
		const store = await openThread();
		await expect(store.write(() => store.write(async () => undefined))).rejects.toThrow('use the tx of the outer one');
		await expect(store.write(() => store.run('count', {}))).rejects.toThrow('use the tx of the outer one');
		await expect(store.write(() => store.close())).rejects.toThrow('would wait for itself');
		let late: (() => Promise<unknown>) | undefined;
		await store.write(async (tx) => (late = () => tx.cursors.get('test')));
		await expect(late?.()).rejects.toThrow('has ended');
	});
});

describe('a store in PostgreSQL', () => {
	const newSchema = temporarySchemas();

	test('is worked on in the thread, and read and written from here on connections of its own', async () => {
		const store = await openThreadedStore(await newSchema(), threadFile);
		await matchAll(store, buyers(30));
		await store.write((tx) => tx.cursors.set('test', 'here', 'now'));
		expect(await store.read((tx) => Promise.all([tx.records.counts(), tx.cursors.get('test')]))).toEqual([[{ system: 'shop', object: 'buyer', records: 30 }], 'here']);
		await expect(store.write(() => store.run('count', {}))).rejects.toThrow('use the tx of the outer one');
		await store.close();
	});

	test('says what another model would change, as the embedded store does, and nothing in it changes', async () => {
		const [store, embedded] = [await openThreadedStore(await newSchema(), threadFile), await openThread()];
		for (const one of [store, embedded]) await matchAll(one, buyers(30));
		const { version, model } = await store.write((tx) => currentModel(tx, SYSTEMS, new Date().toISOString()));
		const input = { model: { ...model, blockedValues: [{ kind: 'email', value: 'box0@larkmill.com' }] }, largest: 0 };
		const seen = await store.run('previewModel', input);
		expect(seen).toMatchObject({ records: 30, splits: 1 });
		expect(seen).toEqual(await embedded.run('previewModel', input));
		expect((await store.read((tx) => tx.models.current()))?.version).toBe(version);
		await store.close();
	});

	test('leaves its password in no list of open stores', async () => {
		const { url, schema } = await newSchema();
		const store = await openThreadedStore({ url, schema }, threadFile);
		const place = globalThis as { [name: symbol]: unknown };
		const names = Object.getOwnPropertySymbols(place).filter(({ description }) => description?.startsWith('n8n-nodes-customer360.'));
		const lists = names.flatMap((name) => (place[name] instanceof Map ? [...(place[name] as Map<unknown, unknown>).keys()] : []));
		expect(lists.length).toBeGreaterThan(0);
		expect(lists.join(' ')).not.toContain(url);
		await store.close();
	});

	test('that is not there gives the error of opening it', async () => {
		const { url } = await newSchema();
		await expect(openThreadedStore({ url: `${url}_missing` }, threadFile)).rejects.toMatchObject({ name: 'StoreError', code: 'refused' });
	});
});
