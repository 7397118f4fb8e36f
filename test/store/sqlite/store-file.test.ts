import {
	chmodSync,
	closeSync,
	openSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { closeAllStores, embeddedStorePath, openStore, StoreError, type IdentityStore } from '../../../lib/store';
import { toStoreError } from '../../../lib/store/sqlite/sqlite-errors';
import { temporaryFolders } from '../describe-store';
import { AT, person, putPersons } from '../samples';

const newFolder = temporaryFolders();
const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);

async function storedIds(store: IdentityStore): Promise<string[]> {
	return await store.read(async (tx) => (await tx.records.scan(0, 100_000)).map(({ sourceId }) => sourceId));
}

/** A store with one record, closed. */
async function closedStore(): Promise<string> {
	const file = join(newFolder(), 'identity.sqlite');
	await putPersons(await openStore({ file }), '1');
	await closeAllStores();
	return file;
}

function changeByHand(file: string, sql: string): void {
	const database = new DatabaseSync(file);
	database.exec(sql);
	database.close();
}

async function refusal(attempt: Promise<unknown>): Promise<StoreError> {
	const error: unknown = await attempt.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	if (!(error instanceof StoreError)) throw new Error(`expected a StoreError, got ${String(error)}`, { cause: error });
	return error;
}

describe('a new store', () => {
	test('is for its owner only, in a folder for its owner only, whatever the umask', async () => {
		const umask = process.umask(0);
		try {
			const file = embeddedStorePath(join(newFolder(), 'user'));
			await putPersons(await openStore({ file }), '1');
			expect(mode(dirname(file))).toBe('700');
			expect(readdirSync(dirname(file)).map((name) => [name, mode(join(dirname(file), name))])).toEqual([
				['identity.sqlite', '600'],
				['identity.sqlite-shm', '600'],
				['identity.sqlite-wal', '600'],
			]);
		} finally {
			process.umask(umask);
		}
	});

	test('keeps what was written when it is closed and opened again', async () => {
		const file = await closedStore();
		expect(readdirSync(dirname(file))).toEqual(['identity.sqlite']);
		expect(await storedIds(await openStore({ file }))).toEqual(['1']);
	});
});

test('a store that others could read is closed to them when it is opened', async () => {
	const file = await closedStore();
	chmodSync(file, 0o644);
	await openStore({ file });
	expect(mode(file)).toBe('600');
});

describe('a file that is refused stays as it is', () => {
	test.each([
		{ what: 'a text', write: (file: string) => writeFileSync(file, 'first_name,last_name\n'.repeat(500)), code: 'not_a_store' },
		{ what: 'a short text', write: (file: string) => writeFileSync(file, 'hello'), code: 'not_a_store' },
		{ what: "another program's database", write: (file: string) => changeByHand(file, 'CREATE TABLE notes (text)'), code: 'not_a_store' },
		{ what: "another program's empty database", write: (file: string) => changeByHand(file, 'PRAGMA application_id = 7'), code: 'not_a_store' },
	])('$what', async ({ write, code }) => {
		const file = join(newFolder(), 'identity.sqlite');
		write(file);
		const before = [readFileSync(file), mode(file)];
		const error = await refusal(openStore({ file }));
		expect([error.code, error.message.includes(file)]).toEqual([code, true]);
		expect([readFileSync(file), mode(file)]).toEqual(before);
		expect((await refusal(openStore({ file }))).code).toBe(code);
	});

	test('a store of a newer version, with both versions and the remedy', async () => {
		const file = await closedStore();
		changeByHand(file, 'PRAGMA user_version = 4711');
		const before = readFileSync(file);
		const error = await refusal(openStore({ file }));
		expect(error.code).toBe('newer_version');
		expect(error.message).toMatch(/has version 4711, and this program understands versions up to \d+\. Update n8n-nodes-customer360/);
		expect(readFileSync(file)).toEqual(before);
	});

	test('a folder', async () => {
		expect((await refusal(openStore({ file: newFolder() }))).code).toBe('not_a_store');
	});

	test('a file below something that is no folder', async () => {
		const file = await closedStore();
		expect((await refusal(openStore({ file: join(file, 'identity.sqlite') }))).code).toBe('not_writable');
	});
});

