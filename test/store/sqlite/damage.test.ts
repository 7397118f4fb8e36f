import { copyFileSync, existsSync, openSync, closeSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { closeAllStores, damageOf, openStore } from '../../../lib/store';
import { temporaryFolders } from '../describe-store';
import { putPersons } from '../samples';

const newFolder = temporaryFolders();
const PAGE = 4096;

/** A closed store, and where in it each table and index has its first page with rows. */
async function filled(): Promise<{ file: string; pages: Map<string, number> }> {
	const file = join(newFolder(), 'identity.sqlite');
	await putPersons(await openStore({ file }), ...Array.from({ length: 300 }, (_, index) => `p${index}`));
	await closeAllStores();
	const database = new DatabaseSync(file, { readOnly: true });
	const roots = database.prepare('SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0').all() as { name: string; rootpage: number }[];
	database.close();
	return { file, pages: new Map(roots.map(({ name, rootpage }) => [name, rootpage])) };
}

/** The store with one page emptied, as a disk may leave it. */
function withoutPage(file: string, page: number): string {
	const damaged = `${file}.damaged`;
	copyFileSync(file, damaged);
	const opened = openSync(damaged, 'r+');
	writeSync(opened, Buffer.alloc(PAGE), 0, PAGE, (page - 1) * PAGE);
	closeSync(opened);
	return damaged;
}

test('a file that is whole has no damage', async () => {
	expect(damageOf((await filled()).file)).toEqual([]);
});

test('whichever table or index lost a page, also one that nobody reads on the way: it is found', async () => {
	const { file, pages } = await filled();
	expect(pages.size).toBeGreaterThan(30);
	const unseen = [...pages].filter(([, page]) => damageOf(withoutPage(file, page)).length === 0).map(([name]) => name);
	expect(unseen).toEqual([]);
});

test('a damaged store is not copied as if it were whole', async () => {
	const { file, pages } = await filled();
	const damaged = withoutPage(file, pages.get('decisions') ?? 0);
	const copy = join(newFolder(), 'copy.sqlite');
	const store = await openStore({ file: damaged });
	await expect(store.backup(copy)).rejects.toThrow(/identity store .*damaged is damaged .* so would be the copy, which was not made\. To go back to a backup, .*customer360 restore/);
	expect(existsSync(copy)).toBe(false);
});
