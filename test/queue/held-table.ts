import { Client } from 'pg';

/** Processes of this package that write to the store, by what they are doing at this moment. */
export interface Writers {
	/** Has the store's lock, has written something that nobody sees yet, and stands still before the held table. */
	inside: number;
	/** Wait for their turn to write. */
	queued: number;
}

/**
 * One table of the store that can be read and not written. Whoever comes to it in a transaction stands still there until it is let go,
 * so that a process can be killed in the middle of one for certain, however fast the machine is.
 */
export class HeldTable {
	private constructor(private readonly client: Client) {}

	/** @param url of the store's database, as a role that may lock its tables and see what others do */
	static async hold(url: string, table: string): Promise<HeldTable> {
		const client = new Client(url);
		// A test that stops the server takes this connection with it; the lock is gone then, too.
		client.on('error', () => undefined);
		await client.connect();
		await client.query(`BEGIN; LOCK TABLE ${table} IN SHARE MODE`);
		return new HeldTable(client);
	}

	async writers(): Promise<Writers> {
		// Within a transaction, the server goes on showing what it showed first.
		await this.client.query('SELECT pg_stat_clear_snapshot()');
		const { rows } = await this.client.query<Writers>(
			`SELECT count(*) FILTER (WHERE pg_backend_pid() = ANY (pg_blocking_pids(a.pid)) AND a.backend_xid IS NOT NULL AND EXISTS (
				SELECT 1 FROM pg_locks l WHERE l.pid = a.pid AND l.locktype = 'advisory' AND l.granted))::int AS inside,
			count(*) FILTER (WHERE a.wait_event_type = 'Lock' AND a.wait_event = 'advisory')::int AS queued
			FROM pg_stat_activity a WHERE a.datname = current_database() AND a.application_name = 'n8n-nodes-customer360'`,
		);
		return rows[0] ?? { inside: 0, queued: 0 };
	}

	/** Takes their connection from those who stand before it. */
	async cutOff(): Promise<void> {
		await this.client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))');
	}

	/** Lets it go; whoever stood before it goes on. */
	async release(): Promise<void> {
		await this.client.end().catch(() => undefined);
	}
}
