import { Mutex } from 'async-mutex';
import type { Compacted, IdentityStore, StoreReader, StoreWriter } from '../interface';
import { closedError } from '../misuse';
import { RunningCalls } from '../running-calls';
import { compactFile } from './compact';
import type { Connection } from './connection';
import { untilFree } from './lock-wait';
import { lockTimeout, openWriter, refuseNewer, type EmbeddedStoreOptions } from './open-connection';
import { SnapshotReaders } from './snapshot-readers';
import { toStoreError } from './sqlite-errors';
import { refuseReplaced, type StoreFile } from './store-file';
import { transact } from './transact';

/**
 * The identity store in one SQLite file: one connection that writes, its callers in a queue, and a few that read, each call from a snapshot.
 * Operations run on the calling thread and take it for as long as SQLite needs; between two calls everything else on the thread gets its turn.
 */
export class SqliteStore implements IdentityStore {
	readonly kind = 'sqlite';
	readonly #writeQueue = new Mutex();
	readonly #calls = new RunningCalls();
	readonly #readers: SnapshotReaders;
	#closing: Promise<void> | undefined;

	private constructor(
		readonly location: string,
		private readonly identity: string,
		private readonly writer: Connection,
		private readonly options: EmbeddedStoreOptions,
	) {
		this.#readers = new SnapshotReaders(location, this.#calls, lockTimeout(options));
	}

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
		this.#calls.refuseSecondWrite();
		this.#refuseClosed();
		const call = { kind: 'write', location: this.location, calls: this.#calls, begin: () => this.#begin() } as const;
		return await this.#writeQueue.runExclusive(() => transact(this.writer, call, work));
	}

	async read<T>(work: (tx: StoreReader) => Promise<T>): Promise<T> {
		if (!this.#calls.isInside('read', 'write')) this.#refuseClosed();
		return await this.#readers.read(work);
	}

	/** @throws StoreError `conflict` when `to` exists; `not_writable`, `disk_full`. */
	async backup(to: string): Promise<void> {
		if (!this.#calls.isInside('read', 'write')) this.#refuseClosed();
		await this.#readers.backup(to);
	}

	/** Writers wait meanwhile, and the calling thread is taken for as long as it takes. @throws StoreError `disk_full`, `locked`, `not_writable` */
	async compact(): Promise<Compacted> {
		this.#calls.refuseCompacting();
		this.#refuseClosed();
		return await this.#writeQueue.runExclusive(async () => {
			try {
				refuseReplaced(this.location, this.identity);
				refuseNewer(this.writer, this.location);
				return await compactFile(this.writer, this.location, lockTimeout(this.options));
			} catch (error) {
				throw toStoreError(error, this.location);
			}
		});
	}

	/** Waits for what is running and queued, then lets go of the file. Nothing can be started once it was called. */
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
		await this.#writeQueue.runExclusive(async () => {
			await this.#readers.close();
			this.writer.close();
		});
	}

	async #begin(): Promise<void> {
		const begin = (): void => {
			this.writer.begin('IMMEDIATE');
			refuseNewer(this.writer, this.location);
			refuseReplaced(this.location, this.identity);
		};
		await untilFree(begin, this.location, lockTimeout(this.options));
	}

	#refuseClosed(): void {
		if (this.#closing) throw closedError(this.location);
	}
}
