import type { ClientBase, QueryResult } from 'pg';
import { type Filling, type Meta, refuseOther } from './meta';
import type { Schema } from './schema';

/**
 * Every statement of a batch looks some thousand values up in an index. The planner would rather read a whole table of some 100,000 rows each time,
 * by costs that hold for disks with a head and not for pages in memory; compiling a statement takes longer than running it.
 */
export const PLANNER = 'SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL random_page_cost = 1.1; SET LOCAL jit = off';
/** Rows that a policy keeps from this role would be missing without a word: the store would be half of itself. The server refuses instead. */
const ALL_ROWS = 'SET LOCAL row_security = off';
/** A read holds nothing that others wait for; but until it ends the server can't clean up behind it. One that stands still is ended so much later. */
const PATIENCE_WITH_READS = 5;

/**
 * To the server a client is at work, not idle, also when it takes no answer in, or when its machine was gone before all of a statement had come; Linux then
 * ends the connection. Elsewhere a server would only write into its log, with each transaction, that it can't.
 */
const ENDS_CONNECTIONS = "pg_catalog.version() LIKE '%linux%'";
/** A client of which nothing is heard for half of its time is asked four times whether it is there. */
const [SILENT_PART, ASKED_PART] = [2, 8];

/** How long a step waits for the store's lock or a table's, and how long the database keeps one that stands still. Milliseconds. */
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
	const asked = 'SELECT program, version, (SELECT count(*) FROM @counters) AS counters FROM @meta';
	refuseOther(last(await client.query(schema.qualify(`${lockSql(schema, limits)}; ${asked}`))), location, filling);
}

/** Begins a read; what it sees is what stood there at this moment. @throws StoreError `newer_version`, `not_a_store` */
export async function beginRead(client: ClientBase, schema: Schema, location: string, limits: Limits, filling: Filling = 'refuse'): Promise<void> {
	const sql = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${limitsSql(limits, PATIENCE_WITH_READS)}; ${PLANNER}; SELECT program, version FROM @meta`;
	refuseOther(last(await client.query(schema.qualify(sql))), location, filling);
}

/** Begins a transaction that looks whether there is a store. */
export async function beginLook(client: ClientBase, limits: Limits): Promise<void> {
	await client.query(`BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; ${limitsSql(limits, 1)}`);
}

export function lockSql(schema: Schema, limits: Limits): string {
	return `BEGIN ISOLATION LEVEL READ COMMITTED; ${limitsSql(limits, 1)}; SELECT pg_catalog.pg_advisory_xact_lock(${schema.lock}); ${PLANNER}`;
}

function limitsSql({ lockMs, stillMs }: Limits, patience: number): string {
	const still = Math.floor(stillMs * patience);
	const settings = [['tcp_user_timeout', still], ['tcp_keepalives_idle', seconds(still / SILENT_PART)], ['tcp_keepalives_interval', seconds(still / ASKED_PART)]];
	const ofConnection = settings.map(([name, value]) => `pg_catalog.set_config('${name}', '${value}', true)`).join(', ');
	return (
		`SET LOCAL lock_timeout = ${Math.floor(lockMs)}; SET LOCAL idle_in_transaction_session_timeout = ${still}; ` +
		`SELECT ${ofConnection} WHERE ${ENDS_CONNECTIONS}; ${ALL_ROWS}`
	);
}

/** Zero would be the system's own setting. */
function seconds(milliseconds: number): number {
	return Math.max(1, Math.floor(milliseconds / 1000));
}

/** Several statements in one message give as many results. */
function last(results: QueryResult<Meta> | QueryResult<Meta>[]): Pick<QueryResult<Meta>, 'rows'> {
	return Array.isArray(results) ? (results.at(-1) ?? { rows: [] }) : results;
}
