import type { DecisionEntry, IdentityModel, RecordRef, ReviewTask, Verdict, VersionedModel } from '../domain';
import { refKey, refOf } from '../domain';
import { contradiction, toComparable } from '../match';
import type { StoredRecord, StoreWriter } from '../store';
import { unknownProfile } from './awaited-ids';
import { decidedAbout } from './copy-groups';
import { currentModel } from './current-model';
import { updateEvidence } from './evidence-for-batch';
import { finishFirstLoad } from './first-load';
import { resolveTouched } from './resolve-touched';
import { profilesToRebuild } from './rebuild-scope';
import { eventsFor } from './review-queue';

/** More pairs than this are not one person's work; a split of that size is a matter for the model's rules. */
const MOST_PAIRS = 20_000;

export interface DecisionContext {
	actor: string;
	reason: string;
	systems: readonly string[];
	/** Milliseconds since 1970. */
	now: number;
}

/** Says that all these records are one, or that each of `left` differs from each of `right`, and resolves what that touches. */
export async function decide(tx: StoreWriter, verdict: Verdict, pairs: readonly (readonly [RecordRef, RecordRef])[], context: DecisionContext): Promise<void> {
	const at = new Date(context.now).toISOString();
	await applyDecisions(tx, pairs.map(([a, b]) => ({ a: refOf(a), b: refOf(b), verdict, actor: context.actor, reason: context.reason, at })), context);
}

/** Stores decisions and withdrawals, closes the questions that they answer, and resolves what they touch. */
export async function applyDecisions(tx: StoreWriter, decisions: readonly DecisionEntry[], context: Pick<DecisionContext, 'systems' | 'now'>): Promise<void> {
	const pairs = decisions.map(({ a, b }) => [a, b] as const);
	if (pairs.length > MOST_PAIRS) throw new Error(`This decision would concern ${pairs.length} pairs of records; ${MOST_PAIRS} is the most. Split off fewer records at a time.`);
	const at = new Date(context.now).toISOString();
	const model = await currentModel(tx, context.systems, at);
	await finishFirstLoad(tx, model, context.now);
	const records = await tx.records.byRef(pairs.flat());
	const missing = pairs.flat().find((ref) => !records.has(refKey(ref)));
	if (missing) throw new Error(`There is no record ${refKey(missing)} in the store. Check system, object and ID.`);
	refuseImpossible(decisions.filter(({ verdict }) => verdict === 'same').map(({ a, b }) => [a, b]), records);
	await storeDecisions(tx, decisions, [...records.values()], model, context.now);
}

/**
 * Stores decisions and withdrawals whose records may not be here yet, and resolves what they touch.
 * @param touched those of the records that they name that are here
 */
export async function storeDecisions(tx: StoreWriter, decisions: readonly DecisionEntry[], touched: readonly StoredRecord[], model: VersionedModel, now: number): Promise<void> {
	const at = new Date(now).toISOString();
	const decidedBefore = await decidedAbout(tx, touched);
	await tx.decisions.add(decisions);
	// Records are copies of each other only where the same was decided about them, so that keys and evidence may be others than before.
	const decidedNow = await decidedAbout(tx, touched);
	const changing = touched.filter((record) => decidedBefore.get(refKey(record)) !== decidedNow.get(refKey(record)));
	const entities = (await tx.records.heads(changing.map(({ no }) => no))).filter(({ kind }) => kind !== 'activity');
	const concerned = await updateEvidence(tx, entities, model, at);
	for (const { no } of touched) concerned.together.add(no);
	const answered = await closeAnswered(tx, touched, decisions.filter(({ verdict }) => verdict !== 'withdrawn').map(({ a, b }) => [a, b]), at);
	const { assigned } = await resolveTouched(tx, concerned, [], model, now);
	await tx.events.append(await eventsFor(tx, answered, 'review.closed', at));
	const rebuild = await profilesToRebuild(tx, { puts: [], changed: touched, assigned });
	await tx.profiles.touch([...rebuild]);
}

/**
 * Puts two profiles together, for good: every record of both, also where a person decided "different" about some of them before.
 * Records that come later join by what they say, as ever.
 */
export async function mergeProfiles(tx: StoreWriter, keepId: string, otherId: string, context: DecisionContext): Promise<void> {
	const [keep, other] = [await recordsOf(tx, keepId), await recordsOf(tx, otherId)];
	if (keep.profileNo === other.profileNo) throw new Error(`${keepId} and ${otherId} are one profile already. Nothing was changed.`);
	if (keep.entity !== other.entity) throw new Error(`${keepId} is a ${keep.entity} and ${otherId} is a ${other.entity}; only two of a kind can be merged.`);
	const { model } = await currentModel(tx, context.systems, new Date(context.now).toISOString());
	const pairs = await pairsThatJoin(tx, keep.records, other.records, model);
	await decide(tx, 'same', pairs.length > 0 ? pairs : [[keep.records[0] as StoredRecord, other.records[0] as StoredRecord]], context);
	const now = await tx.profiles.byCanonicalId([keepId, otherId]);
	if (now.get(keepId)?.no !== now.get(otherId)?.no) {
		throw new Error(`${keepId} and ${otherId} stay apart because a person decided "different" about records of theirs, at this time or a later one. Nothing was changed; check the clock of this machine.`);
	}
}

