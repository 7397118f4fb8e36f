import { clusterComponent, type Clustering, type ClusterInput, type ClusterWatch, type DecidedPair, type WeighedEdge } from './cluster';
import type { Comparable } from './comparable';
import { contentOf } from './content';

/** Records that say the same and about which the same was decided. */
interface Group {
	/** The one with the first reference, which stands for all. */
	first: Comparable;
	members: number[];
	/** Whether there is evidence that two of them are one. */
	bound: boolean;
}

/**
 * Clusters of any records. Copies of one record go where it goes, so each group of them is clustered as one record: it doesn't matter
 * whether the evidence names all of them or only one. Copies that nothing binds stay apart, unless what they share a cluster with binds them.
 * Each component by itself gives the same as all at once; splitting keeps the work proportional to the largest one.
 * @param watch is told of records by those that stand for them, see {@link standIns}
 */
export function clusterRecords({ records, edges, decisions }: ClusterInput, watch?: ClusterWatch): Clustering {
	const groups = groupsOf(records, decisions);
	const between = contract(edges, groups);
	const components = componentsOf({ records: [...new Set(groups.values())].map(({ first }) => first), edges: between, decisions: contractDecisions(decisions, groups) });
	const results = components.map((component) => clusterComponent(component, watch));
	const clusters = results.flatMap(({ clusters: found }) => found).flatMap((nos) => {
		const members = nos.map((no) => groups.get(no) as Group);
		const [only] = members;
		if (members.length === 1 && only && !only.bound) return only.members.map((no) => [no]);
		return [members.flatMap((group) => group.members).sort((x, y) => x - y)];
	});
	return { clusters: clusters.sort((x, y) => (x[0] as number) - (y[0] as number)), cut: results.flatMap(({ cut }) => cut) };
}

/** The record that stands for each one: its copy with the first reference, or itself. */
export function standIns({ records, decisions }: Pick<ClusterInput, 'records' | 'decisions'>): Map<number, number> {
	return new Map([...groupsOf(records, decisions)].map(([no, { first }]) => [no, first.no]));
}

/** The group of each record. */
function groupsOf(records: readonly Comparable[], decisions: readonly DecidedPair[]): Map<number, Group> {
	const decided = new Map<number, string[]>();
	for (const { a, b, verdict, at } of decisions) {
		for (const [no, other] of [[a, b], [b, a]] as const) {
			const said = decided.get(no);
			if (said) said.push(`${verdict} ${other} ${at}`);
			else decided.set(no, [`${verdict} ${other} ${at}`]);
		}
	}
	const byContent = new Map<string, Group>();
	const groups = new Map<number, Group>();
	for (const record of records) {
		const content = [contentOf(record), ...(decided.get(record.no) ?? []).sort()].join('\n');
		const group = byContent.get(content) ?? { first: record, members: [], bound: false };
		byContent.set(content, group);
		if (record.ref < group.first.ref) group.first = record;
		group.members.push(record.no);
		groups.set(record.no, group);
	}
	return groups;
}

/** Edges between groups, named by their first records; of several between two groups, which are alike, the heaviest. Marks groups that are bound. */
function contract(edges: readonly WeighedEdge[], groups: ReadonlyMap<number, Group>): WeighedEdge[] {
	const between = new Map<string, WeighedEdge>();
	for (const edge of edges) {
		const [left, right] = [groups.get(edge.a), groups.get(edge.b)];
		if (!left || !right) continue;
		if (left === right) {
			left.bound = true;
			continue;
		}
		const [a, b] = [Math.min(left.first.no, right.first.no), Math.max(left.first.no, right.first.no)];
		const name = `${a}-${b}`;
		const known = between.get(name);
		if (!known || edge.weight > known.weight) between.set(name, { ...edge, a, b });
	}
	return [...between.values()];
}

/** What was decided about the members of a group was decided about all of them alike. */
function contractDecisions(decisions: readonly DecidedPair[], groups: ReadonlyMap<number, Group>): DecidedPair[] {
	const between = new Map<string, DecidedPair>();
	for (const decision of decisions) {
		const [a, b] = [decision.a, decision.b].map((no) => groups.get(no)?.first.no ?? no) as [number, number];
		between.set(`${Math.min(a, b)}-${Math.max(a, b)}`, { ...decision, a, b });
	}
	return [...between.values()];
}

function componentsOf({ records, edges, decisions }: ClusterInput): ClusterInput[] {
	const part = new Map<number, number>(records.map(({ no }) => [no, no]));
	const find = (no: number): number => {
		let root = no;
		while (part.get(root) !== root) root = part.get(root) as number;
		part.set(no, root);
		return root;
	};
	const links = [...edges, ...decisions.filter(({ verdict }) => verdict === 'same')];
	for (const { a, b } of links) if (part.has(a) && part.has(b)) part.set(find(b), find(a));
	const components = new Map<number, { records: Comparable[]; edges: WeighedEdge[]; decisions: ClusterInput['decisions'][number][] }>();
	for (const record of records) {
		const root = find(record.no);
		const component = components.get(root) ?? { records: [], edges: [], decisions: [] };
		component.records.push(record);
		components.set(root, component);
	}
	for (const edge of edges) components.get(find(edge.a))?.edges.push(edge);
	for (const decision of decisions) if (part.has(decision.a)) components.get(find(decision.a))?.decisions.push(decision);
	return [...components.values()];
}
