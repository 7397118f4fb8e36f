import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

/** Tests that mount disks and cut networks. */
const SUFFIX = '.root.test.ts';

/** Whether this user may do that: root on Linux, in a container only where it has the right to (Docker's `--privileged`). */
const mayRun = spawnSync('unshare', ['--mount', '--net', 'true']).status === 0;

/** What jest leaves out where it can't be run; said at the end of a run of all tests, as nobody misses what was never listed. */
export const leftOut = mayRun ? [] : [`${SUFFIX.replaceAll('.', '\\.')}$`];

/** A reporter for jest. */
export default class RootTests {
	constructor({ rootDir, testPathPatterns }) {
		this.rootDir = rootDir;
		this.isWhole = testPathPatterns.patterns.length === 0;
	}

	onRunComplete() {
		if (mayRun || !this.isWhole) return;
		const files = globSync(`test/**/*${SUFFIX}`, { cwd: this.rootDir }).sort();
		const remedy = 'They need root on Linux, and in a container the right to mount (docker run --privileged): full disks, power cuts and lost machines were not tried.';
		// Behind jest's own summary, which comes after this.
		process.once('exit', () => process.stderr.write(`\nNOT RUN HERE: ${files.length} files of tests. ${remedy}\n${files.map((file) => `  ${file}\n`).join('')}`));
	}
}
