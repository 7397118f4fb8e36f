import type { Input } from './input';
import { type RejectionReason, sayRejected } from './rejected-rows';
import type { TruthReport } from './truth';
import { aligned, grouped, say, type Terminal } from '../terminal';

/** What every run over rows comes to. */
export interface RunFigures {
	/** Rows in all files. */
	rows: number;
	/** Rows that became records. */
	records: number;
	/** Pairs that a person should look at, in the whole store. */
	review: number;
	rejected: number;
	/** Why rows were rejected, the most frequent first. */
	reasons: RejectionReason[];
	/** Rows that the store had already in this version. */
	unchanged: number;
	/** Rows for which the store keeps a newer version. */
	stale: number;
	seconds: number;
	/** How long each step took, in order of first appearance. */
	steps: { step: string; seconds: number }[];
	files: { file: string; encoding: string; delimiter: string; columns: Record<string, string | null> }[];
}

/** What `resolve` came to; also what `--json` writes. */
export interface Summary extends RunFigures {
	/** Distinct profiles of these records. */
	profiles: number;
	/** Records that joined another: `records` less `profiles`. */
	merged: number;
	truth?: TruthReport;
}

/** How each file was read. */
export function filesRead(inputs: readonly Input[]): Summary['files'] {
	return inputs.map(({ csv, columns }) => ({
		file: csv.path,
		encoding: csv.encoding,
		delimiter: csv.delimiter,
		columns: Object.fromEntries(columns.map(({ name, target }) => [name, target ?? null])),
	}));
}

/**
 * @param rejectedFile that has the rejected rows
 * @param isKept whether the store is there afterwards
 */
export function printSummary(terminal: Terminal, summary: Summary, rejectedFile: string | undefined, isKept: boolean): void {
	const { rows, records, profiles, merged, review, rejected, unchanged, seconds, truth } = summary;
	const lines: [string, number | string][] = [
		['rows read', rows],
		['records', records],
		['profiles', profiles],
		['merged', merged],
		['pairs for review', review],
		['rejected', rejected],
		...(unchanged > 0 ? [['already in the store', unchanged] satisfies [string, number]] : []),
		['seconds', seconds.toFixed(1)],
	];
	printFigures(terminal, summary, lines, rejectedFile);
	if (rejected > 0) say(terminal, '  Rejected rows are in the output as rejected:<source>:<id>; they join nobody.');
	if (isKept) sayReview(terminal, review);
	else if (review > 0) say(terminal, '  To see the pairs for review, keep the store with --store FILE: "customer360 review list" prints them, and "customer360 explain" says why each is one.');
	if (truth) printTruth(terminal, truth);
}

/** Where questions are seen and answered. @param review how many are open in the store */
export function sayReview(terminal: Terminal, review: number): void {
	if (review === 0) return;
	const [pairs, them] = review === 1 ? ['pair waits', 'it'] : ['pairs wait', 'them'];
	say(terminal, `  ${grouped(review)} ${pairs} for a person: "customer360 review list" and the Customer 360 Review node show ${them}, and the node takes the answers.`);
}

/** Prints the lines, the steps, and whatever needs a word. @param rejectedFile that has the rejected rows */
export function printFigures(
	terminal: Terminal,
	{ rows, reasons, stale, steps }: RunFigures,
	lines: readonly (readonly [string, number | string])[],
	rejectedFile: string | undefined,
): void {
	const cells = lines.map(([name, value]) => [name, typeof value === 'number' ? grouped(value) : value] as const);
	const width = Math.max(...cells.map(([, value]) => value.length));
	say(terminal, '', ...aligned(cells.map(([name, value]) => [name, value.padStart(width)])));
	say(terminal, `  ${stepsLine(steps)}`);
	if (rows === 0) say(terminal, '  There is no row below the column names, so there is nothing to match.');
	sayRejected(terminal, reasons, rejectedFile);
	if (stale > 0) {
		say(
			terminal,
			`  For ${grouped(stale)} rows the store keeps another version with the same or a later time of change, and its answer stands. ` +
				'To use these rows as they are now, give them a later time of change (that of the file, where no column says it), or use a new --store.',
		);
	}
}

/** Names the slowest step, and then all that took any time. */
function stepsLine(steps: Summary['steps']): string {
	const [slowest] = [...steps].sort((x, y) => y.seconds - x.seconds);
	if (!slowest) return 'no step took any time';
	const all = steps.filter((step) => step === slowest || step.seconds >= 0.05).map(({ step, seconds }) => `${step} ${seconds.toFixed(1)}`).join(', ');
	return `slowest step: ${slowest.step} (seconds by step: ${all})`;
}

function printTruth(terminal: Terminal, truth: TruthReport): void {
	const share = (value: number) => value.toFixed(4);
	const pairs: [string, 'truePairs' | 'foundPairs' | 'correctPairs'][] = [['true pairs', 'truePairs'], ['found pairs', 'foundPairs'], ['correct pairs', 'correctPairs']];
	const lines = [
		['records in the truth', grouped(truth.records)],
		...pairs.map(([name, key]) => [name, grouped(truth[key])]),
		['precision', share(truth.precision)],
		['recall', share(truth.recall)],
		['F1', share(truth.f1)],
		['B-cubed precision', share(truth.bCubed.precision)],
		['B-cubed recall', share(truth.bCubed.recall)],
		['B-cubed F1', share(truth.bCubed.f1)],
	];
	const width = Math.max(...lines.map(([, value]) => value?.length ?? 0));
	say(terminal, '', 'Compared with the truth, by pairs and (B-cubed) by records:', ...aligned(lines.map(([name, value]) => [name ?? '', (value ?? '').padStart(width)])));
	if (truth.records === 0) {
		say(terminal, '  No row of the input is named in the truth. Look whether both have the same names of sources and the same IDs.');
	} else if (truth.missing > 0) {
		say(terminal, `  ${grouped(truth.missing)} rows of the truth name a record that the input does not have; they do not count.`);
	}
}
