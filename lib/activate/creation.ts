import { identifierKey, type Profile } from '../domain';
import type { StoredProfile, StoredRecord, StoreReader } from '../store';
import type { Destination } from './plan';

/** Email and full name for a new record, where the profile has them. */
export function contactOf({ attributes }: Profile): { email?: string; name?: string } {
	const text = (attribute: string) => (typeof attributes[attribute]?.value === 'string' ? attributes[attribute].value : '');
	const name = [text('given_name'), text('family_name')].filter(Boolean).join(' ');
	return { ...(text('email') && { email: text('email') }), ...(name && { name }) };
}

/** Why these profiles must not get a record in the destination, keyed by canonical ID; those that may are left out. */
export async function refusalToCreate(tx: StoreReader, profiles: readonly Profile[], destination: Destination): Promise<Map<string, string>> {
	const refusals = new Map<string, string>();
	const purpose = destination.definition.createNeedsConsent;
	for (const profile of profiles) {
		const refusal = withoutConsent(profile, purpose) ?? withoutEmail(profile) ?? (await emailOfAnother(tx, profile, destination));
		if (refusal !== undefined) refusals.set(profile.canonicalId, refusal);
	}
	return refusals;
}

function withoutConsent({ consent }: Profile, purpose: string | undefined): string | undefined {
	if (purpose === undefined || consent[purpose]?.status === 'granted') return undefined;
	return `there is no consent for ${purpose.replaceAll('_', ' ')} (it is ${consent[purpose]?.status ?? 'unknown'})`;
}

function withoutEmail(profile: Profile): string | undefined {
	return contactOf(profile).email === undefined ? 'the profile has no email' : undefined;
}

/**
 * A destination finds a record by its email. Where that email is another profile's too (a couple's mailbox, an `info@`),
 * adding this one would overwrite the other one's record: so the older profile alone gets it.
 */
async function emailOfAnother(tx: StoreReader, profile: Profile, { system, object }: Destination): Promise<string | undefined> {
	const email = contactOf(profile).email?.toLowerCase();
	const own = [...(await tx.records.byRef(profile.records)).values()];
	if (await isBlocked(tx, own, email)) return 'the identity model blocks its email as nobody\'s own, so the record found by it there may be another profile\'s';
	const emails = profile.identifiers.filter(({ kind }) => kind === 'email').map(identifierKey);
	const keys = [...(await tx.keys.ofRecords(own.map(({ no }) => no))).values()].flat().map(({ key }) => key);
	const holders = await tx.keys.holders([...new Set(keys.filter((key) => emails.some((ending) => key.endsWith(`|${ending}`))))]);
	const ownProfiles = new Set(own.map(({ profileNo }) => profileNo));
	const others = (await tx.records.byNo([...holders.values()].flat().map(({ no }) => no))).filter(
		(record) => record.profileNo !== null && !ownProfiles.has(record.profileNo) && !record.deleted && hasEmail(record, email),
	);
	const there = others.find((record) => record.system === system && record.object === object);
	if (there) return `its email belongs to record ${there.sourceId} there, which is another profile's. Decide whether the two are one person`;
	const youngest = Math.max(...own.map(({ profileNo }) => profileNo ?? 0));
	const older = await tx.profiles.byNo([...new Set(others.map(({ profileNo }) => profileNo as number))].filter((no) => no < youngest));
	const rival = older.find((other) => emailOf(other) === email);
	return rival && `its email is also that of ${rival.canonicalId}, an older profile. Decide whether the two are one person`;
}

/** Of blocked values the store does not know who has them. */
async function isBlocked(tx: StoreReader, own: readonly StoredRecord[], email: string | undefined): Promise<boolean> {
	const blocked = ((await tx.models.current())?.model.blockedValues ?? []).filter(({ kind }) => kind === 'email');
	if (blocked.length === 0) return false;
	const written = own.flatMap(({ attributes }) => attributes.email ?? []).filter(({ value }) => String(value).toLowerCase() === email);
	const keys = new Set(written.map(({ key, value }) => key ?? String(value)));
	return blocked.some(({ value }) => keys.has(value));
}

function hasEmail(record: StoredRecord, email: string | undefined): boolean {
	return (record.attributes.email ?? []).some(({ value }) => String(value).toLowerCase() === email);
}

function emailOf({ golden }: StoredProfile): string | undefined {
	const value = golden?.attributes.email?.value;
	return typeof value === 'string' ? value.toLowerCase() : undefined;
}
