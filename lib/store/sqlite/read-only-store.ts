import { realpathSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { StoreError } from '../errors';
import type { IdentityStore, StoreReader } from '../interface';
import { RunningCalls } from '../running-calls';
import { openReader, refuseOther } from './open-connection';
import { canBeRead, canBeWritten, isTakenForUnused, stateOf, unreadable } from './read-only-place';
import { SnapshotReaders } from './snapshot-readers';
import { toStoreError } from './sqlite-errors';

/** What can be done with a store that can only be read. */
export type ReadableIdentityStore = Pick<IdentityStore, 'kind' | 'location' | 'read' | 'backup' | 'close'>;

/** Nobody who could be waited for holds a lock on a file that can't be written. Milliseconds. */
const LOCK_TIMEOUT_MS = 1000;

/** The identity store in a file that this user can't write, such as another user's, or one on a disk that is mounted to be read. */
export class ReadOnlyStore implements ReadableIdentityStore {
	readonly kind = 'sqlite';
	readonly #readers: SnapshotReaders;
	/** Undefined where SQLite knows of others who write, and reads what one moment saw. */
	readonly #state: string | undefined;

	private constructor(readonly location: string) {
		this.#readers = new SnapshotReaders(location, new RunningCalls(), LOCK_TIMEOUT_MS);
		this.#state = isTakenForUnused(location) ? stateOf(location) : undefined;
	}

	/**
	 * Opens the store where the file can be read and not written; undefined where it can be written, or not even be read, or is no file.
	 * @throws StoreError `not_a_store`, `newer_version`, `not_writable` where it can't be read without writing
	 */
	static openIfNeeded(file: string): ReadOnlyStore | undefined {
		const path = realpathSync(resolve(file));
		if (canBeWritten(path) || !canBeRead(path) || !statSync(path).isFile()) return undefined;
		try {
			const reader = openReader(path);
			try {
				refuseOther(reader, path);
			} finally {
				reader.close();
			}
			return new ReadOnlyStore(path);
		} catch (error) {
			const fault = toStoreError(error, path);
			if (fault === error && error instanceof StoreError) throw error;
			// It need not be written: what keeps it from being read is what to say.
			if (fault === error || (fault as StoreError).code === 'not_writable') throw unreadable(path, error instanceof Error ? error.message : String(error), { cause: error });
			throw fault;
		}
	}

	async read<T>(work: (tx: StoreReader) => Promise<T>): Promise<T> {
		const result = await this.#readers.read(work);
		this.#refuseChanged();
		return result;
	}

	async backup(to: string): Promise<void> {
		await this.#readers.backup(to);
		try {
			this.#refuseChanged();
		} catch (error) {
			rmSync(to, { force: true });
			throw error;
		}
	}

	async close(): Promise<void> {
		await this.#readers.close();
	}

	/** What is read as if nobody wrote is wrong when somebody does. */
	#refuseChanged(): void {
		if (this.#state === undefined || stateOf(this.location) === this.#state) return;
		throw new StoreError('conflict', `Somebody began to write to the identity store ${this.location} while it was read, so what was read may be wrong. Run this again.`);
	}
}
