import { identifierLookupKey, type Profile } from '../domain';
import type { StoredProfile, StoredRecord, StoreReader } from '../store';
import type { Destination } from './destination';

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
	const stored = await tx.profiles.byCanonicalId(profiles.map(({ canonicalId }) => canonicalId));
	for (const profile of profiles) {
		const no = stored.get(profile.canonicalId)?.no ?? 0;
		const refusal = withoutConsent(profile, purpose) ?? withoutEmail(profile) ?? (await blockedEmail(tx, profile)) ?? (await emailOfAnother(tx, profile, no, destination));
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
 * The profile is as Merge has built it, and that is what would be sent; who else has the email is looked up among the records of now.
 */
async function emailOfAnother(tx: StoreReader, profile: Profile, ownNo: number, { system, object }: Destination): Promise<string | undefined> {
	const email = contactOf(profile).email?.toLowerCase();
	const emails = profile.identifiers.filter(({ kind }) => kind === 'email');
	const holders = await tx.keys.holders(emails.map(({ kind, value }) => identifierLookupKey(profile.entity, kind, value)));
	const others = (await tx.records.byNo([...new Set([...holders.values()].flat().map(({ no }) => no))])).filter(
		(record) => record.profileNo !== null && record.profileNo !== ownNo && !record.deleted && hasEmail(record, email),
	);
	const there = others.find((record) => record.system === system && record.object === object);
	if (there) return `its email belongs to record ${there.sourceId} there, which is another profile's. Decide whether the two are one person`;
	const older = await tx.profiles.byNo([...new Set(others.map(({ profileNo }) => profileNo as number))].filter((no) => no < ownNo));
	const rival = older.find((other) => emailOf(other) === email);
	return rival && `its email is also that of ${rival.canonicalId}, an older profile. Decide whether the two are one person`;
}

/** Of blocked values the store does not know who has them. */
async function blockedEmail(tx: StoreReader, profile: Profile): Promise<string | undefined> {
	const blocked = ((await tx.models.current())?.model.blockedValues ?? []).filter(({ kind }) => kind === 'email');
	if (blocked.length === 0) return undefined;
	const email = contactOf(profile).email?.toLowerCase();
	const own = [...(await tx.records.byRef(profile.records)).values()].flatMap(({ attributes }) => attributes.email ?? []);
	const keys = new Set(own.filter(({ value }) => String(value).toLowerCase() === email).map(({ key, value }) => key ?? String(value)));
	for (const { kind, value, display } of profile.identifiers) if (kind === 'email' && (display ?? value).toLowerCase() === email) keys.add(value);
	if (!blocked.some(({ value }) => keys.has(value))) return undefined;
	return 'the identity model blocks its email as nobody\'s own, so the record found by it there may be another profile\'s';
}

function hasEmail(record: StoredRecord, email: string | undefined): boolean {
	return (record.attributes.email ?? []).some(({ value }) => String(value).toLowerCase() === email);
}

function emailOf({ golden }: StoredProfile): string | undefined {
	const value = golden?.attributes.email?.value;
	return typeof value === 'string' ? value.toLowerCase() : undefined;
}
