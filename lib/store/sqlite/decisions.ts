import type { Decision, DecisionEntry, RecordRef } from '../../domain';
import { supersedes } from '../decision-rank';
import { type DecisionRow, orderPair, toEntries } from '../decision-row';
import type { DecisionWriter } from '../interface';
import type { Connection } from './connection';
import { fromStoredText, toStoredText } from '../text';
import type { Immediate } from './transaction';

type StoredRow = Omit<DecisionRow, 'swapped'> & { swapped: number };

/** Records that a decision in force joins to record `?`, which is the lower or the higher of the pair. */
export const SAME_NEIGHBOURS_OF_LOW = sameNeighbours('low', 'high');
export const SAME_NEIGHBOURS_OF_HIGH = sameNeighbours('high', 'low');

function sameNeighbours(here: 'low' | 'high', there: 'low' | 'high'): string {
	return `SELECT other.no AS no FROM records r
		CROSS JOIN decisions d ON d.${here}_source_id = r.source_id AND d.${here}_object = r.object AND d.${here}_system = r.system
		CROSS JOIN records other
			ON other.source_id = d.${there}_source_id AND other.object = d.${there}_object AND other.system = d.${there}_system
		WHERE r.no = ? AND d.in_force = 1 AND d.verdict = 'same'`;
}

/** Decisions name records by reference, so that one can be made before the record arrives. A pair is kept in the order of its references' text. */
export class SqliteDecisions implements Immediate<DecisionWriter> {
	constructor(private readonly db: Connection) {}

	touching(refs: readonly RecordRef[]): Decision[] {
		// Most stores have none.
		if (this.db.get('SELECT 1 FROM decisions WHERE in_force = 1 LIMIT 1') === undefined) return [];
		const rows = new Map<number, DecisionRow>();
		for (const ref of refs) {
			for (const side of ['low', 'high']) {
				const sql = `SELECT * FROM decisions WHERE ${side}_source_id = ? AND ${side}_object = ? AND ${side}_system = ? AND in_force = 1`;
				for (const row of this.db.all<StoredRow>(sql, toStoredText(ref.sourceId), ref.object, ref.system)) rows.set(row.id, asPut(row));
			}
		}
		return toEntries([...rows.values()]).filter((entry): entry is Decision => entry.verdict !== 'withdrawn');
	}

	all(): DecisionEntry[] {
		return toEntries(this.db.all<StoredRow>('SELECT * FROM decisions').map(asPut));
	}

	add(decisions: readonly DecisionEntry[]): void {
		for (const decision of decisions) this.#add(decision);
	}

	#add(decision: DecisionEntry): void {
		const { low, high, swapped } = orderPair(decision);
		const pair = [low.system, low.object, toStoredText(low.sourceId), high.system, high.object, toStoredText(high.sourceId)] as const;
		const standing = this.db.get<StoredRow>(
			`SELECT * FROM decisions WHERE low_system = ? AND low_object = ? AND low_source_id = ?
			AND high_system = ? AND high_object = ? AND high_source_id = ? AND in_force = 1`,
			...pair,
		);
		const wins = standing === undefined || supersedes(decision, standing);
		if (standing && wins) this.db.run('UPDATE decisions SET in_force = 0 WHERE id = ?', standing.id);
		this.db.run(
			`INSERT INTO decisions (low_system, low_object, low_source_id, high_system, high_object, high_source_id, swapped, verdict, actor, reason, at,
			in_force) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			...pair,
			swapped ? 1 : 0,
			decision.verdict,
			decision.actor,
			decision.reason,
			decision.at,
			wins ? 1 : 0,
		);
	}
}

function asPut(row: StoredRow): DecisionRow {
	return { ...row, low_source_id: fromStoredText(row.low_source_id), high_source_id: fromStoredText(row.high_source_id), swapped: row.swapped === 1 };
}
