import type { RecordNo, VersionedModel } from '../domain';
import type { EvidenceEdge, RecordHead, StoreWriter } from '../store';
import { changeKeys } from './change-keys';
import { regroup, type Regrouped } from './copy-groups';
import { comparablesIn, judgePairs } from './judge-pairs';
import { MatchRun } from './match-run';
import { type PairsToJudge, pairsToJudge } from './pairs-to-judge';

/** What changed around the records of a batch. */
export interface Touched {
	/** Every record whose evidence, group of copies or clusters may have changed, but for those that are alone. */
	together: Set<RecordNo>;
	/** New records that nothing connects with any other: no evidence, no copy, no decision. */
	alone: Map<RecordNo, RecordHead>;
}

/**
 * Brings keys and evidence up to date after records were put or decided about.
 *
 * What is stored afterwards is a function of the stored records and decisions alone: two records that stand for themselves or for their copies have
 * the evidence that `judgePair` finds, if they share a key that is not too common; a copy has evidence with the one that stands for it.
 * Whether a key is too common is judged by its distinct holders as they now are; when that changes, all pairs under the key are judged again.
 * @param fresh those of the changed records that came in just now
 */
export async function updateEvidence(
	tx: StoreWriter,
	changed: readonly RecordHead[],
	versioned: VersionedModel,
	at: string,
	{ cache, steps }: MatchRun = new MatchRun(),
	fresh: ReadonlySet<RecordNo> = new Set(),
): Promise<Touched> {
	const { model } = versioned;
	steps.enter('keys');
	const around = await regroup(tx, changed, fresh, model, cache);
	const keys = await changeKeys(tx, around, model, cache);
	steps.enter('candidates');
	const pairs = await pairsToJudge(tx, around, keys);
	const tied = new Set<RecordNo>();
	for (const { a, b } of await removeOutdated(tx, keys.known, pairs)) tied.add(a).add(b);
	const views = await comparablesIn(tx, pairs, around.comparables, model, cache);
	steps.enter('scoring');
	const found = await judgePairs(tx, pairs, views, keys.generic, versioned, at);
	steps.enter('write');
	await tx.evidence.add(found);
	for (const { a, b } of found) tied.add(a).add(b);
	return touchedBy(changed, fresh, around, tied);
}

/** Evidence that is found again, or no longer. @param known records that had keys before; others have no evidence */
async function removeOutdated(tx: StoreWriter, known: readonly RecordNo[], { again, copies }: PairsToJudge): Promise<EvidenceEdge[]> {
	const outdated = [...known, ...copies.flatMap((group) => group.copies)];
	return [...(outdated.length > 0 ? await tx.evidence.removeTouching(outdated) : []), ...(await tx.evidence.removePairs(again))];
}

/** @param tied records that had evidence, or have it now */
function touchedBy(changed: readonly RecordHead[], fresh: ReadonlySet<RecordNo>, { entries, touched, unique }: Regrouped, tied: ReadonlySet<RecordNo>): Touched {
	const alone = new Map<RecordNo, RecordHead>();
	for (const record of changed) if (fresh.has(record.no) && unique.has(record.no) && !tied.has(record.no)) alone.set(record.no, record);
	for (const { no } of entries) touched.add(no);
	for (const no of tied) touched.add(no);
	for (const no of alone.keys()) touched.delete(no);
	return { together: touched, alone };
}
