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
			], new Map());
			expect(await tx.keys.holders(['phone:+15550100', 'email:office@example.com', 'email:nobody@example.com'])).toEqual(
				new Map([
					['phone:+15550100', [{ no: one, who: '' }]],
					['email:office@example.com', [{ no: one, who: 'ann' }, { no: two, who: 'bob' }]],
				]),
			);
		});
	});

	test('replacing takes away the keys that a record no longer has, and leaves the others', async () => {
		const store = await newStore();
		const [one = 0, two = 0] = await putPersons(store, '1', '2');
		await store.write(async (tx) => {
			const first = [{ key: 'a', who: 'ann' }, { key: 'b', who: 'ann' }, { key: 'd', who: 'ann' }];
			const second = [{ key: 'b', who: 'anna' }, { key: 'c', who: 'anna' }, { key: 'd', who: 'ann' }];
			await tx.keys.replace([{ no: one, keys: first }, { no: two, keys: [] }], new Map());
			expect(await tx.keys.ofRecords([two, one])).toEqual(new Map([[two, []], [one, first]]));
			await tx.keys.replace([{ no: one, keys: second }], await tx.keys.ofRecords([one]));
			expect(await tx.keys.ofRecords([two, one])).toEqual(new Map([[two, []], [one, second]]));
			expect(await tx.keys.holders(['a', 'b', 'c', 'd'])).toEqual(new Map(second.map(({ key, who }) => [key, [{ no: one, who }]])));
			await tx.keys.replace([{ no: one, keys: [] }], await tx.keys.ofRecords([one]));
			expect(await tx.keys.holders(['b', 'c', 'd'])).toEqual(new Map());
			expect(await tx.keys.ofRecords([one])).toEqual(new Map([[one, []]]));
		});
	});

	test('one value with thousands of holders, and records with many values, are found whole and in order, whenever they came', async () => {
		const store = await newStore();
		const nos = await putPersons(store, ...Array.from({ length: 300 }, (_, i) => String(i)));
		// Some 300,000 keys: more than an embedded store puts aside before it sorts them in.
		const keysOf = (no: number) => [{ key: 'shared', who: `holder ${no}` }, ...Array.from({ length: 1000 }, (_, i) => ({ key: `own ${no} ${i}`, who: '' }))];
		const late = nos.splice(100, 50);
		for (const part of [nos, late]) await store.write(async (tx) => await tx.keys.replace(part.map((no) => ({ no, keys: keysOf(no) })), new Map()));
		const changed = nos[3] ?? 0;
		await store.write(async (tx) => await tx.keys.replace([{ no: changed, keys: [{ key: 'shared', who: 'another' }] }], await tx.keys.ofRecords([changed])));
		await store.read(async (tx) => {
			const holders = [...nos, ...late].sort((x, y) => x - y).map((no) => ({ no, who: no === changed ? 'another' : `holder ${no}` }));
			expect(await tx.keys.holders(['shared', `own ${changed} 0`])).toEqual(new Map([['shared', holders]]));
			const [early = 0] = nos;
			expect(await tx.keys.holders([`own ${early} 999`, `own ${late[0]} 0`])).toEqual(
				new Map([[`own ${early} 999`, [{ no: early, who: '' }]], [`own ${late[0]} 0`, [{ no: late[0], who: '' }]]]),
			);
		});
	});

	test('what a record is compared by is kept beside its keys, left where nothing is told of it, and goes with the last key', async () => {
		const store = await newStore();
		const [one = 0, two = 0, three = 0] = await putPersons(store, '1', '2', '3');
		await store.write(async (tx) => {
			const [first, second] = [{ forms: '["Ann"]', of: 'x 1' }, { forms: '["Anna"]', of: 'x 2' }];
			const keys = [{ key: 'a', who: '' }];
			const before = () => tx.keys.ofRecords([one, two, three]);
			await tx.keys.replace([{ no: one, keys, forms: first }, { no: two, keys }], await before());
			await tx.keys.list([{ no: three, listed: '[["",["a"]]]', forms: first }]);
			expect(await tx.keys.forms([three, two, one])).toEqual(new Map([[one, first], [three, first]]));
			await tx.keys.replace([{ no: one, keys: [{ key: 'b', who: '' }] }, { no: two, keys, forms: second }], await before());
			await tx.keys.list([{ no: three, listed: '[["",["c"]]]' }]);
			expect(await tx.keys.forms([one, two, three])).toEqual(new Map([[one, first], [two, second], [three, first]]));
			await tx.keys.replace([{ no: one, keys: [{ key: 'b', who: '' }], forms: second }, { no: two, keys: [] }], await before());
			await tx.keys.list([{ no: three, listed: '[["",["c"]]]', forms: second }]);
			expect(await tx.keys.forms([one, two, three])).toEqual(new Map([[one, second], [three, second]]));
			expect(await tx.keys.forms([])).toEqual(new Map());
			await tx.keys.keepForms([{ no: three, forms: first }, { no: two, forms: first }]);
			await tx.keys.keepForms([]);
			expect(await tx.keys.forms([one, two, three])).toEqual(new Map([[one, second], [three, first]]));
			expect(await tx.keys.ofRecords([two, three])).toEqual(new Map([[two, []], [three, [{ key: 'c', who: '' }]]]));
		});
	});

	test('a key named twice by one record counts once', async () => {
		const store = await newStore();
		const [one = 0] = await putPersons(store, '1');
		await store.write(async (tx) => {
			await tx.keys.replace([{ no: one, keys: [{ key: 'a', who: 'ann' }, { key: 'a', who: 'bob' }] }], new Map());
			expect(await tx.keys.holders(['a'])).toEqual(new Map([['a', [{ no: one, who: 'ann' }]]]));
			await tx.keys.replace([{ no: one, keys: [] }], await tx.keys.ofRecords([one]));
			expect(await tx.keys.holders(['a'])).toEqual(new Map());
		});
	});

	test('keys that look alike are never taken for one another', async () => {
		const store = await newStore();
		const keys = ['x', 'X', 'x ', 'x\u0000', 'x\ud83d', 'x\ud83e', '\u0001x', '\u0001"x"', 'é', 'e\u0301', '😀', '', "x' OR 1=1 --", '%', '_'];
		const nos = await putPersons(store, ...keys.map((_, i) => String(i)));
		await store.write(async (tx) => {
			await tx.keys.replace(keys.map((key, i) => ({ no: nos[i] ?? 0, keys: [{ key, who: key }] })), new Map());
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
