import { join } from 'node:path';
import { tidyStore } from '../../../lib/identity';
import { openStore } from '../../../lib/store';
import { temporaryFolders } from '../describe-store';
import { AT, putPersons } from '../samples';
import { fill, storedEvents } from './filled-store';

const newFolder = temporaryFolders();

test('a store that may grow no further goes on once what is old was forgotten', async () => {
	const store = await openStore({ file: join(newFolder(), 'identity.sqlite') }, { maxPages: 400 });
	await putPersons(store, '1');
	const { kept, error } = await fill(store);
	expect(error).toMatchObject({ code: 'disk_full', message: expect.stringContaining('nothing of this step was kept') });
	expect(await storedEvents(store)).toBe(kept);
	expect(await tidyStore(store, { now: () => Date.parse(AT) + 500 * 86_400_000, force: true })).toMatchObject({ events: kept });
	expect((await fill(store, kept - 100)).error).toBeUndefined();
	expect(await store.read(async (tx) => [await tx.events.firstSeq(), await tx.events.lastSeq()])).toEqual([kept + 1, kept + kept - 100]);
});

test('compacting waits for another process that writes, and gives up after the time set with everything as it was', async () => {
	const file = join(newFolder(), 'identity.sqlite');
	const store = await openStore({ file }, { lockTimeoutMs: 300 });
	await fill(store, 1_000);
	const { DatabaseSync } = await import('node:sqlite');
	const other = new DatabaseSync(file);
	other.exec('BEGIN IMMEDIATE');
	await expect(store.compact()).rejects.toMatchObject({ code: 'locked' });
	other.exec('ROLLBACK');
	other.close();
	expect(await storedEvents(store)).toBe(1_000);
	expect((await store.compact()).after).toBeGreaterThan(0);
});
