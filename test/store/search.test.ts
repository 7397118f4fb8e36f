import fc from 'fast-check';
import { built } from './built-profile';
import { describeStore } from './describe-store';
import { createProfiles } from './samples';

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
