import { type LedgerEntry, type Profile, refKey, type RecordRef, type Scalar } from '../domain';
import type { StoreReader } from '../store';
import type { DestinationField, DestinationObject, WriteItem } from '../systems/definition';
import { contactOf, refusalToCreate } from './creation';
import { desiredFields } from './desired-fields';
import { createdRecord, fieldsToSend, type KnownState, stateOfLost, stateWhileDue, tagsToSend } from './known-state';

/** Where to and what: one destination of one account, with the user's choices. */
export interface Destination {
	system: string;
	object: string;
	account: string;
	definition: DestinationObject;
	fields: readonly DestinationField[];
	/** Whether a profile that has no record there gets one. */
	createMissing: boolean;
	/** Whether segments are kept as tags too. */
	segmentTags: boolean;
}

/** The destination's name in the ledger: two accounts of one system don't share it. */
export function destinationName({ system, object, account }: Pick<Destination, 'system' | 'object' | 'account'>): string {
	return `${system}:${object}@${account}`;
}

/** One write that is due, with the ledger entry it starts from. */
export interface PlannedWrite {
	item: WriteItem;
	/** As the ledger holds it until the destination has answered. */
	entry: LedgerEntry;
	/** Every chosen field, not only those that are sent. */
	desired: Record<string, Scalar | null>;
	/** Every tag that the record should have; undefined when tags are not written. */
	tags: string[] | undefined;
}

export interface PlannedSkip {
	canonicalId: string;
	/** As in the ledger: `new:<canonicalId>`. */
	target: string;
	reason: string;
	/** As the ledger keeps it where the next run looks again; undefined where nothing is left to do. */
	open?: LedgerEntry;
}

/** What is to be done for some profiles. Targets are named as in the ledger. */
export interface Plan {
	writes: PlannedWrite[];
	skips: PlannedSkip[];
	/** Targets that hold already what they should. */
	unchanged: string[];
	/** Profiles that have no record in the destination and are not to get one. */
	absent: string[];
	/** Those of them that had one, which was deleted by somebody or turned out to be someone else's: they are not to get another one. */
	gone: string[];
}

/** The name under which the ledger keeps the creation of a profile's record. */
export function newTarget(canonicalId: string): string {
	return `new:${canonicalId}`;
}

/**
 * Works out what is due for these profiles, from the ledger as it is now. Reads only.
 * @param outdated canonical IDs of those whose records say something else than when Merge built them
 */
export async function planWrites(tx: StoreReader, profiles: readonly Profile[], destination: Destination, at: string, outdated: ReadonlySet<string> = new Set()): Promise<Plan> {
	const plan: Plan = { writes: [], skips: [], unchanged: [], absent: [], gone: [] };
	const name = destinationName(destination);
	const isThere = ({ system, object }: RecordRef) => system === destination.system && object === destination.object;
	const recordsOf = (profile: Profile) => profile.records.filter(isThere);
	const targets = profiles.flatMap((profile) => [...recordsOf(profile).map(({ sourceId }) => sourceId), ...newTargets(profile)]);
	const ledger = await tx.ledger.get(name, targets);
	const created = new Map(profiles.map((profile) => [profile.canonicalId, createdFor(profile, ledger)]));
	const unread = await notReadYet(tx, [...created.values()].flat(), destination);
	for (const [target, entry] of await tx.ledger.get(name, [...unread])) ledger.set(target, entry);
	const missing: Profile[] = [];
	for (const profile of profiles) {
		const records = recordsOf(profile);
		const own = created.get(profile.canonicalId) ?? [];
		const ids = new Set([...records.map(({ sourceId }) => sourceId), ...own.filter((id) => unread.has(id))]);
		// One that nothing was ever written to may be the one that was asked for without an answer.
		for (const id of ids) planUpdate(plan, profile, id, records, destination, ledger.get(id), ledger.get(id)?.acknowledged ?? lostFor(profile, ledger), at);
		if (ids.size > 0) continue;
		if (own.length > 0) plan.gone.push(newTarget(profile.canonicalId));
		if (!destination.createMissing || !destination.definition.canCreate || own.length > 0) plan.absent.push(newTarget(profile.canonicalId));
		else missing.push(profile);
	}
	const refusals = await refusalToCreate(tx, missing, destination);
	for (const profile of missing) {
		const refusal = refusals.get(profile.canonicalId);
		if (refusal !== undefined) plan.skips.push({ canonicalId: profile.canonicalId, target: newTarget(profile.canonicalId), reason: `not added: ${refusal}` });
		else if (outdated.has(profile.canonicalId) && destination.definition.createNeedsConsent !== undefined) planToWait(plan, profile, destination, ledger, at);
		else planNew(plan, profile, destination, ledger, at);
	}
	return plan;
}

