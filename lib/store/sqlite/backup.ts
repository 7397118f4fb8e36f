import { existsSync, linkSync, renameSync } from 'node:fs';
import { resolve } from 'node:path';
import { StoreError } from '../errors';
import { HOW_TO_RESTORE } from './how-to-restore';
import { fileErrorName, toStoreError } from './sqlite-errors';
import { DamagedStore, withWholeCopy } from './whole-copy';

/**
 * Copies the store to a new file that only the owner can read. It stands under its name only when it is whole.
 * @throws StoreError `conflict` where the name is taken, before anything is copied
 */
export async function backupTo(from: string, to: string): Promise<void> {
	const target = resolve(to);
	if (existsSync(target)) throw taken(target);
	try {
		await withWholeCopy(from, target, 'backup', (copy) => putInPlace(copy, target));
	} catch (error) {
		if (error instanceof DamagedStore) throw new StoreError('not_a_store', `The identity store ${error.message}, and so would be the copy, which was not made. ${HOW_TO_RESTORE}`);
		throw toStoreError(error, target);
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

function taken(target: string): StoreError {
	return new StoreError('conflict', `${target} exists already and is not overwritten; name a new file for the backup`);
}
