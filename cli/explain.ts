import { explainSubjects, type ExplainedLine, type Explanation, explanationPicture, type PathStep, refKey } from '../lib';
import { CliError } from './cli-error';
import { OutputFile } from './csv/output';
import { withStore } from './existing-store';
import { aligned, say, type Terminal } from './terminal';
import { Unfinished } from './unfinished';

export interface ExplainOptions {
	store: string;
	/** Writes everything as JSON to stdout in place of the sentence and the table. */
	json?: boolean;
	/** A file for the picture. */
	svg?: string;
}

/**
 * Says why two records are, or are not, one: a sentence and a table on stdout.
 * @param ids references of records, `system:object:id`, or canonical IDs
 * @throws CliError, StoreError
 */
export async function explainIds(ids: readonly string[], { store, json, svg }: ExplainOptions, terminal: Terminal): Promise<void> {
	const [first, second] = ids;
	if (first === undefined || second === undefined || ids.length > 2) {
		throw new CliError(`explain takes two IDs, and ${ids.length === 0 ? 'none was' : `${ids.length} ${ids.length === 1 ? 'was' : 'were'}`} given. Write each as system:object:id, for example crm:person:42, or give canonical IDs.`);
	}
	const unfinished = new Unfinished();
	try {
		const explanation = await withStore(store, (opened) =>
			opened.read(async (tx) => {
				const model = await tx.models.current();
				if (!model) throw new CliError(`The identity store ${store} is empty: there is nothing to explain. "customer360 resolve --store FILE" fills it.`);
				return explainSubjects(tx, first, second, model).catch((error: unknown) => {
					throw error instanceof Error && error.name === 'Error' ? new CliError(error.message) : error;
				});
			}),
		);
		if (svg !== undefined) await writePicture(explanation, svg, unfinished);
		terminal.stdout.write(json ? `${JSON.stringify(explanation, undefined, 2)}\n` : inText(explanation));
		if (svg !== undefined) say(terminal, `The picture is in ${svg}.`);
	} finally {
		unfinished.end();
	}
}

async function writePicture(explanation: Explanation, path: string, unfinished: Unfinished): Promise<void> {
	const picture = explanationPicture(explanation);
	if (picture === undefined) throw new CliError(`There is no picture to draw: ${explanation.sentence} Leave --svg out.`);
	await new OutputFile(path, unfinished).writeText(picture);
}

function inText(explanation: Explanation): string {
	const { chosen, sentence, lines, steps, weight } = explanation;
	const paragraphs = [
		...(chosen === null ? [] : [`${chosen}.`]),
		sentence,
		...(lines.length > 0 ? [table([HEAD, ...lines.map(row), ['total', '', number(weight ?? 0), '', '', '']])] : []),
		facts(explanation),
		...(steps.length > 1 ? [`The path that joins them:\n${table(steps.map(stepRow))}`] : []),
	];
	return `${paragraphs.join('\n\n')}\n`;
}

const HEAD = ['comparison', 'level', 'weight', 'm', 'u', 'shared value'];

function row({ kind, comparison, level, weight, m, u, value, because, frequencyCounted }: ExplainedLine): string[] {
	const shown = kind === 'missing' ? `(${because ?? 'missing'})` : value === undefined ? '' : `${value}${frequencyCounted ? ' (u is its frequency)' : ''}`;
	return [comparison.replaceAll('_', ' '), level, number(weight), rate(m), rate(u), shown];
}

function facts({ a, b, canonicalIds, probability, thresholds, outcome, proposed, sharedKeys, stored, modelVersion, questionId, decisions }: Explanation): string {
	const named = sharedKeys.map(({ name, type, tooCommon }) => `${name}${type === 'blocking' ? ' (blocking rule)' : ''}${tooCommon ? ' (too common)' : ''}`);
	const evidence = stored.map(({ weight, outcome: found, modelVersion: version, at }) => `${found} ${number(weight)}, by model version ${version}, ${at}`);
	const rows: [string, string][] = [
		...[a, b].map((ref, index): [string, string] => [refKey(ref), canonicalIds[index] ?? 'in no profile']),
		...(thresholds === null || probability === null
			? []
			: ([
					['match probability', String(probability)],
					['thresholds', `review ${thresholds.review}, match ${thresholds.match}`],
					['outcome', outcome],
					['proposed', proposed ? 'yes' : 'no'],
					['shared keys', named.length > 0 ? named.join(', ') : 'none'],
					['stored evidence', evidence.length > 0 ? evidence.join('; ') : 'none'],
				] satisfies [string, string][])),
		['model version', String(modelVersion)],
		...(questionId === null ? [] : [['open question', String(questionId)] satisfies [string, string]]),
		...decisions.map(({ a: left, b: right, verdict, actor, reason, at }): [string, string] => [
			'decision', `${verdict}: ${refKey(left)} and ${refKey(right)}, by ${actor}, ${at}${reason ? `: ${reason}` : ''}`,
		]),
	];
	return table(rows);
}

function stepRow({ from, to, by, weight, actor, modelVersion }: PathStep): string[] {
	return [refKey(from), '->', refKey(to), by === 'decision' ? `decided "same" by ${actor ?? 'somebody'}` : `${number(weight ?? 0)}, by model version ${modelVersion ?? '?'}`];
}

function table(rows: readonly (readonly string[])[]): string {
	return aligned(rows).join('\n');
}

/** Two decimals with the sign, wide enough that the column lines up. */
function number(weight: number): string {
	return `${weight > 0 ? '+' : ''}${weight.toFixed(2)}`.padStart(7);
}

function rate(probability: number | undefined): string {
	return probability === undefined ? '' : probability.toPrecision(3);
}
