import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { backup } from 'node:sqlite';
import { StoreError } from '../errors';
import { damageOf } from './damage';
import { openReader } from './open-connection';
import { HOW_TO_RESTORE } from './restore';
import { fileErrorName, toStoreError } from './sqlite-errors';
import { createPrivateFile } from './store-file';

/** Pages (4096 bytes) copied before other work on this thread gets its turn. */
const PAGES_AT_ONCE = 256;

/**
 * Copies the store to a new file that only the owner can read. The copy is what one moment saw, whatever is written meanwhile.
 * It stands under its name only when it is whole; what a process that was killed leaves behind is a folder whose name ends in `.unfinished`.
 * @throws StoreError `conflict` where the name is taken, before anything is copied
 */
export async function backupTo(from: string, to: string): Promise<void> {
	const target = resolve(to);
	if (existsSync(target)) throw taken(target);
	if (!existsSync(dirname(target))) {
		throw new StoreError('not_writable', `The folder ${dirname(target)}, where the copy is to be, does not exist. Make it, or name another one.`);
	}
	// In a folder of its own, where SQLite keeps a journal beside the copy while it is written.
	const folder = join(dirname(target), `customer360-backup-${randomUUID().slice(0, 8)}.unfinished`);
	const remove = () => {
		try {
			rmSync(folder, { recursive: true, force: true });
		} catch {
			// What became of the copy is what counts.
		}
	};
	process.once('exit', remove);
	try {
		mkdirSync(folder, { mode: 0o700 });
		const copy = join(folder, 'copy.sqlite');
		createPrivateFile(copy);
		await copySnapshot(from, copy);
		const [fault] = damageOf(copy);
		if (fault !== undefined) throw damaged(from, fault);
		putInPlace(copy, target);
	} catch (error) {
		throw toStoreError(error, target);
	} finally {
		process.off('exit', remove);
		remove();
	}
}

/** A link is never made over a file that came meanwhile. */
function putInPlace(copy: string, target: string): void {
	try {
		linkSync(copy, target);
	} catch (error) {
		if (fileErrorName(error) === 'EEXIST' || existsSync(target)) throw taken(target);
		// The disk knows no links.
		renameSync(copy, target);
	}
}

function damaged(store: string, fault: string): StoreError {
	return new StoreError('not_a_store', `The identity store ${store} is damaged (${fault}), and so would be the copy, which was not made. ${HOW_TO_RESTORE}`);
}

function taken(target: string): StoreError {
	return new StoreError('conflict', `${target} exists already and is not overwritten; name a new file for the backup`);
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
