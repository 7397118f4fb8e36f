import type { Evidence, RecordNo, VersionedModel } from '../domain';
import { type Comparable, isTooCommon, judgePair, keyLimit, type MatchKey, matchKeys, toComparable } from '../match';
import type { StoredRecord, StoreWriter } from '../store';

/**
 * Brings keys and evidence up to date after records were put, and returns every record whose evidence may have changed.
 *
 * What is stored afterwards is a function of the stored records alone: the pair (a, b) has the evidence that `judgePair` finds,
 * if they share a key that is not too common. Whether a key is too common is judged by its holders as they now are;
 * when that changes, all pairs under the key are judged again.
 */
export async function updateEvidence(
	tx: StoreWriter,
	changed: readonly StoredRecord[],
	{ model, version }: VersionedModel,
	at: string,
): Promise<Set<RecordNo>> {
	const touched = new Set<RecordNo>(changed.map(({ no }) => no));
	const entries = changed.map((record) => ({ no: record.no, keys: record.deleted || record.kind === 'activity' ? [] : matchKeys(toComparable(record, record.no, model), model) }));
	const before = await tx.keys.replace(entries);
	const now = new Map<RecordNo, readonly MatchKey[]>(entries.map(({ no, keys }) => [no, keys]));

	const affected = new Set<string>();
	for (const { keys } of entries) for (const { key } of keys) affected.add(key);
	for (const keys of before.values()) for (const { key } of keys) affected.add(key);
	const holders = await tx.keys.holders([...affected]);

	// Crossing the limit, in either direction, concerns everyone who holds the key.
	const wasGeneric = await tx.keys.generic([...affected]);
	const isGeneric = new Set([...affected].filter((key) => isTooCommon(holders.get(key) ?? [], keyLimit(key, model))));
	const becameGeneric = [...isGeneric].filter((key) => !wasGeneric.has(key));
	const becameUseful = [...wasGeneric].filter((key) => !isGeneric.has(key));
	await tx.keys.markGeneric(becameGeneric, true);
	await tx.keys.markGeneric(becameUseful, false);

	const pairs = new PairSet();
	for (const [no, keys] of now) {
		for (const { key } of keys) {
			if (isGeneric.has(key)) continue;
			for (const holder of holders.get(key) ?? []) pairs.add(no, holder.no);
		}
	}
	// Under a key that became too common only pairs that had evidence can change; under one that became useful, all can.
	const former = new PairSet();
	for (const key of becameGeneric) {
		const nos = (holders.get(key) ?? []).map(({ no }) => no);
		const group = new Set(nos);
		for (const { a, b } of await tx.evidence.touching(nos)) if (group.has(a) && group.has(b)) former.add(a, b);
	}
	for (const key of becameUseful) {
		const nos = (holders.get(key) ?? []).map(({ no }) => no);
		for (const [index, a] of nos.entries()) for (const b of nos.slice(index + 1)) former.add(a, b);
	}

	const removed = [
		...(await tx.evidence.removeTouching(changed.map(({ no }) => no))),
		...(await tx.evidence.removePairs(former.list())),
	];
	for (const { a, b } of removed) touched.add(a).add(b);

	for (const [a, b] of former.list()) pairs.add(a, b);
	const found = await judgePairs(tx, pairs, { model, version }, at);
	await tx.evidence.add(found);
	for (const { a, b } of found) touched.add(a).add(b);
	return touched;
}

async function judgePairs(tx: StoreWriter, pairs: PairSet, { model, version }: Pick<VersionedModel, 'model' | 'version'>, at: string): Promise<Evidence[]> {
	const list = pairs.list();
	const records = await tx.records.byNo([...new Set(list.flat())]);
	const comparables = new Map<RecordNo, Comparable>(records.map((record) => [record.no, toComparable(record, record.no, model)]));
	const generic = await tx.keys.generic([...new Set([...comparables.values()].flatMap((one) => matchKeys(one, model).map(({ key }) => key)))]);
	return list.flatMap(([a, b]) => {
		const [left, right] = [comparables.get(a), comparables.get(b)];
		if (!left || !right) return [];
		return judgePair(left, right, model, generic).map((judgement) => ({ a, b, ...judgement, modelVersion: version, at }));
	});
}

/** Unordered pairs of distinct records, each once. */
class PairSet {
	private readonly seen = new Map<RecordNo, Set<RecordNo>>();

	add(x: RecordNo, y: RecordNo): void {
		if (x === y) return;
		const [a, b] = x < y ? [x, y] : [y, x];
		const others = this.seen.get(a) ?? new Set<RecordNo>();
		this.seen.set(a, others.add(b));
	}

	list(): [RecordNo, RecordNo][] {
		return [...this.seen].flatMap(([a, others]) => [...others].map((b): [RecordNo, RecordNo] => [a, b]));
	}
}
