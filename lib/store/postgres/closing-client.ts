import { Client } from 'pg';

type Connected = ((error: Error) => void) | ((error: null, client: Client) => void);

/**
 * A client that lets go of a connection on which it was not let in. `pg` itself keeps some of them, as where a server asks for a password and there is none,
 * and the process could not end before the server gives up, a minute later.
 */
export class ClosingClient extends Client {
	override connect(): Promise<Client>;
	override connect(callback: Connected): void;
	override connect(callback?: Connected): Promise<Client> | undefined {
		const connecting = super.connect();
		// Why it was not let in is told by `connecting`; a connection that is gone need not be closed.
		connecting.catch(() => this.end()).catch(() => undefined);
		if (!callback) return connecting;
		const told = callback as (error: Error | null, client?: Client) => void;
		connecting.then(
			(client) => told(null, client),
			(error: unknown) => told(error as Error),
		);
		return undefined;
	}
}
