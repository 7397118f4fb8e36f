import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../n8n/environment';
import { changedUrl } from '../postgres/server';
import { killed } from './killed-child';

const HOW_TO_GET_IT =
	'These tests need a real PgBouncer, which is not installed here. On Debian or Ubuntu: apt-get install pgbouncer. On macOS: brew install pgbouncer. ' +
	'Its service need not run: the tests start one of their own on a free port.';

/** Where Debian has it, and nobody but root looks. */
const env = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin` };
/** PgBouncer refuses to run as root. */
const NOBODY = 65_534;

/** Lines of `[pgbouncer]` in its file; https://www.pgbouncer.org/config.html */
export type Settings = Readonly<Record<string, string | number>>;

export interface RunningPgBouncer {
	/** The server's URL, by way of PgBouncer. */
	url: string;
	end(): Promise<void>;
}

/**
 * A real PgBouncer of the test's own on 127.0.0.1, in front of the server at `url`. Where `settings` say nothing it has its defaults, but for transaction mode
 * and a log-in by the server's own passwords. It ends with the process that called this.
 */
export async function startPgBouncer(url: string, settings: Settings): Promise<RunningPgBouncer> {
	if (spawnSync('pgbouncer', ['--version'], { env }).error) throw new Error(HOW_TO_GET_IT);
	const port = await freePort();
	const folder = mkdtempSync(join(tmpdir(), 'customer360-pgbouncer-'));
	const file = join(folder, 'pgbouncer.ini');
	const { hostname, port: serverPort, username, password } = new URL(url);
	writeFileSync(join(folder, 'users.txt'), `"${username}" "${password}"\n`);
	const all: Settings = {
		...{ listen_addr: '127.0.0.1', listen_port: port, unix_socket_dir: '', pool_mode: 'transaction' },
		...{ auth_type: 'scram-sha-256', auth_file: join(folder, 'users.txt'), auth_user: username },
		...settings,
	};
	const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
	writeFileSync(file, ['[databases]', `* = host=${hostname} port=${serverPort}`, '[pgbouncer]', ...lines, ''].join('\n'));
	const isRoot = process.getuid?.() === 0;
	if (isRoot) for (const own of [folder, file, join(folder, 'users.txt')]) chownSync(own, NOBODY, NOBODY);
	const child = await launch(file, isRoot ? { uid: NOBODY, gid: NOBODY } : {});
	const atExit = () => child.kill('SIGKILL');
	process.once('exit', atExit);
	return {
		url: changedUrl(url, { port: String(port) }),
		async end() {
			await killed(child);
			process.off('exit', atExit);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

async function launch(file: string, user: { uid?: number; gid?: number }): Promise<ChildProcess> {
	const child = spawn('pgbouncer', [file], { env, ...user, stdio: ['ignore', 'ignore', 'pipe'] });
	let said = '';
	await new Promise<void>((resolve, reject) => {
		const isGone = () => reject(new Error(`pgbouncer ended:\n${said.slice(-2000)}`));
		child.once('exit', isGone);
		child.stderr.on('data', (chunk: Buffer) => {
			said += chunk.toString();
			if (!said.includes('process up')) return;
			child.off('exit', isGone);
			resolve();
		});
	});
	return child;
}
