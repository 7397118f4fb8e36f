import { refKey, type Entity, type RecordNo, type RecordRef } from '../domain';
import type { PromisedId, RecordHead, StoreReader, StoreWriter } from '../store';

/** Which IDs were promised to records, by reference. Most stores have none. */
export type Promised = ReadonlyMap<string, PromisedId>;

/** What records had before the store went back to a backup, or before they were deleted and came back. */
export interface Before {
	/** IDs that the backup did not know. */
	promised: Promised;
	/** Profiles of other IDs, by reference. */
	places: ReadonlyMap<string, number>;
	/** Those of these profiles of which all records are looked at, so that it can be decided who keeps their ID. */
	open: ReadonlySet<number>;
	/** Records that had the ID of another profile before the store went back to a backup, by reference. */
	placed: ReadonlySet<string>;
	/** Records of which the store knows that they left a profile as what they are now, by reference. */
	away: ReadonlySet<string>;
}

export const NOTHING_BEFORE: Before = { promised: new Map(), places: new Map(), open: new Set(), placed: new Set(), away: new Set() };

/** @param wentBack whether the store keeps anything of records that had an ID before it went back to a backup */
export async function whatTheyHad(tx: StoreReader, records: ReadonlyMap<RecordNo, RecordHead>, wentBack: boolean): Promise<Before> {
	const refs = [...records.values()];
	const left = await tx.departures.of(refs.filter(({ profileNo }) => profileNo === null));
	if (!wentBack && left.size === 0) return NOTHING_BEFORE;
	const placed: ReadonlyMap<string, number> = wentBack ? await tx.promises.placesOf(refs) : new Map<string, number>();
	const all = new Map([...placed, ...[...left].flatMap(([ref, no]) => (no === null ? [] : [[ref, no] as const]))]);
	const entities = new Map((await tx.profiles.heads([...new Set(all.values())])).map(({ no, entity }) => [no, entity]));
	// A person's ID is none for a company.
	const places = new Map(refs.flatMap((record) => {
		const place = all.get(refKey(record));
		return place !== undefined && entities.get(place) === record.kind ? [[refKey(record), place] as const] : [];
	}));
	const open = new Set(places.values());
	for (const { no, profileNo } of await tx.records.headsOfProfiles([...open])) if (profileNo !== null && !records.has(no)) open.delete(profileNo);
	return { promised: wentBack ? await tx.promises.ofRecords(refs) : new Map(), places, open, placed: new Set(placed.keys()), away: new Set(left.keys()) };
}

/**
 * Records among which it has to be decided who keeps an ID: those of the profiles that records of a batch had before, and those that had the ID of a
 * profile that records of the batch are in, or leave.
 */
export async function rivalsOf(tx: StoreReader, nos: Iterable<RecordNo>, alone: Iterable<RecordHead>, left: Iterable<number>): Promise<RecordNo[]> {
	const records = [...(await tx.records.heads([...nos])), ...alone];
	const places = await tx.promises.placesOf(records);
	const members = await tx.records.headsOfProfiles([...new Set(places.values())]);
	const profiles = new Set([...left, ...records.flatMap(({ profileNo }) => profileNo ?? [])]);
	const placed = await tx.records.headsByRef(await tx.promises.placedAt([...profiles]));
	return [...members, ...placed.values()].flatMap(({ no, profileNo }) => (profileNo === null ? [] : [no]));
}

/** A promised ID and the cluster that has the largest part of its records. */
export interface Claim extends PromisedId {
	cluster: number;
	/** Those of its records that are in a cluster: the profile they were in before, null where they were in none, and the cluster they are in now. */
	moves: { from: number | null; cluster: number }[];
}

/** A record in a cluster. */
export interface Placed extends RecordRef {
	profileNo: number | null;
	firstSeenAt: string;
	cluster: number;
}

/** For each promised ID the cluster with most of its records; of equal ones that with the oldest record. The oldest ID comes first. */
export function claimsOf(records: Iterable<Placed>, promised: Promised): Claim[] {
	const claims = new Map<string, { claim: Claim; parts: Map<number, { size: number; oldest: string }> }>();
	for (const record of records) {
		const promise = promised.get(refKey(record));
		if (!promise) continue;
		const { claim, parts } = claims.get(promise.canonicalId) ?? { claim: { ...promise, cluster: record.cluster, moves: [] }, parts: new Map<number, { size: number; oldest: string }>() };
		claims.set(promise.canonicalId, { claim, parts });
		claim.moves.push({ from: record.profileNo, cluster: record.cluster });
		const name = `${record.firstSeenAt} ${refKey(record)}`;
		const part = parts.get(record.cluster) ?? { size: 0, oldest: name };
		parts.set(record.cluster, { size: part.size + 1, oldest: name < part.oldest ? name : part.oldest });
	}
	const chosen = [...claims.values()].map(({ claim, parts }) => {
		const [first] = [...parts].sort(([, x], [, y]) => y.size - x.size || (x.oldest < y.oldest ? -1 : 1));
		return { ...claim, cluster: first?.[0] ?? claim.cluster };
	});
	return chosen.sort((x, y) => x.age - y.age || (x.canonicalId < y.canonicalId ? -1 : 1));
}

/** For each cluster that is to get a new profile the oldest ID that was promised to it, by cluster; those without one are left out. */
export function idsToGive(claims: readonly Claim[], unclaimed: readonly number[], entityOf: (cluster: number) => Entity): Map<number, Claim> {
	const fresh = new Set(unclaimed);
	const given = new Map<number, Claim>();
	for (const claim of claims) {
		if (fresh.has(claim.cluster) && !given.has(claim.cluster) && claim.entity === entityOf(claim.cluster)) given.set(claim.cluster, claim);
	}
	return given;
}

/**
 * Keeps the promises whose ID a new profile has got, and has the other IDs lead to the profile that their records are in. One that leads somewhere
 * already goes on to lead there, unless its records have left that profile.
 * @returns the IDs that lead elsewhere than before, with the profile
 */
export async function keepPromises(tx: StoreWriter, claims: readonly Claim[], given: ReadonlyMap<number, Claim>, profileOf: (cluster: number) => number): Promise<{ id: string; into: number }[]> {
	const kept = [...given].map(([cluster, { canonicalId }]) => ({ canonicalId, profileNo: profileOf(cluster) }));
	await tx.promises.keep(kept);
	const living = new Set(kept.map(({ canonicalId }) => canonicalId));
	const leading = claims.filter(({ canonicalId, profileNo, moves }) => {
		if (living.has(canonicalId)) return false;
		if (profileNo === null) return true;
		return moves.some(({ from }) => from === profileNo) && moves.every(({ cluster }) => profileOf(cluster) !== profileNo);
	});
	const pairs = leading.map(({ canonicalId, cluster }) => ({ canonicalId, profileNo: profileOf(cluster) }));
	await tx.promises.lead(pairs);
	return pairs.map(({ canonicalId, profileNo }) => ({ id: canonicalId, into: profileNo }));
}

/**
 * Once a record is in a profile again, that is what counts; one that, since a backup, stands in another than it had is waited for, until it moves there.
 * What is promised to a record stays until the promise is kept.
 */
export async function forgetPlaces(tx: StoreWriter, assigned: readonly RecordHead[], { places, placed, away }: Before): Promise<void> {
	const isPlaced = (ref: string): boolean => placed.has(ref) && places.has(ref);
	if (placed.size > 0) await tx.promises.forget(assigned.filter((record) => isPlaced(refKey(record))));
	if (away.size > 0) await tx.departures.remove(assigned.filter((record) => away.has(refKey(record))));
}