describe('an open store', () => {
	test('that a newer program changes takes no more writes from this one', async () => {
		const file = join(newFolder(), 'identity.sqlite');
		const store = await openStore({ file });
		changeByHand(file, 'PRAGMA user_version = 4711');
		expect((await refusal(putPersons(store, '1'))).code).toBe('newer_version');
		expect((await refusal(storedIds(store))).code).toBe('newer_version');
	});

	test('whose file is removed or replaced refuses to write into the void; who opens it anew gets the new one', async () => {
		const file = join(newFolder(), 'identity.sqlite');
		const store = await openStore({ file });
		await putPersons(store, '1');
		for (const name of readdirSync(dirname(file))) renameSync(join(dirname(file), name), join(dirname(file), `old-${name}`));
		expect((await refusal(putPersons(store, '2'))).message).toContain('was removed or replaced');
		const anew = await openStore({ file });
		await putPersons(anew, '3');
		expect(await storedIds(anew)).toEqual(['3']);
		expect((await refusal(putPersons(store, '4'))).message).toContain('was removed or replaced');
	});

	test('says so, too, where SQLite notices it first, as while another process puts a backup in its place', async () => {
		const file = await closedStore();
		changeByHand(file, 'PRAGMA journal_mode = DELETE');
		const database = new DatabaseSync(file);
		database.exec('SELECT 1 FROM records');
		renameSync(file, `${file}.old`);
		let fault: unknown;
		try {
			database.exec('DELETE FROM records');
		} catch (error) {
			fault = toStoreError(error, file);
		}
		expect(fault).toMatchObject({ code: 'not_writable', message: expect.stringContaining('was removed or replaced') as string });
		database.close();
	});

	test('waits for another process that writes, without blocking this one, and gives up after the time set', async () => {
		const file = join(newFolder(), 'identity.sqlite');
		const store = await openStore({ file }, { lockTimeoutMs: 700 });
		await putPersons(store, '1');
		const other = new DatabaseSync(file);
		other.exec('BEGIN IMMEDIATE');
		const released = putPersons(store, '2');
		setTimeout(() => other.exec('ROLLBACK'), 30);
		await released;
		other.exec('BEGIN IMMEDIATE');
		const error = await refusal(putPersons(store, '3'));
		expect([error.code, error.message.includes('Another process is writing')]).toEqual(['locked', true]);
		expect(await storedIds(store)).toEqual(['1', '2']);
		other.exec('ROLLBACK');
		other.close();
		await putPersons(store, '4');
		expect(await storedIds(store)).toEqual(['1', '2', '4']);
	});

	test('on a full disk says so, keeps nothing of the step, and everything from before', async () => {
		const file = join(newFolder(), 'identity.sqlite');
		const store = await openStore({ file }, { maxPages: 150 });
		const street = (i: number): string => `${i} ${'Main street '.repeat(40)}`;
		let whole = 0;
		const fill = async (): Promise<void> => {
			while (whole < 1_000) {
				const batch = Array.from({ length: 20 }, (_, i) => person(`${whole}-${i}`, { attributes: { street: [{ value: street(i), valid: true }] } }));
				await store.write(async (tx) => {
					// Swallowing the error must not make the rest of the step go through.
					await tx.cursors.set('batches', whole + 1, AT);
					await tx.records.put(batch, AT).catch(() => undefined);
					await tx.cursors.set('swallowed', true, AT).catch(() => undefined);
				});
				whole += 1;
			}
		};
		const error = await refusal(fill());
		expect([error.code, error.message.includes('Make room')]).toEqual(['disk_full', true]);
		expect(whole).toBeGreaterThan(0);
		await closeAllStores();
		const again = await openStore({ file });
		expect((await storedIds(again)).length).toBe(whole * 20);
		expect(await again.read(async (tx) => await tx.cursors.get('batches'))).toBe(whole);
		await putPersons(again, 'room again');
	});

	test('with damaged pages says that it is damaged', async () => {
		const file = join(newFolder(), 'identity.sqlite');
		await putPersons(await openStore({ file }), ...Array.from({ length: 300 }, (_, i) => String(i)));
		await closeAllStores();
		const handle = openSync(file, 'r+');
		writeSync(handle, Buffer.alloc(statSync(file).size - 8192, 0x5a), 0, undefined, 8192);
		closeSync(handle);
		const error = await refusal(openStore({ file }).then(async (store) => await storedIds(store)));
		expect([error.code, error.message.includes('customer360 restore')]).toEqual(['not_a_store', true]);
	});
});

