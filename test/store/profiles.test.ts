import { built, home, type Built } from './built-profile';
import { describeStore } from './describe-store';
import { AT, createProfiles, golden, putPersons } from './samples';

describeStore('profiles', (newStore) => {
	test('a new profile is older than the next one, waits for Merge and has no golden record yet', async () => {
		const store = await newStore();
		const nos = await createProfiles(store, 'c-2', 'c-1');
		expect(nos).toEqual([...nos].sort((x, y) => x - y));
		await store.read(async (tx) => {
			const [profile] = await tx.profiles.byNo([nos[0] ?? 0, 99]);
			expect(profile).toEqual({
				no: nos[0],
				canonicalId: 'c-2',
				entity: 'person',
				createdAt: AT,
				updatedAt: AT,
				revision: 0,
				golden: null,
				companies: [],
				name: '',
				home: home(),
				dirty: true,
				staleAt: null,
				empty: false,
			});
			expect(await tx.profiles.changedSince('person', 0, 10)).toEqual([]);
		});
	});

	test('a saved golden record is read back, the mark is gone, and revision and time change only where given', async () => {
		const store = await newStore();
		const [no = 0] = await createProfiles(store, 'c-1');
		const lineage = [{ rule: 'most_recent', system: 'crm', object: 'contact', sourceId: '1', updatedAt: AT, candidates: 2 }];
		const record = golden({ attributes: { city: { value: 'Zürich', lineage } }, segments: [{ name: 'healthy', reason: 'pays' }] });
		await store.write(async (tx) => {
			const changed = { revision: 7, at: '2026-03-02T00:00:00.000Z' };
			await tx.profiles.saveGolden([built(no, { golden: record, companies: ['c-9'], staleAt: '2026-04-01T00:00:00.000Z', changed })]);
			const [saved] = await tx.profiles.byNo([no]);
			expect(saved).toMatchObject({
				golden: record,
				companies: ['c-9'],
				staleAt: '2026-04-01T00:00:00.000Z',
				dirty: false,
				revision: 7,
				createdAt: AT,
				updatedAt: changed.at,
			});
			await tx.profiles.saveGolden([built(no)]);
			expect((await tx.profiles.byNo([no]))[0]).toMatchObject({ golden: golden(), staleAt: null, revision: 7, updatedAt: changed.at });
			await tx.profiles.setRevision([{ no, revision: 9 }]);
			expect((await tx.profiles.byNo([no]))[0]).toMatchObject({ revision: 9, updatedAt: changed.at });
		});
	});

	test('profiles are found by the keys of their records, each once, the oldest first', async () => {
		const store = await newStore();
		const [old = 0, young = 0, other = 0] = await createProfiles(store, 'c-1', 'c-2', 'c-3');
		const [first = 0, second = 0, third = 0, fourth = 0, loose = 0] = await putPersons(store, '1', '2', '3', '4', '5');
		await store.write(async (tx) => {
			await tx.profiles.saveGolden([built(young, { name: 'Ann Hill', golden: golden({ identifiers: [{ kind: 'email', value: 'ann@x.org' }] }) })]);
			await tx.records.assign([
				{ no: first, profileNo: young },
				{ no: second, profileNo: old },
				{ no: third, profileNo: old },
				{ no: fourth, profileNo: other },
			]);
			const held = [[first, 'mail'], [first, 'phone'], [second, 'mail'], [third, 'mail'], [fourth, 'else'], [loose, 'mail']] as const;
			const entries = [first, second, third, fourth, loose].map((no) => ({ no, keys: held.filter((one) => one[0] === no).map(([, key]) => ({ key, who: '' })) }));
			await tx.keys.replace(entries, new Map());
			expect(await tx.profiles.byKeys(['phone', 'mail'])).toEqual(await tx.profiles.byNo([old, young]));
			expect((await tx.profiles.byKeys(['phone'])).map(({ canonicalId, name }) => [canonicalId, name])).toEqual([['c-2', 'Ann Hill']]);
			expect(await tx.profiles.byKeys(['nobody holds it'])).toEqual([]);
			expect(await tx.profiles.byKeys([])).toEqual([]);
		});
	});

	test('a retired profile is gone, and every ID that ever led to it leads to its heir', async () => {
		const store = await newStore();
		const [one = 0, two = 0, three = 0, four = 0] = await createProfiles(store, 'c-1', 'c-2', 'c-3', 'c-4');
		await store.write(async (tx) => {
			await tx.profiles.saveGolden([built(three, { searchText: 'Ann Smith', golden: golden({ segments: [{ name: 'at_risk', reason: '' }] }) })]);
			await tx.profiles.retire([{ from: three, into: two }]);
			await tx.profiles.retire([{ from: two, into: one }]);
			expect(await tx.profiles.byNo([two, three])).toEqual([]);
			const found = await tx.profiles.byCanonicalId(['c-1', 'c-2', 'c-3', 'c-4', 'c-5']);
			expect([...found].map(([id, { no }]) => [id, no])).toEqual([['c-1', one], ['c-2', one], ['c-3', one], ['c-4', four]]);
			expect([...(await tx.profiles.currentIds(['c-1', 'c-2', 'c-3', 'c-4', 'c-5']))]).toEqual([['c-1', 'c-1'], ['c-2', 'c-1'], ['c-3', 'c-1'], ['c-4', 'c-4']]);
			expect(await tx.profiles.aliases([one, four])).toEqual(new Map([[one, ['c-2', 'c-3']], [four, []]]));
			expect(await tx.profiles.scanAliases('', 1)).toEqual([{ canonicalId: 'c-2', profileNo: one }]);
			expect(await tx.profiles.scanAliases('c-2', 5)).toEqual([{ canonicalId: 'c-3', profileNo: one }]);
			expect(await tx.profiles.search('ann', undefined, 5)).toEqual([]);
			expect(await tx.profiles.counts()).toEqual({ profiles: { person: 2, company: 0 }, segments: {}, waiting: 2 });
		});
	});

	test('a chain of retirements in one batch leads to its end, in any order', async () => {
		const store = await newStore();
		const [one = 0, two = 0, three = 0] = await createProfiles(store, 'c-1', 'c-2', 'c-3');
		await store.write(async (tx) => {
			await tx.profiles.retire([{ from: two, into: one }, { from: three, into: two }]);
			expect((await tx.profiles.aliases([one])).get(one)).toEqual(['c-2', 'c-3']);
		});
	});

	test.each([
		{ what: 'into itself', pairs: [[1, 1]] },
		{ what: 'in a circle', pairs: [[1, 2], [2, 1]] },
		{ what: 'into one that does not exist', pairs: [[1, 99]] },
		{ what: 'twice, into two others', pairs: [[1, 2], [1, 3]] },
	])('retiring a profile $what is refused', async ({ pairs }) => {
		const store = await newStore();
		const nos = await createProfiles(store, 'c-1', 'c-2', 'c-3');
		const resolve = (position: number): number => nos[position - 1] ?? position;
		const attempt = store.write(async (tx) => {
			await tx.profiles.retire(pairs.map(([from = 0, into = 0]) => ({ from: resolve(from), into: resolve(into) })));
		});
		await expect(attempt).rejects.toMatchObject({ name: 'StoreError', code: 'conflict' });
		expect(await store.read(async (tx) => (await tx.profiles.byNo(nos)).length)).toBe(3);
	});

	test.each(['c-1', 'c-2'])('the ID %s, current or retired, is never issued again', async (canonicalId) => {
		const store = await newStore();
		const [one = 0, two = 0] = await createProfiles(store, 'c-1', 'c-2');
		await store.write(async (tx) => await tx.profiles.retire([{ from: two, into: one }]));
		await expect(createProfiles(store, 'c-3', canonicalId)).rejects.toThrow(`${canonicalId} was issued before`);
		expect(await store.read(async (tx) => (await tx.profiles.byCanonicalId(['c-3'])).size)).toBe(0);
	});

	test('numbers are not used again either: a younger profile never looks older', async () => {
		const store = await newStore();
		const [one = 0, two = 0] = await createProfiles(store, 'c-1', 'c-2');
		await store.write(async (tx) => await tx.profiles.retire([{ from: two, into: one }]));
		const [three = 0] = await createProfiles(store, 'c-3');
		expect(three).toBeGreaterThan(two);
	});

	test('Merge gets the longest waiting first, and profiles that time has overtaken', async () => {
		const store = await newStore();
		const [a = 0, b = 0, c = 0, d = 0] = await createProfiles(store, 'c-1', 'c-2', 'c-3', 'c-4');
		await store.write(async (tx) => {
			const waiting = async (now: string, limit = 10): Promise<number[]> => (await tx.profiles.waiting(now, limit)).map(({ no }) => no);
			expect(await waiting(AT)).toEqual([a, b, c, d]);
			await tx.profiles.saveGolden([built(a), built(b, { staleAt: '2026-03-10T00:00:00.000Z' }), built(c, { staleAt: '2026-03-05T00:00:00.000Z' })]);
			expect(await waiting(AT)).toEqual([d]);
			await tx.profiles.touch([a, d, a, 99]);
			expect(await waiting(AT)).toEqual([d, a]);
			expect(await waiting('2026-03-10T00:00:00.000Z')).toEqual([d, a, c, b]);
			expect(await waiting('2026-03-10T00:00:00.000Z', 3)).toEqual([d, a, c]);
			expect((await tx.profiles.counts()).waiting).toBe(2);
			await tx.profiles.unmark([]);
			await tx.profiles.unmark([d, c, 99]);
			expect(await waiting(AT)).toEqual([a]);
			expect((await tx.profiles.byNo([d]))[0]).toMatchObject({ golden: null, dirty: false });
		});
	});

	test('changes of one entity are paged in order of revision, without unbuilt and empty profiles', async () => {
		const store = await newStore();
		const [a = 0, b = 0, c = 0] = await createProfiles(store, 'c-1', 'c-2', 'c-3', 'never built');
		await store.write(async (tx) => {
			const [company = 0] = await tx.profiles.create([{ canonicalId: 'co-1', entity: 'company', at: AT }]);
			const saved = [[a, 30], [b, 10], [c, 20], [company, 15]];
			await tx.profiles.saveGolden(saved.map(([no = 0, revision = 0]) => built(no, { changed: { revision, at: AT } })));
			const changed = async (after: number, limit: number): Promise<number[]> =>
				(await tx.profiles.changedSince('person', after, limit)).map(({ no }) => no);
			expect(await changed(0, 2)).toEqual([b, c]);
			expect(await changed(20, 2)).toEqual([a]);
			await tx.profiles.setEmpty([c], true);
			expect(await changed(0, 9)).toEqual([b, a]);
			await tx.profiles.setEmpty([c], false);
			expect(await changed(0, 9)).toEqual([b, c, a]);
		});
	});

	test('counts follow segments and leave out empty profiles', async () => {
		const store = await newStore();
		const [a = 0, b = 0] = await createProfiles(store, 'c-1', 'c-2');
		const inSegments = (...names: string[]): Partial<Built> => ({ golden: golden({ segments: names.map((name) => ({ name, reason: '' })) }) });
		await store.write(async (tx) => {
			await tx.profiles.saveGolden([built(a, inSegments('at_risk', 'high_value')), built(b, inSegments('at_risk'))]);
			expect((await tx.profiles.counts()).segments).toEqual({ at_risk: 2, high_value: 1 });
			await tx.profiles.saveGolden([built(a, inSegments('healthy', 'at_risk'))]);
			expect((await tx.profiles.counts()).segments).toEqual({ at_risk: 2, healthy: 1 });
			await tx.profiles.setEmpty([b], true);
			expect(await tx.profiles.counts()).toEqual({ profiles: { person: 1, company: 0 }, segments: { at_risk: 1, healthy: 1 }, waiting: 0 });
		});
	});

	test('saving a profile that is gone is refused, so that the step is run again on what is there', async () => {
		const store = await newStore();
		const [one = 0, two = 0] = await createProfiles(store, 'c-1', 'c-2');
		await store.write(async (tx) => await tx.profiles.retire([{ from: two, into: one }]));
		await expect(store.write(async (tx) => await tx.profiles.saveGolden([built(two)]))).rejects.toMatchObject({ code: 'conflict' });
		await expect(store.write(async (tx) => await tx.profiles.setRevision([{ no: two, revision: 1 }]))).rejects.toMatchObject({ code: 'conflict' });
	});
});
