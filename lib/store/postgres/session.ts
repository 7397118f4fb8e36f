import type { PoolClient, QueryResult } from 'pg';

/** A client from the begin of a transaction to its return to the pool. */
export class Session {
	#open = true;
	#lostBy: { error: unknown } | undefined;
	/** The first one says why; what follows is only that the client can't be used. */
	readonly #note = (error?: unknown): void => void (this.#lostBy ??= { error: error ?? new Error('Connection terminated') });

	constructor(private readonly client: PoolClient) {
		client.on('error', this.#note);
		client.on('end', this.#note);
	}

	/** Whether the connection is known to be lost. */
	get lost(): boolean {
		return this.#lostBy !== undefined;
	}

	async query<Row extends object>(sql: string, values?: unknown[]): Promise<QueryResult<Row>> {
		try {
			return await this.client.query<Row>(sql, values);
		} catch (error) {
			throw this.#lostBy?.error ?? error;
		}
	}

	async commit(): Promise<void> {
		const { command } = await this.query('COMMIT');
		this.#open = false;
		if (command !== 'COMMIT') throw new Error(`The database answered ${command} to COMMIT: nothing of this step was kept`);
	}

	async rollback(): Promise<void> {
		if (!this.#open || this.lost) return;
		try {
			await this.client.query('ROLLBACK');
			this.#open = false;
		} catch (error) {
			this.#note(error);
		}
	}

	/** Gives the client back; one whose transaction has not ended is closed. */
	release(): void {
		this.client.removeListener('error', this.#note);
		this.client.removeListener('end', this.#note);
		this.client.release(this.lost || this.#open);
	}
}
