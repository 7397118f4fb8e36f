import type { RecordNo } from '../domain';
import { COPY_HOLDER, isCopiesKey } from '../match';
import type { StoreWriter } from '../store';
import { type ChangedKeys, countingHolders } from './change-keys';
import { type CopyGroup, inOrder, type Regrouped } from './copy-groups';
import { PairSet } from './pair-set';

/** A record that stands for copies of it, and those of them that have to be compared with it. */
export interface Copies {
	first: RecordNo;
	copies: RecordNo[];
}

export interface PairsToJudge {
	/** Pairs that a key which is not too common proposes, smaller number first. */
	proposed: readonly [RecordNo, RecordNo][];
	/** Pairs under keys that became too common, or ceased to be: what was found of them counts no longer. */
	again: readonly [RecordNo, RecordNo][];
	copies: readonly Copies[];
}

/** All pairs of which the evidence may be another now, each once. */
export async function pairsToJudge(tx: StoreWriter, { entries, groups }: Regrouped, keys: ChangedKeys): Promise<PairsToJudge> {
	const pairs = proposedPairs(entries, keys);
	const again = await pairsOfCrossing(tx, keys);
	const crossing = [...keys.becameGeneric, ...keys.becameUseful].flatMap((key) => countingHolders(keys.holders.get(key)));
	await addGroupsOf(tx, crossing, groups);
	const proposed = pairs.list().filter(([a, b]) => !again.has(a, b));
	return { proposed, again: again.list(), copies: copiesToJudge(groups, new Set(entries.map(({ no }) => no))) };
}

function proposedPairs(entries: Regrouped['entries'], { holders, generic }: ChangedKeys): PairSet {
	const pairs = new PairSet();
	for (const { no, keys } of entries) {
		for (const { key, who } of keys) {
			if (who === COPY_HOLDER || isCopiesKey(key) || generic.has(key)) continue;
			for (const holder of holders.get(key) ?? []) if (holder.who !== COPY_HOLDER) pairs.add(no, holder.no);
		}
	}
	return pairs;
}

/** Under a key that became too common only pairs that had evidence can change; under one that became useful, all can. */
async function pairsOfCrossing(tx: StoreWriter, { holders, becameGeneric, becameUseful }: ChangedKeys): Promise<PairSet> {
	const pairs = new PairSet();
	for (const key of becameGeneric) {
		const group = new Set(countingHolders(holders.get(key)));
		for (const { a, b } of await tx.evidence.edges([...group])) if (group.has(a) && group.has(b)) pairs.add(a, b);
	}
	for (const key of becameUseful) pairs.addAll(countingHolders(holders.get(key)));
	return pairs;
}

/** What is too common has a say in whether copies are one, so that the copies of these records have to be compared again. */
async function addGroupsOf(tx: StoreWriter, nos: readonly RecordNo[], groups: Map<string, CopyGroup>): Promise<void> {
	const keys = [...(await tx.keys.ofRecords([...new Set(nos)])).values()].flatMap((own) => own.map(({ key }) => key).filter(isCopiesKey));
	for (const [key, holders] of await tx.keys.holders([...new Set(keys)])) groups.set(key, { members: inOrder(holders), changed: true });
}

function copiesToJudge(groups: ReadonlyMap<string, CopyGroup>, changed: ReadonlySet<RecordNo>): Copies[] {
	return [...groups.values()].flatMap(({ members: [first, ...others], changed: all }) => {
		const copies = others.map(({ no }) => no).filter((no) => all || changed.has(no) || (first && changed.has(first.no)));
		return first && copies.length > 0 ? [{ first: first.no, copies }] : [];
	});
}
