import type { RecordNo } from '../domain';
import type { WeighedEdge } from '../match';

/** Where records stand after clustering. */
export interface Sides {
	/** A name of the cluster that a record is in. */
	side: (no: RecordNo) => string;
	/** Text form of the reference. */
	ref: (no: RecordNo) => string;
}

/** A name of two clusters, whatever their order. */
export function nameOfSides({ a, b }: Pick<WeighedEdge, 'a' | 'b'>, { side }: Sides): string {
	return [side(a), side(b)].sort().join('|');
}

/**
 * What to ask a person: evidence that leads from one cluster to another, the heaviest for each two of them, in order of weight.
 * @param settled names of two clusters that a person keeps apart
 */
export function questionsAmong(edges: readonly WeighedEdge[], sides: Sides, settled: ReadonlySet<string> = new Set()): WeighedEdge[] {
	const order = (edge: WeighedEdge) => [sides.ref(edge.a), sides.ref(edge.b)].sort().join('\n');
	const questions = new Map<string, WeighedEdge>();
	for (const edge of [...edges].sort((x, y) => y.weight - x.weight || (order(x) < order(y) ? -1 : 1))) {
		const pair = nameOfSides(edge, sides);
		if (sides.side(edge.a) === sides.side(edge.b) || settled.has(pair) || questions.has(pair)) continue;
		questions.set(pair, edge);
	}
	return [...questions.values()];
}
