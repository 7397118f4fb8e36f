import type { Evidence, VersionedModel } from '../../domain';
import { judgePair } from '../../match';
import type { EvidenceEdge } from '../../store';
import type { StepTimes } from '../step-times';
import { workAhead } from '../work-ahead';
import type { AllKeys } from './group-all';
import type { FoundPair } from './judge-range';
import { openJudges, RANGES_AHEAD } from './judges';
import type { LoadedRecords } from './loaded-records';
import type { Proposals } from './proposals';
import type { Turns } from './turns';

/** Records whose pairs are looked for, judged and written together. */
const BATCH = 1000;

/** What is judged, and by what. */
export interface AllPairs extends Pick<AllKeys, 'generic' | 'copies'>, Pick<VersionedModel, 'model' | 'version'> {
	proposals: Proposals;
	/** Of the evidence, ISO 8601. */
	at: string;
}

export interface JudgeOptions {
	steps: StepTimes;
	turns: Turns;
	/** Told of what was found, some at a time; nobody where left out. */
	keep?: (found: readonly Evidence[]) => Promise<void>;
	/** That judge beside this one; 0 where left out. */
	threads?: number;
	/** Whether this thread has time to judge, too; always where left out. */
	mayHelp?: () => boolean;
	/** Of the threads; the built one where left out. */
	program?: string;
	/** Records whose pairs are judged together; 1,000 where left out. */
	batch?: number;
}

/**
 * Judges every pair that a key proposes, and every copy with the record that stands for it, in the same order whoever judges them. Returns what was found,
 * without the comparisons.
 */
export async function judgeAll(records: LoadedRecords, pairs: AllPairs, options: JudgeOptions): Promise<EvidenceEdge[]> {
	const { steps, turns, keep = async () => undefined } = options;
	const edges: EvidenceEdge[] = [];
	const stamp = { modelVersion: pairs.version, at: pairs.at };
	const add = async (found: readonly FoundPair[], until: number) => {
		steps.enter('write');
		const evidence = found.map((one) => ({ ...one, ...stamp }));
		await keep(evidence);
		for (const { comparisons: _comparisons, ...edge } of evidence) edges.push(edge);
		await turns.next('comparing', until);
	};
	for await (const { found, until } of foundInOrder(records, pairs, options)) await add(found, until);
	for (const found of foundAmongCopies(records, pairs, steps)) await add(found, records.size);
	return edges;
}

/** What keys propose, in the order of the records. */
async function* foundInOrder(
	records: LoadedRecords,
	{ proposals, model, generic }: AllPairs,
	{ steps, threads = 0, mayHelp = () => true, program, batch = BATCH }: JudgeOptions,
): AsyncGenerator<{ found: FoundPair[]; until: number }> {
	const judges = openJudges(threads, { records: records.compared, proposals, model, generic }, steps, program);
	const judge = (from: number) => {
		steps.enter('candidates');
		return judges.judge(from, Math.min(records.size, from + batch));
	};
	// Where there are twice as many as threads take in hand, this thread judges the others, and doesn't wait.
	const most = () => Math.max(1, (mayHelp() ? 2 : 1) * judges.threads * RANGES_AHEAD);
	// What threads are waited for is most of all this.
	const onWait = () => (judges.threads > 0 ? steps.enter('scoring') : undefined);
	try {
		const ranges = Array.from({ length: Math.ceil(records.size / batch) }, (_, index) => index * batch);
		for await (const { item: from, result: found } of workAhead(ranges, judge, most, onWait)) yield { found, until: Math.min(records.size, from + batch) };
	} finally {
		await judges.close();
	}
}

/** What makes copies one with the record that stands for them. */
function* foundAmongCopies(records: LoadedRecords, { copies, model, generic }: AllPairs, steps: StepTimes): Generator<FoundPair[]> {
	let found: FoundPair[] = [];
	for (const [first, ...others] of copies) {
		steps.enter('scoring');
		const one = records.comparable(first as number);
		const judgements = judgePair(one, { ...one, ref: `${one.ref}\n` }, model, generic);
		for (const other of others) {
			const no = records.nos[other] as number;
			for (const judgement of judgements) found.push({ a: Math.min(one.no, no), b: Math.max(one.no, no), ...judgement });
			if (found.length < BATCH) continue;
			yield found;
			found = [];
		}
	}
	yield found;
}
