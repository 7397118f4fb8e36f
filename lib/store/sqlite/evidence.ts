import type { Evidence, RecordNo } from '../../domain';
import { readComparisons } from '../stored-texts';
import type { EvidenceEdge, EvidenceWriter } from '../interface';
import { rowLimit } from '../row-limit';
import type { Connection } from './connection';
import { SAME_NEIGHBOURS_OF_HIGH, SAME_NEIGHBOURS_OF_LOW } from './decisions';
import type { Immediate } from './transaction';

interface EdgeRow {
	id: number;
	a: number;
	b: number;
	rule: string;
	weight: number;
	outcome: Evidence['outcome'];
	model_version: number;
	at: string;
}
type EvidenceRow = EdgeRow & { comparisons: string };

const EDGE = 'e.id, e.a, e.b, e.rule, e.weight, e.outcome, e.model_version, e.at';
/** Records are handed over as one JSON list: a statement a record would cost more than what it finds. */
const TOUCHING = (columns: string) =>
	`SELECT ${columns} FROM json_each(?1) n CROSS JOIN evidence e ON e.a = n.value
	UNION ALL SELECT ${columns} FROM json_each(?1) n CROSS JOIN evidence e ON e.b = n.value WHERE e.a NOT IN (SELECT value FROM json_each(?1))`;
const NEIGHBOURS =
	`SELECT e.b AS no FROM json_each(?1) n CROSS JOIN evidence e ON e.a = n.value WHERE e.outcome = 'match'
	UNION SELECT e.a AS no FROM json_each(?1) n CROSS JOIN evidence e ON e.b = n.value WHERE e.outcome = 'match'`;

export class SqliteEvidence implements Immediate<EvidenceWriter> {
	constructor(private readonly db: Connection) {}

	touching(nos: readonly RecordNo[]): Evidence[] {
		return inOrder(this.db.all<EvidenceRow>(TOUCHING(`${EDGE}, e.comparisons`), listed(nos))).map(toEvidence);
	}

	edges(nos: readonly RecordNo[]): EvidenceEdge[] {
		return inOrder(this.#touching(nos)).map(toEdge);
	}

	component(nos: readonly RecordNo[]): RecordNo[] {
		const reached = new Set(nos);
		const withDecisions = this.db.get("SELECT 1 FROM decisions WHERE in_force = 1 AND verdict = 'same' LIMIT 1") !== undefined;
		for (let fresh = [...reached]; fresh.length > 0; ) {
			fresh = this.#neighbours(fresh, withDecisions).filter((no) => !reached.has(no));
			for (const no of fresh) reached.add(no);
		}
		return [...reached].sort((x, y) => x - y);
	}

	scan(after: { a: RecordNo; b: RecordNo; rule: string } | null, limit: number): Evidence[] {
		const from = after ?? { a: 0, b: 0, rule: '' };
		const sql = 'SELECT * FROM evidence WHERE (a, b, rule) > (?, ?, ?) ORDER BY a, b, rule LIMIT ?';
		return this.db.all<EvidenceRow>(sql, from.a, from.b, from.rule, rowLimit(limit)).map(toEvidence);
	}

	removeTouching(nos: readonly RecordNo[]): EvidenceEdge[] {
		return this.#remove(this.#touching(nos));
	}

	removePairs(pairs: readonly (readonly [RecordNo, RecordNo])[]): EvidenceEdge[] {
		const rows = new Map<number, EdgeRow>();
		for (const [a, b] of pairs) {
			for (const row of this.db.all<EdgeRow>(`SELECT ${EDGE} FROM evidence e WHERE e.a = ? AND e.b = ?`, a, b)) rows.set(row.id, row);
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

	#touching(nos: readonly RecordNo[]): EdgeRow[] {
		if (nos.length === 0) return [];
		return this.db.all<EdgeRow>(TOUCHING(EDGE), listed(nos));
	}

	#neighbours(nos: readonly RecordNo[], withDecisions: boolean): RecordNo[] {
		const tied = this.db.all<{ no: number }>(NEIGHBOURS, listed(nos));
		const decided = withDecisions
			? nos.flatMap((no) => [...this.db.all<{ no: number }>(SAME_NEIGHBOURS_OF_LOW, no), ...this.db.all<{ no: number }>(SAME_NEIGHBOURS_OF_HIGH, no)])
			: [];
		return [...tied, ...decided].map(({ no }) => no);
	}

	#remove(rows: EdgeRow[]): EvidenceEdge[] {
		if (rows.length > 0) this.db.run('DELETE FROM evidence WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(rows.map(({ id }) => id)));
		return inOrder(rows).map(toEdge);
	}
}

function listed(nos: readonly RecordNo[]): string {
	return JSON.stringify([...new Set(nos)]);
}

function inOrder<Row extends EdgeRow>(rows: Row[]): Row[] {
	return rows.sort((x, y) => x.a - y.a || x.b - y.b || (x.rule < y.rule ? -1 : 1));
}

function toEdge({ a, b, rule, weight, outcome, model_version: modelVersion, at }: EdgeRow): EvidenceEdge {
	return { a, b, rule, weight, outcome, modelVersion, at };
}

function toEvidence(row: EvidenceRow): Evidence {
	return { ...toEdge(row), comparisons: readComparisons(row.comparisons, row) };
}
