import { StoreError } from '../errors';
import { HOW_TO_RESTORE } from './how-to-restore';

/** Primary result codes, https://www.sqlite.org/rescode.html */
const RESULT = {
	perm: 3,
	busy: 5,
	locked: 6,
	readonly: 8,
	ioerr: 10,
	corrupt: 11,
	full: 13,
	cantopen: 14,
	protocol: 15,
	constraint: 19,
	notadb: 26,
} as const;

/** Extended result code of a write to a file that has another name by now, or none (SQLITE_READONLY_DBMOVED). */
const MOVED = 1032;

/** Names of file system errors that say that a file or folder can't be written. */
const NOT_WRITABLE = new Set([
	'EACCES', 'EPERM', 'EROFS', 'EISDIR', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ELOOP', 'ENAMETOOLONG', 'EMFILE', 'ENFILE',
]);
const IO_FAILED = new Set(['EIO', 'EFBIG']);
const DISK_FULL = new Set(['ENOSPC', 'EDQUOT']);

/** SQLite's primary result code of an error that node:sqlite threw; undefined for any other error. */
function sqliteResult(error: unknown): number | undefined {
	const { errcode } = systemError(error);
	return typeof errcode === 'number' ? errcode & 0xff : undefined;
}

/** The name of a file system error, e.g. `EEXIST`; empty for any other error. */
export function fileErrorName(error: unknown): string {
	const { code } = systemError(error);
	return typeof code === 'string' ? code : '';
}

/** Read by shape: an error of Node itself is no instance of the Error of a VM context, in which n8n may run code and jest does. */
function systemError(error: unknown): { errcode?: unknown; code?: unknown; message?: unknown } {
	return typeof error === 'object' && error !== null ? error : {};
}

/** Whether another connection stands in the way, so that the same may succeed a moment later. */
export function isBusy(error: unknown): boolean {
	const result = sqliteResult(error);
	return result === RESULT.busy || result === RESULT.locked || result === RESULT.protocol;
}

/** Whether SQLite could not make sense of the file. */
export function isCorrupt(error: unknown): boolean {
	const result = sqliteResult(error);
	return result === RESULT.corrupt || result === RESULT.notadb;
}

/** What an error of SQLite or of the file system means for the person who uses the store at `location`. Any other error is handed back as it is. */
export function toStoreError(error: unknown, location: string): unknown {
	if (error instanceof StoreError) return error;
	const result = sqliteResult(error);
	const errno = fileErrorName(error);
	const options = { cause: error };
	if (result === RESULT.full || DISK_FULL.has(errno)) {
		return new StoreError(
			'disk_full',
			`The disk is full: the identity store ${location} can't grow, and nothing of this step was kept. ` +
				'Make room on that disk, then run the step again.',
			options,
		);
	}
	if (isBusy(error)) return lockedError(location, options);
	if (systemError(error).errcode === MOVED) return replacedError(location, options);
	if (isCorrupt(error)) return new StoreError('not_a_store', `${location} is damaged, or is no identity store; choose another file if so. ${HOW_TO_RESTORE}`, options);
	if (result === RESULT.ioerr || IO_FAILED.has(errno)) {
		return new StoreError(
			'not_writable',
			`The system could not read or write the identity store ${location} (${reason(error)}); nothing of this step was kept. Either its disk has a fault, ` +
				'or the file has reached the largest size that this user or file system allows ("ulimit -f" shows the user\'s).',
			options,
		);
	}
	if (result === RESULT.readonly || result === RESULT.cantopen || result === RESULT.perm || NOT_WRITABLE.has(errno)) {
		return new StoreError(
			'not_writable',
			`The identity store ${location} can't be written (${reason(error)}). The folder and the file must belong to the user that runs this program, ` +
				'on a local disk that can be written; or choose another file.',
			options,
		);
	}
	if (result === RESULT.constraint && reason(error).startsWith('FOREIGN KEY')) {
		return new StoreError(
			'conflict',
			`A record would belong to a profile that the identity store ${location} does not have (it may have been merged into another one meanwhile); ` +
				'nothing of this step was kept. Run the step again.',
			options,
		);
	}
	if (result === RESULT.constraint) {
		return new StoreError(
			'conflict',
			`What was to be written to the identity store ${location} contradicts what is there (${reason(error)}); nothing of this step was kept. ` +
				'Run the step again; if it happens again, run "customer360 check" on the store and report what it says.',
			options,
		);
	}
	return error;
}

/** What would be written to the former file would be lost. */
export function replacedError(location: string, options?: { cause?: unknown }): StoreError {
	return new StoreError(
		'not_writable',
		`The identity store ${location} was removed or replaced while it was in use, so nothing more is written to it. ` +
			`Stop n8n, see to it that the right file is there, and start n8n again. ${HOW_TO_RESTORE}`,
		options,
	);
}

/** Another process held the lock for too long. */
export function lockedError(location: string, options?: { cause?: unknown }): StoreError {
	return new StoreError(
		'locked',
		`Another process is writing to the identity store ${location} and did not let go in time; nothing of this step was kept. ` +
			'Run it again when the other one (a second n8n, a command line, a backup tool) has ended. An embedded store is for one process at a time.',
		options,
	);
}

function reason(error: unknown): string {
	const { message } = systemError(error);
	return typeof message === 'string' ? message : String(error);
}
