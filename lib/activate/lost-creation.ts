import { identifierLookupKey, type LedgerEntry, type Profile } from '../domain';
import type { StoredProfile, StoredRecord, StoreReader } from '../store';
import { contactOf } from './creation';
import { type Destination, destinationName, newTargets } from './destination';
import { type Asked, askedFor, createdRecord, createdState, type KnownState, stateWhileAsked, stateWithLost } from './known-state';
import type { PlannedWrite } from './plan';

/** What the store knows by now of records that were asked for without an answer. */
export interface FoundCreations {
	/** As the ledger is to have them: that the record was created, and what it may hold. */
	entries: LedgerEntry[];
	/** By canonical ID, of profiles whose record is another profile's: what happened. */
	lostTo: Map<string, string>;
}

/** Emails, as records are found by them, under which a profile's record is asked for. */
export function emailsAskedFor(profile: Profile): string[] {
	const email = contactOf(profile).email?.toLowerCase();
	const values = profile.identifiers.filter(({ kind, value, display }) => kind === 'email' && (display ?? value).toLowerCase() === email).map(({ value }) => value);
	return values.length > 0 ? values : [email ?? ''].filter(Boolean);
}

/** The same write from the moment at which it is sent: until there is an answer, nobody knows whether a new record is there. */
export function asSent(write: PlannedWrite): PlannedWrite {
	const { entry, emails } = write;
	return emails ? { ...write, entry: { ...entry, acknowledged: stateWhileAsked(entry.acknowledged, emails, entry.at) } } : write;
}

/** In this time a pull brings what was created, where there is one. Milliseconds. */
const LONGEST_UNREAD_MS = 60 * 60_000;

/**
 * Why a profile is not to be asked for now: it was, by another email, and a destination finds a record by its email. A repeat by the same one finds
 * what the first has made; by another one it would make a second record.
 */
export function reasonToWait(profile: Profile, ledger: ReadonlyMap<string, LedgerEntry>, at: string): string | undefined {
	const emails = emailsAskedFor(profile);
	const isOpen = ({ asked }: Unanswered) => !emails.some((email) => asked.emails.includes(email)) && Date.parse(at) - Date.parse(asked.last) <= LONGEST_UNREAD_MS;
	if (!unansweredOf(profile, ledger).some(isOpen)) return undefined;
	return 'a record was asked for by the email that it had before, and the answer got lost. That record may be there: read this system again, or wait an hour';
}

/**
 * A record whose creation was not answered is there or is not, and only a pull tells: it is the one that has the email it was asked for by, and that nobody
 * knew before. It may be in another profile by now (the email went to somebody else, or fits both), whose record it is then. Its first profile gets no
 * other one, as where the answer had come; and whoever has it takes away what it holds of the first.
 * @param ledger with the `new:` entries of these profiles
 */
export async function findLostCreations(tx: StoreReader, profiles: readonly Profile[], destination: Destination, ledger: ReadonlyMap<string, LedgerEntry>, at: string): Promise<FoundCreations> {
	const unanswered = profiles.flatMap((profile) => unansweredOf(profile, ledger));
	const found: FoundCreations = { entries: [], lostTo: new Map() };
	if (unanswered.length === 0) return found;
	const made = await recordsOf(tx, unanswered, destination);
	const owners = new Map((await tx.profiles.byNo([...new Set([...made.values()].map(({ profileNo }) => profileNo as number))])).map((owner) => [owner.no, owner]));
	const name = destinationName(destination);
	const written = await tx.ledger.get(name, [...made.values()].map(({ sourceId }) => sourceId));
	for (const { profile, entry } of unanswered) {
		const record = made.get(entry.target);
		const owner = record && owners.get(record.profileNo as number);
		if (!record || !owner) continue;
		const reason = lostReason(profile, record, owner);
		if (reason !== undefined) found.lostTo.set(profile.canonicalId, reason);
		const uncertain = stateWithLost(written.get(record.sourceId)?.acknowledged ?? {}, entry.acknowledged);
		found.entries.push(
			{ ...entry, acknowledged: createdState(record.sourceId), status: reason === undefined ? 'acknowledged' : 'skipped', reason, attempts: 0, at },
			uncertainEntry(name, record.sourceId, owner.canonicalId, uncertain, at),
		);
	}
	return found;
}

interface Unanswered {
	profile: Profile;
	/** Its `new:` entry. */
	entry: LedgerEntry;
	asked: Asked;
}

function unansweredOf(profile: Profile, ledger: ReadonlyMap<string, LedgerEntry>): Unanswered[] {
	return newTargets(profile).flatMap((target) => {
		const entry = ledger.get(target);
		const asked = entry && createdRecord(entry.acknowledged) === undefined ? askedFor(entry.acknowledged) : undefined;
		return entry && asked ? [{ profile, entry, asked }] : [];
	});
}

/** By target: of the records there that have one of these emails, the first that came to be known since it was asked for. */
async function recordsOf(tx: StoreReader, unanswered: readonly Unanswered[], { system, object }: Destination): Promise<Map<string, StoredRecord>> {
	const keysOf = ({ profile: { entity }, asked: { emails } }: Unanswered) => emails.map((email) => identifierLookupKey(entity, 'email', email));
	const holders = await tx.keys.holders([...new Set(unanswered.flatMap(keysOf))]);
	const nos = [...new Set([...holders.values()].flat().map(({ no }) => no))].sort((a, b) => a - b);
	const there = (await tx.records.byNo(nos)).filter((record) => record.system === system && record.object === object && !record.deleted && record.profileNo !== null);
	return new Map(
		unanswered.flatMap((one): [string, StoredRecord][] => {
			const own = new Set(keysOf(one).flatMap((key) => holders.get(key) ?? []).map(({ no }) => no));
			const record = there.find(({ no, firstSeenAt }) => own.has(no) && firstSeenAt >= one.asked.first);
			return record ? [[one.entry.target, record]] : [];
		}),
	);
}

/** Undefined where it came into the profile that it was made for. */
function lostReason({ canonicalId }: Profile, { sourceId }: StoredRecord, owner: StoredProfile): string | undefined {
	if (owner.canonicalId === canonicalId) return undefined;
	return `record ${sourceId} was made for it, the answer got lost, and that record belongs to ${owner.canonicalId} now. Decide whether the two are one person`;
}

function uncertainEntry(destination: string, target: string, canonicalId: string, acknowledged: KnownState, at: string): LedgerEntry {
	return { destination, target, canonicalId, acknowledged, status: 'retry', reason: 'it was made without an answer, so what it holds is still to be written', attempts: 0, at };
}
