import type { ClientBase, QueryResult } from 'pg';
import { StoreError } from '../errors';
import { migrations, SCHEMA_VERSION } from './migrations';
import { errorCode } from './postgres-errors';
import type { Schema } from './schema';

/** The first release whose behaviour the statements of this store rely on. */
const OLDEST_SERVER = 150_000;
/** Stands in `meta` of every store and in no other program's table. */
const PROGRAM = 'n8n-nodes-customer360';
/** Stands there while a migration fills the store: nobody uses half of one, not even a process that had it open before. */
const FILLING = `${PROGRAM}: a migration is under way`;

type State = 'missing' | 'empty' | { version: number };

interface Meta {
	program: unknown;
	version: unknown;
}

/**
 * Every statement of a batch looks some thousand values up in an index. The planner would rather read a whole table of some 100,000 rows each time,
 * by costs that hold for disks with a head and not for pages in memory; compiling a statement takes longer than running it.
 */
export const PLANNER = 'SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL random_page_cost = 1.1; SET LOCAL jit = off';

/** Whether the store may be one that a migration fills. */
export type Filling = 'refuse' | 'allow';

/** How long a step waits for the store's lock, and how long the database keeps one that stands still. Milliseconds. */
export interface Limits {
	lockMs: number;
	stillMs: number;
}

/**
 * Begins a write: the lock is the first thing it takes. One lock a store: whoever writes sees all that others have written, so no two workers
 * make two profiles of one person, and deadlocks can't be. Everything is set for this transaction only; sessions are shared behind PgBouncer.
 * @throws StoreError `newer_version`, `not_a_store`
 */
export async function beginWrite(client: ClientBase, schema: Schema, location: string, limits: Limits, filling: Filling = 'refuse'): Promise<void> {
	refuseOther(last(await client.query(schema.qualify(`${lockSql(schema, limits)}; SELECT program, version FROM @meta`))), location, filling);
}

