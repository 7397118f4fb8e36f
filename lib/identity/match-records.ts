import type { ComparisonResult, RecordKind, RecordNo, RecordRef, SourceRecord, VersionedModel } from '../domain';
import { refOf } from '../domain';
import type { PutResult, RecordHead, StoredRecord, StoreWriter } from '../store';
import { alikeAsBefore, placesOf } from './alike-as-before';
import { giveUpWaiting } from './awaited-ids';
import { updateEvidence } from './evidence-for-batch';
import { finishFirstLoad } from './first-load';
import { MatchRun } from './match-run';
import { profilesToRebuild } from './rebuild-scope';
import { resolveTouched } from './resolve-touched';

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

/** A batch as it stands in the store, before anybody asked what became of each record. */
interface Resolved {
	puts: readonly PutResult[];
	/** Of which each living record of the batch is in one. */
	clusters: readonly (readonly RecordNo[])[];
	/** Records that a person is asked about. */
	asked: ReadonlySet<RecordNo>;
	/** As they stand after the batch, by number. */
	written: ReadonlyMap<RecordNo, StoredRecord>;
}

/**
 * Stores a batch of source records and resolves them: keys, evidence, clusters, canonical IDs, review tasks, events. One result a record, in order.
 * Runs inside the caller's transaction, so a batch is there wholly or not at all. The golden records follow with `buildProfiles`;
 * what has to be built is marked in the store.
 * @param run that the batch belongs to, when there is one
 */
export async function matchRecords(tx: StoreWriter, records: readonly SourceRecord[], model: VersionedModel, now: number, run?: MatchRun): Promise<MatchResult[]> {
	return describe(tx, records, await resolveRecords(tx, records, model, now, run));
}

/** The same for those who ask only how many became what. */
export async function matchOutcomes(tx: StoreWriter, records: readonly SourceRecord[], model: VersionedModel, now: number, run?: MatchRun): Promise<MatchOutcome[]> {
	return outcomesOf(await resolveRecords(tx, records, model, now, run));
}

async function resolveRecords(tx: StoreWriter, records: readonly SourceRecord[], versioned: VersionedModel, now: number, run = new MatchRun()): Promise<Resolved> {
	await finishFirstLoad(tx, versioned, now, { steps: run.steps });
	run.steps.enter('write');
	const at = new Date(now).toISOString();
	const puts = await tx.records.put(records, at);
	// Of a reference that stands twice in the batch the last one written counts.
	const written = new Map(puts.flatMap(({ no, record }) => (record ? [[no, record] as const] : [])));
	const changed = [...written.values()];
	run.cache.keep(written);
	// Also of one that was rejected meanwhile and is what it was again.
	await tx.rejections.remove(records.filter((_, index) => puts[index]?.outcome !== 'stale'));

	const alike = await alikeAsBefore(tx, puts, written, versioned.model, run.cache);
	// They are of another content now, though they are the same: what was kept would no longer count.
	await tx.keys.keepForms(
		[...alike.keys()].flatMap((no) => {
			const forms = run.cache.formsOf(no);
			return forms ? [{ no, forms }] : [];
		}),
	);
	const kindBefore = new Map<RecordNo, RecordKind>();
	for (const { no, before } of puts) if (before && !kindBefore.has(no)) kindBefore.set(no, before.kind);
	const entities = changed.filter(({ no, kind }) => kind !== 'activity' || (kindBefore.get(no) ?? kind) !== 'activity');
	// A mapping that was corrected can make a person of a company: it leaves its profile, which is of the other entity.
	const leaving = entities.filter(({ no, kind, deleted }) => deleted || kind !== (kindBefore.get(no) ?? kind));
	const fresh = new Set(puts.flatMap(({ no, outcome }) => (outcome === 'new' ? [no] : [])));
	const others = entities.filter(({ no }) => !alike.has(no));
	const touched = others.length > 0 ? await updateEvidence(tx, others, versioned, at, run, fresh) : { together: new Set<RecordNo>(), alone: new Map<RecordNo, RecordHead>() };
	const { clusters, questions, assigned } = await resolveTouched(tx, touched, leaving, versioned, now, run);
	const gone = leaving.filter(({ no, deleted }) => deleted === true && fresh.has(no));
	if (gone.length > 0) await giveUpWaiting(tx, gone, at);
	const rebuild = await profilesToRebuild(tx, { puts, changed, assigned });
	// New profiles are marked from the beginning.
	await tx.profiles.touch([...rebuild].filter((no) => !assigned.newcomers.has(no)));
	const recomputed = new Set(clusters.flat());
	const places = await placesOf(tx, [...alike.values()].filter(({ no }) => !recomputed.has(no)));
	const asked = new Set([...questions.flatMap(({ a, b }) => [a, b]), ...places.asked]);
	return { puts, written, clusters: [...clusters, ...places.clusters], asked };
}

function wasWritten({ outcome }: PutResult): boolean {
	return outcome === 'new' || outcome === 'changed';
}

async function describe(tx: StoreWriter, inputs: readonly SourceRecord[], resolved: Resolved): Promise<MatchResult[]> {
	const { puts, clusters } = resolved;
	const nos = [...new Set(puts.map(({ no }) => no))];
	const evidence = await evidenceByRecord(tx, nos);
	const others = [...evidence.values()].flat().map(({ other }) => other);
	const stored = new Map((await tx.records.heads([...new Set([...nos, ...others])])).map((record) => [record.no, record]));
	const profileNos = nos.flatMap((no) => stored.get(no)?.profileNo ?? []);
	const profiles = new Map((await tx.profiles.heads([...new Set(profileNos)])).map((profile) => [profile.no, profile]));
	const clusterOf = new Map<RecordNo, readonly RecordNo[]>(clusters.flatMap((cluster) => cluster.map((no) => [no, cluster] as const)));
	const outcomes = outcomesOf(resolved);
	return inputs.map((input, index) => {
		const [put, outcome] = [puts[index] as PutResult, outcomes[index] as MatchOutcome];
		const profile = profiles.get(stored.get(put.no)?.profileNo ?? 0);
		const cluster = clusterOf.get(put.no);
		const because = (evidence.get(put.no) ?? [])
			.filter(({ other }) => outcome !== 'matched' || clusterOf.get(other) === cluster)
			.flatMap(({ other, ...line }) => {
				const partner = stored.get(other);
				return partner ? [{ ...line, with: refOf(partner) }] : [];
			});
		return { ref: refOf(input), outcome, canonicalId: profile?.canonicalId ?? null, changed: wasWritten(put), because: outcome === 'new' ? [] : because.slice(0, 5) };
	});
}

function outcomesOf({ puts, written, clusters, asked }: Resolved): MatchOutcome[] {
	const sizes = new Map<RecordNo, number>();
	for (const cluster of clusters) for (const no of cluster) sizes.set(no, cluster.length);
	return puts.map(({ no, outcome }) => {
		if (outcome === 'unchanged' || outcome === 'stale') return outcome;
		if (written.get(no)?.kind === 'activity') return 'activity';
		const size = sizes.get(no);
		if (size === undefined) return 'deleted';
		if (size > 1) return 'matched';
		return asked.has(no) ? 'review' : 'new';
	});
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
