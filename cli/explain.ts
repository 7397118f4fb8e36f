import { type ComparedRow, compareRecords, explainSubjects, type ExplainedLine, type Explanation, explanationPicture, type PathStep, probabilityText, refKey, sentencesFor, type StoreReader, type VersionedModel } from '../lib';
import { CliError, throwForPerson } from './cli-error';
import { OutputFile } from './csv/output';
import { fullId } from './explain-id';
import { withReadableStore } from './existing-store';
import { shownStore } from './store-place';
import { aligned, say, type Terminal } from './terminal';
import { Unfinished } from './unfinished';

export interface ExplainOptions {
	store: string;
	/** Writes everything as JSON to stdout in place of sentences and tables. */
	json?: boolean;
	/** A file for the picture. */
	svg?: string;
}

/**
 * Says why two records are, or are not, one: sentences and tables on stdout.
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
		const explanation = await withReadableStore(store, terminal, (opened) =>
			opened.read(async (tx) => {
				const model = await tx.models.current();
				if (!model) throw new CliError(`The identity store ${shownStore(store)} is empty: there is nothing to explain. "customer360 ingest FILE... --store STORE" fills it.`);
				const ids = [await fullId(tx, first), await fullId(tx, second)] as const;
				const found = await explainSubjects(tx, ...ids, model).catch(throwForPerson);
				return { ...found, values: await valuesOf(tx, found, model) };
			}),
		);
		if (svg !== undefined) await writePicture(explanation, svg, unfinished);
		terminal.stdout.write(json ? `${JSON.stringify(explanation, undefined, 2)}\n` : inText(explanation));
		if (svg !== undefined) say(terminal, `The picture is in ${svg}.`);
	} finally {
		unfinished.end();
	}
}

/** An explanation with what the two records say, side by side. */
type Shown = Explanation & { values: ComparedRow[] };

async function valuesOf(tx: StoreReader, { a, b }: Explanation, { model }: VersionedModel): Promise<ComparedRow[]> {
	const records = await tx.records.byRef([a, b]);
	const [left, right] = [records.get(refKey(a)), records.get(refKey(b))];
	return left && right ? compareRecords(left, right, model) : [];
}

async function writePicture(explanation: Explanation, path: string, unfinished: Unfinished): Promise<void> {
	const picture = explanationPicture(explanation);
	if (picture === undefined) throw new CliError(`There is no picture to draw: ${explanation.sentence} Leave --svg out.`);
	await new OutputFile(path, unfinished).writeText(picture);
}

function inText(explanation: Shown): string {
	const { chosen, lines, steps, weight } = explanation;
	const paragraphs = [
		...(chosen === null ? [] : [`${chosen}.`]),
		sentencesFor(explanation).join('\n'),
		...(lines.length > 0 ? [besides(explanation)] : []),
		...(lines.length > 0 ? [table([HEAD, ...lines.map(row), ['total', '', total(weight ?? 0, explanation.thresholds), '', '', '']])] : []),
		facts(explanation),
		...(steps.length > 1 ? [`The path that joins them:\n${table(steps.map(stepRow))}`] : []),
	];
	return `${paragraphs.join('\n\n')}\n`;
}

const LONGEST = 60;

function besides({ a, b, values }: Shown): string {
	const short = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text);
	return table([['', refKey(a), refKey(b), ''], ...values.map(({ label, left, right, same }) => [label, short(left), short(right), same ? '=' : ''])]);
}

const HEAD = ['comparison', 'level', 'weight', 'm', 'u', 'shared value'];

function row({ kind, comparison, level, weight, m, u, value, because, frequencyCounted }: ExplainedLine): string[] {
	const shown = kind === 'missing' ? `(${because ?? 'missing'})` : value === undefined ? '' : `${value}${frequencyCounted ? ' (u is its frequency)' : ''}`;
	return [comparison.replaceAll('_', ' '), level, number(weight), rate(m), rate(u), shown];
}

function facts({ a, b, canonicalIds, weight, thresholds, outcome, proposed, sharedKeys, stored, modelVersion, questionId, questionAbout, decisions }: Explanation): string {
	const named = (wanted: 'identifier' | 'blocking') => {
		const names = sharedKeys.filter(({ type }) => type === wanted).map(({ name, tooCommon }) => `${name}${tooCommon ? ' (too common)' : ''}`);
		return names.length > 0 ? [...new Set(names)].join(', ') : 'none';
	};
	const evidence = stored.map(({ weight: kept, outcome: found, modelVersion: version, at }) => `${found} ${total(kept, thresholds).trim()}, by model version ${version}, ${at}`);
	const rows: [string, string][] = [
		...[a, b].map((ref, index): [string, string] => [refKey(ref), canonicalIds[index] ?? 'in no profile']),
		...(thresholds === null || weight === null
			? []
			: ([
					['match probability', probabilityText(weight)],
					['thresholds', `review ${thresholds.review}, match ${thresholds.match}`],
					['outcome', outcome],
					['proposed', proposed ? 'yes, a key that is not too common brings the two together' : 'no, so nobody compared them'],
					['shared identifiers', named('identifier')],
					['shared blocking rules', named('blocking')],
					['stored evidence', evidence.length > 0 ? evidence.join('; ') : 'none'],
				] satisfies [string, string][])),
		['model version', String(modelVersion)],
		...(questionAbout === null ? [] : [['open question', `${questionId}: ${questionAbout.map(refKey).join(' and ')}`] satisfies [string, string]]),
		...decisions.map(({ a: left, b: right, verdict, actor, reason, at }): [string, string] => [
			'decision', `${verdict}: ${refKey(left)} and ${refKey(right)}, by ${actor}, ${at}${reason ? `: ${reason}` : ''}`,
		]),
	];
	return table(rows);
}

function stepRow({ from, to, by, weight, actor, modelVersion }: PathStep): string[] {
	const why = {
		copy: 'says the same',
		decision: `decided "same" by ${actor ?? 'somebody'}`,
		evidence: `${number(weight ?? 0)}, by model version ${modelVersion ?? '?'}`,
	}[by];
	return [refKey(from), '->', refKey(to), why];
}

function table(rows: readonly (readonly string[])[]): string {
	return aligned(rows).join('\n');
}

/** Two decimals with the sign, wide enough that the column lines up. */
function number(weight: number): string {
	return signed(weight).padStart(7);
}

function signed(weight: number): string {
	return `${weight > 0 ? '+' : ''}${weight.toFixed(2)}`;
}

/** What is held back stands a hair below a threshold, and rounded it would seem to reach it. */
function total(weight: number, thresholds: Explanation['thresholds']): string {
	const held = [thresholds?.match, thresholds?.review].some((threshold) => threshold !== undefined && weight < threshold && Number(weight.toFixed(2)) >= threshold);
	return held ? `<${signed(Number(weight.toFixed(2)))}`.padStart(7) : number(weight);
}

function rate(probability: number | undefined): string {
	return probability === undefined ? '' : probability.toPrecision(3);
}
