import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Ended } from './command';

const root = join(__dirname, '../../..');
const program = join(root, 'dist', 'cli', 'customer360.js');

/** What the threads of `openPreparer` run. */
export const prepareProgram = join(root, 'dist', 'lib', 'prepare.worker.js');
/** What the threads of `openJudges` run. */
export const judgeProgram = join(root, 'dist', 'lib', 'judge.worker.js');
/** What the threads of `GoldenBuilders` run. */
export const goldenProgram = join(root, 'dist', 'lib', 'golden.worker.js');

/** Builds what is older than its sources. */
export function build(): void {
	const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--once'], { cwd: root, encoding: 'utf8' });
	if (status !== 0) throw new Error(`The build failed: ${stderr}`);
}

/** Starts the command as it is installed. */
export function startBuilt(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
	return spawn(process.execPath, [program, ...args], { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs the command as it is installed, to its end. */
export async function runBuilt(...args: string[]): Promise<Ended> {
	return await ended(startBuilt(args));
}

/** The same with its output going to a file that is open. */
export async function runBuiltInto(output: number, ...args: string[]): Promise<Ended> {
	return await ended(spawn(process.execPath, [program, ...args], { cwd: root, stdio: ['ignore', output, 'pipe'] }));
}

async function ended(child: ChildProcess): Promise<Ended> {
	const texts = { out: '', err: '' };
	child.stdout?.on('data', (chunk: Buffer) => (texts.out += chunk.toString()));
	child.stderr?.on('data', (chunk: Buffer) => (texts.err += chunk.toString()));
	const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? -1)));
	return { code, ...texts };
}
