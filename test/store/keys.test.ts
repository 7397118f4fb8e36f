import { describeStore } from './describe-store';
import { putPersons } from './samples';

describeStore('keys', (newStore) => {
	test('holders are found by key, in order of number, with who they are', async () => {
		const store = await newStore();
		const [one = 0, two = 0] = await putPersons(store, '1', '2');
		await store.write(async (tx) => {
			await tx.keys.replace([
				{ no: two, keys: [{ key: 'email:office@example.com', who: 'bob' }] },
				{ no: one, keys: [{ key: 'email:office@example.com', who: 'ann' }, { key: 'phone:+15550100', who: '' }] },
			]);
			expect(await tx.keys.holders(['phone:+15550100', 'email:office@example.com', 'email:nobody@example.com'])).toEqual(
				new Map([
					['phone:+15550100', [{ no: one, who: '' }]],
					['email:office@example.com', [{ no: one, who: 'ann' }, { no: two, who: 'bob' }]],
				]),
			);
		});
	});

	test('replacing says which keys a record had, and takes away those it no longer has', async () => {
		const store = await newStore();
		const [one = 0, two = 0] = await putPersons(store, '1', '2');
		await store.write(async (tx) => {
			const first = [{ key: 'a', who: 'ann' }, { key: 'b', who: 'ann' }];
			const second = [{ key: 'b', who: 'anna' }, { key: 'c', who: 'anna' }];
			expect(await tx.keys.replace([{ no: one, keys: first }, { no: two, keys: [] }])).toEqual(new Map([[one, []], [two, []]]));
			expect(await tx.keys.replace([{ no: one, keys: second }])).toEqual(new Map([[one, first]]));
			expect(await tx.keys.ofRecords([two, one])).toEqual(new Map([[two, []], [one, second]]));
			expect(await tx.keys.holders(['a', 'b', 'c'])).toEqual(new Map([['b', [{ no: one, who: 'anna' }]], ['c', [{ no: one, who: 'anna' }]]]));
			expect(await tx.keys.replace([{ no: one, keys: [] }])).toEqual(new Map([[one, second]]));
			expect(await tx.keys.holders(['b', 'c'])).toEqual(new Map());
		});
	});

	test('a record listed twice in one batch ends with the last list, and had what it had before the batch', async () => {
		const store = await newStore();
		const [one = 0] = await putPersons(store, '1');
		await store.write(async (tx) => {
			await tx.keys.replace([{ no: one, keys: [{ key: 'a', who: '' }] }]);
			const before = await tx.keys.replace([{ no: one, keys: [{ key: 'b', who: '' }] }, { no: one, keys: [{ key: 'c', who: '' }] }]);
			expect(before).toEqual(new Map([[one, [{ key: 'a', who: '' }]]]));
			expect([...(await tx.keys.holders(['a', 'b', 'c'])).keys()]).toEqual(['c']);
		});
	});

	test('a key named twice by one record counts once', async () => {
		const store = await newStore();
		const [one = 0] = await putPersons(store, '1');
		await store.write(async (tx) => {
			await tx.keys.replace([{ no: one, keys: [{ key: 'a', who: 'ann' }, { key: 'a', who: 'bob' }] }]);
			expect(await tx.keys.holders(['a'])).toEqual(new Map([['a', [{ no: one, who: 'ann' }]]]));
			await tx.keys.replace([{ no: one, keys: [] }]);
			expect(await tx.keys.holders(['a'])).toEqual(new Map());
		});
	});

	test('keys that look alike are never taken for one another', async () => {
		const store = await newStore();
		const keys = ['x', 'X', 'x ', 'x\u0000', 'x\ud83d', 'x\ud83e', '\u0001x', '\u0001"x"', 'é', 'e\u0301', '😀', '', "x' OR 1=1 --", '%', '_'];
		const nos = await putPersons(store, ...keys.map((_, i) => String(i)));
		await store.write(async (tx) => {
			await tx.keys.replace(keys.map((key, i) => ({ no: nos[i] ?? 0, keys: [{ key, who: key }] })));
			await tx.keys.markGeneric(['x', 'x\ud83d'], true);
		});
		await store.read(async (tx) => {
			expect(await tx.keys.holders(keys)).toEqual(new Map(keys.map((key, i) => [key, [{ no: nos[i], who: key }]])));
			expect(await tx.keys.generic(keys)).toEqual(new Set(['x', 'x\ud83d']));
			expect(new Set(await tx.keys.scanGeneric('', 10))).toEqual(new Set(['x', 'x\ud83d']));
		});
	});

	test('marks of too common keys are set, taken away and paged through', async () => {
		const store = await newStore();
		await store.write(async (tx) => {
			await tx.keys.markGeneric(['d', 'b', 'a', 'c', 'a'], true);
			await tx.keys.markGeneric(['b', 'never marked'], false);
			expect(await tx.keys.generic(['a', 'b', 'z'])).toEqual(new Set(['a']));
			expect(await tx.keys.scanGeneric('', 2)).toEqual(['a', 'c']);
			expect(await tx.keys.scanGeneric('c', 2)).toEqual(['d']);
		});
	});
});
