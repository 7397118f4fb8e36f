import type { ChangeEvent, Entity, Profile, RecordRef } from '../domain';
import { identifierLookupKey, refOf } from '../domain';
import { identifierValue } from '../normalize';
import { type CompanyPeople, type StoredProfile, type StoredRecord, type StoreReader, toProfiles } from '../store';
import { refuseAwaited } from './awaited-ids';

/** How a profile is asked for. */
export type ProfileQuery =
	/** Current or retired. */
	| { by: 'canonical_id'; value: string }
	| { by: 'record'; ref: RecordRef }
	/** `kind` as in the identity model: email, phone, user_id, ... */
	| { by: 'identifier'; kind: string; value: string };

/** A profile as people look at it: a company's with its people. */
export type ProfileView = Profile & { people?: CompanyPeople['people']; peopleTotal?: CompanyPeople['total'] };

/** A large company's people are a list to page through, not a part of its profile. */
const MOST_PEOPLE_SHOWN = 100;

/**
 * Finds profiles. One for an ID or a record; an identifier can lead to several, when people share it.
 * @param defaultCountry for a phone number without a country code
 * @throws Error for an ID that was issued before the store went back to a backup and whose records were not read again yet
 */
export async function findProfiles(tx: StoreReader, query: ProfileQuery, defaultCountry: string): Promise<ProfileView[]> {
	return viewProfiles(tx, await findStored(tx, query, defaultCountry));
}

async function findStored(tx: StoreReader, query: ProfileQuery, defaultCountry: string): Promise<StoredProfile[]> {
	if (query.by === 'canonical_id') {
		const found = [...(await tx.profiles.byCanonicalId([query.value])).values()];
		if (found.length === 0) await refuseAwaited(tx, query.value);
		return found;
	}
	if (query.by === 'record') return profilesOfRecords(tx, [...(await tx.records.byRef([query.ref])).values()]);
	const value = identifierValue(query.kind, query.value, { defaultCountry });
	if (value === undefined) return [];
	return tx.profiles.byKeys([identifierLookupKey('person', query.kind, value), identifierLookupKey('company', query.kind, value)]);
}

async function profilesOfRecords(tx: StoreReader, records: readonly Pick<StoredRecord, 'profileNo'>[]): Promise<StoredProfile[]> {
	return tx.profiles.byNo([...new Set(records.map(({ profileNo }) => profileNo).filter((no) => no !== null))].sort((x, y) => x - y));
}

export async function searchProfiles(tx: StoreReader, text: string, entity: Entity | undefined, limit: number): Promise<ProfileView[]> {
	return viewProfiles(tx, await tx.profiles.search(text, entity, limit));
}

/** In the order of the rows. Of a company's people the oldest profiles are shown, and `peopleTotal` counts them all. */
async function viewProfiles(tx: StoreReader, stored: readonly StoredProfile[]): Promise<ProfileView[]> {
	const companies = stored.filter(({ entity }) => entity === 'company').map(({ no }) => no);
	const profiles = await toProfiles(tx, stored);
	if (companies.length === 0) return profiles;
	const people = await tx.profiles.ofCompanies(companies, MOST_PEOPLE_SHOWN);
	return profiles.map((profile, index) => {
		const own = people.get(stored[index]?.no ?? 0);
		return own ? { ...profile, people: own.people, peopleTotal: own.total } : profile;
	});
}

/** One line of a timeline. */
export interface TimelineEntry {
	at: string;
	what: string;
	/** Where it comes from: a record, or the change feed. */
	source: RecordRef | { event: number };
	details: Record<string, unknown>;
}

/** What happened to a customer, newest first: invoices, subscriptions, tickets, records that joined, and changes of the profile. */
export async function timeline(tx: StoreReader, profile: Profile, limit: number): Promise<TimelineEntry[]> {
	const records = [...(await tx.records.byRef(profile.records)).values()];
	const owned = [...(await tx.records.linkingTo('owned_by', profile.records)).values()].flat();
	const events = await tx.events.ofProfile([profile.canonicalId, ...profile.aliases], limit);
	const entries: TimelineEntry[] = [
		...owned.flatMap((record): TimelineEntry[] => (record.activity ? [{ at: record.activity.at, what: `${record.activity.type} ${record.activity.status}`, source: refOf(record), details: { ...record.activity } }] : [])),
		...records.map((record): TimelineEntry => ({ at: record.firstSeenAt, what: 'record first seen', source: refOf(record), details: {} })),
		...events.map((event): TimelineEntry => ({ at: event.at, what: wordsFor(event), source: { event: event.seq }, details: event.data })),
	];
	return entries.sort((x, y) => (x.at < y.at ? 1 : x.at > y.at ? -1 : 0)).slice(0, limit);
}

function wordsFor(event: ChangeEvent): string {
	return event.type.replace('.', ' ').replace('_', ' ');
}
