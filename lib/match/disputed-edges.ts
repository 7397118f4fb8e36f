import type { ClusterSets } from './cluster-sets';
import type { Contradictions } from './contradictions';

interface Tie {
	a: number;
	b: number;
	weight: number;
}

/** An edge as one of its ends sees it. */
interface Claim<Edge> {
	edge: Edge;
	end: number;
	other: number;
}

/**
 * Edges with an end that is tied just as heavily to a rival: a record that contradicts the other end, or that a person keeps apart from it,
 * and that is not in its cluster. Nothing says to which of the two such an end belongs. Each comes with an edge that leads to a rival.
 */
export function disputedEdges<Edge extends Tie>(edges: readonly Edge[], sets: ClusterSets, contradictions: Contradictions): Map<Edge, Edge> {
	const disputed = new Map<Edge, Edge>();
	const dispute = (edge: Edge, rival: Edge) => {
		if (!disputed.has(edge)) disputed.set(edge, rival);
	};
	const isRival = (x: number, y: number, byInitial: boolean) =>
		!sets.joined(x, y) && (sets.decidedApart(x, y) || (byInitial ? contradictions.betweenByInitial(x, y) : contradictions.between(x, y)) !== undefined);
	const mayRival = (x: number, y: number, byInitial: boolean) => {
		const [left, right] = [contradictions.face(x), contradictions.face(y)];
		return sets.decidedApart(x, y) || (byInitial ? contradictions.betweenFacesByInitial(left, right) : contradictions.betweenFaces(left, right)) !== undefined;
	};
	for (const claims of equalClaims(edges.filter((edge) => !sets.decidedApart(edge.a, edge.b)))) {
		const byInitial = contradictions.hasInitial((claims[0] as Claim<Edge>).end);
		const groups = [...groupBy(claims, ({ other }) => sets.likeness(other)).values()];
		for (const [index, group] of groups.entries()) {
			for (const against of groups.slice(index + 1)) {
				if (!mayRival((group[0] as Claim<Edge>).other, (against[0] as Claim<Edge>).other, byInitial)) continue;
				for (const left of group) {
					for (const right of against) {
						if (!isRival(left.other, right.other, byInitial)) continue;
						dispute(left.edge, right.edge);
						dispute(right.edge, left.edge);
					}
				}
			}
		}
	}
	return disputed;
}

/** The edges at each record that weigh the same, where there are several. */
function equalClaims<Edge extends Tie>(edges: readonly Edge[]): Claim<Edge>[][] {
	const claims = edges.flatMap((edge) => [
		{ end: edge.a, edge, other: edge.b },
		{ end: edge.b, edge, other: edge.a },
	]);
	return [...groupBy(claims, ({ end, edge }) => `${end} ${edge.weight}`).values()].filter((group) => group.length > 1);
}

function groupBy<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		const name = nameOf(item);
		const group = groups.get(name);
		if (group) group.push(item);
		else groups.set(name, [item]);
	}
	return groups;
}
