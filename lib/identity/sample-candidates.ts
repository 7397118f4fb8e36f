import type { Entity, IdentityModel, RecordNo } from '../domain';
import type { ProposedPairs } from '../insight';
import { type Comparable, matchKeys, scorePair, toComparable } from '../match';
import type { IdentityStore, StoreReader } from '../store';

export interface SampleOptions {
	/** Records whose candidates are scored; 250 when left out. */
	records?: number;
	/** Most candidates of one record that are scored; 100 when left out. */
	candidates?: number;
}

/** Bins a bit. */
const BINS = 1;

/**
 * Scores what the blocking rules and shared identifiers propose for some records, spread evenly over the store, and from that estimates
 * how all proposed pairs are distributed, also those whose weight is so low that they leave no evidence.
 * Nothing is left to chance: the same store gives the same figures.
 * @returns an entry for each entity of which a pair was proposed; none when nothing was ever matched in the store
 */
export async function sampleCandidates(store: IdentityStore, { records = 250, candidates = 100 }: SampleOptions = {}): Promise<ProposedPairs[]> {
	return store.read(async (tx) => {
		const model = (await tx.models.current())?.model;
		if (!model) return [];
		const last = await lastNo(tx);
		const step = Math.max(1, Math.floor(last / records));
		const chosen = (await tx.records.byNo(Array.from({ length: Math.floor(last / step) }, (_, index) => (index + 1) * step)))
			.filter(({ kind, deleted }) => kind !== 'activity' && !deleted)
			.map((record) => toComparable(record, record.no, model));
		const sums = new Map<Entity, Sum>();
		for (const one of chosen) await score(tx, one, sums, { most: candidates, model, step });
		return [...sums].map(([entity, { scored, bins }]) => ({
			...{ entity, sampled: chosen.filter((one) => one.entity === entity).length, scored, width: 1 / BINS },
			pairs: Math.round([...bins.values()].reduce((sum, pairs) => sum + pairs, 0)),
			bins: [...bins].sort(([x], [y]) => x - y).map(([place, pairs]) => ({ from: place / BINS, pairs: Math.round(pairs) })),
		}));
	});
}

/** Of one entity: how many pairs were scored, and by place of the bin how many pairs of the whole store they stand for. */
interface Sum {
	scored: number;
	bins: Map<number, number>;
}

interface Sampling {
	/** Candidates of one record that are scored. */
	most: number;
	model: IdentityModel;
	/** One record of so many is looked at. */
	step: number;
}

/** Adds the candidates of this record to `sums`. */
async function score(tx: StoreReader, one: Comparable, sums: Map<Entity, Sum>, { most, model, step }: Sampling): Promise<void> {
	const keys = matchKeys(one, model).map(({ key }) => key);
	const common = await tx.keys.generic(keys);
	const holders = await tx.keys.holders(keys.filter((key) => !common.has(key)));
	const nos = [...new Set([...holders.values()].flatMap((list) => list.map(({ no }) => no)))].filter((no) => no !== one.no).sort((x, y) => x - y);
	const every = Math.max(1, Math.ceil(nos.length / most));
	const others = (await tx.records.byNo(nos.filter((_, index) => index % every === 0))).map((record) => toComparable(record, record.no, model));
	const generic = await tx.keys.generic([...new Set([...keys, ...others.flatMap((other) => matchKeys(other, model).map(({ key }) => key))])]);
	for (const other of others) {
		const { weight, proposed } = scorePair(one, other, model, generic);
		if (!proposed) continue;
		const sum = sums.get(one.entity) ?? { scored: 0, bins: new Map<number, number>() };
		sums.set(one.entity, sum);
		sum.scored += 1;
		const place = Math.floor(weight * BINS);
		// Either of the two could have been chosen, so that each pair has two chances.
		sum.bins.set(place, (sum.bins.get(place) ?? 0) + (step * every) / 2);
	}
}

/** The highest record number, found by doubling and halving. */
async function lastNo(tx: StoreReader): Promise<RecordNo> {
	const hasAfter = async (no: RecordNo) => (await tx.records.scanHeads(no, 1)).length > 0;
	let high = 1;
	while (await hasAfter(high)) high *= 2;
	for (let low = Math.floor(high / 2); low < high; ) {
		const middle = Math.floor((low + high) / 2);
		if (await hasAfter(middle)) low = middle + 1;
		else high = middle;
	}
	return high;
}
