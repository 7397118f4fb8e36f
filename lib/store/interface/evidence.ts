import type { Decision, DecisionEntry, Evidence, RecordNo, RecordRef } from '../../domain';

/** Evidence without what it consists of. */
export type EvidenceEdge = Omit<Evidence, 'comparisons'>;

export interface EvidenceReader {
	/** All edges that touch any of these records, ordered by (a, b, rule). */
	touching(nos: readonly RecordNo[]): Promise<Evidence[]>;
	/** The same without the comparisons, for those who only look at who is tied to whom. */
	edges(nos: readonly RecordNo[]): Promise<EvidenceEdge[]>;
	/**
	 * All records that can be reached from these through edges with outcome `match` and decisions `same`, these included, in ascending order.
	 * This is the unit in which clusters are recomputed.
	 */
	component(nos: readonly RecordNo[]): Promise<RecordNo[]>;
	/** Pages through all edges by (a, b, rule). */
	scan(after: { a: RecordNo; b: RecordNo; rule: string } | null, limit: number): Promise<Evidence[]>;
}

export interface EvidenceWriter extends EvidenceReader {
	/** Deletes every edge that touches any of these records; returns what was deleted. */
	removeTouching(nos: readonly RecordNo[]): Promise<EvidenceEdge[]>;
	/** Deletes every edge between the two records of each pair (`a < b`); returns what was deleted. */
	removePairs(pairs: readonly (readonly [RecordNo, RecordNo])[]): Promise<EvidenceEdge[]>;
	/** Adds edges; an edge of the same pair and rule is overwritten. */
	add(evidence: readonly Evidence[]): Promise<void>;
}

export interface DecisionReader {
	/** Decisions in force (newest per pair; with equal times `different`; none where the newest is a withdrawal) in which any of these records takes part. */
	touching(refs: readonly RecordRef[]): Promise<Decision[]>;
	/** Every decision and withdrawal ever made, oldest first, superseded ones too. */
	all(): Promise<DecisionEntry[]>;
}

export interface DecisionWriter extends DecisionReader {
	add(decisions: readonly DecisionEntry[]): Promise<void>;
}
