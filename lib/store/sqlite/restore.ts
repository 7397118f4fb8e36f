import { chownSync, existsSync, linkSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from '../errors';
import { Connection } from './connection';
import { FormerStore } from './former-store';
import { untilFree } from './lock-wait';
import { openReader, refuseNewer, refuseOtherPrograms } from './open-connection';
import { backupFile, fileToReplace } from './restore-places';
import { isCorrupt, toStoreError } from './sqlite-errors';
import { DamagedStore, withWholeCopy } from './whole-copy';

/** Who only looks at a store for a moment is waited for; n8n has it open for as long as it runs. Milliseconds. */
const LONGEST_WAIT_MS = 2_000;

/** What stands in the place of a store now. */
export interface Restored {
	profiles: number;
	/** When something in it was last changed, ISO 8601; undefined where no change is listed. */
	lastChange: string | undefined;
	/** The file in which the former store is kept; undefined where there was none. */
	former: string | undefined;
}

/**
 * Brings what only the former store knows into the copy of the backup, before that takes its place. The copy is nobody's yet, and nobody writes to the
 * former store meanwhile, which is undefined where there is none and says in words why it can't be read.
 */
export type Prepare = (copy: string, former: FormerStore | string | undefined) => Promise<void>;

/**
 * Puts a copy of the backup `from` in the place of the store `to`, and keeps the former store beside it under another name.
 * Until the copy is whole, read by SQLite and prepared, nothing is changed; then the store's file is one or the other at any moment.
 * @throws StoreError `locked` while somebody uses the store, `not_a_store` for a backup that is damaged or none, `newer_version`, `conflict`, `disk_full`, `not_writable`
 */
export async function restoreStore(from: string, to: string, now: Date, prepare?: Prepare): Promise<Restored> {
	const [backup, target] = [backupFile(from), fileToReplace(to)];
	if (backup === target) throw new StoreError('conflict', `${from} and ${to} are one file. Name the backup, and the store whose place it is to take.`);
	// Asked for before the long work, too.
	(await takeAlone(target))?.close();
	try {
		return await withWholeCopy(backup, target, 'restore', async (copy) => {
			const held = describe(copy, backup);
			const alone = await takeAlone(target);
			try {
				if (prepare) {
					await prepare(copy, formerStore(target, alone));
					bringTogether(copy);
				}
				giveToOwner(copy, target);
				const former = keepFormer(target, now);
				renameSync(copy, target);
				return { ...held, former };
			} finally {
				alone?.close();
			}
		});
	} catch (error) {
		if (error instanceof DamagedStore) throw new StoreError('not_a_store', `The backup ${error.message}. Nothing was changed. Choose another one.`, { cause: error });
		throw toStoreError(error, target);
	}
}

/**
 * Locks the store that is to be replaced; undefined where there is none, or where it is too damaged to be asked. What stands in its -wal file is in the
 * file itself then, and there is no -wal file that SQLite would write into the copy.
 */
async function takeAlone(path: string): Promise<Connection | undefined> {
	if (!existsSync(path)) return undefined;
	const connection = new Connection(path);
	try {
		await untilFree(
			() => {
				refuseOtherPrograms(connection, path);
				// Whoever has a store open in WAL mode holds a lock on it all the time, and is in the way of leaving that mode.
				connection.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
			},
			path,
			LONGEST_WAIT_MS,
		);
		return connection;
	} catch (error) {
		connection.close();
		if (error instanceof StoreError && isCorrupt(error.cause)) return undefined;
		throw error instanceof StoreError && error.code === 'locked' ? inUse(path, error) : error;
	}
}

function inUse(path: string, cause: unknown): StoreError {
	return new StoreError('locked', `The identity store ${path} is in use, by n8n or by another command. Nothing was changed. Stop what uses it, then run this again.`, { cause });
}

/** @throws StoreError for what is no store, or one of a newer program */
function describe(copy: string, backup: string): Omit<Restored, 'former'> {
	const reader = openReader(copy);
	try {
		refuseOtherPrograms(reader, backup);
		if (reader.pragma('user_version') === 0) throw new StoreError('not_a_store', `${backup} is empty, and no backup of an identity store. Choose another one.`);
		refuseNewer(reader, backup);
		const [[profiles] = [0]] = reader.lists<[number]>('SELECT count(*) FROM profiles WHERE empty = 0');
		const [last] = reader.lists<[string]>('SELECT at FROM events ORDER BY seq DESC LIMIT 1');
		return { profiles, lastChange: last?.[0] };
	} finally {
		reader.close();
	}
}

function formerStore(target: string, alone: Connection | undefined): FormerStore | string | undefined {
	if (alone) return FormerStore.of(alone);
	return existsSync(target) ? 'it is damaged' : undefined;
}

/** What was written to the copy stands in the copy itself, on the disk, and not in a file beside it. */
function bringTogether(copy: string): void {
	const connection = new Connection(copy);
	try {
		connection.exec('PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE');
	} finally {
		connection.close();
	}
}

/** n8n mostly runs as a user of its own, and could not open what root puts there. Where the store is gone, its folder tells whose it was. */
function giveToOwner(copy: string, target: string): void {
	if (process.getuid?.() !== 0) return;
	const { uid, gid } = statSync(target, { throwIfNoEntry: false }) ?? statSync(dirname(target));
	chownSync(copy, uid, gid);
}

function keepFormer(target: string, now: Date): string | undefined {
	if (!existsSync(target)) return undefined;
	const former = `${target}.before-${now.toISOString().replace(/[-:]|\.\d+/g, '')}`;
	if (existsSync(former)) throw new StoreError('conflict', `${former} is there already, and the former store was to get that name. Nothing was changed. Run this again.`);
	// Only a damaged store has them still; left where they are, SQLite would write what is in them into the copy.
	for (const suffix of ['-wal', '-shm']) if (existsSync(target + suffix)) renameSync(target + suffix, former + suffix);
	try {
		// With a link there is no moment without a file, of which n8n would make an empty store.
		linkSync(target, former);
	} catch {
		// The disk knows no links.
		renameSync(target, former);
	}
	return former;
}
