import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { Mutex, Semaphore } from 'async-mutex';
import type { IdentityStore, StoreReader, StoreWriter } from '../interface';
import { backupTo } from './backup';
import type { Connection } from './connection';
import { untilFree } from './lock-wait';
import { lockTimeout, openReader, openWriter, refuseNewer, type EmbeddedStoreOptions } from './open-connection';
import { openRooms } from './rooms';
import { toStoreError } from './sqlite-errors';
import { refuseReplaced, type StoreFile } from './store-file';
import { Transaction } from './transaction';

/** Reads at one time; further ones wait. */
const READERS = 4;

/** A call of `read` or `write` within which code runs. */
interface Call {
	kind: 'read' | 'write';
	running: boolean;
	outer: Call | undefined;
}

/**
 * The identity store in one SQLite file: one connection that writes, its callers in a queue, and a few that read, each call from a snapshot.
 * Operations run on the calling thread and take it for as long as SQLite needs; between two calls everything else on the thread gets its turn.
 */
export class SqliteStore implements IdentityStore {
	readonly kind = 'sqlite';
	readonly #writeQueue = new Mutex();
	readonly #readSlots = new Semaphore(READERS);
	readonly #idleReaders: Connection[] = [];
	readonly #calls = new AsyncLocalStorage<Call>();
	#runningReads = 0;
	#closing: Promise<void> | undefined;
	#lastReadEnded: (() => void) | undefined;

	private constructor(
		readonly location: string,
		private readonly identity: string,
		private readonly writer: Connection,
		private readonly options: EmbeddedStoreOptions,
	) {}

	/**
	 * Opens the store in a file that `ensureStoreFile` has seen.
	 * @throws StoreError `not_a_store`, `newer_version`, `not_writable`, `locked`, `disk_full`.
	 */
	static async open({ path, identity }: StoreFile, options: EmbeddedStoreOptions = {}): Promise<SqliteStore> {
		try {
			return new SqliteStore(path, identity, await openWriter(path, options), options);
		} catch (error) {
			throw toStoreError(error, path);
		}
	}

	async write<T>(work: (tx: StoreWriter) => Promise<T>): Promise<T> {
		if (this.#isInside('write')) {
			throw new Error('write() was called inside write() of the same identity store, which would wait for itself; use the tx of the outer one');
		}
		this.#refuseClosed();
		return await this.#writeQueue.runExclusive(() => this.#transact(this.writer, 'write', work));
	}

	async read<T>(work: (tx: StoreReader) => Promise<T>): Promise<T> {
		const inside = this.#isInside('read', 'write');
		if (!inside) this.#refuseClosed();
		this.#runningReads += 1;
		try {
			// A read inside another call doesn't wait for a slot: the outer one might be what it waits for.
			if (inside) return await this.#readOnce(work);
			return await this.#readSlots.runExclusive(() => this.#readOnce(work));
		} finally {
			this.#runningReads -= 1;
			if (this.#runningReads === 0) this.#lastReadEnded?.();
		}
	}

	/** @throws StoreError `conflict` when `to` exists; `not_writable`, `disk_full`. */
	async backup(to: string): Promise<void> {
		// Counts as a read, so that close() waits for it.
		await this.read(async () => await backupTo(this.location, to));
	}

	/** Waits for what is running and queued, then lets go of the file. Nothing can be started once it was called. */
	async close(): Promise<void> {
		this.refuseFromInside();
		this.#closing ??= this.#close();
		await this.#closing;
	}

	/** @throws Error when the caller runs inside `read` or `write`: closing would wait for it. */
	refuseFromInside(): void {
		if (!this.#isInside('read', 'write')) return;
		throw new Error('close() was called inside read() or write() of the same identity store, which would wait for itself; call it after they ended');
	}

	async #close(): Promise<void> {
		await this.#writeQueue.runExclusive(async () => {
			if (this.#runningReads > 0) await new Promise<void>((resolve) => (this.#lastReadEnded = resolve));
			for (const reader of this.#idleReaders.splice(0)) reader.close();
			this.writer.close();
		});
	}

	async #readOnce<T>(work: (tx: StoreReader) => Promise<T>): Promise<T> {
		const reader = this.#idleReaders.pop() ?? this.#inStoreTerms(() => openReader(this.location));
		try {
			return await this.#transact(reader, 'read', work);
		} finally {
			if (this.#idleReaders.length < READERS && !reader.inTransaction) this.#idleReaders.push(reader);
			else reader.close();
		}
	}

	async #transact<T>(connection: Connection, kind: Call['kind'], work: (tx: StoreWriter) => Promise<T>): Promise<T> {
		const transaction = new Transaction(kind, this.location);
		const call: Call = { kind, running: true, outer: this.#calls.getStore() };
		try {
			await this.#begin(connection, kind);
			const rooms = openRooms(connection, transaction);
			const result = await this.#calls.run(call, async () => await work(rooms));
			transaction.end();
			if (transaction.failure) throw transaction.failure.error;
			this.#inStoreTerms(() => connection.exec('COMMIT'));
			return result;
		} catch (error) {
			connection.rollback();
			throw error;
		} finally {
			transaction.end();
			call.running = false;
			// SQLite answers without a wait, so a loop of calls would keep timers and sockets waiting until its end.
			await setImmediate();
		}
	}

	async #begin(connection: Connection, kind: Call['kind']): Promise<void> {
		try {
			await untilFree(() => begin(connection, kind), this.location, lockTimeout(this.options));
			refuseNewer(connection, this.location);
			if (kind === 'write') refuseReplaced(this.location, this.identity);
		} catch (error) {
			throw toStoreError(error, this.location);
		}
	}

	#inStoreTerms<Result>(operation: () => Result): Result {
		try {
			return operation();
		} catch (error) {
			throw toStoreError(error, this.location);
		}
	}

	#isInside(...kinds: Call['kind'][]): boolean {
		for (let call = this.#calls.getStore(); call; call = call.outer) {
			if (call.running && kinds.includes(call.kind)) return true;
		}
		return false;
	}

	#refuseClosed(): void {
		if (this.#closing) throw new Error(`The identity store ${this.location} was closed; open it again with openStore()`);
	}
}

/** A read's snapshot is taken by its first look at the file, so it takes one at once. */
function begin(connection: Connection, kind: Call['kind']): void {
	if (kind === 'write') {
		connection.exec('BEGIN IMMEDIATE');
		return;
	}
	connection.exec('BEGIN');
	try {
		connection.get('SELECT 1 FROM sqlite_schema LIMIT 1');
	} catch (error) {
		connection.rollback();
		throw error;
	}
}
