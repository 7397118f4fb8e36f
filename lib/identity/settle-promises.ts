import { type Entity, refKey } from '../domain';
import type { Departure, PromisedId, PromisedRecord, RecordHead, StoreReader, StoreWriter } from '../store';

/**
 * Ends the waiting of promised IDs. One that leads to a profile is retired to it for good, and one that leads nowhere gets a profile without records.
 * Records that are in no profile are known as having left theirs with this ID: who comes after all has it still.
 */
export async function settlePromises(tx: StoreWriter, promises: readonly PromisedId[], at: string): Promise<void> {
	if (promises.length === 0) return;
	const entities = new Map(promises.map(({ canonicalId, entity }) => [canonicalId, entity]));
	await leaveBehind(tx, await tx.promises.carriers([...entities.keys()]), ({ canonicalId }) => entities.get(canonicalId), at);
	// They are numbered in order: the oldest of several IDs stays the one that lasts.
	const waiting = promises.filter(({ profileNo }) => profileNo === null).sort((x, y) => x.age - y.age);
	const created = await tx.profiles.create(waiting.map(({ canonicalId, entity }) => ({ canonicalId, entity, at })));
	await tx.profiles.setEmpty(created, true);
	const profileOf = new Map(waiting.map(({ canonicalId }, index) => [canonicalId, created[index]]));
	await tx.promises.keep(promises.flatMap(({ canonicalId, profileNo }) => {
		const no = profileNo ?? profileOf.get(canonicalId);
		return no === undefined ? [] : [{ canonicalId, profileNo: no }];
	}));
}

/** Ends the waiting for records that had an ID which is issued here. */
export async function settlePlaces(tx: StoreWriter, placed: readonly PromisedRecord[], at: string): Promise<void> {
	const profiles = await tx.profiles.byCanonicalId([...new Set(placed.map(({ canonicalId }) => canonicalId))]);
	await leaveBehind(tx, placed, ({ canonicalId }) => profiles.get(canonicalId)?.entity, at);
	await tx.promises.forget(placed);
}

/** What is kept of these records is where they come back to; nothing where they are in a profile, or where a later departure says more. */
async function leaveBehind(tx: StoreWriter, records: readonly PromisedRecord[], entityOf: (record: PromisedRecord) => Entity | undefined, at: string): Promise<void> {
	const had = records.flatMap((record): Departure[] => {
		const entity = entityOf(record);
		return entity === undefined ? [] : [{ ...record, entity }];
	});
	const known = await departedAmong(tx, had);
	const heads = await tx.records.headsByRef(had);
	await tx.departures.add(had.filter((one) => !isIn(heads.get(refKey(one)), one.entity) && !known.has(nameOf(one))), at);
}

async function departedAmong(tx: StoreReader, had: readonly Departure[]): Promise<ReadonlySet<string>> {
	const known = new Set<string>();
	for (const kind of ['person', 'company'] as const) {
		const asked = had.filter(({ entity }) => entity === kind).map((one) => ({ ...one, kind }));
		for (const ref of (await tx.departures.of(asked)).keys()) known.add(`${kind} ${ref}`);
	}
	return known;
}

function nameOf(one: Departure): string {
	return `${one.entity} ${refKey(one)}`;
}

function isIn(head: RecordHead | undefined, entity: Entity): boolean {
	return head !== undefined && head.profileNo !== null && head.kind === entity;
}
