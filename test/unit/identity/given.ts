import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refKey, type Activity, type FieldMapping, type IdentityModel, type RecordRef, type SourceRecord } from '../../../lib/domain';
import { buildProfiles, checkStore, currentModel, decide, defaultModel, emptySummary, FirstLoad, matchRecords, saveModel } from '../../../lib/identity';
import { joined } from '../../../lib/identity/prepare/batch';
import { unpackBatch } from '../../../lib/identity/prepare/prepared';
import { readyRecord } from '../../../lib/identity/prepare/ready-record';
import { toComparable } from '../../../lib/match';
import { type Normalized, normalizeRecord } from '../../../lib/normalize';
import { closeAllStores, headOf, openStore, recordContent, toProfiles, type IdentityStore } from '../../../lib/store';
import { judgeProgram } from '../cli/built';

export const SYSTEMS = ['crm', 'billing', 'support', 'mail'];
export const NOW = Date.parse('2026-03-10T12:00:00.000Z');

/** Raw fields of one person, as a system would give them. */
export interface PersonFields {
	email?: string | undefined;
	phone?: string | undefined;
	given?: string | undefined;
	family?: string | undefined;
	name?: string | undefined;
	born?: string | undefined;
	street?: string | undefined;
	zip?: string | undefined;
	company?: string | undefined;
	domain?: string | undefined;
	userId?: string | undefined;
	customerNo?: string | undefined;
	nationalId?: string | undefined;
	employer?: string | undefined;
}
export interface CompanyFields {
	name?: string | undefined;
	domain?: string | undefined;
	phone?: string | undefined;
	country?: string | undefined;
	city?: string | undefined;
	street?: string | undefined;
	zip?: string | undefined;
	registration?: string | undefined;
}
export type Envelope = Partial<Pick<SourceRecord, 'version' | 'updatedAt' | 'deleted' | 'consent'>>;

const personMapping = (system: string): FieldMapping => ({
	system,
	object: 'contact',
	kind: 'person',
	defaultCountry: 'US',
	fields: [
		{ path: 'email', attribute: 'email', type: 'email' },
		{ path: 'phone', attribute: 'phone', type: 'phone' },
		{ path: 'given', attribute: 'given_name', type: 'given_name' },
		{ path: 'family', attribute: 'family_name', type: 'family_name' },
		{ path: 'name', type: 'full_name' },
		{ path: 'born', attribute: 'birth_date', type: 'date' },
		{ path: 'street', attribute: 'street', type: 'street' },
		{ path: 'zip', attribute: 'postal_code', type: 'postal_code' },
		{ path: 'company', attribute: 'company_name', type: 'company_name' },
		{ path: 'domain', attribute: 'company_domain', type: 'domain' },
		{ path: 'userId', type: 'identifier', identifier: 'user_id' },
		{ path: 'customerNo', type: 'identifier', identifier: 'customer_no' },
		{ path: 'nationalId', type: 'identifier', identifier: 'national_id' },
	],
	links: [{ path: 'employer', type: 'member_of', system: 'crm', object: 'company' }],
});
const companyMapping = (system: string): FieldMapping => ({
	system,
	object: 'company',
	kind: 'company',
	defaultCountry: 'US',
	fields: [
		{ path: 'name', attribute: 'company_name', type: 'company_name' },
		{ path: 'domain', attribute: 'company_domain', type: 'domain' },
		{ path: 'phone', attribute: 'phone', type: 'phone' },
		{ path: 'country', attribute: 'country', type: 'country' },
		{ path: 'city', attribute: 'city', type: 'city' },
		{ path: 'street', attribute: 'street', type: 'street' },
		{ path: 'zip', attribute: 'postal_code', type: 'postal_code' },
		{ path: 'registration', type: 'identifier', identifier: 'registration_number' },
	],
});
const personMappings = new Map(SYSTEMS.map((system) => [system, personMapping(system)]));
const companyMappings = new Map(SYSTEMS.map((system) => [system, companyMapping(system)]));

function normalized(mapping: FieldMapping | undefined, sourceId: string, raw: object, envelope: Envelope): SourceRecord {
	if (!mapping) throw new Error('no such system in this test');
	const { consent, version = '1', updatedAt = '2026-01-01T00:00:00.000Z', deleted } = envelope;
	const { system, object } = mapping;
	const { record, rejected } = normalizeRecord({ system, object, sourceId, version, updatedAt, raw: { ...raw }, ...(deleted && { deleted }) }, mapping);
	if (!record) throw new Error(rejected.reason);
	return consent ? { ...record, consent } : record;
}

/** A person's record; `place` is `system:sourceId`. */
export function person(place: string, fields: PersonFields, envelope: Envelope = {}): SourceRecord {
	const { system, sourceId } = contact(place);
	return normalized(personMappings.get(system), sourceId, fields, envelope);
}
export function company(place: string, fields: CompanyFields, envelope: Envelope = {}): SourceRecord {
	const { system, sourceId } = contact(place);
	return normalized(companyMappings.get(system), sourceId, fields, envelope);
}
export function contact(place: string, object = 'contact'): RecordRef {
	const [system = '', sourceId = ''] = place.split(':');
	return { system, object, sourceId };
}
export function activity(place: string, owner: RecordRef, what: Activity): SourceRecord {
	const { system, sourceId } = contact(place);
	return {
		...{ system, object: what.type, sourceId, version: '1', updatedAt: what.at, kind: 'activity' as const },
		...{ attributes: {}, identifiers: [], consent: [], links: [{ type: 'owned_by' as const, ...owner }], activity: what },
	};
}

