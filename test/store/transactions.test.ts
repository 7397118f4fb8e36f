import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import type { IdentityStore, StoreWriter } from '../../lib/store';
import { describeStore } from './describe-store';
import { AT, countRecords, person, putPersons, ref } from './samples';

describeStore('transactions', (newStore) => {
	test('a throw rolls back everything that was done before it, and the error arrives as it was thrown', async () => {
		const store = await newStore();
		const thrown = Object.assign(new Error('the disk of someone else'), { code: 'ENOSPC' });
		const attempt = store.write(async (tx) => {
			const [result] = await tx.records.put([person('1')], AT);
			await tx.keys.replace([{ no: result?.no ?? 0, keys: [{ key: 'a', who: '' }] }], new Map());
			await tx.cursors.set('x', 1, AT);
			throw thrown;
		});
		await expect(attempt).rejects.toBe(thrown);
		await store.read(async (tx) => {
			expect([await tx.records.scan(0, 9), await tx.keys.holders(['a']), await tx.cursors.get('x')]).toEqual([[], new Map(), undefined]);
		});
		expect((await putPersons(store, '1')).length).toBe(1);
	});

	test('half a batch is never kept, though the caller swallows the error of the other half', async () => {
		const store = await newStore();
		const attempt = store.write(async (tx) => {
			const assignments = tx.records.assign([{ no: 99, profileNo: null }]);
			await assignments.catch(() => undefined);
			await tx.records.put([person('1')], AT).catch(() => undefined);
		});
		await expect(attempt).rejects.toMatchObject({ code: 'conflict' });
		expect(await countRecords(store)).toBe(0);
	});

	test('concurrent writes queue up and lose no update', async () => {
		const store = await newStore();
		const add = async (): Promise<void> =>
			await store.write(async (tx) => {
				const before = Number((await tx.cursors.get('counter')) ?? 0);
				await setImmediate();
				await tx.cursors.set('counter', before + 1, AT);
			});
		const writes = Array.from({ length: 30 }, add);
		await Promise.all(writes);
		expect(await store.read(async (tx) => await tx.cursors.get('counter'))).toBe(writes.length);
	});

	test.each(['read', 'write'] as const)('a loop of %s calls leaves timers and sockets their turn', async (call) => {
		const store = await newStore();
		const turns: string[] = [];
		setTimeout(() => turns.push('timer'), 1);
		for (let i = 0; i < 5_000 && turns.length === 0; i++) {
			await (call === 'read' ? store.read(async (tx) => await tx.events.lastSeq()) : store.write(async (tx) => await tx.events.lastSeq()));
		}
		expect(turns).toEqual(['timer']);
	});

	test('a read sees one moment, whatever is written meanwhile', async () => {
		const store = await newStore();
		await putPersons(store, '1');
		await store.read(async (tx) => {
			await putPersons(store, '2');
			expect((await tx.records.scan(0, 9)).length).toBe(1);
			await putPersons(store, '3');
			expect((await tx.records.scan(0, 9)).length).toBe(1);
			expect(await countRecords(store)).toBe(3);
		});
	});

	test('others see a write only when it has ended; it sees itself', async () => {
		const store = await newStore();
		await store.write(async (tx) => {
			await tx.records.put([person('1')], AT);
			expect((await tx.records.byRef([ref('1')])).size).toBe(1);
			expect(await countRecords(store)).toBe(0);
		});
		expect(await countRecords(store)).toBe(1);
	});

	test('many reads within reads, some writing, come to an end', async () => {
		const store = await newStore();
		const reads = Array.from({ length: 20 }, async (_, i) => {
			await store.read(async () => {
				await setImmediate();
				await store.read(async () => await putPersons(store, String(i)));
			});
		});
		await Promise.all(reads);
		expect(await countRecords(store)).toBe(reads.length);
	});

	test.each([
		{ where: 'directly', nest: async (store: IdentityStore, inner: () => Promise<void>) => await store.write(inner) },
		{
			where: 'below a read',
			nest: async (store: IdentityStore, inner: () => Promise<void>) => await store.write(async () => await store.read(inner)),
		},
	])('a write within a write, $where, is refused instead of waiting for itself for ever', async ({ nest }) => {
		const store = await newStore();
		const nested = nest(store, async () => await store.write(async () => undefined));
		await expect(nested).rejects.toThrow('write() was called inside write()');
		expect((await putPersons(store, '1')).length).toBe(1);
	});

	test('a write that was started inside another one, and runs after it, is allowed', async () => {
		const store = await newStore();
		let later: Promise<unknown> = Promise.resolve();
		await store.write(async () => {
			later = wait(20).then(async () => await putPersons(store, '1'));
			return await Promise.resolve();
		});
		await later;
		expect(await countRecords(store)).toBe(1);
	});

	test.each(['read', 'write'] as const)('what was handed to %s is of no use after it', async (call) => {
		const store = await newStore();
		let kept: Pick<StoreWriter, 'records'> | undefined;
		const keep = async (tx: object): Promise<void> => {
			kept = tx as StoreWriter;
			return await Promise.resolve();
		};
		await (call === 'read' ? store.read(keep) : store.write(keep));
		await expect(kept?.records.put([person('1')], AT)).rejects.toThrow(`This ${call}() of the identity store has ended`);
		expect(await countRecords(store)).toBe(0);
	});

	test('close lets what is running and queued end, then refuses more', async () => {
		const store = await newStore();
		const ended: string[] = [];
		const write = async (name: string): Promise<void> =>
			await store.write(async (tx) => {
				await wait(5);
				await tx.cursors.set(name, true, AT);
				ended.push(name);
			});
		const running = [write('first'), write('second'), store.read(async () => await wait(30).then(() => ended.push('read')))];
		await wait(1);
		await store.close();
		expect(ended.sort()).toEqual(['first', 'read', 'second']);
		await Promise.all(running);
		await expect(store.write(async () => await Promise.resolve())).rejects.toThrow('open it again');
		await expect(store.read(async () => await Promise.resolve())).rejects.toThrow('open it again');
		await store.close();
	});

	test('close from inside a call is refused', async () => {
		const store = await newStore();
		await expect(store.write(async () => await store.close())).rejects.toThrow('close() was called inside');
		expect((await putPersons(store, '1')).length).toBe(1);
	});
});
