import fc from 'fast-check';
import type { HouseholdTraits } from '../../lib/domain';
import type { ProfileWriter } from '../../lib/store';
import { describeStore } from './describe-store';
import { AT, createProfiles, golden, putPersons } from './samples';

type Built = Parameters<ProfileWriter['saveGolden']>[0][number];

function home(changes: Partial<HouseholdTraits> = {}): HouseholdTraits {
	return { keys: [], families: [], employers: [], ...changes };
}
function built(no: number, changes: Partial<Built> = {}): Built {
	return { no, golden: golden(), companies: [], name: '', home: home(), staleAt: null, searchText: '', ...changes };
}

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

describeStore('homes and companies', (newStore) => {
	const mill = 'address:12 mill rd|78704';
	const phone = 'phone:+12126428891';

	test('profiles of one key are found, a company first, then the older ones, no more than asked for; an empty one is not', async () => {
		const store = await newStore();
		const [a = 0, b = 0, c = 0] = await createProfiles(store, 'c-1', 'c-2', 'c-3');
		await store.write(async (tx) => {
			const [firm = 0] = await tx.profiles.create([{ canonicalId: 'f-1', entity: 'company', at: AT }]);
			await tx.profiles.saveGolden([
				...[a, b, c].map((no) => built(no, { name: `name of ${no}`, companies: ['f-1'], home: home({ keys: [mill, phone], families: ['hill'], employers: ['x'], postalCode: '78704' }) })),
				built(firm, { home: home({ keys: [phone] }) }),
			]);
			const nosOf = async (key: string, limit = 9) => ((await tx.profiles.ofHouseholds([key], limit)).get(key) ?? []).map(({ no }) => no);
			expect(await nosOf(mill)).toEqual([a, b, c]);
			expect(await nosOf(phone)).toEqual([firm, a, b, c]);
			expect(await nosOf(phone, 2)).toEqual([firm, a]);
			expect((await tx.profiles.ofHouseholds([mill, 'phone:+49'], 1))).toEqual(
				new Map([[mill, [{
					...{ no: a, canonicalId: 'c-1', entity: 'person', name: `name of ${a}`, companies: ['f-1'] },
					home: home({ keys: [mill, phone], families: ['hill'], employers: ['x'], postalCode: '78704' }),
				}]]]),
			);
			const read = await tx.profiles.ofHouseholds([mill, phone], 9);
			for (const known of [[a], [b, firm], [a, b, c, firm]].map((nos) => new Map([...read.values()].flat().flatMap((one) => (nos.includes(one.no) ? [[one.no, one] as const] : []))))) {
				expect(await tx.profiles.ofHouseholds([mill, phone], 9, 2, known)).toEqual(read);
			}
			await tx.profiles.setEmpty([b], true);
			expect(await nosOf(mill)).toEqual([a, c]);
			await tx.profiles.setEmpty([c], true);
			const shared = await tx.profiles.ofHouseholds([mill, phone, 'phone:+49'], 9, 2);
			expect([...shared].map(([key, holders]) => [key, holders.map(({ no }) => no)])).toEqual([[phone, [firm, a]]]);
			await tx.profiles.setEmpty([c], false);
			expect((await tx.profiles.ofCompanies([firm], 9)).get(firm)?.total).toBe(2);
		});
	});

	test('a profile is found under what it has now, and under nothing when it was retired', async () => {
		const store = await newStore();
		const [a = 0, b = 0] = await createProfiles(store, 'c-1', 'c-2');
		await store.write(async (tx) => {
			await tx.profiles.saveGolden([built(a, { home: home({ keys: [phone, mill] }), companies: ['f-2', 'f-1'] }), built(b, { home: home({ keys: [mill] }) })]);
			expect(await tx.profiles.linksOf([a, b, 99])).toEqual(
				new Map([
					[a, { householdKeys: [mill, phone], companies: ['f-1', 'f-2'] }],
					[b, { householdKeys: [mill], companies: [] }],
					[99, { householdKeys: [], companies: [] }],
				]),
			);
			await tx.profiles.saveGolden([built(a, { home: home({ keys: [phone] }), companies: ['f-3'] })]);
			expect((await tx.profiles.linksOf([a])).get(a)).toEqual({ householdKeys: [phone], companies: ['f-3'] });
			await tx.profiles.retire([{ from: a, into: b }]);
			expect((await tx.profiles.linksOf([a])).get(a)).toEqual({ householdKeys: [], companies: [] });
			expect(await tx.profiles.ofHouseholds([phone], 9)).toEqual(new Map());
		});
	});

	test('a company has the people who name it, by its present ID or one that was retired, and says how many there are', async () => {
		const store = await newStore();
		const [ann = 0, bob = 0, kate = 0] = await createProfiles(store, 'c-1', 'c-2', 'c-3');
		await store.write(async (tx) => {
			const [acorn = 0, other = 0, empty = 0] = await tx.profiles.create(['f-1', 'f-2', 'f-3'].map((canonicalId) => ({ canonicalId, entity: 'company' as const, at: AT })));
			await tx.profiles.saveGolden([
				built(ann, { name: 'Ann Hill', companies: ['f-1', 'f-2'] }),
				built(bob, { name: 'Bob Wood', companies: ['f-2'] }),
				built(kate, { name: 'Kate Stone', companies: ['f-1'] }),
			]);
			const named = (...names: [string, string][]) => names.map(([canonicalId, name]) => ({ canonicalId, name }));
			expect(await tx.profiles.ofCompanies([acorn, empty], 9)).toEqual(
				new Map([[acorn, { people: named(['c-1', 'Ann Hill'], ['c-3', 'Kate Stone']), total: 2 }], [empty, { people: [], total: 0 }]]),
			);
			await tx.profiles.retire([{ from: other, into: acorn }]);
			expect((await tx.profiles.ofCompanies([acorn], 2)).get(acorn)).toEqual({ people: named(['c-1', 'Ann Hill'], ['c-2', 'Bob Wood']), total: 3 });
		});
	});
});

