import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';

/** State of a connection that both sides take to be open, in /proc/net/tcp. */
const ESTABLISHED = '01';

/**
 * A network of which nobody else knows: 127.0.0.1 in it is another one, on which everything can be lost, as where a machine or the way to it is gone.
 * Only root may make one.
 */
export class OwnNetwork {
	/** Runs a command in it; stands in front of that. */
	readonly within: readonly string[];

	private constructor(private readonly name: string) {
		this.within = ['ip', 'netns', 'exec', name];
	}

	static make(): OwnNetwork {
		const network = new OwnNetwork(`customer360-${randomUUID().slice(0, 8)}`);
		execFileSync('ip', ['netns', 'add', network.name]);
		network.mend();
		return network;
	}

	/** From now on nothing arrives, and nobody is told so. */
	cut(): void {
		execFileSync('ip', ['-n', this.name, 'link', 'set', 'lo', 'down']);
	}

	mend(): void {
		execFileSync('ip', ['-n', this.name, 'link', 'set', 'lo', 'up']);
	}

	/** How many connections whoever listens on this port takes to be open. */
	connectionsTo(port: number): number {
		const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
		const lines = execFileSync('ip', ['netns', 'exec', this.name, 'cat', '/proc/net/tcp'], { encoding: 'utf8' }).split('\n').map((line) => line.trim().split(/\s+/));
		return lines.filter(([, address, , state]) => address?.endsWith(local) === true && state === ESTABLISHED).length;
	}

	end(): void {
		execFileSync('ip', ['netns', 'del', this.name]);
	}
}
