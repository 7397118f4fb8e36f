import type { Evidence, VersionedModel } from '../../domain';
import { judgePair, judgeProposed } from '../../match';
import type { EvidenceEdge } from '../../store';
import type { StepTimes } from '../step-times';
import type { AllKeys } from './group-all';
import type { LoadedRecords } from './loaded-records';
import type { Turns } from './turns';

/** Records whose pairs are looked for, judged and written together. */
const BATCH = 1000;

/**
 * Judges every pair that a key proposes, and every copy with the record that stands for it. Returns what was found, without the comparisons.
 * @param keep told of what was found, some at a time
 */
export async function judgeAll(
	records: LoadedRecords,
	{ table, generic, copies }: AllKeys,
	{ model, version }: Pick<VersionedModel, 'model' | 'version'>,
	at: string,
	steps: StepTimes,
	turns: Turns,
	keep: (found: readonly Evidence[]) => Promise<void> = async () => undefined,
): Promise<EvidenceEdge[]> {
	const edges: EvidenceEdge[] = [];
	const stamp = { modelVersion: version, at };
	const add = async (found: readonly Evidence[]) => {
		steps.enter('write');
		await keep(found);
		for (const { comparisons: _comparisons, ...edge } of found) edges.push(edge);
	};
	const partners = new Set<number>();
	for (let from = 0; from < records.size; from += BATCH) {
		const until = Math.min(records.size, from + BATCH);
		const found: Evidence[] = [];
		for (let place = from; place < until; place += 1) {
			steps.enter('candidates');
			partners.clear();
			table.partners(place, partners);
			if (partners.size === 0) continue;
			const one = records.comparable(place);
			const others = [...partners].sort((x, y) => x - y).map((other) => records.comparable(other));
			steps.enter('scoring');
			for (const other of others) for (const judgement of judgeProposed(one, other, model, generic)) found.push({ a: one.no, b: other.no, ...judgement, ...stamp });
		}
		await add(found);
		await turns.next('comparing', until);
	}
	let found: Evidence[] = [];
	for (const [first, ...others] of copies) {
		steps.enter('scoring');
		const one = records.comparable(first as number);
		const judgements = judgePair(one, { ...one, ref: `${one.ref}\n` }, model, generic);
		for (const other of others) {
			const no = records.nos[other] as number;
			for (const judgement of judgements) found.push({ a: Math.min(one.no, no), b: Math.max(one.no, no), ...judgement, ...stamp });
			if (found.length < BATCH) continue;
			await add(found);
			await turns.next('comparing', records.size);
			found = [];
		}
	}
	await add(found);
	return edges;
}
