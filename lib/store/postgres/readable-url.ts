import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { StoreError } from '../errors';
import { reason } from './postgres-errors';

const EXAMPLE =
	"The store's URL can't be read. It looks like postgres://USER:PASSWORD@HOST:5432/DATABASE; signs such as @ : / # % in the password are written " +
	'as %40 %3A %2F %23 %25. A socket is named by its folder: postgres://USER:PASSWORD@localhost/DATABASE?host=/FOLDER.';
/** Parameters that name a file, which the driver reads at once. */
const TLS_FILES = ['sslrootcert', 'sslcert', 'sslkey'];
/** Parameters by which PostgreSQL's own library goes to another place than the rest of the URL says; the driver passes over them. */
const OTHER_PLACES = ['dbname', 'service', 'hostaddr'];
/** How the driver takes `ssl`; by any other word the process would end. */
const SSL = ['true', '1', '0', 'no-verify'];

/** Messages never repeat the URL, which has a password. @throws StoreError `refused` for what the driver can't read, or would read as something else */
export function refuseUnreadableUrl(text: string): void {
	refuseSeveralHosts(text);
	if (!/^postgres(ql)?:\/\//i.test(text) || !URL.canParse(text)) throw refused(EXAMPLE);
	const url = new URL(text);
	if (holdsRestOfPassword(url) || !canBeDecoded(url)) throw refused(EXAMPLE);
	refuseParameters(url);
	try {
		new Client(text);
	} catch (error) {
		throw refused(`The store's URL can't be used (${reason(error)}).`, error);
	}
}

/** The driver takes the whole list for one name. */
function refuseSeveralHosts(text: string): void {
	const [, authority = '', rest = ''] = /^[a-z]+:\/\/([^/?#]*)(.*)$/is.exec(text) ?? [];
	const hosts = [authority.slice(authority.lastIndexOf('@') + 1), /[?&]host=([^&#]*)/.exec(rest)?.[1] ?? ''];
	if (!hosts.some((one) => /,|%2C/i.test(one))) return;
	throw refused(
		"The store's URL names several hosts, and the driver takes one. Name the primary server, or a name or a pooler that leads to it whichever server that is.",
	);
}

/** A sign in the password that ends the host or the path leaves the rest of the password, and the host, behind it. */
function holdsRestOfPassword({ pathname, hash, searchParams }: URL): boolean {
	return hash !== '' || pathname.includes('@') || [...searchParams.keys()].some((name) => name.includes('@'));
}

function canBeDecoded({ username, password, hostname, pathname }: URL): boolean {
	try {
		// The driver writes a single % as %25 by itself.
		for (const part of [username, password, hostname, pathname]) decodeURIComponent(part.replace(/%(?![0-9a-f]{2})/gi, '%25'));
		return true;
	} catch {
		return false;
	}
}

function refuseParameters({ searchParams }: URL): void {
	for (const name of OTHER_PLACES) {
		if (!searchParams.has(name)) continue;
		throw refused(`The store's URL has the parameter "${name}", which is not followed here. Host and database stand before the question mark: postgres://USER:PASSWORD@HOST:5432/DATABASE.`);
	}
	const ssl = searchParams.get('ssl');
	if (ssl !== null && !SSL.includes(ssl)) throw refused(`The store's URL has "ssl=${ssl}", which there is not. Say sslmode=disable, require, verify-full or no-verify.`);
	for (const name of TLS_FILES) refuseUnreadableFile(name, searchParams.get(name));
}

function refuseUnreadableFile(name: string, file: string | null): void {
	if (!file) return;
	if (file === 'system') throw refused(`The store's URL has "${name}=system". Leave it out: the authorities that Node.js knows are asked then; its option --use-system-ca adds those of the machine.`);
	try {
		readFileSync(file);
	} catch (error) {
		const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
		throw refused(`The store's URL names a file that ${isMissing ? 'is not there' : `can't be read (${reason(error)})`}: ${name}=${file}. Give its full path.`, error);
	}
}

function refused(message: string, cause?: unknown): StoreError {
	return new StoreError('refused', message, { cause });
}
