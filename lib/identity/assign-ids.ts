import type { Entity, NewChangeEvent, RecordNo } from '../domain';
import { refKey } from '../domain';
import type { RecordHead, ProfileHead, StoreWriter } from '../store';
import { newCanonicalId } from './canonical-id';
import { type Before, type Claim, claimsOf, forgetPlaces, idsToGive, keepPromises, NOTHING_BEFORE, type Placed, whatTheyHad } from './promised-ids';

/** What became of the profiles of a batch. */
export interface Assigned {
	/** Profiles whose records changed. */
	changed: Set<number>;
	/** Those of them that are new and hold only records that had no profile. */
	newcomers: Set<number>;
}

/**
 * Gives every cluster its profile, and keeps the promise of the canonical ID:
 * a merge keeps the oldest ID and retires the others to it; a split leaves the ID with the largest part (ties: the part with the oldest record),
 * the other parts get new ones; a profile that loses all its records keeps its ID, empty, for when they come back. Where the store went back to a
 * backup, a cluster that would get a new ID gets the one that its records had before.
 * Appends the events `profile.merged` and `profile.split`.
 * @param wentBack whether the store keeps anything of records that had an ID before it went back to a backup
 */
export async function assignIds(
	tx: StoreWriter,
	records: ReadonlyMap<RecordNo, RecordHead>,
	clusters: readonly (readonly RecordNo[])[],
	abandoned: ReadonlySet<number>,
	now: number,
	wentBack: boolean,
): Promise<Assigned> {
	const at = new Date(now).toISOString();
	const before = await whatTheyHad(tx, records, wentBack);
	const { promised } = before;
	const keeper = choosePartOfEachProfile(records, clusters, before);
	const claims = new Map<number, number[]>();
	for (const [profileNo, index] of keeper) claims.set(index, [...(claims.get(index) ?? []), profileNo].sort((x, y) => x - y));

	const unclaimed = clusters.map((_, index) => index).filter((index) => !claims.has(index));
	const claimed = promised.size === 0 ? [] : claimsOf(placesOf(records, clusters), promised);
	const given = idsToGive(claimed, unclaimed, (index) => entityOf(records, clusters[index]));
	const created = await tx.profiles.create(unclaimed.map((index) => newProfile(entityOf(records, clusters[index]), given.get(index), now)));
	const profileOf = new Map<number, number>(unclaimed.map((index, position) => [index, created[position] as number]));
	for (const [index, [oldest]] of claims) profileOf.set(index, oldest as number);

	const changed = new Set<number>(created);
	const assignments: { no: RecordNo; profileNo: number }[] = [];
	const cameFrom = new Map<number, Set<number>>();
	clusters.forEach((cluster, index) => {
		const profileNo = profileOf.get(index) as number;
		for (const no of cluster) {
			const former = records.get(no)?.profileNo ?? null;
			if (former === profileNo) continue;
			assignments.push({ no, profileNo });
			changed.add(profileNo);
			if (former === null) continue;
			changed.add(former);
			cameFrom.set(profileNo, (cameFrom.get(profileNo) ?? new Set<number>()).add(former));
		}
	});
	await tx.records.assign(assignments);
	const led = claimed.length === 0 ? [] : await keepPromises(tx, claimed, given, (index) => profileOf.get(index) as number);
	for (const { into } of led) changed.add(into);
	// They have a place again, whichever it is.
	await forgetPlaces(tx, assignments.flatMap(({ no, profileNo }) => ({ ...(records.get(no) as RecordHead), profileNo })), before, wentBack);

	const inUse = new Set(profileOf.values());
	const retired = [...claims].flatMap(([index, [, ...others]]) => others.map((from) => ({ from, into: profileOf.get(index) as number })));
	const newcomers = new Set(created.filter((no) => !cameFrom.has(no)));
	const concerned = [...[...changed].filter((no) => !newcomers.has(no)), ...retired.map(({ from }) => from), ...abandoned];
	const known = new Map((await tx.profiles.heads(concerned)).map((profile) => [profile.no, profile]));
	await tx.profiles.retire(retired);
	const merged = [...retired.map(({ from, into }) => ({ id: known.get(from)?.canonicalId ?? '', into })), ...led];
	await appendIdentityEvents(tx, known, merged, new Set(created), cameFrom, at);
	for (const { from } of retired) changed.delete(from);
	await tx.profiles.setEmpty([...known.values()].flatMap(({ no, empty }) => (empty && inUse.has(no) ? [no] : [])), false);
	await markEmpty(tx, abandoned, inUse, new Set(retired.map(({ from }) => from)));
	return { changed, newcomers };
}

