import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';

const SERVE = join(__dirname, 'serve.mjs');

/**
 * URL of a PostgreSQL server, with a role that may do everything: the one in CUSTOMER360_TEST_POSTGRES_URL, else a real server that the first test
 * of this run starts, on 127.0.0.1 and in the temp folder; it ends with the run.
 */
export async function postgresUrl(): Promise<string> {
	const given = process.env.CUSTOMER360_TEST_POSTGRES_URL;
	if (given) return given;
	const folder = process.env.CUSTOMER360_TEST_POSTGRES_FOLDER;
	if (!folder) throw new Error('The global setup in jest.config.mjs names the folder of the PostgreSQL server; run these tests with that configuration');
	const [urlFile, lock] = [`${folder}.url`, `${folder}.lock`];
	if (!existsSync(urlFile) && isFirst(lock)) {
		const { url, keeper } = await serve(folder, Number(process.env.CUSTOMER360_TEST_RUN));
		writeFileSync(`${folder}.pid`, String(keeper.pid));
		keeper.stdin?.destroy();
		keeper.stdout?.destroy();
		keeper.unref();
		writeFileSync(`${urlFile}.unfinished`, url);
		renameSync(`${urlFile}.unfinished`, urlFile);
	}
	for (let tries = 0; !existsSync(urlFile) && tries < 400; tries++) await wait(50);
	return readFileSync(urlFile, 'utf8');
}

/** A server of its own for one test, which may stop and start it; `end` takes it away. */
export class OwnServer {
	private constructor(
		readonly url: string,
		private readonly keeper: ChildProcess,
		private readonly folder: string,
	) {}

	/** @param within a command that runs another one, with its arguments in front of that */
	static async start(within: readonly string[] = []): Promise<OwnServer> {
		const folder = join(tmpdir(), `customer360-postgres-${randomUUID()}`);
		const { url, keeper } = await serve(folder, process.pid, within);
		return new OwnServer(url, keeper, folder);
	}

	/** Ends the server at once, as a crash of its machine would. */
	stop(): void {
		process.kill(this.pid, 'SIGQUIT');
	}

	/** Ends it at once, waits until it has ended, and starts it again. */
	async restart(): Promise<void> {
		const { pid } = this;
		this.stop();
		while (isRunning(pid)) await wait(20);
		await this.startAgain();
	}

	private get pid(): number {
		return Number(readFileSync(join(this.folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
	}

	/** Starts it again, on the same port and the same data. */
	async startAgain(): Promise<void> {
		this.keeper.stdin?.write('start\n');
		await firstLine(this.keeper);
	}

	async end(): Promise<void> {
		const ended = once(this.keeper, 'exit');
		this.keeper.kill('SIGTERM');
		await ended;
	}
}

/** Runs statements as the role of `url`. */
export async function runSql(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
	const client = new Client(url);
	await client.connect();
	try {
		let rows: Record<string, unknown>[] = [];
		for (const statement of statements) rows = (await client.query<Record<string, unknown>>(statement)).rows;
		return rows;
	} finally {
		await client.end();
	}
}

/** The URL with another user or database. */
export function changedUrl(url: string, changes: { username?: string; password?: string; pathname?: string; hostname?: string; port?: string }): string {
	return Object.assign(new URL(url), changes).toString();
}

function isRunning(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

function isFirst(lock: string): boolean {
	try {
		mkdirSync(lock);
		return true;
	} catch {
		return false;
	}
}

async function serve(folder: string, followed: number, within: readonly string[] = []): Promise<{ url: string; keeper: ChildProcess }> {
	const command = [...within, process.execPath, SERVE, folder, String(followed)];
	const keeper = spawn(command[0] ?? '', command.slice(1), { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
	const url = await firstLine(keeper);
	return { url, keeper };
}

async function firstLine(keeper: ChildProcess): Promise<string> {
	const line = await new Promise<string>((resolve, reject) => {
		keeper.stdout?.once('data', (text: Buffer) => resolve(text.toString().trim()));
		const what = 'The PostgreSQL server of the tests did not start; run "npm run setup" and look at what test/postgres/serve.mjs says';
		keeper.once('exit', () => reject(new Error(what)));
	});
	return line;
}
