import { refKey, type RecordRef } from '../domain';
import type { AwaitedId, StoreReader, StoreWriter } from '../store';
import { settlePromises } from './settle-promises';

/** Records that a message names. */
const NAMED = 5;

/** What to say of a canonical ID that leads to no profile. */
export async function unknownProfile(tx: StoreReader, canonicalId: string): Promise<Error> {
	const awaited = (await tx.promises.awaited([canonicalId], NAMED)).get(canonicalId);
	if (!awaited) return new Error(`There is no profile ${canonicalId}. Copy the canonical ID from a profile or from a c360_id field.`);
	return new Error(waitingInWords(canonicalId, awaited));
}

/** @throws Error when the ID was issued before the store went back to a backup and none of its records has come again */
export async function refuseAwaited(tx: StoreReader, canonicalId: string): Promise<void> {
	if ((await tx.promises.awaited([canonicalId], 0)).size > 0) throw await unknownProfile(tx, canonicalId);
}

function waitingInWords(asked: string, { canonicalId, records, total }: AwaitedId): string {
	const id = asked === canonicalId ? asked : `${asked}, which leads to ${canonicalId},`;
	const more = total > records.length ? ` and ${total - records.length} more` : '';
	return (
		`The canonical ID ${id} was issued before this store went back to a backup, and waits for its records to be read again: ${records.map(refKey).join(', ')}${more}. ` +
		'Its profile comes back with the first of them: publish or run the workflow that reads their system, or load their file again.'
	);
}

/**
 * Gives up waiting for records of which every one was deleted where it came from, before it was read again: nothing else would come for their IDs,
 * unless one of these records comes back.
 * @param deleted records of a batch
 */
export async function giveUpWaiting(tx: StoreWriter, deleted: readonly RecordRef[], at: string): Promise<void> {
	const promised = await tx.promises.ofRecords(deleted);
	const waiting = new Map([...promised.values()].flatMap((one) => (one.profileNo === null ? [[one.canonicalId, one] as const] : [])));
	const carriers = await tx.promises.carriers([...waiting.keys()]);
	const found = await tx.records.headsByRef(carriers);
	for (const ref of carriers) if (found.get(refKey(ref))?.deleted !== true) waiting.delete(ref.canonicalId);
	await settlePromises(tx, [...waiting.values()], at);
}
