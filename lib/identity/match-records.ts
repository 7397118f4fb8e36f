import type { ComparisonResult, RecordKind, RecordNo, RecordRef, SourceRecord, VersionedModel } from '../domain';
import { refOf } from '../domain';
import type { PutResult, RecordHead, StoredRecord, StoreWriter } from '../store';
import { assignIds } from './assign-ids';
import { updateEvidence } from './evidence-for-batch';
import { MatchRun } from './match-run';
import { recluster, type Recluster } from './recluster';
import { updateReviews } from './review-queue';
import { profilesToRebuild } from './rebuild-scope';

/**
 * What became of one record:
 * `matched`: joined to at least one other record; `new`: a profile of its own; `review`: a profile of its own, and a person is asked;
 * `activity`: kept with its owner; `deleted`: taken out; `unchanged` and `stale`: nothing was written.
 */
export type MatchOutcome = 'matched' | 'new' | 'review' | 'activity' | 'deleted' | 'unchanged' | 'stale';

export interface MatchResult {
	ref: RecordRef;
	outcome: MatchOutcome;
	/** Null for an activity and a deleted record. */
	canonicalId: string | null;
	/** Whether anything was written for this record. */
	changed: boolean;
	/** The evidence that joins it or asks for review, the heaviest first. */
	because: { rule: string; weight: number; with: RecordRef; comparisons: ComparisonResult[] }[];
}

/**
 * Stores a batch of source records and resolves them: keys, evidence, clusters, canonical IDs, review tasks, events. One result a record, in order.
 * Runs inside the caller's transaction, so a batch is there wholly or not at all. The golden records follow with `buildProfiles`;
 * what has to be built is marked in the store.
 * @param run that the batch belongs to, when there is one
 * @param reasons whether anybody reads `because`, which is left empty otherwise
 */
export async function matchRecords(
	tx: StoreWriter,
	records: readonly SourceRecord[],
	versioned: VersionedModel,
	now: number,
	run: MatchRun = new MatchRun(),
	reasons = true,
): Promise<MatchResult[]> {
	run.steps.enter('write');
	const at = new Date(now).toISOString();
	const puts = await tx.records.put(records, at);
	// Of a reference that stands twice in the batch the last one written counts.
	const changed = [...new Map(puts.flatMap(({ no, record }) => (record ? [[no, record] as const] : []))).values()];
	run.cache.keep(changed);
	await tx.rejections.remove(changed);

	const kindBefore = new Map<RecordNo, RecordKind>();
	for (const { no, before } of puts) if (before && !kindBefore.has(no)) kindBefore.set(no, before.kind);
	const entities = changed.filter(({ no, kind }) => kind !== 'activity' || (kindBefore.get(no) ?? kind) !== 'activity');
	// A mapping that was corrected can make a person of a company: it leaves its profile, which is of the other entity.
	const leaving = entities.filter(({ no, kind, deleted }) => deleted || kind !== (kindBefore.get(no) ?? kind));
	const touched = await updateEvidence(tx, entities, versioned, at, run);
	const { records: members, ...outcome } = await resolveTouched(tx, touched, leaving, versioned, now, run);
	const rebuild = await profilesToRebuild(tx, { puts, changed, assigned: outcome.assigned }, run.cache);
	await tx.profiles.touch([...rebuild]);
	return describe(tx, records, puts, { members, ...outcome }, reasons);
}

/**
 * Re-clusters around the touched records and brings canonical IDs and review tasks in line. Also used after a decision.
 * @param leaving records that no longer belong to the profile they are in
 */
