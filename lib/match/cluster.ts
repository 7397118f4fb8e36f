import type { Comparable } from './comparable';
import { contradiction } from './guards';

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

/**
 * Clusters of one component of the evidence graph; a pure function of its input, whatever the order of the lists.
 *
 * Decisions come first (`different` is never overruled, then `same`, newest first), then evidence from the heaviest down.
 * An edge is left out when the clusters that it would join hold two records that contradict each other,
 * and when it is ambiguous: a record is tied with equal weight to two records that contradict each other (a mailbox without a name
 * that Ann and Bob share), so that nothing says whose it is.
 */
export function clusterComponent(input: ClusterInput): Clustering {
	const byNo = new Map(input.records.map((record) => [record.no, record]));
	const sets = new ClusterSets(input.records, input.decisions);
	const cut: WeighedEdge[] = [];

	const same = input.decisions.filter((decision) => decision.verdict === 'same');
	for (const { a, b } of sortDecisions(same, byNo)) {
		if (byNo.has(a) && byNo.has(b)) sets.joinByDecision(a, b);
	}
	const edges = sortEdges(input.edges, byNo);
	const ambiguous = ambiguousEdges(edges, byNo);
	for (const edge of edges) {
		if (sets.joined(edge.a, edge.b)) continue;
		const obstacle = ambiguous.has(edge) ? 'contradiction' : sets.obstacle(edge.a, edge.b);
		if (obstacle === undefined) sets.join(edge.a, edge.b);
		else if (obstacle === 'contradiction') cut.push(edge);
	}
	return { clusters: sets.clusters(), cut: cut.filter((edge) => !sets.joined(edge.a, edge.b)) };
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

/** Edges whose end has another edge, just as heavy, to a record that contradicts the other end. */
function ambiguousEdges(edges: readonly WeighedEdge[], byNo: ReadonlyMap<number, Comparable>): Set<WeighedEdge> {
	const atEnd = new Map<number, { edge: WeighedEdge; other: number }[]>();
	for (const edge of edges) {
		for (const [end, other] of [[edge.a, edge.b], [edge.b, edge.a]] as const) {
			const list = atEnd.get(end) ?? [];
			list.push({ edge, other });
			atEnd.set(end, list);
		}
	}
	const ambiguous = new Set<WeighedEdge>();
	for (const list of atEnd.values()) {
		for (const [index, left] of list.entries()) {
			for (const right of list.slice(index + 1)) {
				if (left.edge.weight !== right.edge.weight) continue;
				const [x, y] = [byNo.get(left.other), byNo.get(right.other)];
				if (x && y && contradiction(x, y)) {
					ambiguous.add(left.edge);
					ambiguous.add(right.edge);
				}
			}
		}
	}
	return ambiguous;
}

/** Union-find whose sets know what they must not be joined with. */
class ClusterSets {
	private readonly parent = new Map<number, number>();
	private readonly members = new Map<number, Comparable[]>();
	private readonly different: [number, number][];
	/** Pairs that a person put together: their contradiction is known and accepted. */
	private readonly accepted = new Set<string>();

	constructor(records: readonly Comparable[], decisions: readonly DecidedPair[]) {
		for (const record of records) {
			this.parent.set(record.no, record.no);
			this.members.set(record.no, [record]);
		}
		this.different = decisions
			.filter(({ verdict, a, b }) => verdict === 'different' && this.parent.has(a) && this.parent.has(b))
			.map(({ a, b }) => [a, b]);
	}

	joined(a: number, b: number): boolean {
		return this.find(a) === this.find(b);
	}

	joinByDecision(a: number, b: number): void {
		if (this.joined(a, b) || this.decidedApart(a, b)) return;
		for (const left of this.membersOf(a)) for (const right of this.membersOf(b)) this.accepted.add(pairName(left.no, right.no));
		this.join(a, b);
	}

	/** Why the sets of `a` and `b` must not become one; undefined when they may. */
	obstacle(a: number, b: number): 'decision' | 'unique' | 'contradiction' | undefined {
		if (this.decidedApart(a, b)) return 'decision';
		for (const left of this.membersOf(a)) {
			for (const right of this.membersOf(b)) {
				const isDirect = (left.no === a && right.no === b) || (left.no === b && right.no === a);
				if (isDirect || this.accepted.has(pairName(left.no, right.no))) continue;
				const found = contradiction(left, right);
				if (found) return found.comparison === 'unique_identifier' ? 'unique' : 'contradiction';
			}
		}
		return undefined;
	}

	join(a: number, b: number): void {
		const [keep, drop] = [this.find(a), this.find(b)].sort((x, y) => x - y) as [number, number];
		const members = [...this.membersOf(keep), ...this.membersOf(drop)];
		this.parent.set(drop, keep);
		this.members.set(keep, members);
		this.members.delete(drop);
	}

	clusters(): number[][] {
		return [...this.members.values()]
			.map((members) => members.map((record) => record.no).sort((x, y) => x - y))
			.sort((x, y) => (x[0] as number) - (y[0] as number));
	}

	private decidedApart(a: number, b: number): boolean {
		const [left, right] = [this.find(a), this.find(b)];
		return this.different.some(([x, y]) => {
			const [p, q] = [this.find(x), this.find(y)];
			return (p === left && q === right) || (p === right && q === left);
		});
	}

	private membersOf(no: number): Comparable[] {
		return this.members.get(this.find(no)) ?? [];
	}

	private find(no: number): number {
		let root = no;
		while (this.parent.get(root) !== root) root = this.parent.get(root) as number;
		let at = no;
		while (at !== root) {
			const next = this.parent.get(at) as number;
			this.parent.set(at, root);
			at = next;
		}
		return root;
	}
}

function pairName(a: number, b: number): string {
	return a < b ? `${a}-${b}` : `${b}-${a}`;
}