/** A profile that has gone by several IDs may have been created in the destination under any of them. */
function newTargets(profile: Profile): string[] {
	return [profile.canonicalId, ...profile.aliases].map(newTarget);
}

function createdFor(profile: Profile, ledger: ReadonlyMap<string, LedgerEntry>): string[] {
	return newTargets(profile).flatMap((target) => createdRecord(ledger.get(target)?.acknowledged) ?? []);
}

/** A record that was asked for without an answer may be there, and hold what the profile had then. */
function lostFor(profile: Profile, ledger: ReadonlyMap<string, LedgerEntry>): KnownState {
	return stateOfLost(newTargets(profile).map((target) => ledger.get(target)?.acknowledged ?? {}));
}

/** Those that no pull has brought yet. What one has brought belongs to the profile whose record it is. */
async function notReadYet(tx: StoreReader, ids: readonly string[], { system, object }: Destination): Promise<Set<string>> {
	const refs = ids.map((sourceId) => ({ system, object, sourceId }));
	const stored = await tx.records.byRef(refs);
	return new Set(refs.filter((ref) => !stored.has(refKey(ref))).map(({ sourceId }) => sourceId));
}

function planUpdate(
	plan: Plan,
	profile: Profile,
	targetId: string,
	records: readonly RecordRef[],
	destination: Destination,
	entry: LedgerEntry | undefined,
	known: KnownState,
	at: string,
): void {
	const desired = desiredFields(profile, destination.fields, records.filter(({ sourceId }) => sourceId !== targetId));
	const fields = fieldsToSend(desired, known);
	const tags = destination.segmentTags ? tagsOf(profile) : undefined;
	const tagChange = tags && tagsToSend(tags, known);
	if (Object.keys(fields).length === 0 && !tagChange) {
		plan.unchanged.push(targetId);
		return;
	}
	plan.writes.push({
		item: { targetId, canonicalId: profile.canonicalId, fields, ...(tagChange && { tags: tagChange }), ...contactOf(profile) },
		entry: pendingEntry(destination, targetId, profile, entry, stateWhileDue(known, Object.keys(fields), tags), at),
		desired,
		tags,
	});
}

/** What came since Merge can be that the person no longer agrees. The entry stays open, for Merge may find that nothing has changed, and then tells nobody. */
function planToWait(plan: Plan, profile: Profile, destination: Destination, ledger: ReadonlyMap<string, LedgerEntry>, at: string): void {
	const { canonicalId } = profile;
	const target = newTarget(canonicalId);
	const reason = 'not added yet: its records changed since Merge built the profile. Let Merge run; the next run looks again';
	const entry = ledger.get(target);
	plan.skips.push({ canonicalId, target, reason, open: pendingEntry(destination, target, profile, entry, entry?.acknowledged ?? {}, at) });
}

function planNew(plan: Plan, profile: Profile, destination: Destination, ledger: ReadonlyMap<string, LedgerEntry>, at: string): void {
	const target = newTarget(profile.canonicalId);
	const desired = desiredFields(profile, destination.fields, []);
	const tags = destination.segmentTags ? tagsOf(profile) : undefined;
	const known = lostFor(profile, ledger);
	const tagChange = tags && tagsToSend(tags, known);
	const fields = fieldsToSend(desired, known);
	const item: WriteItem = { targetId: null, canonicalId: profile.canonicalId, fields, ...contactOf(profile) };
	plan.writes.push({
		item: { ...item, ...(tagChange && { tags: tagChange }) },
		entry: pendingEntry(destination, target, profile, ledger.get(target), stateWhileDue(known, Object.keys(fields), tags), at),
		desired,
		tags,
	});
}

function pendingEntry(
	destination: Destination,
	target: string,
	{ canonicalId }: Profile,
	before: LedgerEntry | undefined,
	acknowledged: KnownState,
	at: string,
): LedgerEntry {
	return { destination: destinationName(destination), target, canonicalId, acknowledged, status: 'pending', attempts: before?.attempts ?? 0, at };
}

function tagsOf(profile: Profile): string[] {
	return profile.segments.map(({ name }) => name).sort();
}
