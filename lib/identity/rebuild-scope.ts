import type { RecordRef } from '../domain';
import type { PutResult, StoredRecord, StoreReader } from '../store';
import type { Assigned } from './assign-ids';

/**
 * Which profiles have to be built again after a batch: those whose records changed, those who own a changed activity,
 * and the companies of all of these, whose figures include their people's.
 */
export async function profilesToRebuild(
	tx: StoreReader,
	{ puts, changed, assigned: { changed: assigned, newcomers } }: { puts: readonly PutResult[]; changed: readonly StoredRecord[]; assigned: Assigned },
): Promise<Set<number>> {
	const rebuild = new Set(assigned);
	for (const { profileNo } of changed) if (profileNo !== null) rebuild.add(profileNo);

	const before = puts.flatMap((put) => (put.before ? [put.before] : []));
	const owners = await tx.records.byRef(linkTargets([...changed, ...before], 'owned_by'));
	for (const { profileNo } of owners.values()) if (profileNo !== null) rebuild.add(profileNo);

	// A company that came, went or changed its ID is named in its people's profiles. All that newcomers hold is among what changed.
	const people = await tx.records.ofProfiles([...rebuild].filter((no) => !newcomers.has(no)));
	const concerned = [...people, ...changed, ...before];
	for (const members of (await tx.records.linkingTo('member_of', concerned.filter(({ kind }) => kind === 'company'))).values()) {
		for (const { profileNo } of members) if (profileNo !== null) rebuild.add(profileNo);
	}
	const employers = await tx.records.byRef(linkTargets(concerned, 'member_of'));
	for (const { profileNo } of employers.values()) if (profileNo !== null) rebuild.add(profileNo);
	return rebuild;
}

function linkTargets(records: readonly StoredRecord[], type: 'owned_by' | 'member_of'): RecordRef[] {
	return records.flatMap(({ links }) => links.filter((link) => link.type === type));
}
