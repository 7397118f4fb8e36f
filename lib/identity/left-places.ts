import type { Departure, StoredRecord, StoreReader } from '../store';

/**
 * Which IDs records have at the moment they leave their profiles, because they were deleted or are of another kind now: such a record may come back, and
 * its ID stands outside meanwhile.
 * @param leaving as they stand in their profiles
 */
export async function placesLeft(tx: StoreReader, leaving: readonly StoredRecord[]): Promise<Departure[]> {
	const left = [...new Set(leaving.flatMap(({ profileNo }) => profileNo ?? []))];
	if (left.length === 0) return [];
	const profiles = new Map((await tx.profiles.heads(left)).map((profile) => [profile.no, profile]));
	return leaving.flatMap(({ system, object, sourceId, profileNo }) => {
		const profile = profiles.get(profileNo ?? 0);
		return profile === undefined ? [] : [{ system, object, sourceId, entity: profile.entity, canonicalId: profile.canonicalId }];
	});
}
