import { accessSync, constants, lstatSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { StoreError } from '../errors';
import { toStoreError } from './sqlite-errors';

/**
 * The file of a backup, without links.
 * @throws StoreError `not_a_store` for what is no file, `not_writable` for what this user can't read
 */
export function backupFile(from: string): string {
	const path = realPath(from);
	if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new StoreError('not_a_store', `${from} is not a file. Name the file that "customer360 backup" made.`);
	try {
		accessSync(path, constants.R_OK);
	} catch (error) {
		throw new StoreError('not_writable', `The backup ${path} can't be read by the user that runs this. Nothing was changed. Run it as the user to whom the backup belongs, or as root.`, { cause: error });
	}
	return path;
}

/**
 * The file of a store that is to be replaced, without links; it need not be there.
 * @throws StoreError `not_a_store` for a folder, a device and the like: they would be put aside as if they were a former store;
 * `not_writable` for a link to nowhere, and for a file of another user
 */
export function fileToReplace(to: string): string {
	const path = realPath(to);
	const stats = statSync(path, { throwIfNoEntry: false });
	if (!stats) {
		if (lstatSync(path, { throwIfNoEntry: false })) throw new StoreError('not_writable', `${path} is a link to a file that is not there; its disk may not be mounted. Nothing was changed. Mount it, or name the file itself.`);
		return path;
	}
	if (!stats.isFile()) throw new StoreError('not_a_store', `${path} is not a file, and nothing was changed. Name the file of the identity store.`);
	refuseOtherOwner(path, stats.uid);
	try {
		accessSync(path, constants.R_OK | constants.W_OK);
	} catch (error) {
		throw toStoreError(error, path);
	}
	return path;
}

/** What takes the place of a file belongs to whoever puts it there, and n8n, as another user, could not open it. Root can give files away. */
function refuseOtherOwner(path: string, owner: number): void {
	const user = process.getuid?.();
	if (user === undefined || user === 0 || user === owner) return;
	throw new StoreError('not_writable', `The identity store ${path} belongs to another user, who could not open what took its place. Nothing was changed. Run this as that user, or as root.`);
}

function realPath(file: string): string {
	return statSync(file, { throwIfNoEntry: false }) ? realpathSync(file) : resolve(file);
}
