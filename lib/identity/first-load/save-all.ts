import { type Entity, parseRefKey, refKey } from '../../domain';
import type { PromisedId, StoreWriter } from '../../store';
import { newCanonicalId } from '../canonical-id';
import { type Claim, claimsOf, idsToGive, keepPromises, type Placed } from '../promised-ids';
import { eventsFor } from '../review-queue';
import type { AllClusters } from '../at-once/cluster-all';
import type { LoadedRecords } from '../at-once/loaded-records';
import type { Turns } from '../at-once/turns';

const BATCH = 2500;

/** Gives every cluster its profile, which waits to be built, and opens the questions. */
export async function saveAll(tx: StoreWriter, records: LoadedRecords, { clusterOf, sizes, questions }: AllClusters, now: number, turns: Turns): Promise<void> {
	const at = new Date(now).toISOString();
	const entities: Entity[] = [];
	for (let place = 0; place < records.size; place += 1) if (clusterOf[place] === entities.length) entities.push(records.entity(place));
	const claims = await claimsOfAll(tx, records, clusterOf, at);
	const given = idsToGive(claims, claims.map(({ cluster }) => cluster), (cluster) => entities[cluster] as Entity);
	const profiles: number[] = [];
	for (let from = 0; from < entities.length; from += BATCH) {
		const made = await tx.profiles.create(entities.slice(from, from + BATCH).map((entity, index) => ({ canonicalId: given.get(from + index)?.canonicalId ?? newCanonicalId(entity, now), entity, at })));
		for (const no of made) profiles.push(no);
		await turns.next('profiles', 0);
	}
	if (profiles.length !== sizes.length) throw new Error(`${sizes.length} clusters were given ${profiles.length} profiles`);
	// In order of the records, whose rows stand side by side.
	for (let from = 0; from < records.size; from += BATCH) {
		const some = records.nos.slice(from, from + BATCH);
		await tx.records.assign(some.map((no, index) => ({ no, profileNo: profiles[clusterOf[from + index] as number] as number })));
		await turns.next('profiles', from + some.length);
	}
	await forgetDepartures(tx, records);
	await keepPromises(tx, claims, given, (cluster) => profiles[cluster] as number);
	for (let from = 0; from < questions.length; from += BATCH) {
		const some = questions.slice(from, from + BATCH);
		const ids = await tx.reviews.add(some.map(({ a, b, rule, weight }) => ({ a, b, rule, weight, at })));
		await tx.events.append(await eventsFor(tx, some.map(({ a, b }, index) => ({ id: ids[index] as number, a, b })), 'review.waiting', at));
	}
}

/** Records that had left a profile before the store went back to a backup without any: they are in one again. */
async function forgetDepartures(tx: StoreWriter, records: LoadedRecords): Promise<void> {
	if ((await tx.departures.scan(null, 1)).length === 0) return;
	for (let from = 0; from < records.size; from += BATCH) {
		const places = Array.from({ length: Math.min(BATCH, records.size - from) }, (_, index) => from + index);
		await tx.departures.remove(places.map((place) => ({ ...parseRefKey(records.refs.at(place)), kind: records.entity(place) })));
	}
}

/** What was promised to records before the store went back to a backup. */
async function claimsOfAll(tx: StoreWriter, records: LoadedRecords, clusterOf: AllClusters['clusterOf'], at: string): Promise<Claim[]> {
	if (!(await tx.promises.any())) return [];
	const placed: Placed[] = [];
	const promised = new Map<string, PromisedId>();
	for (let from = 0; from < records.size; from += BATCH) {
		const places = Array.from({ length: Math.min(BATCH, records.size - from) }, (_, index) => from + index);
		const page = places.map((place) => ({ ...parseRefKey(records.refs.at(place)), profileNo: null, firstSeenAt: at, cluster: clusterOf[place] as number }));
		const found = await tx.promises.ofRecords(page);
		for (const [ref, promise] of found) promised.set(ref, promise);
		for (const one of page) if (found.has(refKey(one))) placed.push(one);
	}
	return claimsOf(placed, promised);
}
