import { standardProperties, type PropertyDefinition } from './properties';

export type ObjectPath = 'contacts' | 'companies';

export interface StoredRecord {
	id: string;
	properties: Record<string, string>;
	createdAt: string;
	updatedAt: string;
	archived: boolean;
	archivedAt?: string;
	/** Companies of a contact; the first is the primary one. */
	companyIds: string[];
}

type GivenRecord = Partial<Pick<StoredRecord, 'id' | 'createdAt' | 'updatedAt' | 'companyIds'>>;

export interface HubSpotSettings {
	token: string;
	portalId: number;
	/** Scopes that the token has. */
	scopes: Set<string>;
	/** Results at which a search ends. */
	searchWindow: number;
	/** Whether batches with trace IDs are done in part; without, one bad input makes HubSpot refuse all. */
	multiStatus: boolean;
	callsPerTenSeconds: number;
	searchesPerSecond: number;
	/** Whether an archived contact has the time of its last change as `archivedAt`, as HubSpot's contacts have had. */
	archivedAtLastChange: boolean;
}

const MODIFIED: Record<ObjectPath, string> = { contacts: 'lastmodifieddate', companies: 'hs_lastmodifieddate' };

/** The data of one HubSpot account, and what happens to it in HubSpot itself. */
export class HubSpotState {
	readonly records: Record<ObjectPath, Map<string, StoredRecord>> = { contacts: new Map(), companies: new Map() };
	readonly properties: Record<ObjectPath, Map<string, PropertyDefinition>> = standardProperties();
	readonly groups: Record<ObjectPath, Map<string, string>> = {
		contacts: new Map([['contactinformation', 'Contact information']]),
		companies: new Map([['companyinformation', 'Company information']]),
	};
	/** Record IDs that were merged away, to the record they went into. */
	readonly merged: Record<ObjectPath, Map<string, string>> = { contacts: new Map(), companies: new Map() };
	private nextId = 9_000_000_001;

	constructor(
		readonly settings: HubSpotSettings,
		readonly clock: () => number,
	) {}

	modifiedProperty(path: ObjectPath): string {
		return MODIFIED[path];
	}

	/** Adds a record; `id`, `createdAt`, `updatedAt` and `companyIds` are made up when left out. */
	add(path: ObjectPath, properties: Record<string, string>, given: GivenRecord = {}): StoredRecord {
		const now = new Date(this.clock()).toISOString();
		const id = given.id ?? String(this.nextId++);
		const createdAt = given.createdAt ?? now;
		const record: StoredRecord = { id, properties: {}, createdAt, updatedAt: createdAt, archived: false, companyIds: given.companyIds ?? [] };
		const primary = record.companyIds[0];
		Object.assign(record.properties, properties, { hs_object_id: id, createdate: createdAt }, primary && { associatedcompanyid: primary });
		this.records[path].set(id, record);
		this.touch(path, record, given.updatedAt ?? createdAt);
		return record;
	}

	/** Changes properties as a person in HubSpot would; an empty text clears one. */
	change(path: ObjectPath, id: string, properties: Record<string, string>): StoredRecord {
		const record = this.get(path, id);
		record.properties = Object.fromEntries(Object.entries({ ...record.properties, ...properties }).filter(([, value]) => value !== ''));
		this.touch(path, record, new Date(this.clock()).toISOString());
		return record;
	}

	archive(path: ObjectPath, id: string): void {
		const record = this.get(path, id);
		record.archived = true;
		record.archivedAt = this.settings.archivedAtLastChange && path === 'contacts' ? record.updatedAt : new Date(this.clock()).toISOString();
	}

	/** Brings an archived record back as it was. */
	restore(path: ObjectPath, id: string): void {
		const record = this.get(path, id);
		record.archived = false;
		delete record.archivedAt;
		this.touch(path, record, new Date(this.clock()).toISOString());
	}

	/** Merges one record into another: it vanishes without being archived. */
	merge(path: ObjectPath, winner: string, loser: string): void {
		const ids = this.get(path, winner).properties.hs_merged_object_ids;
		this.records[path].delete(loser);
		this.merged[path].set(loser, winner);
		this.change(path, winner, { hs_merged_object_ids: [...(ids ? ids.split(';') : []), loser].join(';') });
	}

	get(path: ObjectPath, id: string): StoredRecord {
		const record = this.records[path].get(id);
		if (!record) throw new Error(`the look-alike has no ${path} ${id}`);
		return record;
	}

	/** Records in the order of their IDs, as the list endpoint gives them. */
	inOrder(path: ObjectPath, archived: boolean): StoredRecord[] {
		return [...this.records[path].values()].filter((record) => record.archived === archived).sort((a, b) => Number(a.id) - Number(b.id));
	}

	/** Contact whose primary email this is. */
	findByEmail(email: string): StoredRecord | undefined {
		return this.inOrder('contacts', false).find((record) => record.properties.email?.toLowerCase() === email.toLowerCase());
	}

	/** Contact that has this email beside its primary one. */
	findBySecondaryEmail(email: string): StoredRecord | undefined {
		const wanted = email.toLowerCase();
		return this.inOrder('contacts', false).find((record) =>
			(record.properties.hs_additional_emails ?? '').toLowerCase().split(';').includes(wanted),
		);
	}

	private touch(path: ObjectPath, record: StoredRecord, at: string): void {
		record.updatedAt = at;
		record.properties[this.modifiedProperty(path)] = at;
	}
}
