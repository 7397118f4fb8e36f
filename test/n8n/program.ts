import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { environment, freePort } from './environment';
import { nodeBinary, repositoryRoot } from './install';

export * from './commands';
export { n8nFolder, installPackage, repositoryRoot } from './install';
export * from './session';

export interface StartOptions {
	/** `worker` starts one that takes executions from n8n's queue; `url` then answers `/healthz` only. n8n with its editor when left out. */
	command?: 'start' | 'worker';
	/** n8n's user folder (N8N_USER_FOLDER); it keeps `.n8n` inside. */
	userFolder: string;
	/** A free one on 127.0.0.1 when left out. */
	port?: number;
	/** Added to n8n's environment, over what this sets. */
	env?: Record<string, string>;
	/** Receives every line that n8n prints. */
	log?: (line: string) => void;
	/** Starts n8n's process for Code nodes as well. */
	codeNodes?: boolean;
	/** Milliseconds until n8n must be ready; 120,000 when left out. */
	timeoutMs?: number;
}

export interface RunningN8n {
	url: string;
	pid: number;
	/** Asks n8n to end and waits until it has; after 25 s it is killed. */
	stop(): Promise<void>;
	/** Kills n8n with all it started, at once and without a chance to tidy up, as a power cut would. */
	kill(): Promise<void>;
	/** Everything that n8n has printed. */
	logText(): string;
}

const ready = { start: 'Editor is now accessible', worker: 'n8n worker is now ready' };

/** Ends n8n and what it started: it leads its own process group. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
	if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
	try {
		process.kill(-child.pid, name);
	} catch {
		child.kill(name);
	}
}

/**
 * Starts the real n8n program and resolves when its editor answers, or when a worker is ready. Rejects with the end of its log when it stops or takes too long.
 * n8n ends with the process that called this; a caller that wants to stop on Ctrl-C calls `stop()` from its own handler.
 */
export async function startN8n(options: StartOptions): Promise<RunningN8n> {
	const port = options.port ?? (await freePort());
	const url = `http://127.0.0.1:${port}`;
	const command = options.command ?? 'start';
	const child = spawn(nodeBinary(), [join(repositoryRoot, 'node_modules', 'n8n', 'bin', 'n8n'), command], {
		cwd: options.userFolder,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			...environment(options.userFolder, { codeNodes: options.codeNodes, brokerPort: await freePort() }),
			N8N_PORT: String(port),
			N8N_EDITOR_BASE_URL: `${url}/`,
			N8N_WEBHOOK_URL: `${url}/`,
			...(command === 'worker' && { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(port), N8N_WORKER_SERVER_ADDRESS: '127.0.0.1' }),
			...options.env,
		},
	});
	const printed: string[] = [];
	const logText = () => printed.join('');
	const atExit = () => signal(child, 'SIGKILL');
	process.once('exit', atExit);
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	void ended.then(() => process.off('exit', atExit));

	await new Promise<void>((resolve, reject) => {
		const fail = (what: string) => {
			signal(child, 'SIGKILL');
			reject(new Error(`n8n ${what}. The end of its log:\n${logText().slice(-4000)}`));
		};
		const timer = setTimeout(() => fail(`was not ready after ${(options.timeoutMs ?? 120_000) / 1000} s`), options.timeoutMs ?? 120_000);
		const take = (chunk: Buffer) => {
			const text = chunk.toString();
			printed.push(text);
			if (options.log) for (const line of text.split('\n')) if (line.trim()) options.log(line);
			if (!logText().includes(ready[command])) return;
			clearTimeout(timer);
			resolve();
		};
		child.stdout.on('data', take);
		child.stderr.on('data', take);
		child.once('error', (error) => fail(`did not start: ${error.message}`));
		child.once('exit', (code, name) => {
			clearTimeout(timer);
			fail(`ended with ${name ?? `code ${code}`}`);
		});
	});

	return {
		url,
		pid: child.pid ?? 0,
		logText,
		async stop() {
			signal(child, 'SIGTERM');
			const hard = setTimeout(() => signal(child, 'SIGKILL'), 25_000);
			await ended;
			clearTimeout(hard);
		},
		async kill() {
			signal(child, 'SIGKILL');
			await ended;
		},
	};
}
