import { refKey, type DecisionEntry, type RecordRef } from '../domain';
import { StoreError } from './errors';
import { compareInstants } from './record-version';

/** A row of the table `decisions`, its texts as they were put. */
export interface DecisionRow {
	id: number;
	low_system: string;
	low_object: string;
	low_source_id: string;
	high_system: string;
	high_object: string;
	high_source_id: string;
	/** Whether the decision named the higher record first. */
	swapped: boolean;
	verdict: DecisionEntry['verdict'];
	actor: string;
	reason: string;
	at: string;
}

/** Two records in the order of their references' text, as they are kept. */
export interface Pair {
	low: RecordRef;
	high: RecordRef;
}

/** @throws StoreError `conflict` when both are one record */
export function orderPair({ a, b }: Pick<DecisionEntry, 'a' | 'b'>): Pair & Pick<DecisionRow, 'swapped'> {
	const [first, second] = [refKey(a), refKey(b)];
	if (first === second) throw new StoreError('conflict', `A decision needs two records, and this one names ${first} twice; name the other record`);
	return second < first ? { low: b, high: a, swapped: true } : { low: a, high: b, swapped: false };
}

export function pairIn(row: DecisionRow): Pair {
	return {
		low: { system: row.low_system, object: row.low_object, sourceId: row.low_source_id },
		high: { system: row.high_system, object: row.high_object, sourceId: row.high_source_id },
	};
}

/** The oldest first; those of one time in the order in which they were stored. */
export function toEntries(rows: readonly DecisionRow[]): DecisionEntry[] {
	return [...rows].sort((x, y) => compareInstants(x.at, y.at) || x.id - y.id).map(toEntry);
}

function toEntry(row: DecisionRow): DecisionEntry {
	const { low, high } = pairIn(row);
	const [a, b] = row.swapped ? [high, low] : [low, high];
	return { a, b, verdict: row.verdict, actor: row.actor, reason: row.reason, at: row.at };
}
