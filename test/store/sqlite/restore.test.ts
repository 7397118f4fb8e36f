import { spawnSync } from 'node:child_process';
import { chownSync, copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { closeAllStores, damageOf, openStore, restoreStore } from '../../../lib/store';
import { temporaryFolders } from '../describe-store';
import { createProfiles, putPersons } from '../samples';

const newFolder = temporaryFolders();
const NOW = new Date('2026-03-01T09:30:00.500Z');

const idsIn = async (file: string) => {
	const store = await openStore({ file });
	const ids = await store.read(async (tx) => (await tx.records.scan(0, 100)).map(({ sourceId }) => sourceId));
	await closeAllStores();
	return ids;
};

/** A store that has gone on since it was backed up. */
async function backedUp(): Promise<{ file: string; backup: string }> {
	const folder = newFolder();
	const [file, backup] = [join(folder, 'identity.sqlite'), join(folder, 'backup.sqlite')];
	const store = await openStore({ file });
	await putPersons(store, 'before');
	await createProfiles(store, 'c-1', 'c-2');
	await store.backup(backup);
	await putPersons(store, 'since');
	await closeAllStores();
	return { file, backup };
}

/** Leaves the store as `kill -9` does: with a -wal file that nobody has read back. */
async function killed(file: string): Promise<void> {
	const store = await openStore({ file });
	await putPersons(store, 'since', 'at last');
	for (const suffix of ['', '-wal', '-shm']) copyFileSync(file + suffix, `${file}.left${suffix}`);
	await closeAllStores();
	for (const suffix of ['', '-wal', '-shm']) copyFileSync(`${file}.left${suffix}`, file + suffix);
}

function overwrite(file: string, bytes: string): void {
	const content = readFileSync(file);
	content.write(bytes);
	writeFileSync(file, content);
}

test('the store is what the backup holds, and what came since is kept beside it', async () => {
	const { file, backup } = await backedUp();
	const former = `${file}.before-20260301T093000Z`;
	expect(await restoreStore(backup, file, NOW)).toEqual({ profiles: 2, lastChange: undefined, former });
	expect(await idsIn(file)).toEqual(['before']);
	expect(await idsIn(former)).toEqual(['before', 'since']);
	expect(await idsIn(backup)).toEqual(['before']);
	expect(readdirSync(dirname(file)).filter((name) => name.endsWith('.unfinished'))).toEqual([]);
	expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
});

test('what a killed process left in the -wal file goes with the former store, and not into the copy', async () => {
	const { file, backup } = await backedUp();
	await killed(file);
	const { former = '' } = await restoreStore(backup, file, NOW);
	expect(await idsIn(file)).toEqual(['before']);
	expect(damageOf(file)).toEqual([]);
	expect(await idsIn(former)).toEqual(['before', 'since', 'at last']);
});

test('a backup with a -wal file beside it stays as it is, and is restored with what stands in that', async () => {
	const { file, backup } = await backedUp();
	await killed(backup);
	const both = () => [readFileSync(backup), readFileSync(`${backup}-wal`)];
	const before = both();
	await restoreStore(backup, file, NOW);
	expect(both()).toEqual(before);
	expect(await idsIn(file)).toEqual(['before', 'since', 'at last']);
});

test('so it does where the store is too damaged to be opened', async () => {
	const { file, backup } = await backedUp();
	await killed(file);
	overwrite(file, 'no longer a database');
	overwrite(`${file}-wal`, 'no longer a log');
	const { former = '' } = await restoreStore(backup, file, NOW);
	expect(await idsIn(file)).toEqual(['before']);
	expect(readFileSync(former).subarray(0, 9).toString()).toBe('no longer');
});

test('a store that is not there is made of the backup', async () => {
	const { file, backup } = await backedUp();
	const other = join(dirname(file), 'other.sqlite');
	expect(await restoreStore(backup, other, NOW)).toMatchObject({ former: undefined });
	expect(await idsIn(other)).toEqual(['before']);
});

test('whoever owned the store owns what takes its place; a link leads to it as before', async () => {
	const { file, backup } = await backedUp();
	// Only root can give a file away; anybody else owns both.
	const owner = process.getuid?.() === 0 ? 65_534 : (process.getuid?.() ?? 0);
	chownSync(file, owner, process.getgid?.() ?? 0);
	const link = join(newFolder(), 'link.sqlite');
	symlinkSync(file, link);
	await restoreStore(backup, link, NOW);
	expect(statSync(file).uid).toBe(owner);
	expect(await idsIn(link)).toEqual(['before']);
	expect(await idsIn(file)).toEqual(['before']);
});

test('where the store is gone, whoever owns its folder owns what takes its place', async () => {
	const { file, backup } = await backedUp();
	rmSync(file);
	const owner = process.getuid?.() === 0 ? 65_534 : (process.getuid?.() ?? 0);
	chownSync(dirname(file), owner, process.getgid?.() ?? 0);
	await restoreStore(backup, file, NOW);
	expect(statSync(file).uid).toBe(owner);
});

test('the store of another user is left alone: who owns it could not open what took its place', async () => {
	const { file, backup } = await backedUp();
	const me = jest.spyOn(process, 'getuid').mockReturnValue(12_345);
	try {
		await expect(restoreStore(backup, file, NOW)).rejects.toMatchObject({ code: 'not_writable', message: expect.stringMatching(/belongs to another user, .* Nothing was changed\. Run this as that user, or as root/) as string });
	} finally {
		me.mockRestore();
	}
	expect(await idsIn(file)).toEqual(['before', 'since']);
});

test('what is no file is neither restored nor put aside, and a link to nowhere stays', async () => {
	const { file, backup } = await backedUp();
	const [folder, pipe, link] = ['folder', 'pipe', 'link'].map((name) => join(dirname(file), name)) as [string, string, string];
	mkdirSync(folder);
	expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
	symlinkSync(join(dirname(file), 'not-mounted', 'identity.sqlite'), link);
	for (const other of [folder, pipe]) {
		await expect(restoreStore(backup, other, NOW)).rejects.toMatchObject({ code: 'not_a_store', message: `${other} is not a file, and nothing was changed. Name the file of the identity store.` });
		await expect(restoreStore(other, file, NOW)).rejects.toMatchObject({ code: 'not_a_store', message: `${other} is not a file. Name the file that "customer360 backup" made.` });
	}
	await expect(restoreStore(backup, link, NOW)).rejects.toThrow(/link is a link to a file that is not there; its disk may not be mounted\. Nothing was changed/);
	expect(lstatSync(link).isSymbolicLink()).toBe(true);
	expect(await idsIn(file)).toEqual(['before', 'since']);
	expect(readdirSync(dirname(file)).filter((name) => name.includes('.before-'))).toEqual([]);
});

test('a store that somebody uses is left alone', async () => {
	const { file, backup } = await backedUp();
	const store = await openStore({ file });
	await store.read(async (tx) => await tx.records.counts());
	await expect(restoreStore(backup, file, NOW)).rejects.toMatchObject({ code: 'locked', message: expect.stringMatching(/in use, by n8n or by another command\. Nothing was changed/) as string });
	expect(await putPersons(store, 'goes on')).toEqual([3]);
	await closeAllStores();
	expect(await idsIn(file)).toEqual(['before', 'since', 'goes on']);
});

const madeBy = (sql: string) => (file: string) => {
	const database = new DatabaseSync(file);
	database.exec(sql);
	database.close();
};
test.each<[string, (backup: string) => void, RegExp]>([
	['whose first page is damaged', (backup) => overwrite(backup, 'no longer a database'), /The backup .*backup\.sqlite is damaged .*\. Nothing was changed\. Choose another one\.$/],
	['with a damaged page behind it', (backup) => writeFileSync(backup, readFileSync(backup).fill(0, 4096 * 20, 4096 * 21)), /The backup .*backup\.sqlite is damaged .*Nothing was changed/],
	['cut short', (backup) => writeFileSync(backup, readFileSync(backup).subarray(0, 50_000)), /The backup .*backup\.sqlite is damaged .*Nothing was changed/],
	['of a newer program', madeBy('PRAGMA user_version = 9999'), /backup\.sqlite has version 9999, .*Update/],
	['of another program', madeBy('PRAGMA application_id = 7'), /backup\.sqlite is a database of another program/],
	['without a table', (backup) => writeFileSync(backup, ''), /backup\.sqlite is empty, and no backup of an identity store/],
])('a backup %s is refused, and nothing is changed', async (_, spoil, message) => {
	const { file, backup } = await backedUp();
	spoil(backup);
	await expect(restoreStore(backup, file, NOW)).rejects.toThrow(message);
	expect(await idsIn(file)).toEqual(['before', 'since']);
	expect(readdirSync(dirname(file)).filter((name) => !/^(identity|backup)\.sqlite(-wal|-shm)?$/.test(name))).toEqual([]);
});

test('the store of a newer program is replaced by a backup from before the update, and kept', async () => {
	const { file, backup } = await backedUp();
	madeBy('PRAGMA user_version = 9999')(file);
	await expect(openStore({ file })).rejects.toMatchObject({ code: 'newer_version' });
	const { former = '' } = await restoreStore(backup, file, NOW);
	expect(await idsIn(file)).toEqual(['before']);
	await expect(openStore({ file: former })).rejects.toMatchObject({ code: 'newer_version' });
});

test('neither another database nor the backup itself is written over', async () => {
	const { backup } = await backedUp();
	const other = join(dirname(backup), 'orders.db');
	madeBy('CREATE TABLE orders (no)')(other);
	await expect(restoreStore(backup, other, NOW)).rejects.toThrow(/orders\.db is a database of another program/);
	await expect(restoreStore(backup, backup, NOW)).rejects.toThrow(/are one file/);
	await expect(restoreStore(backup, join(dirname(backup), 'missing', 'identity.sqlite'), NOW)).rejects.toThrow(/folder .*missing.* does not exist/);
	expect(existsSync(`${backup}.before-20260301T093000Z`)).toBe(false);
});
