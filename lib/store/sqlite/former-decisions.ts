import type { DecisionEntry } from '../../domain';
import { toEntries, type DecisionRow } from '../decision-row';
import { fromStoredText } from '../text';
import type { Connection } from './connection';
import { readableRows } from './readable-rows';

const VERDICTS: ReadonlySet<unknown> = new Set(['same', 'different', 'withdrawn']);

/** Every decision and withdrawal that can be read of a store, the oldest first. @param onUnread told how many could not */
export function formerDecisions(db: Connection, onUnread: (rows: number) => void): DecisionEntry[] {
	const rows: DecisionRow[] = [];
	const from = 'id, low_system, low_object, low_source_id, high_system, high_object, high_source_id, swapped, verdict, actor, reason, at FROM decisions';
	for (const page of readableRows<[number, ...string[]]>(db, from, onUnread)) {
		for (const [id, ...values] of page) {
			const [low_system, low_object, low, high_system, high_object, high, swapped, verdict, actor, reason, at] = values as [string, ...string[]];
			const texts = [low_system, low_object, low, high_system, high_object, high, actor, reason, at];
			if (!texts.every((text) => typeof text === 'string') || !VERDICTS.has(verdict)) {
				onUnread(1);
				continue;
			}
			const [low_source_id, high_source_id] = [fromStoredText(low ?? ''), fromStoredText(high ?? '')];
			rows.push({ id, low_system, low_object, low_source_id, high_system, high_object, high_source_id, swapped: Number(swapped) === 1, verdict, actor, reason, at } as DecisionRow);
		}
	}
	return toEntries(rows);
}
