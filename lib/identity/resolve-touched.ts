import type { VersionedModel } from '../domain';
import type { StoredRecord, StoreWriter } from '../store';
import { type Assigned, assignIds } from './assign-ids';
import type { Touched } from './evidence-for-batch';
import { placesLeft } from './left-places';
import { MatchRun } from './match-run';
import { rivalsOf } from './promised-ids';
import { recluster, type Recluster } from './recluster';
import { updateReviews } from './review-queue';

/**
 * Re-clusters around the touched records and brings canonical IDs and review tasks in line. Also used after a decision.
 * @param leaving records that no longer belong to the profile they are in
 */
export async function resolveTouched(
	tx: StoreWriter,
	{ together, alone }: Touched,
	leaving: readonly StoredRecord[],
	{ model }: VersionedModel,
	now: number,
	{ cache, steps }: MatchRun = new MatchRun(),
): Promise<Pick<Recluster, 'clusters' | 'questions'> & { assigned: Assigned }> {
	if (together.size === 0 && alone.size === 0 && leaving.length === 0) return { clusters: [], questions: [], assigned: { changed: new Set(), newcomers: new Set() } };
	const abandoned = new Set(leaving.map(({ profileNo }) => profileNo).filter((no) => no !== null));
	const left = await placesLeft(tx, leaving);
	await tx.records.assign(leaving.map(({ no }) => ({ no, profileNo: null })));
	steps.enter('clustering');
	const wentBack = await tx.promises.any();
	const rivals = wentBack ? await rivalsOf(tx, together, alone.values(), abandoned) : [];
	const result = await recluster(tx, rivals.length === 0 ? together : new Set([...together, ...rivals]), model, cache);
	const clusters = [...result.clusters, ...[...alone.keys()].map((no) => [no])];
	steps.enter('profiles');
	const assigned = await assignIds(tx, new Map([...result.records, ...alone]), clusters, abandoned, now, wentBack);
	await tx.departures.add(left, new Date(now).toISOString());
	for (const no of abandoned) assigned.changed.add(no);
	await updateReviews(tx, result, leaving, now);
	return { clusters, questions: result.questions, assigned };
}