/** Begins a read; what it sees is what stood there at this moment. @throws StoreError `newer_version`, `not_a_store` */
export async function beginRead(client: ClientBase, schema: Schema, location: string, filling: Filling = 'refuse'): Promise<void> {
	const sql = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${PLANNER}; SELECT program, version FROM @meta`;
	refuseOther(last(await client.query(schema.qualify(sql))), location, filling);
}

/** Marks the store as one that a migration fills, or as one that is whole; to be called in a write. */
export async function setFilling(client: { query: (sql: string, values: unknown[]) => Promise<unknown> }, schema: Schema, filling: boolean): Promise<void> {
	await client.query(schema.qualify('UPDATE @meta SET program = $1'), [filling ? FILLING : PROGRAM]);
}

/**
 * Brings the schema to the present version; makes it when it is missing.
 * @param create false to refuse where there is no store yet
 * @throws StoreError `not_a_store`, `newer_version`, `not_writable`, `unsupported`
 */
export async function openSchema(
	client: ClientBase,
	schema: Schema,
	location: string,
	limits: Limits,
	create: boolean,
	filling: Filling = 'refuse',
): Promise<void> {
	await refuseOldServer(client, location);
	const state = await look(client, schema, location, filling);
	if (typeof state === 'object' && state.version === SCHEMA_VERSION) return;
	if (typeof state === 'string' && !create) throw new StoreError('not_a_store', `There is no identity store in ${location}. Check the URL and the schema.`);
	try {
		await client.query(lockSql(schema, limits));
		await migrate(client, schema, location, filling);
		await client.query('COMMIT');
	} catch (error) {
		await client.query('ROLLBACK').catch(() => undefined);
		throw error;
	}
}

async function migrate(client: ClientBase, schema: Schema, location: string, filling: Filling): Promise<void> {
	// Asked again under the lock: another process may have done it meanwhile.
	const state = await look(client, schema, location, filling);
	await inNeedOfRights(client, schema, location, async () => {
		if (state === 'missing') await client.query(`CREATE SCHEMA ${schema.quoted}`);
		if (typeof state === 'string') {
			await client.query(schema.qualify('CREATE TABLE @meta (program TEXT NOT NULL, version BIGINT NOT NULL)'));
			await client.query(schema.qualify('INSERT INTO @meta (program, version) VALUES ($1, 0)'), [PROGRAM]);
		}
		const version = typeof state === 'string' ? 0 : state.version;
		const due = migrations.filter((migration) => migration.version > version).map(({ sql }) => sql);
		if (due.length > 0) await client.query(schema.qualify([...due, `UPDATE @meta SET version = ${SCHEMA_VERSION}`].join('\n')));
	});
}

async function look(client: ClientBase, schema: Schema, location: string, filling: Filling): Promise<State> {
	const { rows } = await client.query<{ objects: number; meta: boolean }>(
		`SELECT (SELECT count(*) FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid) AS objects,
		EXISTS (SELECT 1 FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND c.relname = 'meta' AND c.relkind = 'r') AS meta
		FROM pg_catalog.pg_namespace n WHERE n.nspname = $1`,
		[schema.name],
	);
	const [found] = rows;
	if (!found) return 'missing';
	if (found.objects === 0) return 'empty';
	if (!found.meta) throw foreign(location);
	return { version: await inNeedOfRights(client, schema, location, async () => await readVersion(client, schema, location, filling)) };
}

async function readVersion(client: ClientBase, schema: Schema, location: string, filling: Filling): Promise<number> {
	try {
		return refuseOther(await client.query<Meta>(schema.qualify('SELECT program, version FROM @meta')), location, filling);
	} catch (error) {
		throw errorCode(error) === '42703' ? foreign(location) : error;
	}
}

/** Refuses a schema of another program, and one that a newer release has changed, also while this one has it open; returns the version. */
function refuseOther({ rows }: Pick<QueryResult<Meta>, 'rows'>, location: string, filling: Filling): number {
	const { program, version } = rows[0] ?? {};
	if ((program !== PROGRAM && program !== FILLING) || typeof version !== 'number') throw foreign(location);
	if (program === FILLING && filling === 'refuse') throw migrating(location);
	if (version <= SCHEMA_VERSION) return version;
	throw new StoreError(
		'newer_version',
		`The identity store ${location} has version ${version}, and this program understands versions up to ${SCHEMA_VERSION}. ` +
			'Update n8n-nodes-customer360 to the release that wrote it, or put a backup from before that update in its place.',
	);
}

async function refuseOldServer(client: ClientBase, location: string): Promise<void> {
	const { rows } = await client.query<{ number: number; name: string }>(
		"SELECT current_setting('server_version_num')::bigint AS number, current_setting('server_version') AS name",
	);
	const [server] = rows;
	if (server && server.number >= OLDEST_SERVER) return;
	const name = server?.name ?? 'of an unknown version';
	throw new StoreError('unsupported', `The database of ${location} is PostgreSQL ${name}; the identity store needs 15 or newer.`);
}

/** Runs what needs rights on the schema; when they are missing, says which statements give them. */
async function inNeedOfRights<T>(client: ClientBase, schema: Schema, location: string, work: () => Promise<T>): Promise<T> {
	const { rows } = await client.query<{ role: string; database: string }>(
		'SELECT quote_ident(current_user) AS role, quote_ident(current_database()) AS database',
	);
	try {
		return await work();
	} catch (error) {
		if (errorCode(error) !== '42501') throw error;
		const { role, database } = rows[0] ?? { role: 'the role', database: 'the database' };
		throw new StoreError(
			'not_writable',
			`The role ${role} has no right to make or use the identity store ${location}. An administrator gives it a schema of its own with ` +
				`"CREATE SCHEMA ${schema.quoted} AUTHORIZATION ${role}" (or "ALTER SCHEMA ${schema.quoted} OWNER TO ${role}" where it exists and is empty), ` +
				`or lets it make one with "GRANT CREATE ON DATABASE ${database} TO ${role}". Tables that belong to another role need that role in the URL.`,
			{ cause: error },
		);
	}
}

function lockSql(schema: Schema, { lockMs, stillMs }: Limits): string {
	return (
		`BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = ${Math.floor(lockMs)}; SELECT pg_catalog.pg_advisory_xact_lock(${schema.lock}); ` +
		`SET LOCAL idle_in_transaction_session_timeout = ${Math.floor(stillMs)}; ${PLANNER}`
	);
}

/** Several statements in one message give as many results. */
function last(results: QueryResult<Meta> | QueryResult<Meta>[]): Pick<QueryResult<Meta>, 'rows'> {
	return Array.isArray(results) ? (results.at(-1) ?? { rows: [] }) : results;
}

function migrating(location: string): StoreError {
	return new StoreError(
		'migrating',
		`The identity store ${location} is being filled by "customer360 migrate", or that was interrupted: it can be used when it is whole. Run the same ` +
			'command again to finish it, it goes on from where it was; to give it up, have the schema dropped and go on using the file.',
	);
}

function foreign(location: string): StoreError {
	return new StoreError('not_a_store', `${location} holds tables of another program; choose another schema for the identity store`);
}
