import type { Decision, Evidence, IdentityModel, RecordNo } from '../domain';
import { refKey } from '../domain';
import { clusterRecords, type Clustering, type ClusterInput, copiesKey, type DecidedPair, type WeighedEdge, weighEdges } from '../match';
import type { RecordHead, StoreReader } from '../store';
import { nameOfSides, questionsAmong, type Sides } from './questions';
import { RecordCache } from './record-cache';
import { decidedAbout } from './copy-groups';

export interface Recluster {
	/** Records of the touched components; deleted ones and activities are not among them. */
	records: Map<RecordNo, RecordHead>;
	clusters: RecordNo[][];
	/** Pairs that a person should look at, the heaviest first, one for each pair of clusters. */
	questions: WeighedEdge[];
}

/** What the clusters of some components are a function of. */
export interface ClusterBasis extends ClusterInput {
	/** Records of the components; deleted ones and activities are not among them. */
	heads: Map<RecordNo, RecordHead>;
	/** Those, and records outside that doubtful evidence and decisions lead to. */
	everyone: Map<RecordNo, RecordHead>;
	/** Evidence with outcome `review`. */
	doubtful: WeighedEdge[];
}

/** Recomputes the clusters of every component that one of these records belongs to. Reads only. */
export async function recluster(tx: StoreReader, touched: ReadonlySet<RecordNo>, model: IdentityModel, cache: RecordCache = new RecordCache()): Promise<Recluster> {
	const { heads, everyone, doubtful, ...input } = await clusterBasis(tx, touched, model, cache);
	const clustering = clusterRecords(input);
	const askable = doubtful.filter(({ a, b }) => everyone.has(a) && everyone.has(b));
	return { records: heads, clusters: clustering.clusters, questions: questionsFor(clustering, askable, input.decisions, everyone) };
}

/** Reads the components that these records belong to. */
export async function clusterBasis(tx: StoreReader, touched: Iterable<RecordNo>, model: IdentityModel, cache: RecordCache): Promise<ClusterBasis> {
	const heads = (await connectedTo(tx, touched, model, cache)).filter((record) => !record.deleted && record.kind !== 'activity');
	const records = new Map(heads.map((record) => [record.no, record]));
	const evidence = await tx.evidence.edges([...records.keys()]);
	const doubtful = weighEdges(evidence, 'review');
	const decided = await tx.decisions.touching(heads);
	const outsiders = await loadOutsiders(tx, doubtful, decided, records);
	const everyone = new Map([...records, ...outsiders]);
	const decisions = decidedPairs(decided, everyone);
	const comparables = await cache.of(tx, heads, model);
	const inside = ({ a, b }: Pick<Evidence, 'a' | 'b'>) => records.has(a) && records.has(b);
	return { heads: records, everyone, doubtful, records: [...comparables.values()], edges: weighEdges(evidence.filter(inside), 'match'), decisions };
}

/**
 * Everything that evidence, decisions and being copies of one record connect with these. Copies count although there may be no evidence between them
 * (they say too little), because a third one can bind them all.
 */
export async function connectedTo(tx: StoreReader, nos: Iterable<RecordNo>, model: IdentityModel, cache: RecordCache): Promise<RecordHead[]> {
	const reached = new Set(await tx.evidence.component([...nos]));
	const found: RecordHead[] = [];
	let fresh = [...reached];
	while (fresh.length > 0) {
		const heads = await tx.records.heads(fresh);
		for (const head of heads) found.push(head);
		const decided = await decidedAbout(tx, heads);
		const keys = new Set([...(await cache.of(tx, heads, model)).values()].map((one) => copiesKey(one, decided.get(one.ref))));
		const copies = [...(await tx.keys.holders([...keys])).values()].flatMap((holders) => (holders.length > 1 ? holders.map(({ no }) => no) : [])).filter((no) => !reached.has(no));
		fresh = copies.length === 0 ? [] : (await tx.evidence.component(copies)).filter((no) => !reached.has(no));
		for (const no of fresh) reached.add(no);
	}
	return found.sort((x, y) => x.no - y.no);
}

/** Decisions with the records' numbers; those about records that aren't here (yet) have no effect. */
function decidedPairs(decisions: readonly Decision[], records: ReadonlyMap<RecordNo, RecordHead>): DecidedPair[] {
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
	records: ReadonlyMap<RecordNo, RecordHead>,
): Promise<Map<RecordNo, RecordHead>> {
	const nos = [...new Set(edges.flatMap(({ a, b }) => [a, b]))].filter((no) => !records.has(no));
	const byNo = await tx.records.heads(nos);
	const byRef = await tx.records.byRef(decisions.flatMap(({ a, b }) => [a, b]));
	const decided = await tx.records.heads([...byRef.values()].map(({ no }) => no));
	const found = [...byNo, ...decided].filter((record) => !record.deleted && !records.has(record.no));
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
	records: ReadonlyMap<RecordNo, RecordHead>,
): WeighedEdge[] {
	const clusterOf = new Map<RecordNo, number>();
	clustering.clusters.forEach((cluster, index) => cluster.forEach((no) => clusterOf.set(no, index)));
	const sides: Sides = {
		// A record outside the components keeps the cluster that it has.
		side: (no) => (clusterOf.has(no) ? `c${clusterOf.get(no)}` : `p${records.get(no)?.profileNo ?? `r${no}`}`),
		ref: (no) => refKey(records.get(no) as RecordHead),
	};
	const settled = new Set(decisions.filter(({ verdict }) => verdict === 'different').map((pair) => nameOfSides(pair, sides)));
	return questionsAmong([...clustering.cut, ...doubtful], sides, settled);
}
