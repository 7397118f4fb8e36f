import { renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { backup } from 'node:sqlite';
import { StoreError } from '../errors';
import { openReader } from './open-connection';
import { fileErrorName, toStoreError } from './sqlite-errors';
import { createPrivateFile } from './store-file';

/** Pages (4096 bytes) copied before other work on this thread gets its turn. */
const PAGES_AT_ONCE = 256;

/**
 * Copies the store to a new file that only the owner can read. The copy is what one moment saw, whatever is written meanwhile.
 * It stands under its name only when it is whole.
 */
export async function backupTo(from: string, to: string): Promise<void> {
	const target = resolve(to);
	try {
		createPrivateFile(target);
	} catch (error) {
		if (fileErrorName(error) === 'EEXIST') {
			throw new StoreError('conflict', `${target} exists already and is not overwritten; name a new file for the backup`);
		}
		throw toStoreError(error, target);
	}
	const unfinished = `${target}.unfinished`;
	try {
		rmSync(unfinished, { force: true });
		createPrivateFile(unfinished);
		await copySnapshot(from, unfinished);
		renameSync(unfinished, target);
	} catch (error) {
		rmSync(unfinished, { force: true });
		rmSync(target, { force: true });
		throw toStoreError(error, target);
	}
}

async function copySnapshot(from: string, to: string): Promise<void> {
	const reader = openReader(from);
	try {
		// An open snapshot keeps what others write out of the copy, which would otherwise begin anew each time.
		reader.exec('BEGIN');
		reader.get('SELECT 1 FROM sqlite_schema LIMIT 1');
		await backup(reader.database, to, { rate: PAGES_AT_ONCE });
		reader.exec('COMMIT');
	} finally {
		reader.close();
	}
}
