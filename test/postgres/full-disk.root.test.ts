import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { closeAllStores, openStore, type IdentityStore } from '../../lib/store';
import { AT, countRecords, person, putPersons } from '../store/samples';
import { SmallDisk } from '../store/small-disk';
import { OwnServer, runSql } from './server';

let server: OwnServer;
beforeAll(async () => void (server = await OwnServer.start()));
afterEach(closeAllStores);
afterAll(async () => await server.end());

test('a database on a full disk says so and keeps nothing of the step; with more room it goes on', async () => {
	const disk = SmallDisk.mount(12, await ownerOf(server));
	try {
		await runSql(server.url, `CREATE TABLESPACE small LOCATION '${disk.folder}'`, 'ALTER ROLE owner SET default_tablespace = small');
		const store = await openStore({ url: server.url, schema: 'small' });
		const { kept, error } = await fill(store);
		expect(kept).toBeGreaterThan(0);
		expect(error).toMatchObject({ code: 'disk_full', message: expect.stringMatching(/disk of the database is full.*nothing of this step was kept\. Make room/) });
		expect(await countRecords(store)).toBe(kept);
		disk.grow(64);
		await putPersons(store, 'room again');
		expect(await countRecords(store)).toBe(kept + 1);
		await closeAllStores();
		await runSql(server.url, 'DROP SCHEMA small CASCADE', 'ALTER ROLE owner RESET default_tablespace', 'DROP TABLESPACE small');
	} finally {
		disk.end();
	}
}, 60_000);

async function ownerOf(server: OwnServer): Promise<number> {
	const [row] = await runSql(server.url, 'SHOW data_directory');
	return statSync(String(row?.data_directory)).uid;
}

async function fill(store: IdentityStore): Promise<{ kept: number; error: unknown }> {
	for (let kept = 0; kept < 100_000; kept += 50) {
		const batch = Array.from({ length: 50 }, (_, i) => person(`${kept + i}`, { attributes: { street: [{ value: `${randomUUID()} `.repeat(40), valid: true }] } }));
		try {
			await store.write(async (tx) => await tx.records.put(batch, AT));
		} catch (error) {
			return { kept, error };
		}
	}
	return { kept: 100_000, error: undefined };
}
