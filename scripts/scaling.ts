import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aligned } from '../cli/terminal';
import { made } from './accuracy/data-sets';
import { MADE_SETS } from './accuracy/made';

const SIZES = [10_000, 100_000];

/**
 * Resolves made contacts of five systems through the built command line, few and ten times as many, each in a process of its own,
 * and prints how much longer the many take. Options of its own, such as `--threads 1`, go to the command line as they are.
 */
function main(): void {
	const folder = mkdtempSync(join(tmpdir(), 'customer360-scaling-'));
	try {
		const runs = SIZES.map((size) => run(folder, size));
		const lines = runs.map(({ rows, seconds, slowest }) => [String(rows), seconds.toFixed(1), (rows / seconds).toFixed(0), slowest]);
		process.stdout.write(`${aligned([['rows', 'seconds', 'rows a second', 'slowest step'], ...lines]).join('\n')}\n`);
		const [few, many] = runs;
		if (few && many) process.stdout.write(`  ${(many.rows / few.rows).toFixed(1)} times the rows take ${(many.seconds / few.seconds).toFixed(1)} times as long.\n`);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function run(folder: string, size: number): { rows: number; seconds: number; slowest: string } {
	const place = join(folder, String(size));
	mkdirSync(place);
	const [contacts] = MADE_SETS;
	if (!contacts) throw new Error('there are no made data sets');
	const prepared = made({ ...contacts, size }).prepare(place);
	if (!prepared) throw new Error('the contacts could not be made');
	const { files, type } = prepared;
	const json = join(place, 'figures.json');
	const command = ['dist/cli/customer360.js', 'resolve', ...files, '--out', join(place, 'out.csv'), '--json', json, ...(type ? ['--type', type] : []), ...process.argv.slice(2)];
	const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', maxBuffer: 1 << 26 });
	if (status !== 0) throw new Error(`customer360 ${command.slice(1).join(' ')} ended with ${status}: ${stderr}`);
	const { rows, seconds, steps } = JSON.parse(readFileSync(json, 'utf8')) as { rows: number; seconds: number; steps: { step: string; seconds: number }[] };
	const [slowest] = [...steps].sort((x, y) => y.seconds - x.seconds);
	return { rows, seconds, slowest: slowest ? `${slowest.step} (${slowest.seconds.toFixed(1)} s)` : '' };
}

main();
