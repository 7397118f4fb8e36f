import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * A program of this folder as one file of plain JavaScript for a process of its own, the driver within it as in the package that people install.
 * Call it once in a test file; gives the file's path.
 */
export function bundledProcess(name: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'customer360-process-'));
	const bundled = join(folder, `${name}.cjs`);
	beforeAll(() => {
		const flags = ['--bundle', '--platform=node', '--log-level=error', `--outfile=${bundled}`];
		execFileSync(resolve('node_modules', '.bin', 'esbuild'), [resolve('test', 'postgres', `${name}.ts`), ...flags]);
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));
	return bundled;
}
