import { refKey } from '../domain';
import { probabilityText, waterfall } from '../insight';
import type { ExplainedLine } from './explain-lines';
import type { PairExplanation } from './explain';
import type { PathStep } from './explain-path';

/** More than this is for the table, not for a sentence. */
const MOST_LINES = 6;
const MOST_STEPS = 6;
/** What weighs less than this is not worth a word. */
const WORTH_A_WORD = 0.05;

/** The whole explanation in words for somebody who knows nothing of matching. */
export function sentenceFor(explanation: Omit<PairExplanation, 'sentence'>): string {
	return sentencesFor(explanation).join(' ');
}

/** The same, a sentence each, for where each has a line of its own. */
export function sentencesFor(explanation: Omit<PairExplanation, 'sentence'>): string[] {
	const { together, decision, incomparable } = explanation;
	if (incomparable !== null) return [`${incomparable}.`];
	const state = together ? 'These two records are one profile' : 'These two records are two profiles';
	const weights = weightWords(explanation);
	const agrees = decision !== null && (decision.verdict === 'same') === together;
	const first = decision ? [`${state}${agrees ? ':' : ', although'} ${decisionWords(decision)}`, `By what they say alone: ${weights}`] : [`${state}: ${weights}`];
	return [...first, ...remarks(explanation)].map((sentence) => `${sentence}.`);
}

function weightWords({ weight, probability, thresholds, outcome }: Omit<PairExplanation, 'sentence'>): string {
	if (weight === null || probability === null || thresholds === null) return 'no match weight';
	const place = {
		match: `above the threshold ${figure(thresholds.match)} for a match`,
		review: `between the thresholds ${figure(thresholds.review)} and ${figure(thresholds.match)}, where a person is asked`,
		none: `below the threshold ${figure(thresholds.review)} for review`,
	}[outcome];
	// What is held back stands a hair below a threshold, and rounded it would seem to reach it.
	const limit = outcome === 'review' ? thresholds.match : outcome === 'none' ? thresholds.review : Infinity;
	const shown = Number(figure(weight)) >= limit ? `just under ${figure(limit)}` : figure(weight);
	return `match weight ${shown} (probability ${probabilityText(weight)}), ${place}`;
}

function* remarks(explanation: Omit<PairExplanation, 'sentence'>): Generator<string> {
	const { lines, together, proposed, outcome, tooCommon, contradiction, decision, steps, keptApart, leftOut, copies, evidence, decisions } = explanation;
	const compared = lines.filter(({ kind }) => kind === 'comparison');
	const speaksFor = compared.filter(({ weight }) => weight >= WORTH_A_WORD).sort((x, y) => y.weight - x.weight);
	const against = [...lines.filter(({ kind }) => kind === 'prior'), ...compared].filter(({ weight }) => weight <= -WORTH_A_WORD).sort((x, y) => x.weight - y.weight);
	yield speaksFor.length > 0 ? `For it: ${listed(speaksFor)}` : 'Nothing speaks for their being one';
	if (against.length > 0) yield `Against it: ${listed(against)}`;
	for (const { level, weight } of lines.filter(({ kind }) => kind === 'reservation')) yield `Held back (${signed(weight)}), for weights can't tell it: ${level}`;
	if (tooCommon.length > 0) yield `They share a value that too many have to count (${tooCommon.join(', ')})`;
	if (contradiction) yield `They contradict each other: ${contradiction.words}`;
	if (!proposed && outcome !== 'none') yield `${keyWords(explanation)}, so nobody compared them and the weight has no effect`;
	for (const { record, of } of together ? [] : copies) yield `${refKey(record)} says the same as ${refKey(of)}, which stands for it where records are compared`;
	if (keptApart !== null) yield `They stay apart: ${keptApart}`;
	if (together && steps.length > 1) yield `They are joined through ${steps.length - 1} other ${steps.length === 2 ? 'record' : 'records'}: ${pathWords(steps)}`;
	if (together && !decision && steps.length === 1 && !evidence.some(({ outcome: found }) => found === 'match')) yield `They are joined: ${pathWords(steps)}`;
	if (together && steps.length === 0) yield 'Nothing in the store joins them any more. "customer360 check" tells whether its profiles are what its records and decisions make of them';
	if (leftOut !== null) yield `Their own evidence has no part in that: ${leftOut}`;
	yield* questionWords(explanation);
	const others = decisions.filter(({ a, b }) => decision === null || refKey(a) !== refKey(decision.a) || refKey(b) !== refKey(decision.b));
	for (const other of keptApart === null ? others.slice(0, MOST_STEPS) : []) {
		yield `${together ? 'On the way' : 'Between the two profiles'}, ${decisionWords(other)} about ${refKey(other.a)} and ${refKey(other.b)}`;
	}
}

