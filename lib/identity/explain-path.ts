import { type RecordNo, type RecordRef, refKey, refOf } from '../domain';
import { weighEdges } from '../match';
import type { StoredRecord, StoreReader } from '../store';
import type { ClusteringTold } from './explain-clustering';

/** One step on the way from one record to another inside a profile. */
export interface PathStep {
	from: RecordRef;
	to: RecordRef;
	/** `evidence` with its match weight, the decision `same` of a person, or that one is a copy of the other: it says the same, and goes where that one goes. */
	by: 'evidence' | 'decision' | 'copy';
	weight: number | null;
	/** Of the identity model that gave the weight. */
	modelVersion: number | null;
	/** Who decided, and why. */
	actor: string | null;
	reason: string | null;
}

type Link = Omit<PathStep, 'from' | 'to'> & { a: RecordNo; b: RecordNo };

interface Reached {
	from: RecordNo;
	link: Link;
	/** Weight of the weakest step so far; a decision is as strong as can be. */
	weakest: number;
}

/**
 * The way from one record to another of its profile through `same` decisions, copies and the match evidence that clustering went by: the fewest steps,
 * and among equally short ways the one whose weakest step is the strongest. Empty when there is none.
 */
export async function pathBetween(tx: StoreReader, from: StoredRecord, to: StoredRecord, told: ClusteringTold): Promise<PathStep[]> {
	if (from.profileNo === null || from.profileNo !== to.profileNo || from.no === to.no) return [];
	if (told.standIn(from.no) === told.standIn(to.no)) return [{ from: refOf(from), to: refOf(to), ...AS_COPY }];
	const members = new Map((await tx.records.ofProfiles([from.profileNo])).map((record) => [record.no, record]));
	const reached = new Map<RecordNo, Reached | null>([[from.no, null]]);
	let frontier = [from.no];
	while (frontier.length > 0 && !reached.has(to.no)) {
		const found = new Map<RecordNo, Reached>();
		const here = new Set(frontier);
		for (const link of await linksOf(tx, frontier, members, told)) {
			for (const [start, end] of [[link.a, link.b], [link.b, link.a]] as const) {
				if (!here.has(start) || reached.has(end) || !members.has(end)) continue;
				const weakest = Math.min(reached.get(start)?.weakest ?? Infinity, link.weight ?? Infinity);
				if (weakest > (found.get(end)?.weakest ?? -Infinity)) found.set(end, { from: start, link, weakest });
			}
		}
		for (const [no, step] of found) reached.set(no, step);
		frontier = [...found.keys()];
	}
	const steps: PathStep[] = [];
	for (let at = to.no, step = reached.get(at); step; at = step.from, step = reached.get(at)) {
		const { a: _a, b: _b, ...link } = step.link;
		const [start, end] = [members.get(step.from), members.get(at)];
		if (start && end) steps.unshift({ from: refOf(start), to: refOf(end), ...link });
	}
	return steps;
}

async function linksOf(tx: StoreReader, nos: readonly RecordNo[], members: ReadonlyMap<RecordNo, StoredRecord>, told: ClusteringTold): Promise<Link[]> {
	const evidence = await tx.evidence.touching(nos);
	const versions = new Map(evidence.map(({ a, b, modelVersion }) => [`${a}-${b}`, modelVersion]));
	const byRef = new Map([...members.values()].map((record) => [refKey(record), record.no]));
	const decisions = await tx.decisions.touching(nos.flatMap((no) => members.get(no) ?? []));
	return [
		...decisions.flatMap(({ a, b, verdict, actor, reason }): Link[] => {
			const [x, y] = [byRef.get(refKey(a)), byRef.get(refKey(b))];
			return verdict === 'same' && x !== undefined && y !== undefined ? [{ a: x, b: y, by: 'decision', weight: null, modelVersion: null, actor, reason }] : [];
		}),
		...copiesAmong(nos, members, told),
		...weighEdges(evidence, 'match').filter(({ a, b }) => told.leftOut(a, b) === undefined).map(({ a, b, weight }): Link => ({ a, b, by: 'evidence', weight, modelVersion: versions.get(`${a}-${b}`) ?? null, actor: null, reason: null })),
	];
}

const AS_COPY = { by: 'copy', weight: null, modelVersion: null, actor: null, reason: null } as const;

/** A copy and the record that stands for it. */
function copiesAmong(nos: readonly RecordNo[], members: ReadonlyMap<RecordNo, StoredRecord>, { standIn }: ClusteringTold): Link[] {
	const here = new Set(nos);
	return [...members.keys()].flatMap((no): Link[] => {
		const first = standIn(no);
		if (first === no || !(here.has(no) || here.has(first))) return [];
		return [{ a: no, b: first, ...AS_COPY }];
	});
}
