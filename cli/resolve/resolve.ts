import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { buildProfiles, countryCode, currentModel, type IdentityStore, MatchRun, openStore } from '../../lib';
import { CliError } from '../cli-error';
import { OutputFile, writeRowsTo } from '../csv/output';
import { parseDelimiter } from '../csv/delimiter';
import { counted, say, type Terminal } from '../terminal';
import { Unfinished } from '../unfinished';
import { announce } from './announce';
import { type ResolvedRow, resolvedRows } from './clusters';
import { type Input, type InputOptions, openInputs } from './input';
import { type Loaded, load } from './load';
import { chooseModel } from './matching-model';
import { Progress } from './progress';
import { writeReport } from './report';
import { RowLedger } from './row-ledger';
import { printSummary, type Summary } from './summary';
import { survey } from './survey';
import { Truth } from './truth';
import { sayUnreadable } from './unreadable';

export interface ResolveOptions extends InputOptions {
	/** Undefined writes to stdout. */
	out?: string;
	/** Undefined uses a store that is removed at the end. */
	store?: string;
	/** ISO 3166 alpha-2; undefined takes the identity model's. */
	defaultCountry?: string;
	truth?: string;
	json?: string;
	/** HTML file for the figures, pictures and samples of the run. */
	report?: string;
	/** Undefined trains when the store is new and there are enough rows. */
	train?: boolean;
	/** A JSON file with a model. */
	model?: string;
	/** For everything random in training; 1 when left out. */
	seed?: number;
}

/** Records that are kept ready for comparison while the files are matched: some 200 MB. */
const READY = 100_000;

/**
 * Finds out which rows of these files are one customer and writes `source,source_id,canonical_id`, a row for each input row, in input order.
 * The files are read twice: nothing is stored before all of them are known to be in order.
 * @throws CliError, StoreError
 */
export async function resolveFiles(paths: readonly string[], asked: ResolveOptions, terminal: Terminal): Promise<Summary> {
	const started = Date.now();
	const options = { ...asked, ...(asked.delimiter === undefined ? {} : { delimiter: parseDelimiter(asked.delimiter) }) };
	const country = options.defaultCountry === undefined ? undefined : parseCountry(options.defaultCountry);
	refuseOverwriting(paths, options);
	const inputs = await openInputs(paths, options);
	const truth = options.truth === undefined ? undefined : await Truth.read(options.truth);
	const unfinished = new Unfinished();
	try {
		const out = options.out === undefined ? undefined : new OutputFile(options.out, unfinished);
		const json = options.json === undefined ? undefined : new OutputFile(options.json, unfinished);
		const report = options.report === undefined ? undefined : new OutputFile(options.report, unfinished);
		const folder = unfinished.folder();
		const ledger = new RowLedger(join(folder, 'rows.sqlite'));
		for (const input of inputs) announce(terminal, input);
		const run = new MatchRun(READY);
		run.steps.enter('read');
		const rows = await during(new Progress(terminal, 'Checking'), (progress) => survey(inputs, ledger, progress));
		for (const { csv, kinds } of inputs) {
			if (kinds.unknown === 0) continue;
			const rowsOfNone = counted(kinds.unknown, 'row');
			say(terminal, `  ${csv.path}: in ${rowsOfNone} the type is neither person nor company; they were judged by what else they have.`);
		}
		const store = await openStore({ file: options.store ?? join(folder, 'store.sqlite') });
		try {
			const { train, model, seed = 1 } = options;
			run.steps.enter('train');
			const weightsFrom = await chooseModel(store, inputs, ledger, rows, { train, model, seed, country }, terminal);
			const loaded = await loadAll(store, inputs, { ledger, rows, country, run }, terminal);
			run.steps.enter('golden records');
			// Golden records are for who opens the store later; a store that is thrown away needs none.
			const golden = () => buildProfiles(store, { systems: ledger.sources(), now: Date.now });
			if (options.store !== undefined) await telling(terminal, 'Building golden records ...', golden);
			run.steps.enter('output');
			const passing = new Counted(truth);
			const resolved = passing.through(resolvedRows(store, ledger));
			if (out) await out.writeRows(outputRows(resolved));
			else await writeRowsTo(terminal.stdout, outputRows(resolved));
			const summary: Summary = {
				...(await figures(store, rows, loaded, passing.profiles, ledger)),
				seconds: (Date.now() - started) / 1000,
				steps: run.steps.list(),
				files: inputs.map(({ csv, columns }) => ({
					file: csv.path,
					encoding: csv.encoding,
					delimiter: csv.delimiter,
					columns: Object.fromEntries(columns.map(({ name, target }) => [name, target ?? null])),
				})),
				...(truth ? { truth: truth.report() } : {}),
			};
			await json?.writeText(`${JSON.stringify(summary, undefined, 2)}\n`);
			if (report) await telling(terminal, 'Writing the report ...', () => writeReport(report, store, summary, { ended: Date.now(), seed, weightsFrom, model, truth }));
			printSummary(terminal, summary);
			if (report) say(terminal, `  The report is in ${report.path}; it holds values of some records, so share it as you would share them.`);
			return summary;
		} finally {
			await store.close();
			ledger.close();
		}
	} finally {
		unfinished.end();
	}
}

