import { closeSync, openSync, readSync } from 'node:fs';
import { type StoreTarget, storeTarget } from '../lib';
import { CliError } from './cli-error';

/** How a file of SQLite begins. */
const STORE_BEGINS = 'SQLite format 3\0';
/** Enough for the column names of most files. Bytes. */
const SAMPLE = 4096;

/**
 * What an option names that takes a store: a file, or a PostgreSQL database. It need not be there.
 * @throws CliError for what can be none
 */
export function storePlace(text: string, option = '--store'): StoreTarget {
	const target = storeTarget(text);
	if ('url' in target) return withSchema(target.url);
	// Only the scheme is repeated: a URL may hold a password.
	const scheme = /^\s*([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1];
	if (scheme !== undefined) {
		throw new CliError(`${option} takes a file or the URL of a PostgreSQL database, postgres://USER:PASSWORD@HOST:5432/DATABASE, and no URL that begins with ${scheme}://.`);
	}
	if (text.trim() === '') throw new CliError(`${option} is empty. It takes a file or the URL of a PostgreSQL database.`);
	if (isCsv(target.file)) {
		throw new CliError(
			`${text} is a CSV file, and ${option} names the identity store. Files with rows stand without an option: customer360 ingest ${text} --store identity.sqlite`,
		);
	}
	return target;
}

/** `?schema=NAME` in a URL names the schema; the server never sees it. */
function withSchema(text: string): StoreTarget {
	// What can't be read is refused by whoever opens it.
	if (!URL.canParse(text)) return { url: text };
	const url = new URL(text);
	const schema = url.searchParams.get('schema');
	if (schema === null) return { url: text };
	url.searchParams.delete('schema');
	return { url: url.href, schema };
}

/** Undefined for a database. */
export function fileOf(target: StoreTarget): string | undefined {
	return 'file' in target ? target.file : undefined;
}

/** For messages: a database without user and password. */
export function shownStore(text: string): string {
	const target = storeTarget(text);
	if ('file' in target) return target.file;
	if (!URL.canParse(target.url)) return 'in the database';
	const { host, pathname } = new URL(target.url);
	return `${host}${pathname}`;
}

/** Text whose first line has more than one cell, or which is called so. */
function isCsv(path: string): boolean {
	const sample = firstText(path);
	if (sample === undefined || sample === '' || sample.startsWith(STORE_BEGINS) || sample.includes('\0')) return false;
	const [header = ''] = sample.split(/\r\n|\n|\r/, 1);
	return /[,;\t|]/.test(header) || /\.(csv|tsv)$/i.test(path);
}

/** Whether there is a file of SQLite, which nobody means to write over: it holds somebody's store. */
export function isDatabase(path: string): boolean {
	return firstText(path)?.startsWith(STORE_BEGINS) ?? false;
}

/** Undefined where there is no such file, or none that can be read: opening the store says so. */
function firstText(path: string): string | undefined {
	try {
		const file = openSync(path, 'r');
		try {
			const bytes = Buffer.alloc(SAMPLE);
			return bytes.subarray(0, readSync(file, bytes)).toString('utf8');
		} finally {
			closeSync(file);
		}
	} catch {
		return undefined;
	}
}
