import { ClusterSets, type Obstacle } from './cluster-sets';
import type { Comparable } from './comparable';
import { Contradictions } from './contradictions';
import { disputedEdges } from './disputed-edges';
import type { Contradiction } from './guards';

/** Evidence between two records with everything that speaks for it added up; `a < b`. */
export interface WeighedEdge {
	a: number;
	b: number;
	weight: number;
	/** The strongest rule among what was added up. */
	rule: string;
}

export interface DecidedPair {
	a: number;
	b: number;
	verdict: 'same' | 'different';
	at: string;
}

export interface ClusterInput {
	records: readonly Comparable[];
	/** Evidence with outcome `match`. */
	edges: readonly WeighedEdge[];
	/** Decisions in force, at most one a pair. */
	decisions: readonly DecidedPair[];
}

export interface Clustering {
	/** Each inner list ascending, the lists in order of their first. */
	clusters: number[][];
	/** Evidence that would have joined what must stay apart, for a person to look at. Not those that a decision or a unique identifier settles. */
	cut: WeighedEdge[];
}

/** Why clustering did not go by evidence: what it would have joined must stay apart, or an end of it is tied just as heavily to a rival of the other end. */
export type LeftOut = Obstacle | { kind: 'dispute'; rival: WeighedEdge; found: Contradiction | undefined };

/** Is told of the evidence that was left out, also of what stood between two that became one by other evidence. For explanations. */
export type ClusterWatch = (edge: WeighedEdge, leftOut: LeftOut) => void;

/**
 * Clusters of one component of the evidence graph; a pure function of its input, whatever the order of the lists.
 *
 * Decisions come first (`different` is never overruled, then `same`, newest first), then evidence from the heaviest down.
 * An edge is left out when the clusters that it would join hold two records that contradict each other,
 * and when it is disputed: a record is tied with equal weight to two records that can't be one (a mailbox without a name
 * that Ann and Bob share), so that nothing says whose it is.
 */
export function clusterComponent(input: ClusterInput, watch?: ClusterWatch): Clustering {
	const byNo = new Map(input.records.map((record) => [record.no, record]));
	const contradictions = new Contradictions(input.records, input.edges);
	const different = input.decisions.filter((decision) => decision.verdict === 'different');
	const sets = new ClusterSets([...byNo.keys()], different, input.edges, contradictions);
	const cut: WeighedEdge[] = [];
	const consider = (edge: WeighedEdge) => {
		if (sets.joined(edge.a, edge.b)) return;
		const obstacle = sets.obstacle(edge.a, edge.b);
		if (obstacle === undefined) return sets.join(edge.a, edge.b);
		if (obstacle.kind === 'contradiction') cut.push(edge);
		watch?.(edge, obstacle);
	};

	const same = input.decisions.filter((decision) => decision.verdict === 'same');
	for (const { a, b } of sortDecisions(same, byNo)) {
		// A person is no company, whoever says so.
		if (byNo.has(a) && byNo.get(a)?.entity === byNo.get(b)?.entity) sets.joinByDecision(a, b);
	}
	const edges = sortEdges(input.edges, byNo);
	const disputed = disputedEdges(edges, sets, contradictions);
	for (const edge of edges) if (!disputed.has(edge)) consider(edge);
	// What was disputed between two records that are one by now is so no longer.
	const still = disputedEdges(edges.filter((edge) => disputed.has(edge)), sets, contradictions);
	for (const edge of edges) if (disputed.has(edge) && !still.has(edge)) consider(edge);
	if (watch) for (const [edge, rival] of still) watch(edge, { kind: 'dispute', rival, found: rivalry(edge, rival, contradictions) });
	return { clusters: sets.clusters(), cut: [...cut, ...still.keys()].filter((edge) => !sets.joined(edge.a, edge.b)) };
}

/** How the other ends of two edges that share one contradict each other; undefined where it is a person who keeps them apart. */
function rivalry(edge: WeighedEdge, rival: WeighedEdge, contradictions: Contradictions): Contradiction | undefined {
	const end = edge.a === rival.a || edge.a === rival.b ? edge.a : edge.b;
	const [x, y] = [edge, rival].map(({ a, b }) => (a === end ? b : a)) as [number, number];
	return contradictions.hasInitial(end) ? contradictions.betweenByInitial(x, y) : contradictions.between(x, y);
}

/** Edges from the heaviest down; equal weights in the order of the records' references, which does not depend on arrival. */
function sortEdges(edges: readonly WeighedEdge[], byNo: ReadonlyMap<number, Comparable>): WeighedEdge[] {
	const name = (edge: { a: number; b: number }) => [byNo.get(edge.a)?.ref ?? '', byNo.get(edge.b)?.ref ?? ''].sort().join('\n');
	return edges
		.map((edge) => ({ edge, name: name(edge) }))
		.sort((x, y) => y.edge.weight - x.edge.weight || (x.name < y.name ? -1 : 1))
		.map(({ edge }) => edge);
}

function sortDecisions(decisions: readonly DecidedPair[], byNo: ReadonlyMap<number, Comparable>): DecidedPair[] {
	const name = (pair: DecidedPair) => [byNo.get(pair.a)?.ref ?? '', byNo.get(pair.b)?.ref ?? ''].sort().join('\n');
	return [...decisions].sort((x, y) => (x.at === y.at ? (name(x) < name(y) ? -1 : 1) : x.at < y.at ? 1 : -1));
}
