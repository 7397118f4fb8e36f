import { parseRefKey, type RecordRef, refKey, type VersionedModel } from '../domain';
import { scorePair, toComparable } from '../match';
import type { StoredProfile, StoredRecord, StoreReader } from '../store';
import { unknownProfile } from './awaited-ids';
import { explainPair, type PairExplanation } from './explain';

/** An explanation of what was asked, and which two records were taken where profiles were asked for. */
export interface Explanation extends PairExplanation {
	/** In words; null where two records were asked for. */
	chosen: string | null;
}

/** So many records of a profile are compared with each of the other one to find those that are most alike. */
const MOST_RECORDS = 200;

/** What somebody meant by an ID. */
type Subject = { text: string; record: StoredRecord } | { text: string; profile: StoredProfile; records: StoredRecord[] };

/**
 * Explains two records (`system:object:id`), two profiles (canonical IDs, current or retired), or one of each. Of profiles those two records are
 * taken that have the heaviest evidence between them, else those that are most alike.
 * @throws Error when an ID is not known, with what to do
 */
export async function explainSubjects(tx: StoreReader, first: string, second: string, model: VersionedModel): Promise<Explanation> {
	const [left, right] = [await subjectOf(tx, first), await subjectOf(tx, second)];
	if ('record' in left && 'record' in right) return { ...(await explainPair(tx, left.record, right.record, model)), chosen: null };
	const inside = profileOf(left) !== null && profileOf(left) === profileOf(right);
	const [ours, theirs] = [recordsOf(left), recordsOf(right)];
	const tied = await heaviest(tx, ours, theirs);
	const pair = tied ?? mostAlike(ours, theirs, model);
	if (!pair) throw new Error(`${nameOf(left)} has only the record ${refKey(ours[0] as RecordRef)}, so that there are no two to compare. Name a record or profile that it may be one with.`);
	const which = inside ? `Of the records of ${nameOf(left)}` : `Of ${nameOf(left)} and ${nameOf(right)}`;
	return { ...(await explainPair(tx, ...pair, model)), chosen: `${which} the two that are ${tied ? 'tied most closely' : 'most alike, for no evidence ties any two'}: ${pair.map(refKey).join(' and ')}` };
}

async function subjectOf(tx: StoreReader, text: string): Promise<Subject> {
	const profile = (await tx.profiles.byCanonicalId([text])).get(text);
	if (profile) {
		const records = await tx.records.ofProfiles([profile.no]);
		if (records.length === 0) throw new Error(`The profile ${text} has no records any more; there is nothing to compare.`);
		return { text, profile, records };
	}
	if (/^(?:per|com)_[^:]*$/.test(text)) throw await unknownProfile(tx, text);
	const ref = parseRefKey(text);
	const record = (await tx.records.byRef([ref])).get(refKey(ref));
	if (!record) throw new Error(`There is no record ${refKey(ref)} in the store. Check system, object and ID.${await whatThereIs(tx, ref)}`);
	return { text, record };
}

/** The names that references begin with; a wrong one is the usual mistake. */
async function whatThereIs(tx: StoreReader, { system, object }: RecordRef): Promise<string> {
	const kinds = (await tx.records.counts()).map((one) => `${one.system}:${one.object}`).sort();
	return kinds.includes(`${system}:${object}`) || kinds.length === 0 ? '' : ` There are records of ${kinds.slice(0, 10).join(', ')}.`;
}

function recordsOf(subject: Subject): StoredRecord[] {
	return 'record' in subject ? [subject.record] : subject.records;
}

function profileOf(subject: Subject): number | null {
	return 'record' in subject ? subject.record.profileNo : subject.profile.no;
}

function nameOf(subject: Subject): string {
	if ('record' in subject) return refKey(subject.record);
	const { text, profile } = subject;
	return text === profile.canonicalId ? text : `${profile.canonicalId} (to which ${text} leads now)`;
}

async function heaviest(tx: StoreReader, ours: readonly StoredRecord[], theirs: readonly StoredRecord[]): Promise<[StoredRecord, StoredRecord] | undefined> {
	const [left, right] = [new Map(ours.map((record) => [record.no, record])), new Map(theirs.map((record) => [record.no, record]))];
	const [fewer, more] = left.size <= right.size ? [left, right] : [right, left];
	let best: { a: number; b: number; weight: number } | undefined;
	for (const edge of await tx.evidence.touching([...fewer.keys()])) {
		const across = (fewer.has(edge.a) && more.has(edge.b)) || (fewer.has(edge.b) && more.has(edge.a));
		if (across && (!best || edge.weight > best.weight)) best = edge;
	}
	if (!best) return undefined;
	const [x, y] = left.has(best.a) && right.has(best.b) ? [best.a, best.b] : [best.b, best.a];
	const [one, other] = [left.get(x), right.get(y)];
	return one && other ? [one, other] : undefined;
}

function mostAlike(ours: readonly StoredRecord[], theirs: readonly StoredRecord[], { model }: VersionedModel): [StoredRecord, StoredRecord] | undefined {
	const views = (records: readonly StoredRecord[]) => records.slice(0, MOST_RECORDS).map((record) => ({ record, view: toComparable(record, record.no, model) }));
	const others = views(theirs);
	let best: { pair: [StoredRecord, StoredRecord]; weight: number } | undefined;
	for (const one of views(ours)) {
		for (const other of others) {
			if (one.record.no === other.record.no) continue;
			const weight = one.record.kind === other.record.kind ? scorePair(one.view, other.view, model, new Set()).weight : -Infinity;
			if (!best || weight > best.weight) best = { pair: [one.record, other.record], weight };
		}
	}
	return best?.pair;
}
