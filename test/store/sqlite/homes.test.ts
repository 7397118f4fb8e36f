import fc from 'fast-check';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../../../lib/store';
import { temporaryFolders } from '../describe-store';
import { createProfiles, golden } from '../samples';

const newFolder = temporaryFolders();
const KEYS = ['address:1', 'address:2', 'phone:3'];

const built = (no: number, keys: readonly string[]) => ({
	no, golden: golden(), companies: [], name: `n${no}`, home: { keys: [...keys], families: [], employers: [] }, staleAt: null, searchText: '',
});

/** What can happen to a profile's homes, and the move of what is new into the large table, which comes in its own time. */
const step = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ what: fc.constant('build' as const), profile: fc.nat(3), first: fc.subarray(KEYS), keys: fc.subarray(KEYS) }) },
	fc.record({ what: fc.constant('retire' as const), profile: fc.nat(3) }),
	fc.record({ what: fc.constant('move' as const) }),
);

test('a home leads to the profiles that have it, wherever its rows stand', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
			const file = join(newFolder(), 'identity.sqlite');
			const store = await openStore({ file });
			const [heir = 0, ...nos] = await createProfiles(store, 'heir', 'c-0', 'c-1', 'c-2', 'c-3');
			const homes = new Map<number, readonly string[]>(nos.map((no) => [no, []]));
			for (const one of steps) {
				if (one.what === 'move') {
					const database = new DatabaseSync(file);
					database.exec('INSERT INTO homes SELECT * FROM recent_homes; DELETE FROM recent_homes');
					database.close();
					continue;
				}
				const no = nos[one.profile] as number;
				if (!homes.has(no)) continue;
				if (one.what === 'retire') homes.delete(no);
				else homes.set(no, one.keys);
				await store.write((tx) => (one.what === 'retire' ? tx.profiles.retire([{ from: no, into: heir }]) : tx.profiles.saveGolden([built(no, one.first), built(no, one.keys)])));
			}
			for (const least of [1, 2]) {
				const found = await store.read((tx) => tx.profiles.ofHouseholds(KEYS, 9, least));
				const expected = KEYS.map((key) => [key, nos.filter((no) => homes.get(no)?.includes(key))] as const).filter(([, holders]) => holders.length >= least);
				expect(KEYS.flatMap((key) => (found.has(key) ? [[key, found.get(key)?.map(({ no }) => no)]] : []))).toEqual(expected);
			}
			const links = await store.read((tx) => tx.profiles.linksOf([...homes.keys()]));
			expect([...links].map(([no, { householdKeys }]) => [no, householdKeys])).toEqual([...homes].map(([no, keys]) => [no, [...keys].sort()]));
			await store.close();
		}),
		{ numRuns: 60 },
	);
});

test('of a home of very many the oldest are given, wherever their rows stand', async () => {
	const file = join(newFolder(), 'identity.sqlite');
	const store = await openStore({ file });
	const nos = await createProfiles(store, ...Array.from({ length: 40 }, (_, index) => `c-${index}`));
	await store.write((tx) => tx.profiles.saveGolden(nos.map((no) => built(no, ['address:1']))));
	await store.close();
	const database = new DatabaseSync(file);
	database.exec('INSERT INTO homes SELECT * FROM recent_homes WHERE profile_no <= 20; DELETE FROM recent_homes WHERE profile_no <= 20');
	database.close();
	const again = await openStore({ file });
	const found = await again.read((tx) => tx.profiles.ofHouseholds(['address:1'], 9, 2));
	expect(found.get('address:1')?.map(({ no }) => no)).toEqual(nos.slice(0, 9));
});