/**
 * For each former profile, the cluster that keeps its ID. After the store went back to a backup, records that had another one before need it least. Those
 * that had this one, before that or before they were deleted, come behind those that have it, wherever they are now.
 */
export function choosePartOfEachProfile(
	records: ReadonlyMap<RecordNo, RecordHead>,
	clusters: readonly (readonly RecordNo[])[],
	{ promised, places, open }: Before = NOTHING_BEFORE,
): Map<number, number> {
	const parts = new Map<number, { index: number; needy: number; coming: number; size: number; oldest: string }[]>();
	clusters.forEach((cluster, index) => {
		const inProfile = new Map<number, RecordHead[]>();
		for (const no of cluster) {
			const record = records.get(no);
			if (!record) continue;
			const place = open.size > 0 ? places.get(refKey(record)) : undefined;
			for (const profileNo of new Set([record.profileNo, place])) {
				if (profileNo === null || profileNo === undefined || (profileNo !== record.profileNo && !open.has(profileNo))) continue;
				const members = inProfile.get(profileNo);
				if (members) members.push(record);
				else inProfile.set(profileNo, [record]);
			}
		}
		for (const [profileNo, members] of inProfile) {
			const oldest = members.map((record) => `${record.firstSeenAt} ${refKey(record)}`).reduce((first, other) => (other < first ? other : first));
			const hadAnother = (ref: string) => promised.has(ref) || (places.get(ref) ?? profileNo) !== profileNo;
			const [here, size] = [members.filter((record) => record.profileNo === profileNo), members.length];
			const needy = promised.size + places.size === 0 ? size : here.filter((record) => !hadAnother(refKey(record))).length;
			parts.set(profileNo, [...(parts.get(profileNo) ?? []), { index, needy, coming: size - here.length, size, oldest }]);
		}
	});
	return new Map(
		[...parts].map(([profileNo, list]) => {
			list.sort((x, y) => y.needy - x.needy || y.coming - x.coming || y.size - x.size || (x.oldest < y.oldest ? -1 : 1));
			return [profileNo, (list[0] as (typeof list)[number]).index];
		}),
	);
}

function entityOf(records: ReadonlyMap<RecordNo, RecordHead>, cluster: readonly RecordNo[] | undefined): Entity {
	const first = cluster?.[0];
	return first !== undefined && records.get(first)?.kind === 'company' ? 'company' : 'person';
}

function newProfile(entity: Entity, claim: Claim | undefined, now: number): { canonicalId: string; entity: Entity; at: string } {
	return { canonicalId: claim?.canonicalId ?? newCanonicalId(entity, now), entity, at: new Date(now).toISOString() };
}

function placesOf(records: ReadonlyMap<RecordNo, RecordHead>, clusters: readonly (readonly RecordNo[])[]): Placed[] {
	return clusters.flatMap((cluster, index) => cluster.flatMap((no) => {
		const record = records.get(no);
		return record ? [{ ...record, cluster: index }] : [];
	}));
}

async function appendIdentityEvents(
	tx: StoreWriter,
	known: ReadonlyMap<number, ProfileHead>,
	leading: readonly { id: string; into: number }[],
	created: ReadonlySet<number>,
	cameFrom: ReadonlyMap<number, ReadonlySet<number>>,
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

/** Profiles whose last record was deleted; their ID goes on to resolve. */
async function markEmpty(tx: StoreWriter, abandoned: ReadonlySet<number>, inUse: ReadonlySet<number>, retired: ReadonlySet<number>): Promise<void> {
	const candidates = [...abandoned].filter((no) => !inUse.has(no) && !retired.has(no));
	if (candidates.length === 0) return;
	const left = await tx.records.headsOfProfiles(candidates);
	const occupied = new Set(left.map(({ profileNo }) => profileNo));
	await tx.profiles.setEmpty(candidates.filter((no) => !occupied.has(no)), true);
}
