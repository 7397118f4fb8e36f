import { type LedgerEntry, type Profile, refKey, type RecordRef, type Scalar } from '../domain';
import type { StoreReader } from '../store';
import type { WriteItem } from '../systems/definition';
import { contactOf, refusalToCreate } from './creation';
import { desiredFields } from './desired-fields';
import { type Destination, destinationName, newTarget, newTargets } from './destination';
import { createdRecord, fieldsToSend, type KnownState, stateOfLost, stateWhileDue, tagsToSend, withAsked } from './known-state';
import { emailsAskedFor, findLostCreations, reasonToWait } from './lost-creation';

/** One write that is due, with the ledger entry it starts from. */
export interface PlannedWrite {
	item: WriteItem;
	/** As the ledger holds it until the destination has answered. */
	entry: LedgerEntry;
	/** Every chosen field, not only those that are sent. */
	desired: Record<string, Scalar | null>;
	/** Every tag that the record should have; undefined when tags are not written. */
	tags: string[] | undefined;
	/** For a new record: the emails by which it is asked for. */
	emails?: string[];
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
	/** Entries of the ledger that are known better by now than when they were written; to be put in front of those of `writes`. */
	learned: LedgerEntry[];
	writes: PlannedWrite[];
	skips: PlannedSkip[];
	/** Targets that hold already what they should. */
	unchanged: string[];
	/** Profiles that have no record in the destination and are not to get one. */
	absent: string[];
	/** Those of them that had one, which was deleted by somebody or turned out to be someone else's: they are not to get another one. */
	gone: string[];
}

/**
 * Works out what is due for these profiles, from the ledger as it is now. Reads only.
 * @param outdated canonical IDs of those whose records say something else than when Merge built them
 */
export async function planWrites(tx: StoreReader, profiles: readonly Profile[], destination: Destination, at: string, outdated: ReadonlySet<string> = new Set()): Promise<Plan> {
	const plan: Plan = { learned: [], writes: [], skips: [], unchanged: [], absent: [], gone: [] };
	const name = destinationName(destination);
	const isThere = ({ system, object }: RecordRef) => system === destination.system && object === destination.object;
	const recordsOf = (profile: Profile) => profile.records.filter(isThere);
	const targets = profiles.flatMap((profile) => [...recordsOf(profile).map(({ sourceId }) => sourceId), ...newTargets(profile)]);
	const ledger = await tx.ledger.get(name, targets);
	const { entries, lostTo } = await findLostCreations(tx, profiles, destination, ledger, at);
	plan.learned.push(...entries);
	for (const entry of entries) ledger.set(entry.target, entry);
	const created = new Map(profiles.map((profile) => [profile.canonicalId, createdFor(profile, ledger)]));
	const unread = await notReadYet(tx, [...created.values()].flat(), destination);
	for (const [target, entry] of await tx.ledger.get(name, [...unread])) ledger.set(target, entry);
	const planning: Planning = { plan, destination, ledger, at };
	const missing: Profile[] = [];
	for (const profile of profiles) {
		const records = recordsOf(profile);
		const own = created.get(profile.canonicalId) ?? [];
		const ids = new Set([...records.map(({ sourceId }) => sourceId), ...own.filter((id) => unread.has(id))]);
		for (const id of ids) planUpdate(planning, profile, id, records);
		if (ids.size > 0) continue;
		const lost = lostTo.get(profile.canonicalId);
		if (lost !== undefined) {
			plan.skips.push(notAdded(profile, lost));
			continue;
		}
		if (own.length > 0) plan.gone.push(newTarget(profile.canonicalId));
		if (!destination.createMissing || !destination.definition.canCreate || own.length > 0) plan.absent.push(newTarget(profile.canonicalId));
		else missing.push(profile);
	}
	const refusals = await refusalToCreate(tx, missing, destination);
	for (const profile of missing) {
		const refusal = refusals.get(profile.canonicalId);
		if (refusal !== undefined) plan.skips.push(notAdded(profile, refusal));
		else planMissing(planning, profile, outdated);
	}
	return plan;
}

