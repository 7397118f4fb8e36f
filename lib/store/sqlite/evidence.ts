import type { Evidence, RecordNo } from '../../domain';
import type { EvidenceWriter } from '../interface';
import { rowLimit, type Connection } from './connection';
import { SAME_NEIGHBOURS_OF_HIGH, SAME_NEIGHBOURS_OF_LOW } from './decisions';
import type { Immediate } from './transaction';

interface EvidenceRow {
	id: number;
	a: number;
	b: number;
	rule: string;
	weight: number;
	outcome: Evidence['outcome'];
	model_version: number;
	at: string;
	comparisons: string;
}

export class SqliteEvidence implements Immediate<EvidenceWriter> {
	constructor(private readonly db: Connection) {}

	touching(nos: readonly RecordNo[]): Evidence[] {
		return inOrder(this.#touching(nos)).map(toEvidence);
	}

	component(nos: readonly RecordNo[]): RecordNo[] {
		const reached = new Set(nos);
		const withDecisions = this.db.get("SELECT 1 FROM decisions WHERE in_force = 1 AND verdict = 'same' LIMIT 1") !== undefined;
		// A set hands out what is added while it is walked, which makes this a breadth-first search.
		for (const no of reached) {
			for (const neighbour of this.#neighbours(no, withDecisions)) reached.add(neighbour);
		}
		return [...reached].sort((x, y) => x - y);
	}

	scan(after: { a: RecordNo; b: RecordNo; rule: string } | null, limit: number): Evidence[] {
		const from = after ?? { a: 0, b: 0, rule: '' };
		const sql = 'SELECT * FROM evidence WHERE (a, b, rule) > (?, ?, ?) ORDER BY a, b, rule LIMIT ?';
		return this.db.all<EvidenceRow>(sql, from.a, from.b, from.rule, rowLimit(limit)).map(toEvidence);
	}

	removeTouching(nos: readonly RecordNo[]): Evidence[] {
		return this.#remove(this.#touching(nos));
	}

	removePairs(pairs: readonly (readonly [RecordNo, RecordNo])[]): Evidence[] {
		const rows = new Map<number, EvidenceRow>();
		for (const [a, b] of pairs) {
			for (const row of this.db.all<EvidenceRow>('SELECT * FROM evidence WHERE a = ? AND b = ?', a, b)) rows.set(row.id, row);
		}
		return this.#remove([...rows.values()]);
	}

	add(evidence: readonly Evidence[]): void {
		for (const edge of evidence) {
			this.db.run(
				`INSERT INTO evidence (a, b, rule, weight, outcome, model_version, at, comparisons) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT (a, b, rule) DO UPDATE SET weight = excluded.weight, outcome = excluded.outcome, model_version = excluded.model_version,
				at = excluded.at, comparisons = excluded.comparisons`,
				edge.a,
				edge.b,
				edge.rule,
				edge.weight,
				edge.outcome,
				edge.modelVersion,
				edge.at,
				JSON.stringify(edge.comparisons),
			);
		}
	}

	#touching(nos: readonly RecordNo[]): EvidenceRow[] {
		const rows = new Map<number, EvidenceRow>();
		for (const no of new Set(nos)) {
			for (const row of this.db.all<EvidenceRow>('SELECT * FROM evidence WHERE a = ?', no)) rows.set(row.id, row);
			for (const row of this.db.all<EvidenceRow>('SELECT * FROM evidence WHERE b = ?', no)) rows.set(row.id, row);
		}
		return [...rows.values()];
	}

	#neighbours(no: RecordNo, withDecisions: boolean): RecordNo[] {
		const forward = this.db.all<{ no: number }>("SELECT b AS no FROM evidence WHERE a = ? AND outcome = 'match'", no);
		const backward = this.db.all<{ no: number }>("SELECT a AS no FROM evidence WHERE b = ? AND outcome = 'match'", no);
		const decided = withDecisions
			? [...this.db.all<{ no: number }>(SAME_NEIGHBOURS_OF_LOW, no), ...this.db.all<{ no: number }>(SAME_NEIGHBOURS_OF_HIGH, no)]
			: [];
		return [...forward, ...backward, ...decided].map((row) => row.no);
	}

	#remove(rows: EvidenceRow[]): Evidence[] {
		for (const { id } of rows) this.db.run('DELETE FROM evidence WHERE id = ?', id);
		return inOrder(rows).map(toEvidence);
	}
}

function inOrder(rows: EvidenceRow[]): EvidenceRow[] {
	return rows.sort((x, y) => x.a - y.a || x.b - y.b || (x.rule < y.rule ? -1 : 1));
}

function toEvidence(row: EvidenceRow): Evidence {
	return {
		a: row.a,
		b: row.b,
		rule: row.rule,
		weight: row.weight,
		outcome: row.outcome,
		modelVersion: row.model_version,
		at: row.at,
		comparisons: JSON.parse(row.comparisons) as Evidence['comparisons'],
	};
}
