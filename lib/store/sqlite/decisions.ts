import { refKey, type Decision, type DecisionEntry, type RecordRef } from '../../domain';
import { supersedes } from '../decision-rank';
import { StoreError } from '../errors';
import type { DecisionWriter } from '../interface';
import { compareInstants } from '../record-version';
import type { Connection } from './connection';
import { fromStoredText, toStoredText } from '../text';
import type { Immediate } from './transaction';

interface DecisionRow {
	id: number;
	low_system: string;
	low_object: string;
	low_source_id: string;
	high_system: string;
	high_object: string;
	high_source_id: string;
	swapped: number;
	verdict: DecisionEntry['verdict'];
	actor: string;
	reason: string;
	at: string;
}

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
				for (const row of this.db.all<DecisionRow>(sql, toStoredText(ref.sourceId), ref.object, ref.system)) rows.set(row.id, row);
			}
		}
		const standing = [...rows.values()].sort((x, y) => compareInstants(x.at, y.at) || x.id - y.id).map(toEntry);
		return standing.filter((entry): entry is Decision => entry.verdict !== 'withdrawn');
	}

	all(): DecisionEntry[] {
		const rows = this.db.all<DecisionRow>('SELECT * FROM decisions ORDER BY id');
		return rows.sort((x, y) => compareInstants(x.at, y.at) || x.id - y.id).map(toEntry);
	}

	add(decisions: readonly DecisionEntry[]): void {
		for (const decision of decisions) this.#add(decision);
	}

	#add(decision: DecisionEntry): void {
		const [a, b] = [refKey(decision.a), refKey(decision.b)];
		if (a === b) throw new StoreError('conflict', `A decision needs two records, and this one names ${a} twice; name the other record`);
		const swapped = b < a;
		const [low, high] = swapped ? [decision.b, decision.a] : [decision.a, decision.b];
		const pair = [low.system, low.object, toStoredText(low.sourceId), high.system, high.object, toStoredText(high.sourceId)] as const;
		const standing = this.db.get<DecisionRow>(
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

function toEntry(row: DecisionRow): DecisionEntry {
	const low = { system: row.low_system, object: row.low_object, sourceId: fromStoredText(row.low_source_id) };
	const high = { system: row.high_system, object: row.high_object, sourceId: fromStoredText(row.high_source_id) };
	const [a, b] = row.swapped === 1 ? [high, low] : [low, high];
	return { a, b, verdict: row.verdict, actor: row.actor, reason: row.reason, at: row.at };
}
