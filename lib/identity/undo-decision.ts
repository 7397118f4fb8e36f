import { refKey, type Decision, type DecisionEntry, type RecordRef } from '../domain';
import type { StoreReader, StoreWriter } from '../store';
import { membersOf, pairOf, type Subject } from './answer';
import { applyDecisions, type DecisionContext } from './decide';

/** Whose decision is taken back: that on a question or on two records, or the newest one about any record of a profile. */
export type UndoSubject = Exclude<Subject, { profiles: unknown }> | { profile: string };

export interface Undone {
	/** What was decided, with who, when and why. */
	decision: Decision;
	/** All pairs that were decided with it: a split or a merge decides several at once. */
	pairs: [RecordRef, RecordRef][];
	/** Profiles of all records concerned as they are afterwards, the older first. */
	canonicalIds: string[];
}

/**
 * Takes a decision back, with all pairs that were decided in the same step, and resolves what that touches: each pair stands again as it stood
 * before. Where nothing stood before, evidence alone counts, and a question that the decision had answered is asked again.
 * Nothing is deleted: both the decision and its withdrawal stay in the store. Taking back what restored an earlier decision brings the later one back.
 * @throws Error when no decision stands
 */
export async function undoDecision(tx: StoreWriter, subject: UndoSubject, context: DecisionContext): Promise<Undone> {
	const decision = await standingDecision(tx, subject);
	const history = await tx.decisions.all();
	const batch = await standing(tx, history.filter((entry): entry is Decision => entry.verdict !== 'withdrawn' && isOneStep(entry, decision)));
	// A clock that was put back must not leave the decision standing.
	const now = Math.max(context.now, Date.parse(decision.at) + 1);
	const at = new Date(now).toISOString();
	const entries = batch.map(({ a, b, at: made }): DecisionEntry => {
		const before = history.filter((entry) => pairKey(entry) === pairKey({ a, b }) && Date.parse(entry.at) < Date.parse(made)).at(-1);
		return { a, b, verdict: before?.verdict ?? 'withdrawn', actor: context.actor, reason: context.reason, at };
	});
	await applyDecisions(tx, entries, { ...context, now });
	const records = await tx.records.byRef(batch.flatMap(({ a, b }) => [a, b]));
	const nos = [...new Set([...records.values()].flatMap(({ profileNo }) => profileNo ?? []))].sort((x, y) => x - y);
	const profiles = await tx.profiles.byNo(nos);
	return { decision, pairs: batch.map(({ a, b }) => [a, b]), canonicalIds: profiles.map(({ canonicalId }) => canonicalId) };
}

async function standingDecision(tx: StoreReader, subject: UndoSubject): Promise<Decision> {
	if ('profile' in subject) {
		const newest = (await tx.decisions.touching(await membersOf(tx, subject.profile))).at(-1);
		if (!newest) throw new Error(`Nobody has decided anything about the records of ${subject.profile}; there is nothing to take back.`);
		return newest;
	}
	const [a, b] = await pairOf(tx, subject, true);
	const found = (await tx.decisions.touching([a])).find((entry) => pairKey(entry) === pairKey({ a, b }));
	if (!found) throw new Error(`No decision stands about ${refKey(a)} and ${refKey(b)}; there is nothing to take back.`);
	return found;
}

/** Those of them that are in force. */
async function standing(tx: StoreReader, decisions: readonly Decision[]): Promise<Decision[]> {
	const inForce = await tx.decisions.touching(decisions.map(({ a }) => a));
	const names = new Set(inForce.map((entry) => `${pairKey(entry)}\n${entry.at}\n${entry.verdict}`));
	return decisions.filter((entry) => names.has(`${pairKey(entry)}\n${entry.at}\n${entry.verdict}`));
}

/** A split or merge is stored as several decisions of one person at one time. */
function isOneStep(x: Decision, y: Decision): boolean {
	return x.at === y.at && x.actor === y.actor && x.reason === y.reason;
}

function pairKey({ a, b }: Pick<DecisionEntry, 'a' | 'b'>): string {
	return [refKey(a), refKey(b)].sort().join('\n');
}
