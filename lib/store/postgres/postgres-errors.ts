import { StoreError } from '../errors';
import { serverFault } from './server-faults';

/** SQLSTATE codes, https://www.postgresql.org/docs/current/errcodes-appendix.html, and error names of the operating system. */
const UNREACHABLE = new Set([
	'57P01', '57P02', '57P03', '57P05', '53300',
	'ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN',
]);
/** Nobody listens there, or there is no such place. */
const NEVER_THERE = new Set(['ECONNREFUSED', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH']);
/** What `pg` says where nothing at all is heard, as behind a firewall. */
const SILENT = /^(Connection terminated due to connection timeout|timeout e)/;
/** What `pg` itself says, without a code, of a connection that is gone, never came, or does not answer in the `query_timeout` of the URL. */
const GONE = /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|timeout expired|Query read timeout)/;
const REFUSED = new Set(['28000', '28P01', '3D000']);
/**
 * What PgBouncer says instead, its own words and those of the server before it. Up to 1.20 all of it comes with the code of a broken connection (08P01),
 * so only the words tell what waiting does not mend.
 */
const OF_POOLER = '08P01';
const REFUSED_BY_POOLER =
	/(SASL|password) authentication failed|no such (user|database)|no authentication|(database|role) ".*" does not exist|permission denied for database|unsupported startup parameter/i;
/** PgBouncer's word for what a client may not set as it connects. */
const NOT_PASSED_ON = /unsupported startup parameter/i;
/** Every connection is in use, or nobody got one in time. */
const NO_CONNECTION_LEFT = /too many connections|no more connections allowed|query_wait_timeout/i;
/** What `pg` says where the server asks for a password and none was given. */
const NO_PASSWORD = /password must be a( non-empty)? string/i;
const TLS = /SSL|TLS|certificate|self-signed/i;
/** Names that Node.js gives to a certificate or a handshake that it does not accept, https://nodejs.org/api/tls.html#x509-certificate-error-codes. */
const OF_TLS = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|HOSTNAME_MISMATCH)/;

const LOCK_NOT_GIVEN = '55P03';
const TOO_MANY_CONNECTIONS = '53300';

const NOTHING_KEPT = 'nothing of this step was kept';
/** A decision that is undone twice stands again: all other work finds what is there and leaves it. */
const PERHAPS_KEPT =
	'it is not known whether this step was kept, as a whole or not at all. Run the step again: what is there already is not done twice. Only before you undo a ' +
	'decision once more, look whether it still stands: undoing twice brings it back';

/** The SQLSTATE or error name; empty where there is none. */
export function errorCode(error: unknown): string {
	const { code } = described(error);
	return typeof code === 'string' ? code : '';
}

/** Whether the connection to the database is gone or could not be made, so that the same may succeed a moment later. */
export function isUnreachable(error: unknown): boolean {
	const code = errorCode(error);
	if (isRefusedByPooler(error)) return false;
	return UNREACHABLE.has(code) || code.startsWith('08') || GONE.test(reason(error));
}

/** Whether a server, or the pooler before it, said this itself, as one does that is starting, stopping or full: it is there, and will let people in. */
export function hasAnswered(error: unknown): boolean {
	return isUnreachable(error) && /^(57P|53|08)/.test(errorCode(error));
}

function isRefusedByPooler(error: unknown): boolean {
	return errorCode(error) === OF_POOLER && REFUSED_BY_POOLER.test(reason(error));
}

/** What an error of PostgreSQL or of the network means for the person who uses the store at `location`. Any other error is handed back as it is. */
export function toStoreError(error: unknown, location: string): unknown {
	if (error instanceof StoreError) return error;
	const code = errorCode(error);
	if (isUnreachable(error)) return notReached(error, location);
	if (NO_PASSWORD.test(reason(error))) return withoutPassword(error, location);
	if (REFUSED.has(code) || isRefusedByPooler(error)) return refused(error, location);
	if (OF_TLS.test(code)) return untrusted(error, location);
	if (code === '') return TLS.test(reason(error)) && isOfDriver(error) ? refused(error, location) : error;
	if (code === LOCK_NOT_GIVEN) return lockedError(location, { cause: error });
	return serverFault(code, reason(error), location, NOTHING_KEPT, error) ?? error;
}

/** Another process held the store's lock for too long. */
export function lockedError(location: string, options?: { cause?: unknown }): StoreError {
	return new StoreError(
		'locked',
		`Other processes are writing to the identity store ${location}, or have locked its tables, and did not let go in time; ${NOTHING_KEPT}. ` +
			'Run it again when a long step (saving a model, a first load, VACUUM FULL) has ended; pg_stat_activity shows an administrator who it is.',
		options,
	);
}

/** The connection was lost after COMMIT was sent: it may have arrived, or not. */
export function unknownOutcome(error: unknown, location: string): StoreError {
	return unreachable(error, location, PERHAPS_KEPT);
}

function notReached(error: unknown, location: string): StoreError {
	const code = errorCode(error);
	const first = NEVER_THERE.has(code) || SILENT.test(reason(error)) ? 'Check host and port, and run' : 'Run';
	const more = code === TOO_MANY_CONNECTIONS || NO_CONNECTION_LEFT.test(reason(error)) ? '. Let it take more connections: max_connections, the CONNECTION LIMIT of the role or database, the size of the pool' : '';
	return unreachable(error, location, `${NOTHING_KEPT}. ${first} the step again when the database answers${more}`);
}

function unreachable(error: unknown, location: string, consequence: string): StoreError {
	const what = `The database of the identity store ${location} does not answer (${reason(error)})`;
	return new StoreError('unreachable', `${what}; ${consequence}.`, { cause: error });
}

function untrusted(error: unknown, location: string): StoreError {
	const remedy =
		'Name the host as its certificate does. For an authority of your own, set NODE_EXTRA_CA_CERTS to the file with its certificate, or add sslrootcert=FILE to the URL.';
	return new StoreError('refused', `The certificate of the database of the identity store ${location} is not trusted (${reason(error)}). ${remedy}`, { cause: error });
}

function withoutPassword(error: unknown, location: string): StoreError {
	const remedy = "Put it into the store's URL or credential, or into the environment variable PGPASSWORD.";
	return new StoreError('refused', `The database of the identity store ${location} asks for a password, and none was given. ${remedy}`, { cause: error });
}

function refused(error: unknown, location: string): StoreError {
	const remedy = NOT_PASSED_ON.test(reason(error))
		? "PgBouncer does not pass this on: leave it out of the store's URL and of PGOPTIONS, and set it for the role (ALTER ROLE ... SET ...)."
		: "Check user, password, database and SSL mode in the store's URL or credential.";
	return new StoreError('refused', `The database of the identity store ${location} refused the connection (${reason(error)}). ${remedy}`, { cause: error });
}

/** Whether the error came from making a connection, and not from the caller's own work. */
function isOfDriver(error: unknown): boolean {
	return /^(The server does not support SSL|There was an error establishing an SSL|Hostname\/IP does not match|self-signed certificate|unable to)/i.test(
		reason(error),
	);
}

/** Read by shape: errors may come from another copy of the driver, or from Node outside of a VM context in which n8n runs code and jest does. */
function described(error: unknown): { code?: unknown; message?: unknown } {
	return typeof error === 'object' && error !== null ? error : {};
}

/** The first line; a server's detail, which may hold values of people, is not in `message`. An attempt on several addresses has none. */
export function reason(error: unknown): string {
	const { message } = described(error);
	const text = typeof message === 'string' ? message : String(error);
	return text === '' ? errorCode(error) : (text.split('\n')[0] ?? '');
}