/** Records as they come back from a thread that has made them ready. */
function madeReady(records: readonly SourceRecord[], model: IdentityModel): Normalized[] {
	const made = records.map((record) => (record.deleted ? undefined : readyRecord(toComparable(record, 0, model), record, model)));
	const contents = records.map((record) => recordContent(record));
	return unpackBatch({ rows: records.map((record, index) => ({ head: headOf(record), hash: contents[index]?.hash })), contents: contents.map(({ json }) => json), ...joined(made) }, model);
}

/** Opens stores in folders of their own, which are gone after each test; call it once in a file. */
export function temporaryStores(): (model?: IdentityModel) => Promise<Walk> {
	const folders: string[] = [];
	afterEach(async () => {
		await closeAllStores();
		for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
	});
	return async (model) => {
		const folder = mkdtempSync(join(tmpdir(), 'customer360-identity-'));
		folders.push(folder);
		const store = await openStore({ file: join(folder, 'identity.sqlite') });
		if (model) await saveModel(store, model, 'test', NOW - 1000);
		return new Walk(store);
	};
}

/** A model in which few sharers are too many already. */
export function strictModel(email = 2, phone = 3): IdentityModel {
	const model = defaultModel(SYSTEMS);
	const { email: mail, phone: telephone, ...others } = model.identifiers;
	if (!mail || !telephone) throw new Error('the default model has lost its identifiers');
	return { ...model, identifiers: { ...others, email: { ...mail, maxEntities: email }, phone: { ...telephone, maxEntities: phone } } };
}

/** A store with the steps of the walk, and a clock that goes on by a second with each. */
export class Walk {
	private clock = NOW;

	constructor(readonly store: IdentityStore) {}

	now(): number {
		this.clock += 1000;
		return this.clock;
	}

	/** One batch. */
	async match(...records: SourceRecord[]) {
		const now = this.now();
		return this.store.write(async (tx) => matchRecords(tx, records, await currentModel(tx, SYSTEMS, new Date(now).toISOString()), now));
	}

	/**
	 * A first load of these pages. Returns what came of it.
	 * @param how `finish` false leaves it before anything is matched; `ready` makes records ready for matching before they are put, as threads do;
	 * `room` for matching, in bytes
	 */
	async load(pages: readonly (readonly SourceRecord[])[], { finish = true, ready = false, threads = 0, room = Infinity } = {}) {
		const load = new FirstLoad(this.store, SYSTEMS, () => room);
		const summary = emptySummary();
		const model = (await this.store.read((tx) => tx.models.current()))?.model ?? defaultModel(SYSTEMS);
		for (const page of pages) expect(await load.put(ready ? madeReady(page, model) : page.map((record) => ({ record })), this.now(), summary)).toBe(true);
		if (finish) await load.finish(this.now(), summary, { threads, program: judgeProgram });
		return summary;
	}

	async build() {
		const now = this.now();
		return buildProfiles(this.store, { systems: SYSTEMS, now: () => now });
	}

	async arrive(...records: SourceRecord[]) {
		const results = await this.match(...records);
		await this.build();
		return results;
	}

	context(now = this.now()) {
		return { actor: 'kim', reason: 'asked the customer', systems: SYSTEMS, now };
	}

	async decide(verdict: 'same' | 'different', a: string, b: string, at?: number) {
		await this.store.write((tx) => decide(tx, verdict, [[contact(a), contact(b)]], this.context(at)));
		await this.build();
	}

	/** What is wrong in the store. */
	async problems() {
		return (await checkStore(this.store, this.clock)).problems;
	}

	/** Profiles that have records. */
	async profiles() {
		return this.store.read(async (tx) => toProfiles(tx, (await tx.profiles.scan(0, 100_000)).filter(({ empty }) => !empty)));
	}

	/** `crm:1 billing:2` for each profile of more than one record or of one; sorted. */
	async clusters(): Promise<string[]> {
		const profiles = await this.store.read(async (tx) => {
			const byProfile = new Map<number, string[]>();
			for (const record of await tx.records.scan(0, 100_000)) {
				if (record.profileNo !== null) byProfile.set(record.profileNo, [...(byProfile.get(record.profileNo) ?? []), shortName(record)]);
			}
			return [...byProfile.values()];
		});
		return profiles.map((names) => names.sort().join(' ')).sort();
	}

	/** Open questions as pairs of records, sorted. */
	async questions(): Promise<string[]> {
		return this.store.read(async (tx) => {
			const open = await tx.reviews.open(10_000, 0);
			const names = new Map((await tx.records.scan(0, 100_000)).map((record) => [record.no, shortName(record)]));
			return open.map(({ a, b }) => [names.get(a), names.get(b)].sort().join(' ? ')).sort();
		});
	}

	async idOf(place: string, object = 'contact'): Promise<string> {
		return this.store.read(async (tx) => {
			const record = (await tx.records.byRef([contact(place, object)])).get(refKey(contact(place, object)));
			const [profile] = await tx.profiles.byNo(record?.profileNo === null || !record ? [] : [record.profileNo]);
			if (!profile) throw new Error(`${place} has no profile`);
			return profile.canonicalId;
		});
	}

	async events(...types: ('profile.created' | 'profile.changed' | 'profile.merged' | 'profile.split' | 'review.waiting' | 'review.closed')[]) {
		return this.store.read(async (tx) => tx.events.since(0, types, 100_000));
	}
}

/** `crm:1` for a contact, `crm:company:1` for anything else. */
function shortName({ system, object, sourceId }: RecordRef): string {
	return object === 'contact' ? `${system}:${sourceId}` : `${system}:${object}:${sourceId}`;
}
