import type { RecordRef } from '../domain';
import type { StoredRecord, StoreReader } from '../store';

/**
 * Which IDs records have at the moment they leave their profiles, because they were deleted or are of another kind now: such a record may come back, and
 * its ID stands outside meanwhile.
 * @param leaving as they stand in their profiles
 */
export async function placesLeft(tx: StoreReader, leaving: readonly StoredRecord[]): Promise<(RecordRef & { canonicalId: string })[]> {
	const left = [...new Set(leaving.flatMap(({ profileNo }) => profileNo ?? []))];
	if (left.length === 0) return [];
	const ids = new Map((await tx.profiles.heads(left)).map(({ no, canonicalId }) => [no, canonicalId]));
	return leaving.flatMap(({ system, object, sourceId, profileNo }) => {
		const canonicalId = ids.get(profileNo ?? 0);
		return canonicalId === undefined ? [] : [{ system, object, sourceId, canonicalId }];
	});
}
