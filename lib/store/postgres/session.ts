import type { PoolClient, QueryResult } from 'pg';
import type { CallKind } from '../running-calls';
import { isUnreachable, toStoreError, unknownOutcome } from './postgres-errors';

/**
 * Does work in the transaction that has begun on this client, ends it, and gives the client back: a write is committed, unless `work` throws; of a read
 * there is nothing to keep, and what it saw holds however it ends.
 * @param location of the store, for messages
 * @throws what `work` throws; StoreError of the commit
 */
export async function inTransaction<T>(client: PoolClient, call: CallKind, location: string, work: (session: Session) => Promise<T>): Promise<T> {
	const session = new Session(client, location);
	let ending: 'COMMIT' | 'ROLLBACK' = 'ROLLBACK';
	try {
		const result = await work(session);
		if (call === 'write') await session.commit();
		ending = 'COMMIT';
		return result;
	} finally {
		await session.end(ending);
	}
}

/** A client from the begin of a transaction to its return to the pool. */
export class Session {
	#open = true;
	#lostBy: { error: unknown } | undefined;
	/** The first one says why; what follows is only that the client can't be used. */
	readonly #note = (error?: unknown): void => void (this.#lostBy ??= { error: error ?? new Error('Connection terminated') });

	constructor(
		private readonly client: PoolClient,
		private readonly location: string,
	) {
		client.on('error', this.#note);
		client.on('end', this.#note);
	}

	async query<Row extends object>(sql: string, values?: unknown[]): Promise<QueryResult<Row>> {
		try {
			return await this.client.query<Row>(sql, values);
		} catch (error) {
			throw this.#lostBy?.error ?? error;
		}
	}

	/** @throws StoreError: nothing was kept, or, when the connection was lost after COMMIT was sent, all or nothing */
	async commit(): Promise<void> {
		// A connection that is known to be lost never sees the commit.
		const lost = this.#lostBy !== undefined;
		try {
			const { command } = await this.query('COMMIT');
			this.#open = false;
			if (command !== 'COMMIT') throw new Error(`The database answered ${command} to COMMIT: nothing of this step was kept`);
		} catch (error) {
			throw isUnreachable(error) && !lost ? unknownOutcome(error, this.location) : toStoreError(error, this.location);
		}
	}

	/** Ends the transaction if that has not happened, and gives the client back; one on which that fails is closed. */
	async end(how: 'COMMIT' | 'ROLLBACK'): Promise<void> {
		if (this.#open && !this.#lostBy) await this.client.query(how).then(() => (this.#open = false), this.#note);
		this.client.removeListener('error', this.#note);
		this.client.removeListener('end', this.#note);
		this.client.release(this.#lostBy !== undefined || this.#open);
	}
}
