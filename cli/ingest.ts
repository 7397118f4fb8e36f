import type { IdentityStore } from '../lib';
import { openStore } from '../lib';
import { OutputFile } from './csv/output';
import { refuseOverwriting } from './resolve/file-uses';
import { fill, type FillOptions } from './resolve/fill';
import { buildGoldenRecords } from './resolve/golden-records';
import { openInputs } from './resolve/input';
import type { Loaded } from './resolve/load';
import { parseCountry, type FilesInOrder, prepared } from './resolve/prepare';
import { rejectedTable, rejectionReasons } from './resolve/rejected-rows';
import type { RunOptions } from './resolve/run-options';
import { filesRead, printFigures, type RunFigures, sayReview } from './resolve/summary';
import { Stop } from './stop';
import { fileOf, storePlace } from './store-place';
import { grouped, type Terminal, whileWaiting } from './terminal';
import { Unfinished } from './unfinished';

export interface IngestOptions extends RunOptions {
	store: string;
}

/** What a load came to; also what `--json` writes. */
export interface IngestFigures extends RunFigures {
	/** In the whole store. */
	profiles: number;
	/** Golden records that were built or built again. */
	golden: number;
	rowsPerSecond: number;
}

/**
 * Loads the rows of these files into a lasting store, matches them and builds the golden records. Nothing is stored before all files are known to be
 * in order. A stop at any moment loses no batch that was written, and the same command again goes on from there to the same store.
 * @throws CliError, StoreError; Stopped after a signal, once the batch that ran is written
 */
export async function ingestFiles(paths: readonly string[], options: IngestOptions, terminal: Terminal): Promise<IngestFigures> {
	const started = Date.now();
	const country = options.defaultCountry === undefined ? undefined : parseCountry(options.defaultCountry);
	const place = storePlace(options.store);
	refuseOverwriting(paths, { ...options, store: fileOf(place) });
	const inputs = await openInputs(paths, options);
	const stop = new Stop(terminal);
	const unfinished = new Unfinished(stop.onSignal);
	try {
		stop.outside(`Stopped while the files were checked; nothing of them was stored. ${GO_ON}`);
		const [json, rejected] = [options.json, options.rejected].map((path) => OutputFile.ifNamed(path, unfinished));
		const { threads, train, model, seed = 1 } = options;
		return await prepared(inputs, { country, threads }, terminal, async (files) => {
			const store = await openStore(place, whileWaiting(terminal));
			try {
				const { rows } = files;
				stop.outside(`Stopped while the weights were trained; no row was stored. ${GO_ON}`);
				const { loaded } = await fill(store, files, { ...{ train, model, seed, actor: 'customer360 ingest' }, ...stopping(stop, rows) }, terminal);
				const onBatch = (built: number) => stop.check(() => `Stopped while golden records were built, ${grouped(built)} by now; all rows are in the store. ${GO_ON}`);
				const golden = await buildGoldenRecords(store, files.ledger.sources(), terminal, { run: files.run, threads: files.preparer.threads, onBatch });
				const figures = await figuresOf(store, files, loaded, golden, started);
				await rejected?.writeRows(rejectedTable(files.ledger, inputs));
				print(figures, rejected?.path, terminal);
				await json?.writeText(`${JSON.stringify(figures, undefined, 2)}\n`);
				return figures;
			} finally {
				await store.close();
			}
		});
	} finally {
		unfinished.end();
	}
}

const GO_ON = 'Run the same command again to go on; what is in the store is not done again.';

function stopping(stop: Stop, rows: number): Pick<FillOptions, 'onLoad' | 'onBatch' | 'onMatch'> {
	return {
		onLoad: () => stop.begin(),
		onBatch: (done) => stop.check(() => `Stopped. ${grouped(done)} of ${grouped(rows)} rows are in the store. ${GO_ON}`),
		onMatch: () => stop.check(() => `Stopped while the records were matched, which begins anew; all rows are in the store. ${GO_ON}`),
	};
}

async function figuresOf(store: IdentityStore, { inputs, rows, ledger, run }: FilesInOrder, { rejected, outcomes }: Loaded, golden: number, started: number): Promise<IngestFigures> {
	const { profiles, review } = await store.read(async (tx) => ({ profiles: (await tx.profiles.counts()).profiles, review: await tx.reviews.countOpen() }));
	const seconds = (Date.now() - started) / 1000;
	return {
		...{ rows, records: rows - rejected, unchanged: outcomes.unchanged, stale: outcomes.stale, rejected, reasons: rejectionReasons(ledger, inputs) },
		...{ profiles: profiles.person + profiles.company, golden, review },
		...{ seconds, rowsPerSecond: Math.round(rows / seconds), steps: run.steps.list(), files: filesRead(inputs) },
	};
}

function print(figures: IngestFigures, rejectedFile: string | undefined, terminal: Terminal): void {
	const { rows, records, unchanged, profiles, golden, review, rejected, seconds, rowsPerSecond } = figures;
	const lines: [string, number | string][] = [
		['rows read', rows],
		['records', records],
		['already in the store', unchanged],
		['rejected', rejected],
		['profiles in the store', profiles],
		['golden records built', golden],
		['pairs for review', review],
		['seconds', seconds.toFixed(1)],
		['rows a second', rowsPerSecond],
	];
	printFigures(terminal, figures, lines, rejectedFile);
	sayReview(terminal, review);
}
