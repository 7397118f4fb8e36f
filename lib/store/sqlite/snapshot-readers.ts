import { Semaphore } from 'async-mutex';
import type { StoreReader } from '../interface';
import type { RunningCalls } from '../running-calls';
import { backupTo } from './backup';
import type { Connection } from './connection';
import { untilFree } from './lock-wait';
import { openReader, refuseNewer } from './open-connection';
import { toStoreError } from './sqlite-errors';
import { transact } from './transact';

/** Reads at one time; further ones wait. */
const READERS = 4;

/** Connections that read one file, each call from a snapshot of its own. */
export class SnapshotReaders {
	readonly #slots = new Semaphore(READERS);
	readonly #idle: Connection[] = [];
	#running = 0;
	#lastEnded: (() => void) | undefined;

	constructor(
		readonly location: string,
		private readonly calls: RunningCalls,
		private readonly lockTimeoutMs: number,
	) {}

	async read<T>(work: (tx: StoreReader) => Promise<T>): Promise<T> {
		this.#running += 1;
		let release: (() => void) | undefined;
		try {
			// A read inside another call doesn't wait for a slot: the outer one might be what it waits for.
			if (!this.calls.isInside('read', 'write')) [, release] = await this.#slots.acquire();
			return await this.#readOnce(work);
		} finally {
			release?.();
			this.#running -= 1;
			if (this.#running === 0) this.#lastEnded?.();
		}
	}

	/** @throws StoreError `conflict` when `to` exists; `not_writable`, `disk_full`. */
	async backup(to: string): Promise<void> {
		// Counts as a read, so that close() waits for it.
		await this.read(async () => await backupTo(this.location, to));
	}

	/** Waits for the reads that are running, then lets go of the file. */
	async close(): Promise<void> {
		if (this.#running > 0) await new Promise<void>((resolve) => (this.#lastEnded = resolve));
		for (const reader of this.#idle.splice(0)) reader.close();
	}

	async #readOnce<T>(work: (tx: StoreReader) => Promise<T>): Promise<T> {
		const reader = this.#idle.pop() ?? this.#open();
		const begin = () => untilFree(() => beginSnapshot(reader, this.location), this.location, this.lockTimeoutMs);
		try {
			return await transact(reader, { kind: 'read', location: this.location, calls: this.calls, begin }, work);
		} finally {
			if (this.#idle.length < READERS && !reader.inTransaction) this.#idle.push(reader);
			else reader.close();
		}
	}

	#open(): Connection {
		try {
			return openReader(this.location);
		} catch (error) {
			throw toStoreError(error, this.location);
		}
	}
}

/** A read's snapshot is taken by its first look at the file, which is the one at the version. */
function beginSnapshot(connection: Connection, location: string): void {
	connection.begin('DEFERRED');
	try {
		refuseNewer(connection, location);
	} catch (error) {
		connection.rollback();
		throw error;
	}
}
