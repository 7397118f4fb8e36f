import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../n8n/environment';
import { killed } from './killed-child';

const HOW_TO_GET_IT =
	'These tests need a real redis-server, which is not installed here. On Debian or Ubuntu: apt-get install redis-server. On macOS: brew install redis. ' +
	'Its service need not run: the tests start one of their own on a free port.';

export interface RunningRedis {
	port: number;
	/** Stops it in its place: it takes connections and answers nothing. */
	freeze(): void;
	thaw(): void;
	/** Ends it at once; what it knew is gone. */
	kill(): Promise<void>;
	/** A new, empty one on the same port. */
	restart(): Promise<void>;
}

/** A redis-server of the test's own on 127.0.0.1, without persistence. It ends with the process that called this. */
export async function startRedis(options: { password?: string; cluster?: boolean } = {}): Promise<RunningRedis> {
	if (spawnSync('redis-server', ['--version']).error) throw new Error(HOW_TO_GET_IT);
	const port = await freePort();
	const folder = mkdtempSync(join(tmpdir(), 'customer360-redis-'));
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
	if (options.password) args.push('--requirepass', options.password);
	if (options.cluster) args.push('--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1', '--cluster-port', String(await freePort()));

	let child = await launch(args);
	const atExit = () => {
		child.kill('SIGKILL');
		rmSync(folder, { recursive: true, force: true });
	};
	process.once('exit', atExit);
	return {
		port,
		freeze: () => child.kill('SIGSTOP'),
		thaw: () => child.kill('SIGCONT'),
		async kill() {
			await killed(child);
			process.off('exit', atExit);
			rmSync(folder, { recursive: true, force: true });
		},
		async restart() {
			await killed(child);
			child = await launch(args);
		},
	};
}

async function launch(args: string[]): Promise<ChildProcess> {
	const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'pipe'] });
	let printed = '';
	await new Promise<void>((resolve, reject) => {
		const fail = (what: string) => {
			clearTimeout(timer);
			child.kill('SIGKILL');
			reject(new Error(`redis-server ${what}:\n${printed.slice(-2000)}`));
		};
		const timer = setTimeout(() => fail('was not ready after 10 s'), 10_000);
		const ended = () => fail('ended');
		child.once('exit', ended);
		child.stdout.on('data', (chunk: Buffer) => {
			printed += chunk.toString();
			if (!printed.includes('Ready to accept connections')) return;
			clearTimeout(timer);
			child.off('exit', ended);
			resolve();
		});
	});
	return child;
}
