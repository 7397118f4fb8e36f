import type { NewChangeEvent } from '../domain';
import type { ProfileHead, StoreWriter } from '../store';

/** What a batch did to IDs. */
export interface IdentityChanges {
	/** Profiles as they were before, by number. */
	known: ReadonlyMap<number, ProfileHead>;
	/** IDs that lead to another profile from now on. */
	leading: readonly { id: string; into: number }[];
	created: ReadonlySet<number>;
	/** The profiles from which records of a profile came. */
	cameFrom: ReadonlyMap<number, ReadonlySet<number>>;
}

/** Appends `profile.merged` and `profile.split`, which are the latest word on these profiles. */
export async function appendIdentityEvents(
	tx: StoreWriter,
	{ known, leading, created, cameFrom }: IdentityChanges,
	at: string,
): Promise<void> {
	const events: { profileNo: number; event: NewChangeEvent }[] = [];
	const add = (profileNo: number, type: NewChangeEvent['type'], data: Record<string, unknown>) => {
		const profile = known.get(profileNo);
		if (profile) events.push({ profileNo, event: { type, canonicalId: profile.canonicalId, entity: profile.entity, at, data } });
	};
	const merged = new Map<number, string[]>();
	for (const { id, into } of leading) merged.set(into, [...(merged.get(into) ?? []), id]);
	for (const [into, ids] of merged) add(into, 'profile.merged', { retired: ids.sort() });
	for (const profileNo of created) {
		for (const former of cameFrom.get(profileNo) ?? []) add(profileNo, 'profile.split', { from: known.get(former)?.canonicalId ?? '' });
	}
	const seqs = await tx.events.append(events.map(({ event }) => event));
	await tx.profiles.setRevision(events.map(({ profileNo }, index) => ({ no: profileNo, revision: seqs[index] as number })));
}
