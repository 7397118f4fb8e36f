import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, StoreError, type IdentityStore } from '../../../lib/store';
import { temporaryFolders } from '../describe-store';
import { putPersons } from '../samples';

const newFolder = temporaryFolders();

async function storedIds(store: IdentityStore): Promise<string[]> {
	return await store.read(async (tx) => (await tx.records.scan(0, 100_000)).map(({ sourceId }) => sourceId));
}

async function refused(backup: Promise<unknown>): Promise<StoreError['code']> {
	const error: unknown = await backup.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	if (!(error instanceof StoreError)) throw new Error(`expected a StoreError, got ${String(error)}`, { cause: error });
	return error.code;
}

describe('a copy of a store', () => {
	test('copies one moment of a store in use, for the owner only, and the copy opens as a store', async () => {
		const folder = newFolder();
		const store = await openStore({ file: join(folder, 'identity.sqlite') });
		await putPersons(store, ...Array.from({ length: 2_000 }, (_, i) => `before-${i}`));
		const copied = new AbortController();
		const writing = (async () => {
			for (let i = 0; !copied.signal.aborted && i < 2_000; i++) await putPersons(store, `${i}-a`, `${i}-b`);
		})();
		const copy = join(folder, 'copy.sqlite');
		await store.backup(copy);
		copied.abort();
		await writing;
		expect((statSync(copy).mode & 0o777).toString(8)).toBe('600');
		expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.sqlite']);
		const ids = await storedIds(await openStore({ file: copy }));
		expect(ids.slice(0, 2_000)).toEqual((await storedIds(store)).slice(0, 2_000));
		expect(ids.length % 2).toBe(0);
	});

	test('never overwrites', async () => {
		const file = join(newFolder(), 'identity.sqlite');
		const store = await openStore({ file });
		const copy = join(newFolder(), 'copy.sqlite');
		writeFileSync(copy, 'mine');
		for (const target of [copy, file]) expect(await refused(store.backup(target))).toBe('conflict');
		expect(readFileSync(copy, 'utf8')).toBe('mine');
	});

	test('a file that takes the name while the copy is made stays as it is, and nothing is left beside it', async () => {
		const folder = newFolder();
		const store = await openStore({ file: join(newFolder(), 'identity.sqlite') });
		const copy = join(folder, 'copy.sqlite');
		const copying = refused(store.backup(copy));
		writeFileSync(copy, 'came first');
		expect(await copying).toBe('conflict');
		expect(readFileSync(copy, 'utf8')).toBe('came first');
		expect(readdirSync(folder)).toEqual(['copy.sqlite']);
	});

	test('into a folder that does not exist is refused and leaves nothing behind', async () => {
		const folder = newFolder();
		const store = await openStore({ file: join(folder, 'identity.sqlite') });
		expect(await refused(store.backup(join(folder, 'missing', 'copy.sqlite')))).toBe('not_writable');
		expect(await storedIds(store)).toEqual([]);
	});
});
