import type { Evidence } from '../domain';
import type { WeighedEdge } from './cluster';

/** Adds up the evidence of each pair, over the rules that spoke with this outcome. Pairs come in order of (a, b). */
export function weighEdges(evidence: readonly Omit<Evidence, 'comparisons'>[], outcome: 'match' | 'review'): WeighedEdge[] {
	const edges = new Map<string, WeighedEdge & { heaviest: number }>();
	for (const { a, b, rule, weight, outcome: found } of evidence) {
		if (found !== outcome) continue;
		const name = `${a}-${b}`;
		const edge = edges.get(name);
		if (!edge) {
			edges.set(name, { a, b, weight, rule, heaviest: weight });
			continue;
		}
		edge.weight += weight;
		if (weight > edge.heaviest || (weight === edge.heaviest && rule < edge.rule)) {
			edge.heaviest = weight;
			edge.rule = rule;
		}
	}
	return [...edges.values()].map(({ a, b, weight, rule }) => ({ a, b, weight, rule })).sort((x, y) => x.a - y.a || x.b - y.b);
}
