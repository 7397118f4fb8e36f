import type { ClientBase } from 'pg';
import { StoreError } from '../errors';
import { beginLook, type Limits, lockSql } from './begin';
import { type Filling, foreign, type Meta, PROGRAM, refuseOther } from './meta';
import { migrations, SCHEMA_VERSION } from './migrations';
import { errorCode } from './postgres-errors';
import type { Schema } from './schema';

/** The first release whose behaviour the statements of this store rely on. */
const OLDEST_SERVER = 150_000;
/** Encodings of a database that keep every text; SQL_ASCII keeps bytes as they come, and they come as UTF-8. */
const ENCODINGS = ['UTF8', 'SQL_ASCII'];

type State = 'missing' | 'empty' | { version: number };

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
	await beginLook(client, limits);
	const server = await lookAtServer(client, location);
	const state = await look(client, schema, location, filling);
	await client.query('COMMIT');
	if (typeof state === 'object' && state.version === SCHEMA_VERSION) return;
	if (typeof state === 'string' && !create) throw new StoreError('not_a_store', `There is no identity store in ${location}. Check the URL and the schema.`);
	if (typeof state === 'string' && !ENCODINGS.includes(server.encoding)) throw unfit(server, location);
	try {
		await client.query(lockSql(schema, limits));
		await migrate(client, schema, location, filling);
		await client.query('COMMIT');
	} catch (error) {
		// The error counts; where even this fails the connection is gone, and the server rolls back by itself.
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

interface Server {
	number: number;
	name: string;
	encoding: string;
}

/** @throws StoreError `unsupported` where the server is too old */
async function lookAtServer(client: ClientBase, location: string): Promise<Server> {
	const { rows } = await client.query<Server>(
		`SELECT current_setting('server_version_num')::bigint AS number, current_setting('server_version') AS name,
		current_setting('server_encoding') AS encoding`,
	);
	const server = rows[0] ?? { number: 0, name: 'of an unknown version', encoding: 'unknown' };
	if (server.number >= OLDEST_SERVER) return server;
	throw new StoreError('unsupported', `The database of ${location} is PostgreSQL ${server.name}; the identity store needs 15 or newer.`);
}

/** Said before there is a store: with the first name that the encoding has no letters for, it would be too late. */
function unfit({ encoding }: Server, location: string): StoreError {
	const what = `The database of ${location} keeps texts in ${encoding}, which has not the letters of every name; the identity store needs UTF8`;
	const remedy = `"CREATE DATABASE customer360 TEMPLATE template0 ENCODING 'UTF8'" makes one`;
	return new StoreError('unsupported', `${what}. ${remedy}; name that in the URL.`);
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
