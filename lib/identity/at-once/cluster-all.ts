import { clusterRecords, type DecidedPair, type WeighedEdge, weighEdges } from '../../match';
import type { EvidenceEdge } from '../../store';
import { nameOfSides, questionsAmong } from '../questions';
import type { AllKeys } from './group-all';
import type { LoadedRecords } from './loaded-records';
import type { Turns } from './turns';

/** Records that are clustered until others get their turn. */
const BATCH = 1000;

/** All clusters of a store. */
export interface AllClusters {
	/** By place of the record: the number of its cluster. Clusters are numbered from 0, in order of their first record. */
	clusterOf: Uint32Array;
	/** By number: how many records it has. */
	sizes: readonly number[];
	/** Pairs that a person should look at, the heaviest first, one for each pair of clusters. */
	questions: WeighedEdge[];
}

/**
 * Clusters of all records: what {@link recluster} gives, for each component of evidence, copies and decisions by itself.
 * @param decisions in force, between records that are there
 */
export async function clusterAll(
	records: LoadedRecords,
	copies: AllKeys['copies'],
	evidence: readonly EvidenceEdge[],
	turns: Turns,
	decisions: readonly DecidedPair[] = [],
): Promise<AllClusters> {
	const placeOf = new Map<number, number>();
	for (const { a, b } of [...evidence, ...decisions]) for (const no of [a, b]) if (!placeOf.has(no)) placeOf.set(no, placeAmong(records.nos, no));
	const place = (no: number) => placeOf.get(no) as number;

	const matching = evidence.filter(({ outcome }) => outcome === 'match');
	const sets = new Sets(records.size);
	for (const { a, b } of [...matching, ...decisions.filter(({ verdict }) => verdict === 'same')]) sets.join(place(a), place(b));
	for (const [first, ...others] of copies) for (const other of others) sets.join(first as number, other);
	const edgesOf = new Map<number, EvidenceEdge[]>();
	for (const edge of matching) listUnder(edgesOf, sets.root(place(edge.a)), edge);
	const decisionsOf = new Map<number, DecidedPair[]>();
	for (const decision of decisions) for (const root of new Set([decision.a, decision.b].map((no) => sets.root(place(no))))) listUnder(decisionsOf, root, decision);
	const membersOf = new Map<number, number[]>();
	for (const root of [...edgesOf.keys(), ...decisionsOf.keys(), ...copies.map(([first]) => sets.root(first as number))]) membersOf.set(root, []);
	for (let record = 0; record < records.size; record += 1) membersOf.get(sets.root(record))?.push(record);

	// By place of a record: the first record of its cluster.
	const firstOf = new Uint32Array(records.size).map((_, record) => record);
	const cut: WeighedEdge[] = [];
	let [clustered, told] = [0, 0];
	for (const [root, members] of membersOf) {
		const byNo = new Map(members.map((member) => [records.nos[member] as number, member]));
		const edges = weighEdges(edgesOf.get(root) ?? [], 'match');
		const result = clusterRecords({ records: members.map((member) => records.comparable(member)), edges, decisions: decisionsOf.get(root) ?? [] });
		for (const edge of result.cut) cut.push(edge);
		for (const cluster of result.clusters) for (const no of cluster) firstOf[byNo.get(no) as number] = byNo.get(cluster[0] as number) as number;
		clustered += members.length;
		if (clustered - told < BATCH) continue;
		told = clustered;
		await turns.next('clustering', clustered);
	}

	const clusterOf = new Uint32Array(records.size);
	const sizes: number[] = [];
	for (let record = 0; record < records.size; record += 1) {
		const first = firstOf[record] as number;
		// Lists of a cluster are ascending, so that its first record has been met.
		const cluster = first === record ? sizes.push(0) - 1 : (clusterOf[first] as number);
		clusterOf[record] = cluster;
		sizes[cluster] = (sizes[cluster] as number) + 1;
	}
	const sides = { side: (no: number) => `${clusterOf[place(no)]}`, ref: (no: number) => records.refs.at(place(no)) };
	const settled = new Set(decisions.filter(({ verdict }) => verdict === 'different').map((pair) => nameOfSides(pair, sides)));
	return { clusterOf, sizes, questions: questionsAmong([...cut, ...weighEdges(evidence.filter(({ outcome }) => outcome === 'review'), 'review')], sides, settled) };
}

function listUnder<Item>(lists: Map<number, Item[]>, name: number, item: Item): void {
	const list = lists.get(name);
	if (list) list.push(item);
	else lists.set(name, [item]);
}

/** Where a number stands in an ascending list. */
function placeAmong(nos: readonly number[], no: number): number {
	let [low, high] = [0, nos.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((nos[middle] as number) < no) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Union-find over places. */
class Sets {
	private readonly parent: Uint32Array;

	constructor(size: number) {
		this.parent = new Uint32Array(size).map((_, place) => place);
	}

	root(place: number): number {
		let root = place;
		while (this.parent[root] !== root) root = this.parent[root] as number;
		// What was passed on the way leads there directly from now on.
		for (let at = place; at !== root; ) {
			const next = this.parent[at] as number;
			this.parent[at] = root;
			at = next;
		}
		return root;
	}

	join(x: number, y: number): void {
		const [a, b] = [this.root(x), this.root(y)];
		if (a !== b) this.parent[Math.max(a, b)] = Math.min(a, b);
	}
}
