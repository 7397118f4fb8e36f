import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { nodeBinary, repositoryRoot } from './install';

/** What is left of a log in an error. Characters. */
const END_OF_LOG = 4000;
/** n8n has so long to end by itself. Milliseconds. */
const PATIENCE_MS = 25_000;

/** One process of n8n, with what it prints. It leads its own process group, and ends with the process that made it. */
export class N8nProcess {
	readonly #child: ChildProcessByStdio<null, Readable, Readable>;
	readonly #ended: Promise<void>;
	#printed = '';

	/** @param log receives every line that n8n prints */
	constructor(command: string, folder: string, env: NodeJS.ProcessEnv, log?: (line: string) => void) {
		const program = join(repositoryRoot, 'node_modules', 'n8n', 'bin', 'n8n');
		this.#child = spawn(nodeBinary(), [program, command], { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env });
		const take = (chunk: Buffer): void => {
			const text = chunk.toString();
			this.#printed += text;
			if (log) for (const line of text.split('\n')) if (line.trim()) log(line);
		};
		this.#child.stdout.on('data', take);
		this.#child.stderr.on('data', take);
		const atExit = () => this.#signal('SIGKILL');
		process.once('exit', atExit);
		this.#ended = new Promise((resolve) => this.#child.once('exit', () => resolve()));
		void this.#ended.then(() => process.off('exit', atExit));
	}

	get pid(): number {
		return this.#child.pid ?? 0;
	}

	/** Everything that n8n has printed. */
	logText(): string {
		return this.#printed;
	}

	/** Resolves when n8n has printed `words`. Rejects with the end of its log when it stops before that or takes longer; then it is killed. */
	async untilItSays(words: string, timeoutMs: number): Promise<void> {
		const outputs = [this.#child.stdout, this.#child.stderr];
		let [timer, look]: [NodeJS.Timeout | undefined, () => void] = [undefined, () => undefined];
		try {
			await new Promise<void>((resolve, reject) => {
				const fail = (what: string) => reject(new Error(`n8n ${what}. The end of its log:\n${this.logText().slice(-END_OF_LOG)}`));
				look = () => this.logText().includes(words) && resolve();
				for (const output of outputs) output.on('data', look);
				this.#child.once('error', (error) => fail(`did not start: ${error.message}`));
				this.#child.once('exit', (code, name) => fail(`ended with ${name ?? `code ${code}`}`));
				timer = setTimeout(() => fail(`was not ready after ${timeoutMs / 1000} s`), timeoutMs);
			});
		} catch (error) {
			this.#signal('SIGKILL');
			throw error;
		} finally {
			clearTimeout(timer);
			for (const output of outputs) output.off('data', look);
		}
	}

	/** Asks n8n to end and waits until it has; one that takes too long is killed. */
	async stop(): Promise<void> {
		this.#signal('SIGTERM');
		const hard = setTimeout(() => this.#signal('SIGKILL'), PATIENCE_MS);
		await this.#ended;
		clearTimeout(hard);
	}

	/** Kills n8n with all it started, at once and without a chance to tidy up, as a power cut would. */
	async kill(): Promise<void> {
		this.#signal('SIGKILL');
		await this.#ended;
	}

	#signal(name: NodeJS.Signals): void {
		const { pid, exitCode, signalCode } = this.#child;
		if (pid === undefined || exitCode !== null || signalCode !== null) return;
		try {
			process.kill(-pid, name);
		} catch {
			this.#child.kill(name);
		}
	}
}
