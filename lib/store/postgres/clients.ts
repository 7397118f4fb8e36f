import { setTimeout as wait } from 'node:timers/promises';
import { Semaphore } from 'async-mutex';
import { Client, Pool, types, type PoolClient, type PoolConfig } from 'pg';
import { fromStoredText } from '../text';
import { ClosingClient } from './closing-client';
import { hasAnswered, isUnreachable, reason } from './postgres-errors';

/** How long a database that can't be reached is tried again. Milliseconds. */
export interface Patience {
	/** One that was reached, or that says itself that it is starting: a restart, a failover. */
	patienceMs: number;
	/** One of which nothing was heard yet: its host or port may be wrong, which waiting does not mend. */
	firstPatienceMs: number;
	/** How long one attempt may take. */
	attemptMs: number;
	/** Told once, with the reason, when the first connection is still being waited for after a moment; and once of the first long wait for a lock. */
	onWait?: (line: string) => void;
}

/** The shorter one is enough for programs that are started together with their database. */
export const PATIENCE: Readonly<Patience> = { patienceMs: 30_000, firstPatienceMs: 5_000, attemptMs: 10_000 };

/** Milliseconds to the next try, at most; the first is the least. */
const PAUSE_MS = { first: 100, longest: 2_000 };
/** Who has to wait is told of it before a pause of this length. Milliseconds. */
const TELLING_MS = 800;
/** And so long into the wait for a lock; others that write let go of it sooner, mostly. Milliseconds. */
const LOCKED_MS = 3_000;
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

interface Group {
	pool: Pool;
	/** A client of ours that others of us have is waited for here: to the pool that is the same as a database that does not answer. */
	turns: Semaphore;
}

/**
 * Connections to one database, in groups that never wait for one another: whoever holds a client may ask for one of another group only
 * (a read within a read, a read within a write), so waiting always ends. Groups open as they are needed.
 */
export class Clients {
	readonly #groups = new Map<string, Group>();
	readonly #config: PoolConfig;
	#wasHeardOf = false;
	#tell: Patience['onWait'];
	#tellLocked: Patience['onWait'];
	/** Host and database, without user and password. */
	readonly place: string;

	constructor(
		url: string,
		private readonly patience: Patience,
	) {
		this.#config = {
			Client: ClosingClient,
			connectionString: url,
			application_name: 'n8n-nodes-customer360',
			allowExitOnIdle: true,
			idleTimeoutMillis: IDLE_MS,
			connectionTimeoutMillis: patience.attemptMs,
			keepAlive: true,
			keepAliveInitialDelayMillis: SILENT_MS,
			types: storeTypes,
		};
		const { host, port, database } = new Client(this.#config);
		this.place = `${host}:${port}/${database ?? ''}`;
		this.#tell = patience.onWait;
		this.#tellLocked = patience.onWait;
	}

	/**
	 * A client on which `begin` has succeeded. While the database can't be reached the attempt is repeated: nothing has begun yet.
	 * @param most clients of this group at a time
	 */
	async begin(group: string, most: number, begin: (client: PoolClient) => Promise<void>): Promise<PoolClient> {
		const { pool, turns } = this.#group(group, most);
		const [, endTurn] = await turns.acquire();
		try {
			const client = await this.#beginPatiently(pool, begin);
			// The pool gives it a new one with each turn.
			const release = client.release.bind(client);
			client.release = (destroy) => {
				release(destroy);
				endTurn();
			};
			return client;
		} catch (error) {
			endTurn();
			throw error;
		}
	}

	async #beginPatiently(pool: Pool, begin: (client: PoolClient) => Promise<void>): Promise<PoolClient> {
		const started = Date.now();
		for (let pause = PAUSE_MS.first; ; pause = Math.min(pause * 2, PAUSE_MS.longest)) {
			try {
				return await this.#beginOnce(pool, begin);
			} catch (error) {
				if (hasAnswered(error)) this.#wasHeardOf = true;
				if (!isUnreachable(error) || Date.now() + pause > started + this.#patienceMs) throw error;
				if (pause >= TELLING_MS) this.#tellOnce(error);
			}
			await wait(pause);
		}
	}

	get #patienceMs(): number {
		const { patienceMs, firstPatienceMs } = this.patience;
		return this.#wasHeardOf ? patienceMs : Math.min(patienceMs, firstPatienceMs);
	}

	#tellOnce(error: unknown): void {
		this.#tell?.(`Waiting for the database ${this.place} (${reason(error)}) ...`);
		this.#tell = undefined;
	}

	#tellOfLock(): void {
		this.#tellLocked?.(`Waiting for other processes that write to the store in ${this.place}, or have locked its tables ...`);
		this.#tellLocked = undefined;
	}

	async #beginOnce(pool: Pool, begin: (client: PoolClient) => Promise<void>): Promise<PoolClient> {
		const client = await pool.connect();
		[this.#wasHeardOf, this.#tell] = [true, undefined];
		const telling = setTimeout(() => this.#tellOfLock(), LOCKED_MS);
		try {
			await begin(client);
			return client;
		} catch (error) {
			client.release(true);
			throw error;
		} finally {
			clearTimeout(telling);
		}
	}

	async close(): Promise<void> {
		await Promise.all([...this.#groups.values()].map(async ({ pool }) => await pool.end()));
	}

	#group(name: string, most: number): Group {
		const known = this.#groups.get(name);
		if (known) return known;
		const pool = new Pool({ ...this.#config, max: most });
		// A lost connection is met by the next statement; without a listener it would end the process.
		pool.on('error', () => undefined);
		pool.on('connect', (client) => void client.on('error', () => undefined));
		const group = { pool, turns: new Semaphore(most) };
		this.#groups.set(name, group);
		return group;
	}
}