/**
 * The pairs to decide about, so that two profiles become one whole: those that contradict each other (each contradiction once), those that were
 * kept apart by an earlier decision. Empty where there is neither: any one pair is enough then, and the rest follows by its evidence.
 */
export async function pairsThatJoin(tx: StoreWriter, left: readonly StoredRecord[], right: readonly StoredRecord[], model: IdentityModel): Promise<[RecordRef, RecordRef][]> {
	const views = (records: readonly StoredRecord[]) => records.map((record) => ({ record, view: toComparable(record, record.no, model) }));
	const chosen: { x: ReturnType<typeof views>[number]; y: ReturnType<typeof views>[number] }[] = [];
	const others = views(right);
	for (const x of views(left)) {
		for (const y of others) {
			if (!contradiction(x.view, y.view)) continue;
			const covered = chosen.some((pair) => !contradiction(x.view, pair.x.view) && !contradiction(y.view, pair.y.view));
			if (!covered) chosen.push({ x, y });
		}
	}
	const sides = [new Set(left.map(refKey)), new Set(right.map(refKey))] as const;
	const apart = (await tx.decisions.touching(left)).filter(({ a, b, verdict }) => {
		const [p, q] = [refKey(a), refKey(b)];
		return verdict === 'different' && ((sides[0].has(p) && sides[1].has(q)) || (sides[0].has(q) && sides[1].has(p)));
	});
	return [...chosen.map(({ x, y }): [RecordRef, RecordRef] => [x.record, y.record]), ...apart.map(({ a, b }): [RecordRef, RecordRef] => [a, b])];
}

/** A person and a company are never one, nor is an activity anything but itself. */
function refuseImpossible(pairs: readonly (readonly [RecordRef, RecordRef])[], records: ReadonlyMap<string, StoredRecord>): void {
	for (const [a, b] of pairs) {
		const [x, y] = [records.get(refKey(a))?.kind, records.get(refKey(b))?.kind];
		if (x !== y) throw new Error(`${refKey(a)} is of kind ${x} and ${refKey(b)} of kind ${y}; only two of a kind can be one. Nothing was changed.`);
		if (x === 'activity') throw new Error(`${refKey(a)} and ${refKey(b)} are activities; only people and companies can be one. Nothing was changed.`);
	}
}

/**
 * Takes some records out of a profile, for good: they will not come back by themselves. Returns the canonical IDs of those records, then of those that
 * stayed: what only the records that left had tied to the others is a profile of its own now.
 */
export async function splitProfile(tx: StoreWriter, canonicalId: string, take: readonly RecordRef[], context: DecisionContext): Promise<string[]> {
	const { records } = await recordsOf(tx, canonicalId);
	const chosen = new Set(take.map(refKey));
	const stranger = take.find((ref) => !records.some((record) => refKey(record) === refKey(ref)));
	if (stranger) throw new Error(`The record ${refKey(stranger)} is not part of ${canonicalId}. It has: ${records.map(refKey).join(', ')}.`);
	const leaving = records.filter((record) => chosen.has(refKey(record)));
	const staying = records.filter((record) => !chosen.has(refKey(record)));
	if (leaving.length === 0 || staying.length === 0) throw new Error('A split needs at least one record to take out and one to stay. Nothing was changed.');
	await decide(tx, 'different', leaving.flatMap((x) => staying.map((y): [RecordRef, RecordRef] => [x, y])), context);
	const now = await tx.records.byRef(records);
	const order = [...new Set([...leaving, ...staying].flatMap((record) => now.get(refKey(record))?.profileNo ?? []))];
	const ids = new Map((await tx.profiles.byNo(order)).map((profile) => [profile.no, profile.canonicalId]));
	return order.flatMap((no) => ids.get(no) ?? []);
}

async function recordsOf(tx: StoreWriter, canonicalId: string) {
	const profile = (await tx.profiles.byCanonicalId([canonicalId])).get(canonicalId);
	if (!profile) throw await unknownProfile(tx, canonicalId);
	const records = await tx.records.ofProfiles([profile.no]);
	if (records.length === 0) throw new Error(`The profile ${canonicalId} has no records any more; there is nothing to merge or split.`);
	return { profileNo: profile.no, entity: profile.entity, records };
}

/** Questions about exactly these pairs are answered, not moot. */
async function closeAnswered(tx: StoreWriter, touched: readonly StoredRecord[], pairs: readonly (readonly [RecordRef, RecordRef])[], at: string): Promise<ReviewTask[]> {
	const keys = new Map(touched.map((record) => [record.no, refKey(record)]));
	const decided = new Set(pairs.map(([a, b]) => [refKey(a), refKey(b)].sort().join('\n')));
	const open = await tx.reviews.openTouching([...keys.keys()]);
	const answered = open.filter(({ a, b }) => decided.has([keys.get(a) ?? '', keys.get(b) ?? ''].sort().join('\n')));
	await tx.reviews.close(answered.map(({ id }) => id), 'answered', at);
	return answered;
}
