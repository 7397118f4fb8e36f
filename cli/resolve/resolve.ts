import { join } from 'node:path';
import { type IdentityStore, openStore } from '../../lib';
import { OutputFile, writeRowsTo } from '../csv/output';
import { Stop } from '../stop';
import { fileOf, storePlace } from '../store-place';
import { say, type Terminal, whileWaiting } from '../terminal';
import { Unfinished } from '../unfinished';
import { type ResolvedRow, resolvedRows } from './clusters';
import { refuseOverwriting } from './file-uses';
import { fill } from './fill';
import { buildGoldenRecords } from './golden-records';
import { openInputs } from './input';
import type { Loaded } from './load';
import { parseCountry, type FilesInOrder, prepared } from './prepare';
import { telling } from './progress';
import { rejectedTable, rejectionReasons } from './rejected-rows';
import { writeReport } from './report';
import type { RunOptions } from './run-options';
import { filesRead, printSummary, type Summary } from './summary';
import { Truth } from './truth';

export interface ResolveOptions extends RunOptions {
	/** Undefined writes to stdout. */
	out?: string;
	/** Undefined uses a store that is removed at the end. */
	store?: string;
	truth?: string;
	/** HTML file for the figures, pictures and samples of the run. */
	report?: string;
}

/**
 * Finds out which rows of these files are one customer and writes `source,source_id,canonical_id`, a row for each input row, in input order.
 * The files are read twice: nothing is stored before all of them are known to be in order.
 * @throws CliError, StoreError
 */
export async function resolveFiles(paths: readonly string[], options: ResolveOptions, terminal: Terminal): Promise<Summary> {
	const started = Date.now();
	const country = options.defaultCountry === undefined ? undefined : parseCountry(options.defaultCountry);
	const place = options.store === undefined ? undefined : storePlace(options.store);
	refuseOverwriting(paths, { ...options, store: place && fileOf(place) });
	const inputs = await openInputs(paths, options);
	const truth = options.truth === undefined ? undefined : await Truth.read(options.truth);
	const stop = new Stop(terminal);
	const unfinished = new Unfinished(stop.onSignal);
	try {
		stop.outside('Stopped while the files were checked. Nothing was written.');
		const [out, json, rejected, report] = [options.out, options.json, options.rejected, options.report].map((path) => OutputFile.ifNamed(path, unfinished));
		const { threads, train, model, seed = 1 } = options;
		return await prepared(inputs, { country, threads }, terminal, async (files) => {
			const store = await openStore(place ?? { file: join(unfinished.folder(), 'store.sqlite') }, whileWaiting(terminal));
			try {
				stop.outside('Stopped while the weights were trained. Nothing was written.');
				const onLoad = () => stop.outside(place ? `Stopped. What is in the store by now stays, and no result was written. ${GO_ON}` : 'Stopped while the rows were matched. Nothing was written.');
				const { weightsFrom, loaded } = await fill(store, files, { train, model, seed, onLoad }, terminal);
				// Golden records are for who opens the store later; a store that is thrown away needs none.
				if (place) await buildGoldenRecords(store, files.ledger.sources(), terminal, { run: files.run, threads: files.preparer.threads });
				files.run.steps.enter('output');
				stop.outside(`Stopped while the result was written. ${place ? GO_ON : 'Run the same command again for all of it.'}`);
				const passing = new Counted(truth);
				const resolved = passing.through(resolvedRows(store, files.ledger));
				if (out) await out.writeRows(outputRows(resolved));
				else await writeRowsTo(terminal.stdout, outputRows(resolved));
				const summary: Summary = {
					...(await figures(store, files, loaded, passing.profiles)),
					seconds: (Date.now() - started) / 1000,
					steps: files.run.steps.list(),
					files: filesRead(inputs),
					...(truth ? { truth: truth.report() } : {}),
				};
				await rejected?.writeRows(rejectedTable(files.ledger, inputs));
				await json?.writeText(`${JSON.stringify(summary, undefined, 2)}\n`);
				if (report) await telling(terminal, 'Writing the report ...', () => writeReport(report, store, summary, { ended: Date.now(), seed, weightsFrom, model, truth }));
				printSummary(terminal, summary, rejected?.path, place !== undefined);
				if (report) say(terminal, `  The report is in ${report.path}; it holds values of some records, so share it as you would share them.`);
				return summary;
			} finally {
				await store.close();
			}
		});
	} finally {
		unfinished.end();
	}
}

const GO_ON = 'Run the same command again to go on.';

async function figures(store: IdentityStore, { inputs, rows, ledger }: FilesInOrder, { rejected, outcomes }: Loaded, profiles: number): Promise<Omit<Summary, 'seconds' | 'steps' | 'files'>> {
	const records = rows - rejected;
	return {
		rows,
		records,
		profiles,
		merged: records - profiles,
		review: await store.read((tx) => tx.reviews.countOpen()),
		rejected,
		reasons: rejectionReasons(ledger, inputs),
		unchanged: outcomes.unchanged,
		stale: outcomes.stale,
	};
}

/** Counts distinct profiles, and compares with the truth, while the rows pass on their way to the output. */
class Counted {
	private readonly seen = new Set<string>();

	constructor(private readonly truth: Truth | undefined) {}

	get profiles(): number {
		return this.seen.size;
	}

	async *through(rows: AsyncIterable<ResolvedRow>): AsyncGenerator<ResolvedRow> {
		for await (const row of rows) {
			if (!row.canonicalId.startsWith('rejected:')) this.seen.add(row.canonicalId);
			this.truth?.add(row);
			yield row;
		}
	}
}

async function* outputRows(rows: AsyncIterable<ResolvedRow>): AsyncGenerator<string[]> {
	yield ['source', 'source_id', 'canonical_id'];
	for await (const { source, id, canonicalId } of rows) yield [source, id, canonicalId];
}
