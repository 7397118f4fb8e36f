import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAllStores, openStore } from '../../../lib/store';
import { AT, person, putPersons } from '../samples';
import { SmallDisk } from '../small-disk';
import { fill, storedEvents } from './filled-store';

describe('on a small disk', () => {
	let disk: SmallDisk | undefined;
	afterEach(async () => {
		await closeAllStores();
		disk?.end();
		disk = undefined;
	});

	test('that is full the step says so and keeps nothing, everything from before stays, and with more room the same store goes on', async () => {
		disk = SmallDisk.mount(8);
		const file = join(disk.folder, 'identity.sqlite');
		const store = await openStore({ file });
		const { kept, error } = await fill(store);
		expect(kept).toBeGreaterThan(0);
		expect(error).toMatchObject({ code: 'disk_full', message: expect.stringContaining('Make room') });
		expect(await storedEvents(store)).toBe(kept);
		disk.grow(64);
		await putPersons(store, 'room again');
		await closeAllStores();
		const again = await openStore({ file });
		expect([await storedEvents(again), await again.read(async (tx) => await tx.records.counts())]).toEqual([kept, [{ system: 'crm', object: 'contact', records: 1 }]]);
	});

	test('that has no room for a second copy nothing is compacted; with room, what is not needed is given back to it', async () => {
		disk = SmallDisk.mount(64);
		const file = join(disk.folder, 'identity.sqlite');
		const store = await openStore({ file });
		const streets = Array.from({ length: 2_000 }, (_, i) => person(String(i), { attributes: { street: [{ value: 'Main street '.repeat(200), valid: true }] } }));
		await store.write(async (tx) => await tx.records.put(streets, AT));
		await fill(store, 20_000);
		await store.write(async (tx) => await tx.events.prune('9999', 20_000));
		const ballast = join(disk.folder, 'ballast');
		writeFileSync(ballast, '');
		await closeAllStores();
		const again = await openStore({ file });
		writeFileSync(ballast, Buffer.alloc(62_000_000 - statSync(file).size));
		await expect(again.compact()).rejects.toMatchObject({ code: 'disk_full', message: expect.stringMatching(/takes \d+ MB .* and \d+ MB are free\. Nothing was changed/) });
		expect((await again.read(async (tx) => await tx.records.scan(0, 5_000))).length).toBe(2_000);
		truncateSync(ballast);
		const { before, after } = await again.compact();
		expect(after).toBeLessThan(before);
		expect(statSync(file).size).toBe(after);
		expect((await again.read(async (tx) => await tx.records.scan(0, 5_000))).length).toBe(2_000);
		expect(readdirSync(disk.folder).sort()).toEqual(['ballast', 'identity.sqlite', 'identity.sqlite-shm', 'identity.sqlite-wal']);
	});

	test('for temporary files nothing is compacted either, and the disk is named', async () => {
		disk = SmallDisk.mount(1);
		const former = process.env.SQLITE_TMPDIR;
		process.env.SQLITE_TMPDIR = disk.folder;
		const folder = mkdtempSync(join(tmpdir(), 'customer360-compact-'));
		try {
			const store = await openStore({ file: join(folder, 'identity.sqlite') });
			await fill(store, 5_000);
			await expect(store.compact()).rejects.toMatchObject({ code: 'disk_full', message: expect.stringContaining(disk.folder) });
			expect(await storedEvents(store)).toBe(5_000);
		} finally {
			if (former === undefined) delete process.env.SQLITE_TMPDIR;
			else process.env.SQLITE_TMPDIR = former;
			await closeAllStores();
			rmSync(folder, { recursive: true });
		}
	});
});