function notAdded({ canonicalId }: Profile, reason: string): PlannedSkip {
	return { canonicalId, target: newTarget(canonicalId), reason: `not added: ${reason}` };
}

/** What all profiles of one plan share. */
interface Planning {
	/** Filled as profiles are gone through. */
	plan: Plan;
	destination: Destination;
	/** What the ledger says of every target that the plan may name. */
	ledger: ReadonlyMap<string, LedgerEntry>;
	at: string;
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

/** @param records all that the profile has in the destination */
function planUpdate(planning: Planning, profile: Profile, targetId: string, records: readonly RecordRef[]): void {
	const { plan, ledger } = planning;
	// One that nothing was ever written to may be the one that was asked for without an answer.
	const known = ledger.get(targetId)?.acknowledged ?? lostFor(profile, ledger);
	const write = writeOf(planning, profile, { targetId, known, duplicates: records.filter(({ sourceId }) => sourceId !== targetId) });
	if (Object.keys(write.item.fields).length === 0 && !write.item.tags) plan.unchanged.push(targetId);
	else plan.writes.push(write);
}

function planMissing(planning: Planning, profile: Profile, outdated: ReadonlySet<string>): void {
	const { destination, ledger, at } = planning;
	// What came since Merge can be that the person no longer agrees.
	const isOutdated = outdated.has(profile.canonicalId) && destination.definition.createNeedsConsent !== undefined;
	const reason = isOutdated ? 'its records changed since Merge built the profile. Let Merge run' : reasonToWait(profile, ledger, at);
	if (reason === undefined) planNew(planning, profile);
	else planToWait(planning, profile, `not added yet: ${reason}; the next run looks again`);
}

/** The entry stays open, for it may be that nothing changes and nobody is told. */
function planToWait(planning: Planning, { canonicalId }: Profile, reason: string): void {
	const target = newTarget(canonicalId);
	planning.plan.skips.push({ canonicalId, target, reason, open: pendingEntry(planning, target, canonicalId, planning.ledger.get(target)?.acknowledged ?? {}) });
}

function planNew(planning: Planning, profile: Profile): void {
	const write = writeOf(planning, profile, { targetId: null, known: lostFor(profile, planning.ledger), duplicates: [] });
	const acknowledged = withAsked(write.entry.acknowledged, planning.ledger.get(write.entry.target)?.acknowledged ?? {});
	planning.plan.writes.push({ ...write, entry: { ...write.entry, acknowledged }, emails: emailsAskedFor(profile) });
}

/** A record of the destination, or null for one that is to be added, with what it is known to hold and the profile's other records there. */
interface WriteTarget {
	targetId: string | null;
	known: KnownState;
	duplicates: readonly RecordRef[];
}

function writeOf(planning: Planning, profile: Profile, { targetId, known, duplicates }: WriteTarget): PlannedWrite {
	const { canonicalId } = profile;
	const { fields: chosen, segmentTags } = planning.destination;
	const desired = desiredFields(profile, chosen, duplicates);
	const fields = fieldsToSend(desired, known);
	const tags = segmentTags ? tagsOf(profile) : undefined;
	const tagChange = tags && tagsToSend(tags, known);
	return {
		item: { targetId, canonicalId, fields, ...(tagChange && { tags: tagChange }), ...contactOf(profile) },
		entry: pendingEntry(planning, targetId ?? newTarget(canonicalId), canonicalId, stateWhileDue(known, Object.keys(fields), tags)),
		desired,
		tags,
	};
}

function pendingEntry({ destination, ledger, at }: Planning, target: string, canonicalId: string, acknowledged: KnownState): LedgerEntry {
	return { destination: destinationName(destination), target, canonicalId, acknowledged, status: 'pending', attempts: ledger.get(target)?.attempts ?? 0, at };
}

function tagsOf(profile: Profile): string[] {
	return profile.segments.map(({ name }) => name).sort();
}