async function loadAll(
	store: IdentityStore,
	inputs: readonly Input[],
	{ ledger, rows, country, run }: { ledger: RowLedger; rows: number; country: string | undefined; run: MatchRun },
	terminal: Terminal,
): Promise<Loaded> {
	const systems = ledger.sources();
	const { model } = await store.write((tx) => currentModel(tx, systems, new Date().toISOString()));
	const defaultCountry = country ?? model.defaultCountry;
	const remedy = country === undefined ? ' (--default-country to change)' : '';
	say(terminal, `Phone numbers and dates of rows without a country are read as in ${defaultCountry}${remedy}.`);
	const progress = new Progress(terminal, 'Matching', rows);
	const loaded = await during(progress, () => load(inputs, { store, ledger, systems, defaultCountry, progress, run }));
	if (loaded.unreadableTimes > 0) {
		say(terminal, `  In ${counted(loaded.unreadableTimes, 'row')} the time of change cannot be read; the time of the file counts for them.`);
	}
	const lostPhones = loaded.unreadable.has('phone') || ledger.reasons().some(({ reason }) => reason.includes('exists in its country'));
	sayUnreadable(terminal, loaded.unreadable, lostPhones && country === undefined ? defaultCountry : undefined);
	return loaded;
}

async function figures(
	store: IdentityStore,
	rows: number,
	{ rejected, outcomes }: Loaded,
	profiles: number,
	ledger: RowLedger,
): Promise<Omit<Summary, 'seconds' | 'steps' | 'files'>> {
	const records = rows - rejected;
	return {
		rows,
		records,
		profiles,
		merged: records - profiles,
		review: await store.read((tx) => tx.reviews.countOpen()),
		rejected,
		reasons: ledger.reasons(),
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

/** For what can't be counted. */
async function telling<T>(terminal: Terminal, what: string, work: () => Promise<T>): Promise<T> {
	return during(new Progress(terminal, what), async (progress) => {
		progress.doing(what);
		// Lets the terminal have it before the work keeps the thread busy.
		await setImmediate();
		return work();
	});
}

async function during<T>(progress: Progress, work: (progress: Progress) => Promise<T>): Promise<T> {
	try {
		return await work(progress);
	} finally {
		progress.end();
	}
}

/** No file may be written that is read as well, and none twice. */
function refuseOverwriting(paths: readonly string[], { out, json, report, store, truth, model }: ResolveOptions): void {
	const taken = new Map<string, string>();
	const uses = [...paths.map((path) => ['an input file', path]), ['--truth', truth], ['--model', model], ['--store', store], ['--out', out], ['--json', json], ['--report', report]] as const;
	for (const [use, path] of uses) {
		if (path === undefined) continue;
		const earlier = taken.get(resolve(path));
		const isRead = use === 'an input file' || use === '--truth' || use === '--model';
		if (earlier !== undefined && !isRead) throw new CliError(`${path} is named as ${earlier} and as ${use}. Give ${use} another file.`);
		taken.set(resolve(path), use);
	}
}

function parseCountry(text: string): string {
	const code = countryCode(text);
	if (code !== undefined) return code;
	throw new CliError(`--default-country takes a country such as US, GB or DE (ISO 3166); "${text}" is none.`);
}
