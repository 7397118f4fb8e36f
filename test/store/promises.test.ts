import type { ListedPromisedRecord, NewPromise } from '../../lib/store';
import { describeStore } from './describe-store';
import { AT, createProfiles, ledgerEntry, ref } from './samples';

const promise = (canonicalId: string, age: number, records: string[], aliases: string[] = []): NewPromise => ({
	...{ canonicalId, entity: 'person', age, aliases },
	records: records.map((id) => ref(id)),
});
/** A name that no database keeps as it is. */
const ODD = 'a\u0000b';
const day = (date: number): string => new Date(Date.UTC(2026, 0, date)).toISOString();

describeStore('promised IDs', (newStore) => {
	test('are found by their records, with their age and where they lead; a store without any has nothing to say', async () => {
		const store = await newStore();
		const asked = [ref('r1'), ref(ODD), ref('r3'), ref('r9')];
		expect(await store.read(async (tx) => [await tx.promises.any(), (await tx.promises.ofRecords(asked)).size])).toEqual([false, 0]);
		const [no = 0] = await createProfiles(store, 'c-1');
		await store.write(async (tx) => {
			await tx.promises.add([promise('c-5', 5, ['r1', ODD], ['c-6']), promise(ODD, 7, ['r3'])], AT);
			await tx.promises.lead([{ canonicalId: ODD, profileNo: no }]);
		});
		const found = await store.read(async (tx) => await tx.promises.ofRecords(asked));
		expect([...found].sort()).toEqual([
			[`crm:contact:${ODD}`, { canonicalId: 'c-5', entity: 'person', age: 5, profileNo: null }],
			['crm:contact:r1', { canonicalId: 'c-5', entity: 'person', age: 5, profileNo: null }],
			['crm:contact:r3', { canonicalId: ODD, entity: 'person', age: 7, profileNo: no }],
		]);
		expect(await store.read(async (tx) => await tx.promises.any())).toBe(true);
	});

	test('that lead nowhere say which records they wait for, and so do those that were retired to them', async () => {
		const store = await newStore();
		await store.write(async (tx) => await tx.promises.add([promise('c-5', 5, ['r2', 'r1', 'r3'], ['c-6'])], AT));
		const awaited = await store.read(async (tx) => await tx.promises.awaited(['c-6', 'c-5', 'c-7'], 2));
		expect(Object.fromEntries(awaited)).toEqual({
			'c-5': { canonicalId: 'c-5', records: [ref('r1'), ref('r2')], total: 3 },
			'c-6': { canonicalId: 'c-5', records: [ref('r1'), ref('r2')], total: 3 },
		});
		expect(await store.read(async (tx) => (await tx.promises.awaited(['c-5'], 0)).get('c-5'))).toEqual({ canonicalId: 'c-5', records: [], total: 3 });
		const [no = 0] = await createProfiles(store, 'c-1');
		await store.write(async (tx) => await tx.promises.lead([{ canonicalId: 'c-5', profileNo: no }]));
		expect((await store.read(async (tx) => await tx.promises.awaited(['c-5', 'c-6'], 2))).size).toBe(0);
	});

	test('an ID leads to a profile, goes on to another one, and may still become that of a profile of its own', async () => {
		const store = await newStore();
		const [one = 0, other = 0] = await createProfiles(store, 'c-1', 'c-2');
		await store.write(async (tx) => {
			await tx.promises.add([promise('c-5', 5, ['r1'], ['c-6'])], AT);
			await tx.promises.lead([{ canonicalId: 'c-5', profileNo: one }]);
		});
		const places = async () => await store.read(async (tx) => [...(await tx.profiles.byCanonicalId(['c-5', 'c-6']))].map(([id, { no }]) => [id, no]).sort());
		expect(await places()).toEqual([['c-5', one], ['c-6', one]]);
		await store.write(async (tx) => await tx.promises.lead([{ canonicalId: 'c-5', profileNo: other }]));
		expect(await places()).toEqual([['c-5', other], ['c-6', other]]);
		const [own = 0] = await createProfiles(store, 'c-5');
		await store.write(async (tx) => await tx.promises.keep([{ canonicalId: 'c-5', profileNo: own }]));
		expect(await places()).toEqual([['c-5', own], ['c-6', own]]);
		expect(await store.read(async (tx) => [await tx.promises.any(), await tx.profiles.scanAliases('', 10)])).toEqual([false, [{ canonicalId: 'c-6', profileNo: own }]]);
		await expect(createProfiles(store, 'c-5')).rejects.toMatchObject({ code: 'conflict' });
		await expect(createProfiles(store, 'c-6')).rejects.toMatchObject({ code: 'conflict' });
	});

	test('a promise that is kept by a profile of another ID leaves a retired ID', async () => {
		const store = await newStore();
		const [no = 0] = await createProfiles(store, 'c-1');
		await store.write(async (tx) => {
			await tx.promises.add([promise('c-5', 5, ['r1'], ['c-6'])], AT);
			await tx.promises.keep([{ canonicalId: 'c-5', profileNo: no }]);
		});
		expect(await store.read(async (tx) => [await tx.promises.any(), await tx.profiles.scanAliases('', 10)])).toEqual([
			false,
			[{ canonicalId: 'c-5', profileNo: no }, { canonicalId: 'c-6', profileNo: no }],
		]);
	});

	test('an ID that was retired without a promise is never issued again, nor one that is listed twice', async () => {
		const store = await newStore();
		const [from = 0, into = 0] = await createProfiles(store, 'c-1', 'c-2');
		await store.write(async (tx) => {
			await tx.profiles.retire([{ from, into }]);
			await tx.promises.add([promise('c-5', 5, ['r1'])], AT);
		});
		await expect(createProfiles(store, 'c-1')).rejects.toMatchObject({ code: 'conflict' });
		await expect(createProfiles(store, 'c-5', 'c-5')).rejects.toMatchObject({ code: 'conflict' });
	});

	test('what is said last of a record or an ID counts, and the walk through all tells what has become of them', async () => {
		const store = await newStore();
		const [no = 0] = await createProfiles(store, 'c-9', 'c-5');
		await store.write(async (tx) => {
			await tx.promises.add([promise('c-5', 5, ['r1', 'r2']), promise('c-6', 6, ['r3'])], AT);
			await tx.promises.add([promise('c-7', 7, ['r2'], ['c-6'])], AT);
			await tx.promises.lead([{ canonicalId: 'c-7', profileNo: no }]);
		});
		const listed = await store.read(async (tx) => [await tx.promises.scan('', 2), await tx.promises.scan('c-6', 2)]);
		expect(listed).toEqual([
			[
				{ canonicalId: 'c-5', heir: 'c-5', records: 1, issued: true, leads: false, hasHeir: true },
				{ canonicalId: 'c-6', heir: 'c-7', records: 2, issued: false, leads: true, hasHeir: true },
			],
			[{ canonicalId: 'c-7', heir: 'c-7', records: 2, issued: false, leads: true, hasHeir: true }],
		]);
	});

	test('records that had an ID which is issued here are found with its profile, and forgotten when they have a place again', async () => {
		const store = await newStore();
		const [from = 0, no = 0] = await createProfiles(store, ODD, 'c-2');
		await store.write(async (tx) => await tx.promises.place([{ ...ref(ODD), canonicalId: ODD }, { ...ref('r1'), canonicalId: 'c-2' }, { ...ref('r2'), canonicalId: 'c-9' }], AT));
		const asked = [ref('r2'), ref('r1'), ref(ODD)];
		const places = async () => await store.read(async (tx) => [...(await tx.promises.placesOf(asked))].sort());
		expect(await places()).toEqual([[`crm:contact:${ODD}`, from], ['crm:contact:r1', no]]);
		expect(await store.read(async (tx) => [await tx.promises.any(), await tx.promises.placedAt([from, 77]), (await tx.promises.ofRecords(asked)).size])).toEqual([true, [ref(ODD)], 0]);
		await store.write(async (tx) => await tx.profiles.retire([{ from, into: no }]));
		expect(await places()).toEqual([[`crm:contact:${ODD}`, no], ['crm:contact:r1', no]]);
		await store.write(async (tx) => await tx.promises.forget(asked));
		expect(await store.read(async (tx) => [await tx.promises.any(), await tx.promises.placedAt([no])])).toEqual([false, []]);
	});

	test('what was promised under an ID goes where that is retired to: its records, and what was retired to it', async () => {
		const store = await newStore();
		await store.write(async (tx) => {
			await tx.promises.add([promise('c-5', 5, ['r1'], ['c-4']), promise('c-8', 8, ['r2'])], AT);
			await tx.promises.add([promise('c-6', 6, ['r3'], ['c-5'])], AT);
		});
		const found = await store.read(async (tx) => [...(await tx.promises.ofRecords([ref('r1'), ref('r2'), ref('r3')])).values()].map(({ canonicalId }) => canonicalId));
		expect(found.sort()).toEqual(['c-6', 'c-6', 'c-8']);
		expect((await store.read(async (tx) => await tx.promises.scan('', 9))).map(({ canonicalId, heir }) => `${canonicalId} > ${heir}`)).toEqual(['c-4 > c-6', 'c-5 > c-6', 'c-6 > c-6', 'c-8 > c-8']);
		expect((await store.read(async (tx) => await tx.promises.carriers(['c-6', 'c-5', 'c-9']))).map(({ sourceId }) => sourceId).sort()).toEqual(['r1', 'r3']);
	});

	test('those from before a day are told, the oldest ID first, with where they lead; so are records whose ID is issued here', async () => {
		const store = await newStore();
		const [no = 0] = await createProfiles(store, 'c-1');
		await store.write(async (tx) => {
			await tx.promises.add([promise('c-7', 7, ['r1'], ['c-3']), promise(ODD, 5, ['r2'])], day(1));
			await tx.promises.add([promise('c-2', 2, ['r3'])], day(9));
			await tx.promises.place([{ ...ref(ODD), canonicalId: 'c-1' }, { ...ref('r5'), canonicalId: 'c-1' }], day(1));
			await tx.promises.place([{ ...ref('r5'), canonicalId: 'c-1' }], day(9));
			await tx.promises.lead([{ canonicalId: 'c-7', profileNo: no }]);
		});
		await store.read(async (tx) => {
			expect(await tx.promises.promisedBefore(day(5), 9)).toEqual([{ canonicalId: ODD, entity: 'person', age: 5, profileNo: null }, { canonicalId: 'c-7', entity: 'person', age: 7, profileNo: no }]);
			expect(await tx.promises.promisedBefore(day(5), 1)).toHaveLength(1);
			expect(await tx.promises.placedBefore(day(5), 9)).toEqual([{ ...ref(ODD), canonicalId: 'c-1' }]);
			expect(await tx.promises.placedBefore(day(10), 1)).toHaveLength(1);
		});
	});

	test('the walk through their records tells which ID is there, promised or issued', async () => {
		const store = await newStore();
		await createProfiles(store, 'c-1');
		await store.write(async (tx) => {
			await tx.promises.add([promise('c-5', 5, [ODD])], AT);
			await tx.promises.place([{ ...ref('r1'), canonicalId: 'c-1' }, { ...ref('r2'), canonicalId: 'c-9' }], AT);
		});
		const found: unknown[] = [];
		for (let after: ListedPromisedRecord | null = null; ; ) {
			const page: ListedPromisedRecord[] = await store.read(async (tx) => await tx.promises.scanRecords(after, 2));
			found.push(...page.map(({ sourceId, canonicalId, known }) => [sourceId, canonicalId, known]));
			after = page.at(-1) ?? null;
			if (after === null) break;
		}
		expect(found.sort()).toEqual([[ODD, 'c-5', true], ['r1', 'c-1', true], ['r2', 'c-9', false]]);
	});

	test('the ledger keeps what a destination acknowledged for an ID that waits for its records', async () => {
		const store = await newStore();
		await store.write(async (tx) => {
			await tx.promises.add([promise('c-5', 5, ['r1'])], AT);
			await tx.ledger.put(['c-5', 'c-6'].map((canonicalId) => ledgerEntry(`new:${canonicalId}`, { canonicalId, status: 'acknowledged', acknowledged: { '#created': '7' } })));
			expect((await tx.ledger.prune('9999', null, 10)).removed).toBe(1);
		});
		expect([...(await store.read(async (tx) => await tx.ledger.get('crm:contact', ['new:c-5', 'new:c-6']))).keys()]).toEqual(['new:c-5']);
	});
});
