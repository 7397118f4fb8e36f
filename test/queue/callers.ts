import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { RateLimit } from '../../lib';
import { nodeBinary } from '../n8n/install';

/** A process that calls a vendor through the built package. */
export class Caller {
	private constructor(readonly child: ChildProcess) {}

	static async start(baseUrl: string, limit: RateLimit, env: Record<string, string>): Promise<Caller> {
		const child = fork(join(__dirname, 'caller.cjs'), [baseUrl, 'shop:1', JSON.stringify(limit)], {
			execPath: nodeBinary(),
			env: { PATH: process.env.PATH, ...env },
			stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		});
		const caller = new Caller(child);
		await caller.next();
		return caller;
	}

	/** Makes so many calls at once; what became of each. */
	async call(calls: number): Promise<string[]> {
		const outcomes = this.next();
		this.child.send({ calls });
		return (await outcomes) as string[];
	}

	/** Makes so many calls without anybody waiting for them. */
	begin(calls: number): void {
		this.child.send({ calls });
	}

	/** Makes a last call, disconnects, and ends by itself; the exit code. */
	async end(): Promise<number | null> {
		const ended = new Promise<number | null>((resolve) => this.child.once('exit', resolve));
		this.child.send({ calls: 1, then: 'end' });
		return await ended;
	}

	async kill(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		const ended = new Promise((resolve) => this.child.once('exit', resolve));
		this.child.kill('SIGKILL');
		await ended;
	}

	/** What becomes of the calls that end next. */
	async outcomes(): Promise<string[]> {
		return (await this.next()) as string[];
	}

	private next(): Promise<unknown> {
		return new Promise((resolve, reject) => {
			const died = (code: number | null, name: string | null) => reject(new Error(`The caller ended with ${name ?? `code ${code}`}.`));
			this.child.once('exit', died);
			this.child.once('message', (message) => {
				this.child.off('exit', died);
				resolve(message);
			});
		});
	}
}
