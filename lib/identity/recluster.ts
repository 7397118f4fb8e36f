import type { Decision, Evidence, RecordNo } from '../domain';
import { refKey, type IdentityModel } from '../domain';
import { clusterComponent, type Clustering, type Comparable, type DecidedPair, toComparable, type WeighedEdge, weighEdges } from '../match';
import type { StoredRecord, StoreReader } from '../store';

export interface Recluster {
	/** Records of the touched components; deleted ones and activities are not among them. */
	records: Map<RecordNo, StoredRecord>;
	clusters: RecordNo[][];
	/** Pairs that a person should look at, the heaviest first, one for each pair of clusters. */
	questions: WeighedEdge[];
}

/** Recomputes the clusters of every component that one of these records belongs to. Reads only. */
export async function recluster(tx: StoreReader, touched: ReadonlySet<RecordNo>, model: IdentityModel): Promise<Recluster> {
	const nos = await tx.evidence.component([...touched]);
	const stored = (await tx.records.byNo(nos)).filter((record) => !record.deleted && record.kind !== 'activity');
	const records = new Map(stored.map((record) => [record.no, record]));
	const evidence = await tx.evidence.touching([...records.keys()]);
	const doubtful = weighEdges(evidence, 'review');
	const decided = await tx.decisions.touching(stored);
	const outsiders = await loadOutsiders(tx, doubtful, decided, records);
	const everyone = new Map([...records, ...outsiders]);
	const decisions = decidedPairs(decided, everyone);
	const comparables = stored.map((record) => toComparable(record, record.no, model));
	const inside = ({ a, b }: Pick<Evidence, 'a' | 'b'>) => records.has(a) && records.has(b);
	const matching = weighEdges(evidence.filter(inside), 'match');
	const clustering = clusterAll(comparables, matching, decisions);
	const askable = doubtful.filter(({ a, b }) => everyone.has(a) && everyone.has(b));
	return { records, clusters: clustering.clusters, questions: questionsFor(clustering, askable, decisions, everyone) };
}

/** Each component by itself gives the same as all at once; splitting keeps the work proportional to the largest one. */
function clusterAll(comparables: readonly Comparable[], edges: readonly WeighedEdge[], decisions: readonly DecidedPair[]): Clustering {
	const part = new Map<RecordNo, RecordNo>(comparables.map(({ no }) => [no, no]));
	const find = (no: RecordNo): RecordNo => {
		let root = no;
		while (part.get(root) !== root) root = part.get(root) as RecordNo;
		part.set(no, root);
		return root;
	};
	const links = [...edges, ...decisions.filter(({ verdict }) => verdict === 'same')];
	for (const { a, b } of links) if (part.has(a) && part.has(b)) part.set(find(b), find(a));
	const components = new Map<RecordNo, { records: Comparable[]; edges: WeighedEdge[]; decisions: DecidedPair[] }>();
	for (const record of comparables) {
		const root = find(record.no);
		const component = components.get(root) ?? { records: [], edges: [], decisions: [] };
		component.records.push(record);
		components.set(root, component);
	}
	for (const edge of edges) components.get(find(edge.a))?.edges.push(edge);
	for (const decision of decisions) if (part.has(decision.a)) components.get(find(decision.a))?.decisions.push(decision);
	const results = [...components.values()].map(clusterComponent);
	return { clusters: results.flatMap(({ clusters }) => clusters), cut: results.flatMap(({ cut }) => cut) };
}

/** Decisions with the records' numbers; those about records that aren't here (yet) have no effect. */
function decidedPairs(decisions: readonly Decision[], records: ReadonlyMap<RecordNo, StoredRecord>): DecidedPair[] {
	const numbers = new Map([...records.values()].map((record) => [refKey(record), record.no]));
	return decisions.flatMap(({ a, b, verdict, at }) => {
		const [x, y] = [numbers.get(refKey(a)), numbers.get(refKey(b))];
		return x === undefined || y === undefined ? [] : [{ a: x, b: y, verdict, at }];
	});
}

/** Records at the other end of doubtful edges and decisions that lead out of the component; those that are gone are left out. */
async function loadOutsiders(
	tx: StoreReader,
	edges: readonly WeighedEdge[],
	decisions: readonly Decision[],
	records: ReadonlyMap<RecordNo, StoredRecord>,
): Promise<Map<RecordNo, StoredRecord>> {
	const nos = [...new Set(edges.flatMap(({ a, b }) => [a, b]))].filter((no) => !records.has(no));
	const byNo = await tx.records.byNo(nos);
	const byRef = await tx.records.byRef(decisions.flatMap(({ a, b }) => [a, b]));
	const found = [...byNo, ...byRef.values()].filter((record) => !record.deleted && !records.has(record.no));
	return new Map(found.map((record) => [record.no, record]));
}

/**
 * What to ask: doubtful evidence between two clusters, and evidence that was left out because of a contradiction,
 * unless a decision `different` stands between the two clusters.
 */
function questionsFor(
	clustering: Clustering,
	doubtful: readonly WeighedEdge[],
	decisions: readonly DecidedPair[],
	records: ReadonlyMap<RecordNo, StoredRecord>,
): WeighedEdge[] {
	const clusterOf = new Map<RecordNo, number>();
	clustering.clusters.forEach((cluster, index) => cluster.forEach((no) => clusterOf.set(no, index)));
	// A record outside the components keeps the cluster that it has.
	const side = (no: RecordNo) => (clusterOf.has(no) ? `c${clusterOf.get(no)}` : `p${records.get(no)?.profileNo ?? `r${no}`}`);
	const between = ({ a, b }: { a: RecordNo; b: RecordNo }) => [side(a), side(b)].sort().join('|');
	const settled = new Set(decisions.filter(({ verdict }) => verdict === 'different').map(between));
	const order = (edge: WeighedEdge) => [edge.a, edge.b].map((no) => refKey(records.get(no) as StoredRecord)).sort().join('\n');
	const questions = new Map<string, WeighedEdge>();
	const sorted = [...clustering.cut, ...doubtful].sort((x, y) => y.weight - x.weight || (order(x) < order(y) ? -1 : 1));
	for (const edge of sorted) {
		const pair = between(edge);
		if (side(edge.a) === side(edge.b) || settled.has(pair) || questions.has(pair)) continue;
		questions.set(pair, edge);
	}
	return [...questions.values()];
}

