import { randomUUID } from 'node:crypto';
import {
	accessSync,
	chmodSync,
	closeSync,
	constants,
	linkSync,
	mkdirSync,
	openSync,
	realpathSync,
	rmSync,
	statSync,
	type BigIntStats,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StoreError } from '../errors';
import { fileErrorName, replacedError, toStoreError } from './sqlite-errors';

/** Nobody but the owner reads customer data. SQLite gives -wal and -shm the mode of the main file. */
const OWNER_ONLY = 0o600;

/** A file that is there and can be written. */
export interface StoreFile {
	/** Real path, without links. */
	path: string;
	/** Tells this file from any other, also from a later one of the same path. */
	identity: string;
}

/** Where the embedded store stands below n8n's own user folder. */
export function embeddedStorePath(userFolder: string): string {
	return join(userFolder, 'customer360', 'identity.sqlite');
}

/**
 * Makes sure that the file is there and can be written; a new one is empty. Whatever links and spellings lead to a file, the answer is the same.
 *
 * An existing file is never opened here: closing a file drops every lock that this process holds on it, SQLite's too
 * (https://www.sqlite.org/howtocorrupt.html, 2.2).
 */
export function ensureStoreFile(file: string): StoreFile {
	const asked = resolve(file);
	try {
		makeFolder(dirname(asked));
		createIfMissing(asked);
		const path = realpathSync(asked);
		const stats = statSync(path, { bigint: true });
		if (!stats.isFile()) throw new StoreError('not_a_store', `${path} is not a file; name the file in which the identity store is to be kept`);
		accessSync(path, constants.R_OK | constants.W_OK);
		accessSync(dirname(path), constants.R_OK | constants.W_OK | constants.X_OK);
		return { path, identity: identityOf(stats) };
	} catch (error) {
		throw toStoreError(error, asked);
	}
}

/**
 * Makes the folder and those above it that are missing. Node's own way of doing so never comes to an end, and n8n stands still, where the system says that
 * a folder does not exist when it is to be made in one that does: below /proc, or where an automounter or a server of files does not answer.
 */
function makeFolder(folder: string): void {
	if (isFolder(folder)) return;
	const above = dirname(folder);
	if (above !== folder) makeFolder(above);
	try {
		mkdirSync(folder, { mode: 0o700 });
	} catch (error) {
		if (!isFolder(folder)) throw error;
	}
}

function isFolder(path: string): boolean {
	return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Refuses to write when the file was removed or replaced since it was opened: what is written then is lost with the old file. */
export function refuseReplaced(path: string, identity: string): void {
	const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
	if (stats && identityOf(stats) === identity) return;
	throw replacedError(path);
}

function identityOf(stats: BigIntStats): string {
	return `${stats.dev}:${stats.ino}`;
}

/** Takes rights away from others that a copied or restored file may have brought along. */
export function restrictToOwner(path: string): void {
	for (const file of [path, `${path}-wal`, `${path}-shm`]) {
		const stats = statSync(file, { throwIfNoEntry: false });
		if (stats && (stats.mode & 0o777) !== OWNER_ONLY) chmodSync(file, OWNER_ONLY);
	}
}

/** Creates an empty file for the owner only. @throws an error with code EEXIST when there is one. */
export function createPrivateFile(path: string): void {
	closeSync(openSync(path, 'wx', OWNER_ONLY));
}

function createIfMissing(path: string): void {
	if (statSync(path, { throwIfNoEntry: false })) return;
	// Created aside and linked into place, so that another thread's SQLite can't have the file open when this closes it.
	const aside = `${path}.${randomUUID()}`;
	createPrivateFile(aside);
	try {
		linkSync(aside, path);
	} catch (error) {
		if (fileErrorName(error) !== 'EEXIST') createWhereLinksAreMissing(path);
	} finally {
		rmSync(aside, { force: true });
	}
}

function createWhereLinksAreMissing(path: string): void {
	try {
		createPrivateFile(path);
	} catch (error) {
		if (fileErrorName(error) !== 'EEXIST') throw error;
	}
}
