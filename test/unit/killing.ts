import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A program of the tests as one file of plain JavaScript, which starts in a tenth of the time. Made before the tests and removed after them. */
export function bundledProgram(...path: string[]): () => string {
	const folder = mkdtempSync(join(tmpdir(), 'customer360-program-'));
	const file = join(folder, 'program.cjs');
	beforeAll(() => {
		const bundler = resolve('node_modules', '.bin', 'esbuild');
		execFileSync(bundler, [resolve('test', 'unit', ...path), '--bundle', '--platform=node', '--log-level=error', `--outfile=${file}`]);
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));
	return () => file;
}

/** Runs a program and kills it, so many milliseconds after its first word. Says whether it had ended by itself before. */
export async function runAndKill(program: string, args: readonly string[], afterMs: number): Promise<boolean> {
	const child: ChildProcess = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
	const exited = once(child, 'exit') as Promise<[number | null]>;
	if (child.stdout) await Promise.race([once(child.stdout, 'data'), exited]);
	await Promise.race([wait(afterMs), exited]);
	child.kill('SIGKILL');
	const [code] = await exited;
	if (code !== null && code !== 0) throw new Error(`the program ended by itself with code ${code}`);
	return code === 0;
}