export async function resolveTouched(
	tx: StoreWriter,
	touched: ReadonlySet<RecordNo>,
	leaving: readonly StoredRecord[],
	{ model }: VersionedModel,
	now: number,
	{ cache, steps }: MatchRun = new MatchRun(),
): Promise<Recluster & { assigned: Set<number> }> {
	const abandoned = new Set(leaving.map(({ profileNo }) => profileNo).filter((no) => no !== null));
	await tx.records.assign(leaving.map(({ no }) => ({ no, profileNo: null })));
	steps.enter('clustering');
	const result = await recluster(tx, touched, model, cache);
	steps.enter('profiles');
	const assigned = await assignIds(tx, result.records, result.clusters, abandoned, now);
	for (const no of abandoned) assigned.add(no);
	await updateReviews(tx, result, leaving, now);
	return { ...result, assigned };
}

function wasWritten({ outcome }: PutResult): boolean {
	return outcome === 'new' || outcome === 'changed';
}

async function describe(
	tx: StoreWriter,
	inputs: readonly SourceRecord[],
	puts: readonly PutResult[],
	{ members, clusters, questions }: Pick<Recluster, 'clusters' | 'questions'> & { members: Recluster['records'] },
	reasons: boolean,
): Promise<MatchResult[]> {
	const nos = [...new Set(puts.map(({ no }) => no))];
	const stored = new Map((await tx.records.heads(nos)).map((record) => [record.no, record]));
	const profiles = new Map(
		(await tx.profiles.heads([...new Set([...stored.values()].map(({ profileNo }) => profileNo).filter((no) => no !== null))])).map((profile) => [profile.no, profile]),
	);
	const clusterOf = new Map<RecordNo, readonly RecordNo[]>(clusters.flatMap((cluster) => cluster.map((no) => [no, cluster] as const)));
	const asked = new Set(questions.flatMap(({ a, b }) => [a, b]));
	const evidence = reasons ? await evidenceByRecord(tx, nos) : new Map<RecordNo, Reason[]>();
	const others = new Map((await tx.records.heads([...new Set([...evidence.values()].flat().map(({ other }) => other))])).map((record) => [record.no, record]));
	return inputs.map((input, index) => {
		const put = puts[index] as PutResult;
		const record = stored.get(put.no);
		const cluster = clusterOf.get(put.no) ?? [put.no];
		const outcome = outcomeOf(put, record, cluster, asked, members);
		const profile = record && record.profileNo !== null ? profiles.get(record.profileNo) : undefined;
		const because = (evidence.get(put.no) ?? [])
			.filter(({ other }) => outcome !== 'matched' || clusterOf.get(other) === cluster)
			.flatMap(({ other, ...line }) => {
				const partner = others.get(other);
				return partner ? [{ ...line, with: refOf(partner) }] : [];
			});
		return { ref: refOf(input), outcome, canonicalId: profile?.canonicalId ?? null, changed: wasWritten(put), because: outcome === 'new' ? [] : because.slice(0, 5) };
	});
}

function outcomeOf(
	put: PutResult,
	record: RecordHead | undefined,
	cluster: readonly RecordNo[],
	asked: ReadonlySet<RecordNo>,
	members: ReadonlyMap<RecordNo, RecordHead>,
): MatchOutcome {
	if (put.outcome === 'unchanged' || put.outcome === 'stale') return put.outcome;
	if (record?.kind === 'activity') return 'activity';
	if (record?.deleted || !members.has(put.no)) return 'deleted';
	if (cluster.length > 1) return 'matched';
	return asked.has(put.no) ? 'review' : 'new';
}

interface Reason {
	rule: string;
	weight: number;
	comparisons: ComparisonResult[];
	other: RecordNo;
}

async function evidenceByRecord(tx: StoreWriter, nos: readonly RecordNo[]) {
	const byRecord = new Map<RecordNo, Reason[]>(nos.map((no) => [no, []]));
	for (const { a, b, rule, weight, comparisons } of await tx.evidence.touching(nos)) {
		for (const [no, other] of [[a, b], [b, a]] as const) {
			byRecord.get(no)?.push({ rule, weight, comparisons, other });
		}
	}
	for (const list of byRecord.values()) list.sort((x, y) => y.weight - x.weight);
	return byRecord;
}
