import Bottleneck from 'bottleneck';
import type { Cluster, Redis } from 'ioredis';
import { SharedLimitUnavailable } from './errors';
import type { QueueModeRedis } from './queue-mode';
import { redact } from './redact';

/**
 * This process's connection to the Redis of n8n's queue mode, made at the first use and shared by all limiters.
 * While nothing is under way it does not keep the process from ending.
 */
export class SharedRedis {
	private connecting: Promise<Bottleneck.IORedisConnection> | undefined;
	private client: Redis | Cluster | undefined;
	/** Why Redis cannot be reached at the moment; empty when it can. */
	private trouble = '';

	constructor(readonly settings: QueueModeRedis) {}

	/**
	 * Waits until Redis answers.
	 * @throws SharedLimitUnavailable when it does not within `settings.patienceMs`; the next call tries again from the start.
	 */
	connected(): Promise<Bottleneck.IORedisConnection> {
		return (this.connecting ??= this.connect());
	}

	/** Waits for an answer as long as Redis may be away. */
	async within<T>(answer: Promise<T>): Promise<T> {
		let timer: NodeJS.Timeout | undefined;
		const late = new Promise<never>((_, reject) => {
			timer = setTimeout(() => reject(new Error('no answer')), this.settings.patienceMs);
		});
		try {
			return await Promise.race([answer, late]);
		} catch (error) {
			throw this.unavailable(error);
		} finally {
			clearTimeout(timer);
		}
	}

	/**
	 * Runs a script on one key, after all commands that this process sent before.
	 * @throws SharedLimitUnavailable when Redis does not answer within `settings.patienceMs`
	 */
	async run(script: string, key: string, ...values: number[]): Promise<void> {
		if (this.client) await this.within(this.client.eval(script, 1, key, ...values));
	}

	unavailable(error: unknown): SharedLimitUnavailable {
		if (error instanceof SharedLimitUnavailable) return error;
		const { host, port, password, clusterNodes } = this.settings;
		const where = clusterNodes.length > 0 ? clusterNodes.map((node) => `${node.host}:${node.port}`).join(', ') : `${host}:${port}`;
		// The error itself is not kept: ioredis hangs the command on it, and the command can be AUTH.
		const said = redact(this.trouble || (error instanceof Error ? error.message : String(error)), password ? [password] : []);
		return new SharedLimitUnavailable(`the rate limit that n8n's processes share could not be asked, because Redis at ${where} failed (${said})`);
	}

	async disconnect(): Promise<void> {
		const { client, connecting } = this;
		this.client = undefined;
		this.connecting = undefined;
		const connection = await connecting?.catch(() => undefined);
		await connection?.disconnect(false);
		client?.disconnect();
	}

	private async connect(): Promise<Bottleneck.IORedisConnection> {
		// Loaded here, for most processes never need it.
		const { openRedis } = await import('./redis-client');
		const client = (this.client = openRedis(this.settings));
		// Without a listener, here and below, an error event would end the process. ioredis connects again by itself.
		client.on('error', (error: Error) => (this.trouble = error.message));
		client.on('ready', () => (this.trouble = ''));
		try {
			await this.within(client.ping());
		} catch (error) {
			client.disconnect();
			this.connecting = undefined;
			throw error;
		}
		const connection = new Bottleneck.IORedisConnection({ client });
		connection.on('error', () => undefined);
		return connection;
	}
}
