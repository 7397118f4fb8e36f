import { built, home } from './built-profile';
import { describeStore } from './describe-store';
import { AT, createProfiles } from './samples';

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
