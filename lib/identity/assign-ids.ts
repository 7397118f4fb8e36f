import type { Entity, RecordNo } from '../domain';
import type { RecordHead, StoreWriter } from '../store';
import { newCanonicalId } from './canonical-id';
import { choosePartOfEachProfile } from './choose-part';
import { appendIdentityEvents } from './identity-events';
import { type Claim, claimsOf, forgetPlaces, idsToGive, keepPromises, type Placed, whatTheyHad } from './promised-ids';

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
	const before = await whatTheyHad(tx, records, wentBack);
	const claims = claimsByCluster(choosePartOfEachProfile(records, clusters, before));
	const promised = before.promised.size === 0 ? [] : claimsOf(placesOf(records, clusters), before.promised);
	const { created, given, profileOf } = await giveProfiles(tx, records, clusters, claims, promised, now);
	const { assignments, changed, cameFrom } = movesOf(records, clusters, profileOf, created);
	await tx.records.assign(assignments);
	const led = promised.length === 0 ? [] : await keepPromises(tx, promised, given, (index) => profileOf.get(index) as number);
	for (const { into } of led) changed.add(into);
	// They have a place again, whichever it is.
	await forgetPlaces(tx, assignments.map(({ no }) => records.get(no) as RecordHead), before);

	const inUse = new Set(profileOf.values());
	const retired = [...claims].flatMap(([index, [, ...others]]) => others.map((from) => ({ from, into: profileOf.get(index) as number })));
	const newcomers = new Set(created.filter((no) => !cameFrom.has(no)));
	const concerned = [...[...changed].filter((no) => !newcomers.has(no)), ...retired.map(({ from }) => from), ...abandoned];
	const known = new Map((await tx.profiles.heads(concerned)).map((profile) => [profile.no, profile]));
	await tx.profiles.retire(retired);
	const leading = [...retired.map(({ from, into }) => ({ id: known.get(from)?.canonicalId ?? '', into })), ...led];
	await appendIdentityEvents(tx, { known, leading, created: new Set(created), cameFrom }, new Date(now).toISOString());
	for (const { from } of retired) changed.delete(from);
	await tx.profiles.setEmpty([...known.values()].flatMap(({ no, empty }) => (empty && inUse.has(no) ? [no] : [])), false);
	await markEmpty(tx, abandoned, inUse, new Set(retired.map(({ from }) => from)));
	return { changed, newcomers };
}

/** The former profiles whose ID each cluster keeps, the oldest first. */
function claimsByCluster(keeper: ReadonlyMap<number, number>): Map<number, number[]> {
	const claims = new Map<number, number[]>();
	for (const [profileNo, index] of keeper) claims.set(index, [...(claims.get(index) ?? []), profileNo].sort((x, y) => x - y));
	return claims;
}

interface GivenProfiles {
	/** Numbers of new profiles. */
	created: readonly number[];
	/** Clusters whose new profile goes by an ID that was promised to them. */
	given: Map<number, Claim>;
	/** By place of the cluster. */
	profileOf: Map<number, number>;
}

/** A cluster keeps the oldest profile that it has a claim to; one that has none gets a new one. */
async function giveProfiles(
	tx: StoreWriter,
	records: ReadonlyMap<RecordNo, RecordHead>,
	clusters: readonly (readonly RecordNo[])[],
	claims: ReadonlyMap<number, readonly number[]>,
	promised: readonly Claim[],
	now: number,
): Promise<GivenProfiles> {
	const unclaimed = clusters.map((_, index) => index).filter((index) => !claims.has(index));
	const given = idsToGive(promised, unclaimed, (index) => entityOf(records, clusters[index]));
	const created = await tx.profiles.create(unclaimed.map((index) => newProfile(entityOf(records, clusters[index]), given.get(index), now)));
	const profileOf = new Map<number, number>(unclaimed.map((index, position) => [index, created[position] as number]));
	for (const [index, [oldest]] of claims) profileOf.set(index, oldest as number);
	return { created, given, profileOf };
}

interface Moves {
	assignments: { no: RecordNo; profileNo: number }[];
	/** Profiles whose records change. */
	changed: Set<number>;
	/** The profiles from which records of a profile come. */
	cameFrom: Map<number, Set<number>>;
}

function movesOf(
	records: ReadonlyMap<RecordNo, RecordHead>,
	clusters: readonly (readonly RecordNo[])[],
	profileOf: ReadonlyMap<number, number>,
	created: readonly number[],
): Moves {
	const changed = new Set<number>(created);
	const assignments: Moves['assignments'] = [];
	const cameFrom: Moves['cameFrom'] = new Map();
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
	return { assignments, changed, cameFrom };
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

/** Profiles whose last record was deleted; their ID goes on to resolve. */
async function markEmpty(tx: StoreWriter, abandoned: ReadonlySet<number>, inUse: ReadonlySet<number>, retired: ReadonlySet<number>): Promise<void> {
	const candidates = [...abandoned].filter((no) => !inUse.has(no) && !retired.has(no));
	if (candidates.length === 0) return;
	const left = await tx.records.headsOfProfiles(candidates);
	const occupied = new Set(left.map(({ profileNo }) => profileNo));
	await tx.profiles.setEmpty(candidates.filter((no) => !occupied.has(no)), true);
}
