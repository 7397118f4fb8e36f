import type { NewChangeEvent, RecordNo } from '../domain';
import type { StoredRecord, StoreWriter } from '../store';
import type { Recluster } from './recluster';

/** Opens the questions that came up, closes those that became moot, weighs the others as they are now, and tells the change feed. */
export async function updateReviews(tx: StoreWriter, { records, questions }: Recluster, left: readonly StoredRecord[], now: number): Promise<void> {
	const at = new Date(now).toISOString();
	const open = await tx.reviews.openTouching([...records.keys(), ...left.map(({ no }) => no)]);
	const wanted = new Set(questions.map(pairName));
	const standing = new Map(open.map((task) => [pairName(task), task]));
	const moot = open.filter((task) => !wanted.has(pairName(task)));
	await tx.reviews.close(moot.map(({ id }) => id), 'moot', at);
	const fresh = questions.filter((question) => !standing.has(pairName(question)));
	await tx.reviews.reweigh(
		questions.flatMap((question) => {
			const task = standing.get(pairName(question));
			return task && (task.weight !== question.weight || task.rule !== question.rule) ? [{ id: task.id, rule: question.rule, weight: question.weight }] : [];
		}),
	);
	const ids = await tx.reviews.add(fresh.map(({ a, b, rule, weight }) => ({ a, b, rule, weight, at })));
	await tx.events.append([
		...(await eventsFor(tx, fresh.map(({ a, b }, index) => ({ id: ids[index] as number, a, b })), 'review.waiting', at)),
		...(await eventsFor(tx, moot, 'review.closed', at)),
	]);
}

/** One event a task, under the canonical ID of its first record that still has one. */
export async function eventsFor(
	tx: StoreWriter,
	tasks: readonly { id: number; a: RecordNo; b: RecordNo }[],
	type: 'review.waiting' | 'review.closed',
	at: string,
): Promise<NewChangeEvent[]> {
	const records = new Map((await tx.records.heads([...new Set(tasks.flatMap(({ a, b }) => [a, b]))])).map((record) => [record.no, record]));
	const profileNos = [...new Set([...records.values()].map(({ profileNo }) => profileNo).filter((no) => no !== null))];
	const profiles = new Map((await tx.profiles.heads(profileNos)).map((profile) => [profile.no, profile]));
	return tasks.flatMap(({ id, a, b }) => {
		const [first, second] = [a, b].flatMap((no) => {
			const profileNo = records.get(no)?.profileNo ?? null;
			const profile = profileNo === null ? undefined : profiles.get(profileNo);
			return profile ? [profile] : [];
		});
		return first ? [{ type, canonicalId: first.canonicalId, entity: first.entity, at, data: { questionId: id, with: second?.canonicalId ?? null } }] : [];
	});
}

function pairName({ a, b }: { a: RecordNo; b: RecordNo }): string {
	return `${a}-${b}`;
}
