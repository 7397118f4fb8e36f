import { refKey, type RecordRef, type ReviewTask, type Verdict } from '../domain';
import type { StoredRecord, StoreReader, StoreWriter } from '../store';
import { unknownProfile } from './awaited-ids';
import { currentModel } from './current-model';
import { decide, mergeProfiles, pairsThatJoin, type DecisionContext } from './decide';

/** What a decision is about: a question of the review queue, two records, or two profiles by canonical ID. */
export type Subject = { questionId: number } | { records: readonly [RecordRef, RecordRef] } | { profiles: readonly [string, string] };

/**
 * Answers a question, or says of two records or profiles what nobody asked. Two records that are `same` bring their whole profiles along;
 * `different` holds for the clusters of the two records for as long as they are in them, and for two profiles for each pair of their records.
 * Runs inside the caller's transaction. Returns the canonical IDs of all profiles concerned as they are afterwards, the older first.
 * @throws Error when the question is closed, a record or profile is missing, or the two can't be one
 */
export async function answer(tx: StoreWriter, subject: Subject, verdict: Verdict, context: DecisionContext): Promise<string[]> {
	if ('profiles' in subject) return answerForProfiles(tx, subject.profiles, verdict, context);
	const [a, b] = await pairOf(tx, subject);
	await decide(tx, verdict, verdict === 'same' ? await joiningPairs(tx, a, b, context) : [[a, b]], context);
	const now = await tx.records.byRef([a, b]);
	const [x, y] = [now.get(refKey(a)), now.get(refKey(b))];
	if (x && y && (x.profileNo === y.profileNo) !== (verdict === 'same')) {
		throw new Error(`${refKey(a)} and ${refKey(b)} ${verdict === 'same' ? 'stay apart' : 'stay together'} because of a decision made at this time or a later one. Nothing was changed; check the clock of this machine.`);
	}
	return canonicalIds(tx, [...new Set([a.profileNo, b.profileNo, x?.profileNo, y?.profileNo])].filter((no) => typeof no === 'number'), [a, b]);
}

/** The asked pair, and all further pairs that must be decided so that the two profiles become one whole. */
async function joiningPairs(tx: StoreWriter, a: StoredRecord, b: StoredRecord, context: DecisionContext): Promise<[RecordRef, RecordRef][]> {
	if (a.profileNo === null || b.profileNo === null || a.profileNo === b.profileNo || a.kind !== b.kind) return [[a, b]];
	const { model } = await currentModel(tx, context.systems, new Date(context.now).toISOString());
	const further = await pairsThatJoin(tx, await tx.records.ofProfiles([a.profileNo]), await tx.records.ofProfiles([b.profileNo]), model);
	const asked = pairKey(a, b);
	return [[a, b], ...further.filter(([x, y]) => pairKey(x, y) !== asked)];
}

async function answerForProfiles(tx: StoreWriter, [first, second]: readonly [string, string], verdict: Verdict, context: DecisionContext): Promise<string[]> {
	if (verdict === 'same') {
		await mergeProfiles(tx, first, second, context);
	} else {
		const [left, right] = [await membersOf(tx, first), await membersOf(tx, second)];
		if (left[0]?.profileNo === right[0]?.profileNo) {
			throw new Error(`${first} and ${second} are one profile. Say which of its records are somebody else: name two records, or use Split of the Profile node. Nothing was changed.`);
		}
		await decide(tx, 'different', left.flatMap((x) => right.map((y): [RecordRef, RecordRef] => [x, y])), context);
	}
	const found = await tx.profiles.byCanonicalId([first, second]);
	return [...new Map([...found.values()].map(({ no, canonicalId }) => [no, canonicalId])).entries()].sort(([x], [y]) => x - y).map(([, id]) => id);
}

export async function membersOf(tx: StoreReader, canonicalId: string): Promise<StoredRecord[]> {
	const profile = (await tx.profiles.byCanonicalId([canonicalId])).get(canonicalId);
	if (!profile) throw await unknownProfile(tx, canonicalId);
	const records = await tx.records.ofProfiles([profile.no]);
	if (records.length === 0) throw new Error(`The profile ${canonicalId} has no records any more; there is nothing to decide.`);
	return records;
}

/**
 * The two records of a question or a pair of references.
 * @param closed whether the question may be closed already, as for taking its answer back
 */
export async function pairOf(tx: StoreReader, subject: Exclude<Subject, { profiles: unknown }>, closed = false): Promise<[StoredRecord, StoredRecord]> {
	if ('questionId' in subject) {
		const task = await tx.reviews.byId(subject.questionId);
		if (!task) throw new Error(`There is no question ${subject.questionId}. List the open questions and take the ID from there.`);
		if (task.status !== 'open' && !closed) throw new Error(closedMessage(task));
		const [a, b] = await tx.records.byNo([task.a, task.b]);
		if (!a || !b) throw new Error(`The records of question ${subject.questionId} are not in the store any more.`);
		return [a, b];
	}
	const found = await tx.records.byRef(subject.records);
	const [a, b] = subject.records.map((ref) => {
		const record = found.get(refKey(ref));
		if (!record) throw new Error(`There is no record ${refKey(ref)} in the store. Check system, object and ID.`);
		return record;
	});
	if (!a || !b || a.no === b.no) throw new Error('Two different records are needed. Name one at "First Record" and another one at "Second Record".');
	return [a, b];
}

function closedMessage({ id, status, closedAt }: ReviewTask): string {
	const when = closedAt === undefined ? '' : ` on ${closedAt.slice(0, 10)}`;
	const how = status === 'answered' ? `was answered${when}; to change the answer, take it back with Undo` : `needs no answer any more${when === '' ? '' : ` since${when.slice(3)}`}: other records or decisions settled it`;
	return `Question ${id} ${how}. Nothing was changed.`;
}

async function canonicalIds(tx: StoreReader, before: readonly number[], refs: readonly RecordRef[]): Promise<string[]> {
	const now = [...(await tx.records.byRef(refs)).values()].flatMap(({ profileNo }) => profileNo ?? []);
	const profiles = await tx.profiles.byNo([...new Set([...before, ...now])].sort((x, y) => x - y));
	return profiles.filter(({ empty }) => !empty).map(({ canonicalId }) => canonicalId);
}

function pairKey(a: RecordRef, b: RecordRef): string {
	return [refKey(a), refKey(b)].sort().join('\n');
}
