import { Mutex, Semaphore } from 'async-mutex';
import type { PoolClient } from 'pg';
import { StoreError } from '../errors';
import type { Compacted, IdentityStore, StoreReader, StoreWriter } from '../interface';
import { closedError } from '../misuse';
import { RunningCalls, type CallKind } from '../running-calls';
import { beginRead, beginWrite, type Limits } from './begin';
import { Clients, PATIENCE, type Patience } from './clients';
import { compactTables } from './compact';
import { Connection } from './connection';
import { ModelCache } from './model-cache';
import { openSchema } from './open-schema';
import { toStoreError } from './postgres-errors';
import { openRooms } from './rooms';
import { Schema } from './schema';
import { inTransaction } from './session';
import { Transaction } from './transaction';

/** Reads at one time; further ones wait. */
const READERS = 4;

/** Settings that the people who run a store may change. Times in milliseconds. */
export interface PostgresStoreOptions extends Partial<Patience> {
	/** How long to wait for other processes that are writing. */
	lockTimeoutMs?: number;
	/** After so long without a statement the database ends a step that holds the store's lock. */
	standstillMs?: number;
	/** False to refuse where there is no store yet. */
	create?: boolean;
}

/**
 * How long a writer waits for another one. As long as that works it is right to wait: a new model matches all records again in one transaction.
 * One that stands still is ended by the server after `standstillMs`.
 */
const LONGEST_WAIT_MS = 1_800_000;
const DEFAULTS = { ...PATIENCE, lockTimeoutMs: LONGEST_WAIT_MS, standstillMs: 120_000, create: true };

/**
 * The identity store in one schema of a PostgreSQL database, for any number of processes: one of them writes at a time, and reads see a snapshot.
 * Works behind PgBouncer in transaction mode: nothing is kept in a session.
 */
export class PostgresStore implements IdentityStore {
	readonly kind = 'postgres';
	readonly location: string;
	readonly #clients: Clients;
	readonly #schema: Schema;
	readonly #options: PostgresStoreOptions & typeof DEFAULTS;
	readonly #limits: Limits;
	readonly #models = new ModelCache();
	readonly #calls = new RunningCalls();
	readonly #writeQueue = new Mutex();
	readonly #readSlots = new Semaphore(READERS);
	#running = 0;
	#closing: Promise<void> | undefined;
	#lastEnded: (() => void) | undefined;

	private constructor(url: string, schema: string, options: PostgresStoreOptions) {
		this.#options = { ...DEFAULTS, ...options };
		this.#clients = new Clients(url, this.#options);
		this.#schema = new Schema(schema);
		this.location = `${this.#clients.place} (schema ${schema})`;
		this.#limits = { lockMs: this.#options.lockTimeoutMs, stillMs: this.#options.standstillMs };
	}

	/** @throws StoreError `not_a_store`, `newer_version`, `not_writable`, `unreachable`, `refused`, `unsupported`. */
	static async open(url: string, schema: string, options: PostgresStoreOptions = {}): Promise<PostgresStore> {
		const store = new PostgresStore(url, schema, options);
		try {
			const client = await store.#begin('writer', 1, async (fresh) => {
				await openSchema(fresh, store.#schema, store.location, store.#limits, store.#options.create);
			});
			client.release();
			return store;
		} catch (error) {
			await store.#clients.close();
			throw error;
		}
	}

	async write<T>(work: (tx: StoreWriter) => Promise<T>): Promise<T> {
		this.#calls.refuseSecondWrite();
		this.#refuseClosed();
		return await this.#counted(async () => await this.#writeQueue.runExclusive(async () => await this.#transact('write', work)));
	}

	async read<T>(work: (tx: StoreReader) => Promise<T>): Promise<T> {
		const inside = this.#calls.isInside('read', 'write');
		if (!inside) this.#refuseClosed();
		return await this.#counted(async () => {
			// A read inside another call doesn't wait for a slot: the outer one might be what it waits for.
			if (inside) return await this.#transact('read', work);
			return await this.#readSlots.runExclusive(async () => await this.#transact('read', work));
		});
	}

	/** @throws StoreError `unsupported`, always: PostgreSQL has its own tool for it. */
	async backup(): Promise<void> {
		const command = `pg_dump --format=custom --schema=${this.#schema.quoted} --file=FILE URL`;
		return await Promise.reject(
			new StoreError('unsupported', `The identity store ${this.location} is backed up with PostgreSQL's own tool: ${command}; pg_restore puts it back.`),
		);
	}

	/** On a client of its own, so that others go on reading and writing. */
	async compact(): Promise<Compacted> {
		this.#calls.refuseCompacting();
		this.#refuseClosed();
		return await this.#counted(async () => {
			const client = await this.#begin('compact', 1, async (fresh) => {
				await beginRead(fresh, this.#schema, this.location, this.#limits);
				await fresh.query('COMMIT');
			});
			try {
				return await this.#inStoreTerms(async () => await compactTables(client, this.#schema));
			} finally {
				client.release();
			}
		});
	}

	/** Waits for what is running and queued, then lets go of the database. Nothing can be started once it was called. */
	async close(): Promise<void> {
		this.refuseFromInside();
		this.#closing ??= this.#close();
		await this.#closing;
	}

	/** @throws Error when the caller runs inside `read` or `write`: closing would wait for it. */
	refuseFromInside(): void {
		this.#calls.refuseFromInside();
	}

	async #close(): Promise<void> {
		if (this.#running > 0) await new Promise<void>((resolve) => (this.#lastEnded = resolve));
		await this.#clients.close();
	}

	async #counted<T>(work: () => Promise<T>): Promise<T> {
		this.#running += 1;
		try {
			return await work();
		} finally {
			this.#running -= 1;
			if (this.#running === 0) this.#lastEnded?.();
		}
	}

	async #transact<T>(kind: CallKind, work: (tx: StoreWriter) => Promise<T>): Promise<T> {
		return await inTransaction(await this.#beginCall(kind), kind, this.location, async (session) => {
			const connection = new Connection(session, this.#schema, this.#models);
			const transaction = new Transaction(kind, this.location);
			const result = await transaction.whole(async () => await this.#calls.run(kind, async () => await work(openRooms(connection, transaction))));
			if (kind === 'write') await this.#inStoreTerms(async () => await connection.growth.analyze(connection));
			return result;
		});
	}

	/** Reads within a write, and reads within reads, have clients of their own: see {@link Clients}. */
	async #beginCall(kind: CallKind): Promise<PoolClient> {
		if (kind === 'write') {
			return await this.#begin('writer', 1, async (client) => await beginWrite(client, this.#schema, this.location, this.#limits));
		}
		const group = `${this.#calls.isInside('write') ? 'below a write' : 'read'} ${this.#calls.depth}`;
		return await this.#begin(group, READERS, async (client) => await beginRead(client, this.#schema, this.location, this.#limits));
	}

	async #begin(group: string, most: number, begin: (client: PoolClient) => Promise<void>): Promise<PoolClient> {
		return await this.#inStoreTerms(async () => await this.#clients.begin(group, most, begin));
	}

	async #inStoreTerms<T>(operation: () => Promise<T>): Promise<T> {
		try {
			return await operation();
		} catch (error) {
			throw toStoreError(error, this.location);
		}
	}

	#refuseClosed(): void {
		if (this.#closing) throw closedError(this.location);
	}
}
