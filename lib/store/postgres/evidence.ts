import type { Evidence, RecordNo } from '../../domain';
import { readComparisons } from '../stored-texts';
import type { EvidenceEdge, EvidenceWriter } from '../interface';
import { rowLimit } from '../row-limit';
import { wholeNumber, type Connection } from './connection';

type EvidenceRow = EvidenceEdge & { comparisons: string };

const EDGE = 'e.a, e.b, e.rule, e.weight, e.outcome, e.model_version AS "modelVersion", e.at';
const TOUCHING = (columns: string) =>
	`SELECT ${columns} FROM unnest($1::bigint[]) n (no) JOIN @evidence e ON e.a = n.no
	UNION ALL SELECT ${columns} FROM unnest($1::bigint[]) n (no) JOIN @evidence e ON e.b = n.no WHERE e.a <> ALL ($1::bigint[])`;
/** Records that a decision in force joins to record `r.no`, which is the lower or the higher of the pair. */
const SAME = (here: 'low' | 'high', there: 'low' | 'high') =>
	`SELECT other.no FROM @records one
	JOIN @decisions d ON d.${here}_source_id = one.source_id AND d.${here}_object = one.object AND d.${here}_system = one.system
	JOIN @records other ON other.source_id = d.${there}_source_id AND other.object = d.${there}_object AND other.system = d.${there}_system
	WHERE one.no = r.no AND d.in_force AND d.verdict = 'same' AND (SELECT found FROM decided)`;
const COMPONENT = `WITH RECURSIVE
	decided AS MATERIALIZED (SELECT EXISTS (SELECT 1 FROM @decisions WHERE in_force AND verdict = 'same') AS found),
	reached (no) AS (
		SELECT unnest($1::bigint[])
		UNION
		SELECT next.no FROM reached r CROSS JOIN LATERAL (
			SELECT e.b AS no FROM @evidence e WHERE e.a = r.no AND e.outcome = 'match'
			UNION ALL SELECT e.a FROM @evidence e WHERE e.b = r.no AND e.outcome = 'match'
			UNION ALL ${SAME('low', 'high')}
			UNION ALL ${SAME('high', 'low')}
		) next
	)
	SELECT no FROM reached ORDER BY no`;

export class PostgresEvidence implements EvidenceWriter {
	constructor(private readonly db: Connection) {}

	async touching(nos: readonly RecordNo[]): Promise<Evidence[]> {
		if (nos.length === 0) return [];
		return inOrder(await this.db.all<EvidenceRow>(TOUCHING(`${EDGE}, e.comparisons`), unique(nos))).map(toEvidence);
	}

	async edges(nos: readonly RecordNo[]): Promise<EvidenceEdge[]> {
		if (nos.length === 0) return [];
		return inOrder(await this.db.all<EvidenceEdge>(TOUCHING(EDGE), unique(nos)));
	}

	async component(nos: readonly RecordNo[]): Promise<RecordNo[]> {
		if (nos.length === 0) return [];
		return (await this.db.all<{ no: number }>(COMPONENT, unique(nos))).map(({ no }) => no);
	}

	async scan(after: { a: RecordNo; b: RecordNo; rule: string } | null, limit: number): Promise<Evidence[]> {
		const from = after ?? { a: 0, b: 0, rule: '' };
		const sql = `SELECT ${EDGE}, e.comparisons FROM @evidence e WHERE (e.a, e.b, e.rule) > ($1, $2, $3) ORDER BY e.a, e.b, e.rule LIMIT $4`;
		return (await this.db.all<EvidenceRow>(sql, wholeNumber(from.a), wholeNumber(from.b), from.rule, rowLimit(limit))).map(toEvidence);
	}

	async removeTouching(nos: readonly RecordNo[]): Promise<EvidenceEdge[]> {
		if (nos.length === 0) return [];
		const sql = `DELETE FROM @evidence e WHERE e.a = ANY ($1::bigint[]) OR e.b = ANY ($1::bigint[]) RETURNING ${EDGE}`;
		return inOrder(await this.db.all<EvidenceEdge>(sql, unique(nos)));
	}

	async removePairs(pairs: readonly (readonly [RecordNo, RecordNo])[]): Promise<EvidenceEdge[]> {
		if (pairs.length === 0) return [];
		const rows = await this.db.all<EvidenceEdge>(
			`DELETE FROM @evidence e USING unnest($1::bigint[], $2::bigint[]) n (a, b) WHERE e.a = n.a AND e.b = n.b RETURNING ${EDGE}`,
			pairs.map(([a]) => a),
			pairs.map(([, b]) => b),
		);
		return inOrder(rows);
	}

	/** Of an edge that is listed twice the last one counts. */
	async add(evidence: readonly Evidence[]): Promise<void> {
		if (evidence.length === 0) return;
		const edges = [...new Map(evidence.map((edge) => [`${edge.a} ${edge.b} ${edge.rule}`, edge])).values()];
		await this.db.run(
			`INSERT INTO @evidence (a, b, rule, weight, outcome, model_version, at, comparisons)
			SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::float8[], $5::text[], $6::bigint[], $7::text[], $8::text[])
			ON CONFLICT (a, b, rule) DO UPDATE SET weight = excluded.weight, outcome = excluded.outcome, model_version = excluded.model_version,
			at = excluded.at, comparisons = excluded.comparisons`,
			edges.map(({ a }) => a),
			edges.map(({ b }) => b),
			edges.map(({ rule }) => rule),
			edges.map(({ weight }) => weight),
			edges.map(({ outcome }) => outcome),
			edges.map(({ modelVersion }) => modelVersion),
			edges.map(({ at }) => at),
			edges.map(({ comparisons }) => JSON.stringify(comparisons)),
		);
	}
}

function unique(nos: readonly RecordNo[]): RecordNo[] {
	return [...new Set(nos)];
}

function inOrder<Row extends EvidenceEdge>(rows: Row[]): Row[] {
	return rows.sort((x, y) => x.a - y.a || x.b - y.b || (x.rule < y.rule ? -1 : 1));
}

function toEvidence({ comparisons, ...edge }: EvidenceRow): Evidence {
	return { ...edge, comparisons: readComparisons(comparisons, edge) };
}
