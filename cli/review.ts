import { listQuestions, refKey } from '../lib';
import { writeRowsTo } from './csv/output';
import { withReadableStore } from './existing-store';
import { counted, grouped, say, type Terminal } from './terminal';

/**
 * Prints the open questions as CSV, those first where a mistake would cost most. Holds references and weights, no values of the records.
 * @throws CliError, StoreError
 */
export async function listReviews(place: string, limit: number, terminal: Terminal): Promise<void> {
	const { open, questions } = await withReadableStore(place, terminal, (store) => store.read((tx) => listQuestions(tx, limit, 0)));
	const rows = questions.map(({ questionId, entity, left, right, weight, cost }) => [
		...[String(questionId), entity, refKey(left), refKey(right), roundedDown(weight), String(cost.records)],
	]);
	await writeRowsTo(terminal.stdout, lines([['question', 'entity', 'left', 'right', 'weight', 'records'], ...rows]));
	if (open === 0) return say(terminal, 'No question is open.');
	const shown = questions.length < open ? `; the first ${grouped(questions.length)} of them are listed (--limit for more)` : '';
	say(terminal, `${counted(open, 'question is', 'questions are')} open${shown}. "customer360 explain LEFT RIGHT --store STORE" shows both records.`);
}

/** What is held back weighs a hair less than the threshold; rounded up, it would seem to reach it and wait for nobody. */
function roundedDown(weight: number): string {
	// Weights have six decimals, and 4.35 * 100 is a little less than 435.
	return (Math.floor(weight * 100 + 1e-5) / 100).toFixed(2);
}

async function* lines(rows: readonly string[][]): AsyncGenerator<string[]> {
	yield* rows;
}
