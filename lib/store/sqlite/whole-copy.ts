import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backup } from 'node:sqlite';
import { StoreError } from '../errors';
import type { Connection } from './connection';
import { damageOf } from './damage';
import { openReader, openUntouched } from './open-connection';
import { isCorrupt } from './sqlite-errors';
import { createPrivateFile } from './store-file';

/** Pages (4096 bytes) copied before other work on this thread gets its turn. */
const PAGES_AT_ONCE = 256;

/** What was to be copied is not whole, and neither would be the copy. */
export class DamagedStore extends Error {
	constructor(store: string, fault: string) {
		super(`${store} is damaged (${fault})`);
		this.name = 'DamagedStore';
	}
}

/**
 * Copies the store in `from` to a file on the disk of `target` that only the owner can read, and hands it to `place`, which gives it its name.
 * The copy is what one moment saw, whatever is written meanwhile. SQLite has read every page of it.
 * What a process that was killed leaves behind is a folder beside `target` whose name ends in `.unfinished`.
 * @param purpose word in the name of that folder
 * @throws StoreError `not_writable` where the folder of `target` is missing
 * @throws DamagedStore before `place` is called
 */
export async function withWholeCopy<T>(from: string, target: string, purpose: 'backup' | 'restore', place: (copy: string) => T | Promise<T>): Promise<T> {
	if (!existsSync(dirname(target))) {
		throw new StoreError('not_writable', `The folder ${dirname(target)}, where the copy is to be, does not exist. Make it, or name another one.`);
	}
	// In a folder of its own, where SQLite keeps a journal beside the copy while it is written.
	const folder = join(dirname(target), `customer360-${purpose}-${randomUUID().slice(0, 8)}.unfinished`);
	const remove = () => {
		try {
			// When the process ends, SQLite's own thread may be making its journal anew at this moment: what it began ends within milliseconds.
			rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 5 });
		} catch {
			// What became of the copy is what counts.
		}
	};
	process.once('exit', remove);
	try {
		mkdirSync(folder, { mode: 0o700 });
		const copy = join(folder, 'copy.sqlite');
		createPrivateFile(copy);
		await copySnapshot(purpose === 'restore' ? openUntouched : openReader, from, copy);
		// SQLite copies pages without reading what is in them.
		const [fault] = damageOf(copy);
		if (fault !== undefined) throw new DamagedStore(from, fault);
		return await place(copy);
	} finally {
		process.off('exit', remove);
		remove();
	}
}

async function copySnapshot(open: (path: string) => Connection, from: string, to: string): Promise<void> {
	let reader: Connection | undefined;
	try {
		reader = open(from);
		// An open snapshot keeps what others write out of the copy, which would otherwise begin anew each time.
		reader.exec('BEGIN');
		reader.get('SELECT 1 FROM sqlite_schema LIMIT 1');
		await backup(reader.database, to, { rate: PAGES_AT_ONCE });
		reader.exec('COMMIT');
	} catch (error) {
		throw isCorrupt(error) ? new DamagedStore(from, error instanceof Error ? error.message : String(error)) : error;
	} finally {
		reader?.close();
	}
}
