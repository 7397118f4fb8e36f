import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { embeddedStorePath, type StoreTarget } from '../lib';
import { toText } from './parameters';

/** To pg's words. Its "require" would check the certificate as well, unless it is asked to read the word as everybody else does. */
const SSL_MODES = new Map([
	['disable', 'sslmode=disable'],
	['require', 'uselibpqcompat=true&sslmode=require'],
	['verify-full', 'sslmode=verify-full'],
]);

/** `<n8n's folder>/customer360/identity.sqlite`. */
export function defaultStoreFile(): string {
	return embeddedStorePath(join(process.env.N8N_USER_FOLDER ?? homedir(), '.n8n'));
}

/**
 * Where the store is that a credential names; without a credential, the file in n8n's own user folder.
 * @throws Error that names the field which cannot work; never with the password in it
 */
export function targetOf(credential: IDataObject | undefined): StoreTarget {
	if (credential?.type === 'postgres') return postgresTarget(credential);
	return { file: readFile(toText(credential?.file, 'File')) };
}

/** Half a path would lead to wherever n8n was started: another store after the next start from elsewhere, and in a container one that goes with it. */
function readFile(text: string): string {
	if (text === '') return defaultStoreFile();
	if (isAbsolute(text)) return text;
	throw new Error(
		`"File" of the Customer 360 Store API credential is "${text}", which is no full path. Write it from the root of the disk on, for example /data/customer360/identity.sqlite, or leave it empty.`,
	);
}

function postgresTarget(credential: IDataObject): StoreTarget {
	const host = required(credential, 'host', 'Host');
	const database = required(credential, 'database', 'Database');
	const user = required(credential, 'user', 'User');
	const port = Number(toText(credential.port, 'Port') || 5432);
	if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error('"Port" of the Customer 360 Store API credential is no port number. PostgreSQL usually has 5432.');
	const mode = SSL_MODES.get(toText(credential.ssl, 'SSL') || 'disable');
	if (mode === undefined) throw new Error('"SSL" of the Customer 360 Store API credential must be disable, require or verify-full.');
	// Not trimmed: a blank at its end is part of a password.
	const password = typeof credential.password === 'string' ? credential.password : '';
	const address = host.includes(':') ? `[${host}]` : encodeURIComponent(host);
	return {
		url: `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${address}:${port}/${encodeURIComponent(database)}?${mode}`,
		schema: toText(credential.schema, 'Schema') || 'customer360',
	};
}

function required(credential: IDataObject, name: string, label: string): string {
	const text = toText(credential[name], label);
	if (text === '') throw new Error(`"${label}" of the Customer 360 Store API credential is empty, and PostgreSQL needs it.`);
	return text;
}
