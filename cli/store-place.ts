import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { refuseUnreadableUrl, type StoreTarget, storeTarget } from '../lib';
import { CliError } from './cli-error';

/** How a file of SQLite begins. */
const STORE_BEGINS = 'SQLite format 3\0';
/** Enough for the column names of most files. Bytes. */
const SAMPLE = 4096;

/**
 * What an option names that takes a store: a file, or a PostgreSQL database. It need not be there.
 * @throws CliError, StoreError for what can be none
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
			`${text} is a CSV file, and ${option} takes an identity store. Files with rows stand without an option: customer360 ingest ${text} --store identity.sqlite`,
		);
	}
	return target;
}

/** `?schema=NAME` in a URL names the schema; the server never sees it. */
function withSchema(text: string): StoreTarget {
	refuseUnreadableUrl(text);
	const url = new URL(text);
	refuseOtherParameters(url);
	const schema = url.searchParams.get('schema');
	if (schema === null) return { url: text };
	url.searchParams.delete('schema');
	return { url: url.href, schema };
}

/** The schema, what the driver reads, and all else that PostgreSQL's own library knows: whoever runs a database gives such URLs away. */
const PARAMETERS = new Set(
	`schema ssl uselibpqcompat statement_timeout lock_timeout query_timeout idle_in_transaction_session_timeout
	host port user password passfile require_auth channel_binding connect_timeout client_encoding options application_name fallback_application_name
	keepalives keepalives_idle keepalives_interval keepalives_count tcp_user_timeout gssencmode gssdelegation krbsrvname gsslib sslmode sslnegotiation sslcompression
	sslcert sslkey sslpassword sslcertmode sslrootcert sslcrl sslcrldir sslsni requirepeer ssl_min_protocol_version ssl_max_protocol_version
	target_session_attrs load_balance_hosts`.split(/\s+/),
);
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];

/** A slip of the pen would have the rows go to another schema, or over a connection that nobody protects. @throws CliError */
function refuseOtherParameters({ searchParams }: URL): void {
	for (const name of new Set(searchParams.keys())) {
		if (!PARAMETERS.has(name)) throw new CliError(`The URL of the database has a parameter "${name}", which there is not. Check its spelling, or leave it out; a schema is named by "schema=NAME".`);
		if (searchParams.getAll(name).length > 1) throw new CliError(`The URL of the database has the parameter "${name}" more than once. Keep one.`);
	}
	const mode = searchParams.get('sslmode');
	if (mode !== null && !SSL_MODES.includes(mode)) throw new CliError(`The URL of the database has "sslmode=${mode}", which there is not. Choose one of ${SSL_MODES.join(', ')}.`);
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
		// A pipe would be waited for.
		if (!statSync(path).isFile()) return undefined;
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
