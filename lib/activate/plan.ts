import type { LedgerEntry, Profile, RecordRef, Scalar } from '../domain';
import type { StoreReader } from '../store';
import type { DestinationField, DestinationObject, WriteItem } from '../systems/definition';
import { desiredFields, differingFields } from './desired-fields';

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
	entry: LedgerEntry;
	/** What the ledger holds once the destination has said yes. */
	acknowledges: Record<string, Scalar | null>;
}

export interface PlannedSkip {
	canonicalId: string;
	target: string | null;
	reason: string;
}

export interface Plan {
	writes: PlannedWrite[];
	skips: PlannedSkip[];
	/** Targets that hold already what they should. */
	unchanged: number;
	/** Profiles that have no record in the destination and are not to get one. */
	absent: number;
}

/** Key under which the ledger keeps the tags that we set; no field is called so. */
const TAGS = '#tags';
/** In a `new:` entry: the record that was created. */
const CREATED = '#created';

/** Works out what is due for these profiles, from the ledger as it is now. Reads only. */
export async function planWrites(tx: StoreReader, profiles: readonly Profile[], destination: Destination, at: string): Promise<Plan> {
	const plan: Plan = { writes: [], skips: [], unchanged: 0, absent: 0 };
	const name = destinationName(destination);
	const targetsOf = (profile: Profile) => profile.records.filter(({ system, object }) => system === destination.system && object === destination.object);
	const names = profiles.flatMap((profile) => [...targetsOf(profile).map(({ sourceId }) => sourceId), ...newTargets(profile)]);
	const ledger = await tx.ledger.get(name, names);
	for (const profile of profiles) {
		const records = targetsOf(profile);
		const created = newTargets(profile).map((target) => ledger.get(target)).find((entry) => entry?.acknowledged[CREATED] !== undefined);
		const createdId = created?.acknowledged[CREATED];
		const ids = new Set(records.map(({ sourceId }) => sourceId));
		if (typeof createdId === 'string') ids.add(createdId);
		if (ids.size === 0) planNew(plan, profile, destination, ledger, at);
		for (const id of ids) planUpdate(plan, profile, id, records, destination, ledger.get(id) ?? (id === createdId ? created : undefined), at);
	}
	return plan;
}

/** A profile that has gone by several IDs may have been created in the destination under any of them. */
function newTargets(profile: Profile): string[] {
	return [profile.canonicalId, ...profile.aliases].map((id) => `new:${id}`);
}

function planUpdate(
	plan: Plan,
	profile: Profile,
	targetId: string,
	records: readonly RecordRef[],
	destination: Destination,
	known: LedgerEntry | undefined,
	at: string,
): void {
	const desired = desiredFields(profile, destination.fields, records.filter(({ sourceId }) => sourceId !== targetId));
	const acknowledged = known?.acknowledged ?? {};
	const fields = differingFields(desired, acknowledged);
	const tags = tagDifference(profile, destination, acknowledged);
	if (Object.keys(fields).length === 0 && !tags) {
		plan.unchanged += 1;
		return;
	}
	plan.writes.push({
		item: { targetId, canonicalId: profile.canonicalId, fields, ...(tags && { tags: { add: tags.add, remove: tags.remove } }), ...contactOf(profile) },
		entry: { ...emptyEntry(destination, targetId, profile, at), acknowledged, attempts: known?.attempts ?? 0 },
		acknowledges: { ...desired, ...(destination.segmentTags && { [TAGS]: tagsOf(profile) }) },
	});
}

function planNew(plan: Plan, profile: Profile, destination: Destination, ledger: ReadonlyMap<string, LedgerEntry>, at: string): void {
	const target = `new:${profile.canonicalId}`;
	if (!destination.createMissing || !destination.definition.canCreate) {
		plan.absent += 1;
		return;
	}
	const skip = (reason: string) => plan.skips.push({ canonicalId: profile.canonicalId, target: null, reason });
	const purpose = destination.definition.createNeedsConsent;
	if (purpose !== undefined && profile.consent[purpose]?.status !== 'granted') {
		skip(`not added: there is no consent for ${purpose.replace('_', ' ')} (it is ${profile.consent[purpose]?.status ?? 'unknown'})`);
		return;
	}
	const { email, name } = contactOf(profile);
	if (email === undefined) {
		skip('not added: the profile has no email');
		return;
	}
	const desired = desiredFields(profile, destination.fields, []);
	const fields = differingFields(desired, {});
	const tags = tagDifference(profile, destination, {});
	plan.writes.push({
		item: { targetId: null, canonicalId: profile.canonicalId, fields, email, ...(name !== undefined && { name }), ...(tags && { tags: { add: tags.add, remove: tags.remove } }) },
		entry: { ...emptyEntry(destination, target, profile, at), attempts: ledger.get(target)?.attempts ?? 0 },
		acknowledges: { ...desired, ...(destination.segmentTags && { [TAGS]: tagsOf(profile) }) },
	});
}

/** After a record was created: the entry that remembers it, beside the entry of the record itself. */
export function createdEntry(write: PlannedWrite, targetId: string, at: string): LedgerEntry {
	return { ...write.entry, acknowledged: { [CREATED]: targetId }, status: 'acknowledged', attempts: 0, at };
}

function emptyEntry(destination: Destination, target: string, profile: Profile, at: string): LedgerEntry {
	return { destination: destinationName(destination), target, canonicalId: profile.canonicalId, acknowledged: {}, status: 'pending', attempts: 0, at };
}

function tagsOf(profile: Profile): string {
	return profile.segments.map(({ name }) => name).sort().join(';');
}

function tagDifference(profile: Profile, destination: Destination, acknowledged: LedgerEntry['acknowledged']): { add: string[]; remove: string[] } | undefined {
	if (!destination.segmentTags) return undefined;
	const split = (text: Scalar | null | undefined) => String(text ?? '').split(';').filter(Boolean);
	const [now, before] = [split(tagsOf(profile)), split(acknowledged[TAGS])];
	const add = now.filter((tag) => !before.includes(tag));
	const remove = before.filter((tag) => !now.includes(tag));
	return add.length + remove.length === 0 ? undefined : { add, remove };
}

function contactOf({ attributes }: Profile): { email?: string; name?: string } {
	const text = (attribute: string) => (typeof attributes[attribute]?.value === 'string' ? attributes[attribute].value : '');
	const name = [text('given_name'), text('family_name')].filter(Boolean).join(' ');
	return { ...(text('email') && { email: text('email') }), ...(name && { name }) };
}
