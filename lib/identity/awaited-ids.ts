import { refKey, type RecordRef } from '../domain';
import type { AwaitedId, StoreReader, StoreWriter } from '../store';

/** Records that a message names. */
const NAMED = 5;
/** Records of one ID that are looked at when one of them was deleted. */
const MOST_RECORDS = 100_000;

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
 * Gives an empty profile to IDs of which every record was deleted where it came from, before it was read again: nothing else would come for them,
 * unless one of these records comes back.
 * @param deleted records of a batch
 */
export async function giveUpWaiting(tx: StoreWriter, deleted: readonly RecordRef[], at: string): Promise<void> {
	const promised = await tx.promises.ofRecords(deleted);
	const waiting = new Map([...promised.values()].flatMap((one) => (one.profileNo === null ? [[one.canonicalId, one] as const] : [])));
	for (const [canonicalId, { records }] of await tx.promises.awaited([...waiting.keys()], MOST_RECORDS)) {
		const found = await tx.records.headsByRef(records);
		if (!records.every((ref) => found.get(refKey(ref))?.deleted === true)) continue;
		const [profileNo] = await tx.profiles.create([{ canonicalId, entity: waiting.get(canonicalId)?.entity ?? 'person', at }]);
		await tx.profiles.setEmpty([profileNo as number], true);
		await tx.promises.keep([{ canonicalId, profileNo: profileNo as number }]);
		await tx.promises.leave(records.map((ref) => ({ ...ref, canonicalId })));
	}
}
