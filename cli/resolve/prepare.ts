import { countryCode, MatchRun, openPreparer, type Preparer } from '../../lib';
import { CliError } from '../cli-error';
import { say, type Terminal } from '../terminal';
import { announce } from './announce';
import type { Input } from './input';
import { during, Progress } from './progress';
import { RowLedger } from './row-ledger';
import { survey } from './survey';
import { threadsBeside } from './threads';

/** Files that were read once and are in order, with all that is needed to read them again. */
export interface FilesInOrder {
	inputs: readonly Input[];
	ledger: RowLedger;
	/** In all files. */
	rows: number;
	/** ISO 3166 alpha-2; undefined takes the identity model's. */
	country: string | undefined;
	preparer: Preparer;
	run: MatchRun;
}

export interface PrepareOptions {
	country: string | undefined;
	/** In all; undefined takes what suits the machine. */
	threads: number | undefined;
}

/** Records that are kept ready for comparison while the files are matched: some 60 MB. */
const READY = 30_000;

/**
 * Says how the files are read, reads all of them once and does the work; lets go of ledger and threads at its end.
 * @throws CliError for a fault in a row
 */
export async function prepared<T>(inputs: readonly Input[], { country, threads }: PrepareOptions, terminal: Terminal, work: (files: FilesInOrder) => Promise<T>): Promise<T> {
	const ledger = new RowLedger();
	let preparer: Preparer | undefined;
	try {
		for (const input of inputs) announce(terminal, input);
		const run = new MatchRun(READY);
		run.steps.enter('read');
		const { rows, repeatedNames } = await during(new Progress(terminal, 'Checking'), (progress) => survey(inputs, ledger, progress));
		for (const { csv, kinds } of inputs) {
			if (kinds.unknown.count === 0) continue;
			say(terminal, `  ${csv.path}: in ${kinds.unknown.inWords()} the type is neither person nor company; they were judged by what else they have.`);
		}
		if (repeatedNames.count > 0) say(terminal, `  The names of the columns stand once more in ${repeatedNames.inWords()}, as where exports were put one below the other; that is no record.`);
		preparer = openPreparer(threadsBeside(threads, rows, terminal));
		return await work({ inputs, ledger, rows, country, preparer, run });
	} finally {
		await preparer?.close();
		ledger.close();
	}
}

/** @throws CliError */
export function parseCountry(text: string): string {
	const code = countryCode(text);
	if (code !== undefined) return code;
	throw new CliError(`--default-country takes a country such as US, GB or DE (ISO 3166); "${text}" is none.`);
}