describe('without the right to write', () => {
	/** Root may write anywhere, so as root this becomes a user who may not. */
	async function asPlainUser(attempt: () => Promise<unknown>): Promise<StoreError> {
		const isRoot = process.geteuid?.() === 0;
		if (isRoot) process.seteuid?.(65_534);
		try {
			return await refusal(attempt());
		} finally {
			if (isRoot) process.seteuid?.(0);
		}
	}

	test.each([
		{ what: 'a read-only file', folderMode: 0o777, fileMode: 0o444 },
		{ what: 'a file that can not even be read', folderMode: 0o777, fileMode: 0o000 },
		{ what: 'a read-only folder', folderMode: 0o555, fileMode: 0o666 },
	])('$what is named, with the remedy', async ({ folderMode, fileMode }) => {
		const file = await closedStore();
		chmodSync(file, fileMode);
		chmodSync(dirname(file), folderMode);
		const error = await asPlainUser(async () => await putPersons(await openStore({ file }), '2'));
		expect([error.code, error.message.includes(file), error.message.includes('must belong to the user')]).toEqual(['not_writable', true, true]);
		chmodSync(dirname(file), 0o700);
	});

	test('a folder in which nothing can be created', async () => {
		const folder = newFolder();
		chmodSync(folder, 0o555);
		const error = await asPlainUser(async () => await openStore({ file: join(folder, 'new', 'identity.sqlite') }));
		expect(error.code).toBe('not_writable');
		chmodSync(folder, 0o700);
	});
});

describe('holders in one process', () => {
	test('share one store, by whatever path they come, until the last one closes', async () => {
		const folder = newFolder();
		const file = join(folder, 'store', 'identity.sqlite');
		const first = await openStore({ file });
		symlinkSync(join(folder, 'store'), join(folder, 'link'));
		const [second, third] = await Promise.all([openStore({ file: join(folder, 'link', 'identity.sqlite') }), openStore({ file })]);
		const writes = [first, second, third].map(async (store, i) => await putPersons(store, String(i)));
		await Promise.all(writes);
		await first.close();
		await first.close();
		await expect(storedIds(first)).rejects.toThrow('open it again');
		expect((await storedIds(second)).sort()).toEqual(['0', '1', '2']);
		await second.close();
		await putPersons(third, '3');
		await third.close();
		expect(readdirSync(dirname(file))).toEqual(['identity.sqlite']);
		expect((await storedIds(await openStore({ file }))).length).toBe(4);
	});

	test('share it also when each brings its own copy of this code, as nodes bundled one by one do', async () => {
		const file = join(newFolder(), 'identity.sqlite');
		const store = await openStore({ file });
		let openCopy = openStore;
		await jest.isolateModulesAsync(async () => {
			({ openStore: openCopy } = await import('../../../lib/store'));
		});
		expect(openCopy).not.toBe(openStore);
		const other = await openCopy({ file });
		const nested = store.write(async () => await other.write(async () => await Promise.resolve()));
		await expect(nested).rejects.toThrow('write() was called inside write()');
		await store.close();
		expect(await putPersons(other, '1')).toEqual([1]);
	});

	test('one that opens while the last one closes gets a store that works', async () => {
		const file = join(newFolder(), 'identity.sqlite');
		const first = await openStore({ file });
		const [, second] = await Promise.all([first.close(), openStore({ file })]);
		expect(await putPersons(second, '1')).toEqual([1]);
	});

	test('all get the reason when the file is refused, and a later one succeeds when it is put right', async () => {
		const file = join(newFolder(), 'identity.sqlite');
		writeFileSync(file, 'hello');
		const attempts = await Promise.allSettled([openStore({ file }), openStore({ file })]);
		expect(attempts.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		rmSync(file);
		expect(await putPersons(await openStore({ file }), '1')).toEqual([1]);
	});
});
