import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StoreError } from '../errors';

/** Whether this user can write the file and beside it, as SQLite does to read one that others may write to. */
export function canBeWritten(path: string): boolean {
	return allows(path, constants.W_OK) && allows(dirname(path), constants.W_OK | constants.X_OK);
}

export function canBeRead(path: string): boolean {
	return allows(path, constants.R_OK);
}

function allows(path: string, mode: number): boolean {
	try {
		accessSync(path, mode);
		return true;
	} catch {
		return false;
	}
}

/**
 * What SQLite is to open so as to read a file in a place that can't be written. Where somebody has the store open, or left it by dying, two files beside it say
 * what else belongs to it, and reading them is enough. Where there are none, SQLite would have to make them; told that nobody writes, it does without
 * (https://www.sqlite.org/wal.html#read_only_databases).
 * @throws StoreError `not_writable` where a part of the store can't be read without writing
 */
export function readablePart(path: string): string | URL {
	const [wal, shm] = [sizeOf(`${path}-wal`), sizeOf(`${path}-shm`)];
	if (wal !== undefined && shm !== undefined) return path;
	if (hasLog(path)) throw unreadable(path, `a part of it stands in ${path}-wal, which can't be read without writing beside it`);
	return asIfNobodyWrote(path);
}

/** Whether a part of the store stands in a -wal file beside it. */
export function hasLog(path: string): boolean {
	return (sizeOf(`${path}-wal`) ?? 0) > 0;
}

/** What SQLite is to open so as to write nothing to a file that could be written. */
export function unwritten(path: string): URL {
	return urlOf(path, 'mode', 'ro');
}

/** Whether {@link readablePart} has SQLite read as if nobody wrote. */
export function isTakenForUnused(path: string): boolean {
	return typeof readablePart(path) !== 'string';
}

/** What tells whether anybody has written to the file, or begun to use it, since. */
export function stateOf(path: string): string {
	return JSON.stringify([statSync(path, { bigint: true }).mtimeNs.toString(), sizeOf(`${path}-wal`)]);
}

/** @param why in words that follow a colon */
export function unreadable(path: string, why: string, options?: { cause?: unknown }): StoreError {
	const remedy = 'Copy the file, together with those beside it whose names end in -wal and -shm, to a folder that can be written, and name the copy.';
	return new StoreError('not_writable', `The identity store ${path} can only be read, and not as it is: ${why}. ${remedy}`, options);
}

function asIfNobodyWrote(path: string): URL {
	return urlOf(path, 'immutable', '1');
}

function urlOf(path: string, parameter: string, value: string): URL {
	const url = pathToFileURL(path);
	url.searchParams.set(parameter, value);
	return url;
}

/** Undefined where there is no such file. */
function sizeOf(path: string): number | undefined {
	return statSync(path, { throwIfNoEntry: false })?.size;
}
