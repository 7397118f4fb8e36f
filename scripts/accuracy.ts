import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { resolveFiles } from '../cli/resolve/resolve';
import { aligned } from '../cli/terminal';
import { DATA_SETS } from './accuracy/data-sets';

/**
 * Resolves labelled data with the shipped defaults, through the command line's own path, and prints how well that went.
 * Words on the command line choose data sets by their names.
 */
async function main(chosen: readonly string[]): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'customer360-accuracy-'));
	const lines = [['data', 'rows', 'precision', 'recall', 'F1', 'B-cubed', 'review', 'seconds', 'to reach']];
	try {
		for (const [index, dataSet] of DATA_SETS.entries()) {
			const { name, goal } = dataSet;
			if (chosen.length > 0 && !chosen.some((word) => name.toLowerCase().includes(word.toLowerCase()))) continue;
			const place = join(folder, String(index));
			mkdirSync(place);
			const prepared = dataSet.prepare(place);
			if (!prepared) {
				lines.push([name, 'the data is not there']);
				continue;
			}
			const { files, truth, map, type, idColumn } = prepared;
			const silent = { stdout: sink(), stderr: sink() };
			const summary = await resolveFiles(files, { map, sources: [], truth, type, idColumn, out: join(place, 'out.csv') }, silent);
			const share = (value: number | undefined) => (value ?? Number.NaN).toFixed(4);
			const { precision, recall, f1, bCubed } = summary.truth ?? {};
			lines.push([name, String(summary.rows), share(precision), share(recall), share(f1), share(bCubed?.f1), String(summary.review), summary.seconds.toFixed(1), goal]);
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	process.stdout.write(`${aligned(lines).join('\n')}\n`);
}

function sink(): Writable {
	return new Writable({ write: (_chunk, _encoding, done) => done() });
}

void main(process.argv.slice(2));
