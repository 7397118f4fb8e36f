import { setTimeout as wait } from 'node:timers/promises';
import { Client, Pool, types, type PoolClient, type PoolConfig } from 'pg';
import { fromStoredText } from '../text';
import { isUnreachable } from './postgres-errors';

/** Milliseconds to the next try, at most; the first is the least. */
const PAUSE_MS = { first: 100, longest: 2_000 };
/** How long one attempt to connect may take. Milliseconds. */
const CONNECT_MS = 10_000;
/** A client that was not used for so long is closed. Milliseconds. */
const IDLE_MS = 30_000;
/**
 * A connection that was silent for so long is tried. Where the server's machine is gone, or the way to it, whoever waits for an answer hears of it
 * some 10 seconds later; by the system's own settings after two hours. Milliseconds.
 */
const SILENT_MS = 10_000;

const OID = { int8: 20, text: 25 };
const parserOf = types.getTypeParser as (oid: number, format?: 'text' | 'binary') => (text: string) => unknown;

/** BIGINT as a number, text as it was before it was stored. For the clients of this store only: `pg`'s own settings belong to the whole process. */
const storeTypes: PoolConfig['types'] = {
	getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
		if (oid === OID.int8) return Number;
		if (oid === OID.text) return fromStoredText;
		return parserOf(oid, format);
	}) as typeof types.getTypeParser,
};

/**
 * Connections to one database, in groups that never wait for one another: whoever holds a client may ask for one of another group only
 * (a read within a read, a read within a write), so waiting always ends. Groups open as they are needed.
 */
export class Clients {
	readonly #pools = new Map<string, Pool>();
	readonly #config: PoolConfig;
	/** Host and database, without user and password. */
	readonly place: string;

	constructor(url: string) {
		this.#config = {
			connectionString: url,
			application_name: 'n8n-nodes-customer360',
			allowExitOnIdle: true,
			idleTimeoutMillis: IDLE_MS,
			connectionTimeoutMillis: CONNECT_MS,
			keepAlive: true,
			keepAliveInitialDelayMillis: SILENT_MS,
			types: storeTypes,
		};
		const { host, port, database } = new Client(this.#config);
		this.place = `${host}:${port}/${database ?? ''}`;
	}

	/**
	 * A client on which `begin` has succeeded. While the database can't be reached the attempt is repeated for `patienceMs`: nothing has begun yet.
	 * @param most clients of this group at a time
	 */
	async begin<T>(group: string, most: number, patienceMs: number, begin: (client: PoolClient) => Promise<T>): Promise<{ client: PoolClient; begun: T }> {
		const deadline = Date.now() + patienceMs;
		for (let pause = PAUSE_MS.first; ; pause = Math.min(pause * 2, PAUSE_MS.longest)) {
			try {
				return await this.#beginOnce(group, most, begin);
			} catch (error) {
				if (!isUnreachable(error) || Date.now() + pause > deadline) throw error;
			}
			await wait(pause);
		}
	}

	async #beginOnce<T>(group: string, most: number, begin: (client: PoolClient) => Promise<T>): Promise<{ client: PoolClient; begun: T }> {
		const client = await this.#pool(group, most).connect();
		try {
			return { client, begun: await begin(client) };
		} catch (error) {
			client.release(true);
			throw error;
		}
	}

	async close(): Promise<void> {
		await Promise.all([...this.#pools.values()].map(async (pool) => await pool.end()));
	}

	#pool(group: string, most: number): Pool {
		let pool = this.#pools.get(group);
		if (!pool) {
			pool = new Pool({ ...this.#config, max: most });
			// A lost connection is met by the next statement; without a listener it would end the process.
			pool.on('error', () => undefined);
			pool.on('connect', (client) => void client.on('error', () => undefined));
			this.#pools.set(group, pool);
		}
		return pool;
	}
}
