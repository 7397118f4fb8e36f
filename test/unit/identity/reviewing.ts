import type { RecordRef } from '../../../lib/domain';
import { answer, listQuestions, undoDecision, type Subject, type UndoSubject } from '../../../lib/identity';
import { activity, contact, person, type PersonFields, type Walk } from './given';

export const mail = (name: string) => `${name}@acorn-mail.com`;

/** Two of one mailbox and family name with different given names are a question. */
export const couple = (place: string, given: string, more: PersonFields = {}) => person(place, { given, family: 'Hill', email: mail('home'), ...more });

export const pair = (a: string, b: string): { records: [RecordRef, RecordRef] } => ({ records: [contact(a), contact(b)] });

export const paid = (place: string, owner: string, amount: number) =>
	activity(place, contact(owner), { type: 'invoice', status: 'paid', at: '2026-01-05T00:00:00.000Z', amount: { minor: amount, currency: 'USD' } });

export async function decide(walk: Walk, subject: Subject, verdict: 'same' | 'different'): Promise<string[]> {
	const ids = await walk.store.write(async (tx) => answer(tx, subject, verdict, walk.context()));
	await walk.build();
	return ids;
}

export async function undo(walk: Walk, subject: UndoSubject, now?: number) {
	const undone = await walk.store.write(async (tx) => undoDecision(tx, subject, { ...walk.context(now), actor: 'lee', reason: 'a mistake' }));
	await walk.build();
	return undone;
}

export const list = async (walk: Walk, limit = 50, offset = 0) => walk.store.read(async (tx) => listQuestions(tx, limit, offset));

/** Everything that the store holds about identity, to see that nothing changed. */
export const everything = async (walk: Walk) =>
	walk.store.read(async (tx) => JSON.stringify([await tx.records.scan(0, 1000), await tx.profiles.scan(0, 1000), await tx.decisions.all(), await tx.reviews.open(100, 0), await tx.events.lastSeq()]));