describeStore('search', (newStore) => {
	const texts = {
		jose: 'José Müller jose.mueller+news@example.com +41446681800 Bäckerei Müller GmbH',
		anna: "Anna O'Brien anna@example.org AND NOT NEAR",
		arabic: 'محمد علي m.ali@example.net',
	};

	test.each([
		{ query: 'jose', finds: ['jose'] },
		{ query: 'MULLER jos', finds: ['jose'] },
		{ query: 'müller anna', finds: [] },
		{ query: 'jose.mueller+n', finds: ['jose'] },
		{ query: '+4144', finds: ['jose'] },
		{ query: '４１４４', finds: ['jose'] },
		{ query: 'mueller@example', finds: [] },
		{ query: "o'b", finds: ['anna'] },
		{ query: 'example', finds: ['anna', 'arabic', 'jose'] },
		{ query: 'محم', finds: ['arabic'] },
		{ query: 'AND', finds: ['anna'] },
		{ query: 'NOT NEAR', finds: ['anna'] },
		{ query: 'anna OR jose', finds: [] },
		{ query: '  ', finds: [] },
		{ query: '"', finds: [] },
		{ query: '* - : ^ ()', finds: [] },
		{ query: 'text:anna', finds: [] },
	])('"$query" finds $finds', async ({ query, finds }) => {
		const store = await newStore();
		const nos = await createProfiles(store, ...Object.keys(texts));
		await store.write(async (tx) => {
			await tx.profiles.saveGolden(Object.values(texts).map((searchText, i) => built(nos[i] ?? 0, { searchText })));
			const found = await tx.profiles.search(query, undefined, 10);
			expect(found.map(({ canonicalId }) => canonicalId).sort()).toEqual(finds);
			expect(await tx.profiles.search(query, 'company', 10)).toEqual([]);
		});
	});

	test('finds what a profile is now, not what it was, and no empty profile', async () => {
		const store = await newStore();
		const [no = 0] = await createProfiles(store, 'c-1');
		await store.write(async (tx) => {
			const hits = async (query: string): Promise<number> => (await tx.profiles.search(query, 'person', 10)).length;
			await tx.profiles.saveGolden([built(no, { searchText: 'ann smith' })]);
			await tx.profiles.saveGolden([built(no, { searchText: 'ann jones' })]);
			expect([await hits('smith'), await hits('jones')]).toEqual([0, 1]);
			await tx.profiles.setEmpty([no], true);
			expect(await hits('jones')).toBe(0);
		});
	});

	test('takes any text for a query', async () => {
		const store = await newStore();
		const [no = 0] = await createProfiles(store, 'c-1');
		await store.write(async (tx) => await tx.profiles.saveGolden([built(no, { searchText: 'ann smith' })]));
		const syntax = fc.constantFrom('a', '"', '*', '(', ':', ' ', '\u0000');
		await fc.assert(
			fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: syntax })), async (query) => {
				await store.read(async (tx) => await tx.profiles.search(query, 'person', 10));
			}),
		);
	});
});