function* questionWords({ a, b, questionId, questionAbout }: Pick<PairExplanation, 'a' | 'b' | 'questionId' | 'questionAbout'>): Generator<string> {
	if (questionAbout === null) return;
	const [one, other] = questionAbout.map(refKey);
	const areTheSame = one === refKey(a) && other === refKey(b);
	yield `A person is asked about ${areTheSame ? 'them' : `${one} and ${other}, which stand for these`} (question ${questionId})`;
}

function keyWords({ sharedKeys }: Pick<PairExplanation, 'sharedKeys'>): string {
	if (sharedKeys.length === 0) return 'They share no key under which records are looked for';
	const names = [...new Set(sharedKeys.map(({ name }) => name.replaceAll('_', ' ')))];
	return `All keys under which both are looked for (${names.join(', ')}) have a value that too many share`;
}

function decisionWords({ actor, verdict, reason }: NonNullable<PairExplanation['decision']>): string {
	return `${actor} decided "${verdict}"${reason ? ` (${reason})` : ''}`;
}

function listed(lines: readonly ExplainedLine[]): string {
	const words = lines.slice(0, MOST_LINES).map((line) => {
		const value = line.frequencyCounted && line.value !== undefined ? ` (${line.value})` : '';
		return `${inPlainWords(lineLabel(line))} ${signed(line.weight)}${value}`;
	});
	return [...words, ...(lines.length > MOST_LINES ? [`and ${lines.length - MOST_LINES} more`] : [])].join(', ');
}

/** A measure of likeness means nothing to most readers; the table keeps its name. */
function inPlainWords(label: string): string {
	return label.replace(/Jaro-Winkler >= ([\d.]+)/, (_, threshold: string) => {
		if (Number(threshold) >= 0.9) return 'spelled almost the same';
		return Number(threshold) >= 0.8 ? 'spelled alike' : 'spelled a little alike';
	});
}

function pathWords(steps: PairExplanation['steps']): string {
	const shown = steps.slice(0, MOST_STEPS).map((step) => `${refKey(step.to)} (${stepWords(step)})`);
	const [first] = steps;
	return [...(first ? [refKey(first.from)] : []), ...shown, ...(steps.length > MOST_STEPS ? [`${steps.length - MOST_STEPS} more steps`] : [])].join(', then ');
}

function stepWords({ by, weight, actor }: PathStep): string {
	if (by === 'copy') return 'it says the same';
	return by === 'decision' ? `${actor ?? 'somebody'} decided "same"` : signed(weight ?? 0);
}

/** `family name exact`; the prior and reservations in words. */
function lineLabel({ kind, comparison, level }: Pick<ExplainedLine, 'kind' | 'comparison' | 'level'>): string {
	if (kind === 'prior') return `starting odds of ${level}`;
	return kind === 'reservation' ? `reservation: ${level}` : `${comparison.replaceAll('_', ' ')} ${level}`;
}

/**
 * The sum of weights as SVG text, with both thresholds marked; comparisons that are missing are left out.
 * Undefined where there is nothing to weigh.
 */
export function explanationPicture({ lines, thresholds }: Pick<PairExplanation, 'lines' | 'thresholds'>): string | undefined {
	if (thresholds === null || lines.length === 0) return undefined;
	const shown = lines.filter(({ kind }) => kind === 'comparison' || kind === 'reservation').map((line) => ({ label: lineLabel(line), weight: line.weight }));
	const prior = lines.filter(({ kind }) => kind === 'prior').reduce((sum, { weight }) => sum + weight, 0);
	return waterfall(shown, prior, [{ label: 'Review', weight: thresholds.review }, { label: 'Match', weight: thresholds.match }]);
}

/** Match weight to match probability, 2^w / (1 + 2^w). */
export function probabilityOf(weight: number): number {
	// Written so that neither a very large nor a very small weight overflows.
	return weight >= 0 ? 1 / (1 + 2 ** -weight) : 2 ** weight / (1 + 2 ** weight);
}

function figure(weight: number): string {
	return String(Math.round(weight * 10) / 10);
}

function signed(weight: number): string {
	return `${weight > 0 ? '+' : ''}${figure(weight)}`;
}
