import { existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from '../errors';
import type { Compacted } from '../interface';
import type { Connection } from './connection';
import { untilFree } from './lock-wait';

/** Where SQLite keeps temporary files, the first that is there: https://www.sqlite.org/tempfiles.html#temporary_file_storage_locations */
const TEMPORARY_FOLDERS = ['/var/tmp', '/usr/tmp', '/tmp'];
/** Beside what is copied: a second look at the disk would come too late. Bytes. */
const SLACK = 1_000_000;

/**
 * Writes the file anew without the pages that nothing needs any more. SQLite copies it to a temporary file, and back by way of the -wal file:
 * both disks need room for what is in use, and a stop at any moment leaves the file as it was.
 * @param connection the one that writes; nobody of this process may write meanwhile
 * @throws StoreError `disk_full` before anything is changed, `locked`
 */
export async function compactFile(connection: Connection, path: string, timeoutMs: number): Promise<Compacted> {
	await checkpoint(connection, path, timeoutMs);
	const before = sizeOf(path);
	const inUse = (connection.pragma('page_count') - connection.pragma('freelist_count')) * connection.pragma('page_size');
	refuseWithoutRoom(path, inUse);
	// Otherwise the temporary copy would stand in memory.
	connection.exec('PRAGMA temp_store = FILE');
	try {
		await untilFree(() => connection.exec('VACUUM'), path, timeoutMs);
	} finally {
		connection.exec('PRAGMA temp_store = MEMORY');
	}
	await checkpoint(connection, path, timeoutMs);
	return { before, after: sizeOf(path) };
}

/** Brings what stands in the -wal file into the store's file and empties it. Where somebody reads an older state for too long, a later one does. */
async function checkpoint(connection: Connection, path: string, timeoutMs: number): Promise<void> {
	const attempt = () => {
		const { busy } = connection.get<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)') ?? { busy: 0 };
		if (busy !== 0) throw Object.assign(new Error('the -wal file is in use'), { errcode: SQLITE_BUSY });
	};
	await untilFree(attempt, path, Math.min(timeoutMs, LONGEST_CHECKPOINT_WAIT_MS)).catch((error: unknown) => {
		if (!(error instanceof StoreError && error.code === 'locked')) throw error;
	});
}

const SQLITE_BUSY = 5;
const LONGEST_CHECKPOINT_WAIT_MS = 5_000;

function refuseWithoutRoom(path: string, inUse: number): void {
	const folders = [dirname(path), temporaryFolder()].map((folder) => ({ folder, disk: statSync(folder).dev, free: freeBytes(folder) }));
	for (const { folder, disk, free } of folders) {
		const needed = inUse * folders.filter((other) => other.disk === disk).length + SLACK;
		if (free >= needed) continue;
		throw new StoreError(
			'disk_full',
			`There is not enough room to compact the identity store ${path}: it takes ${inMegabytes(needed)} on the disk of ${folder} for a while, ` +
				`and ${inMegabytes(free)} are free. Nothing was changed. Make room there, or name another folder for temporary files in SQLITE_TMPDIR.`,
		);
	}
}

function temporaryFolder(): string {
	const named = [process.env.SQLITE_TMPDIR, process.env.TMPDIR].filter((folder) => folder !== undefined);
	return [...named, ...TEMPORARY_FOLDERS].find((folder) => existsSync(folder)) ?? '.';
}

function freeBytes(folder: string): number {
	const { bavail, bsize } = statfsSync(folder);
	return bavail * bsize;
}

function sizeOf(path: string): number {
	return [path, `${path}-wal`].reduce((bytes, file) => bytes + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}

function inMegabytes(bytes: number): string {
	return `${Math.ceil(bytes / 1_000_000).toLocaleString('en-US')} MB`;
}
