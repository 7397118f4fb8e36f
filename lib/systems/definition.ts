import type { Activity, FieldMapping, RawRecord, Scalar } from '../domain';
import type { HttpClient } from '../transport';

/**
 * The shape of a system folder. Everything known about one outside system is one `SystemDefinition`;
 * nodes, activation and the tests work from it and never name a system.
 */
export interface SystemDefinition<C extends Record<string, unknown> = Record<string, unknown>> {
	/** Small letters; used in references and destinations. */
	id: string;
	label: string;
	/** Builds the client: base URL, authentication, rate limit, error reading. `credentials` are those of the node's credential type. */
	connect(credentials: C): HttpClient;
	/** Names the account without secrets, so that two accounts don't share cursors, limits or ledgers, e.g. a portal's or a subdomain's name. */
	account(credentials: C): string;
	/**
	 * Asks the vendor whether the account that the credential names is the one of its key. Left out where the name comes from the key itself.
	 * A key that may not ask is believed.
	 * @throws TerminalError that says both names and the remedy when it is another one; TransientError
	 */
	checkAccount?(client: HttpClient, credentials: C): Promise<void>;
	/**
	 * The cheapest call by which the vendor tells whether it accepts the key. It needs no permission that writing doesn't.
	 * @throws TerminalError when the key is refused; TransientError
	 */
	checkKey(client: HttpClient): Promise<void>;
	/** Choices beside the credential that reading or writing needs, e.g. an audience. */
	settings?: SettingDefinition[];
	/** Left out where the vendor's exports name their columns as everybody does. */
	exportColumns?: ExportColumns;
	sources: Record<string, SourceObject>;
	destinations: Record<string, DestinationObject>;
}

/**
 * Names that the vendor's own CSV exports give columns and most lists do not, as they stand in the file, by what the column holds: an attribute, `id`, or
 * `updated_at`. Of several for the ID the likeliest first.
 */
export type ExportColumns = Readonly<Record<string, readonly string[]>>;

/** Values of a system's settings by name, as chosen on the node. */
export type Settings = Readonly<Record<string, string>>;

export interface SettingDefinition {
	name: string;
	label: string;
	description: string;
	/** Where it must be given; elsewhere empty means all. */
	requiredFor: readonly ('source' | 'create')[];
	/** What the empty choice is called. */
	all: string;
	/** Choices for the drop-down, from the live system. */
	load(client: HttpClient): Promise<{ label: string; value: string }[]>;
}

/** Where a pull has come to. JSON; its form is the source's own affair. */
export type Cursor = Record<string, string | number | boolean | null>;

export interface PullPage {
	records: RawRecord[];
	/** Where to go on when all records of this page are safe. Saving it after every page makes a pull safe to stop anywhere. */
	cursor: Cursor;
}

export interface PullOptions {
	/** From the last page that was made safe; null for the first run. */
	cursor: Cursor | null;
	/** How far an incremental pull goes back behind its cursor, for records that became visible late. Milliseconds. */
	overlapMs: number;
	/** Only what changed since then, for a first run that needs no history. ISO 8601. */
	since?: string;
	/** Records a page at the most; the vendor's own maximum when left out. */
	pageSize?: number;
	settings?: Settings;
	/** Current time, milliseconds since 1970; given by tests. */
	now?: () => number;
}

export interface SourceObject {
	label: string;
	/** Preset for Normalize. */
	mapping: FieldMapping;
	/**
	 * For objects of kind `activity`: reads what happened, which a mapping of fields cannot express (a subscription's amount for a month).
	 * @throws Error with a message that names the field, when the record cannot be read.
	 */
	activity?(raw: Record<string, unknown>): Activity;
	/**
	 * Reads everything that is new since the cursor, page by page, oldest change first as far as the vendor can sort.
	 * Ends when it has caught up. The same record may come more than once (overlap); no change is left out, also among equal timestamps.
	 * @throws TransientError, TerminalError
	 */
	pull(client: HttpClient, options: PullOptions): AsyncGenerator<PullPage, void, undefined>;
}

/** A value that we keep in the destination: our name, where it comes from, how it is typed there. */
export interface DestinationField {
	/** Attribute or metric of the profile, or one of `canonical_id`, `segments`, `company_ids`, `duplicate_records`. */
	source: string;
	/** Name in the destination, e.g. `c360_id`. */
	target: string;
	label: string;
	type: 'text' | 'long_text' | 'number' | 'date' | 'boolean';
}

/** One record that is to be written. */
export interface WriteItem {
	/** ID in the destination; null asks for a new record. */
	targetId: string | null;
	canonicalId: string;
	/** Only what differs from the last acknowledged write; null empties a field. For a new record, everything. */
	fields: Record<string, Scalar | null>;
	/** Segments to add to and take from the record, for systems that have tags. */
	tags?: { add: string[]; remove: string[] };
	/** Email for a new record, and for systems whose upsert goes by email. */
	email?: string;
	/** Full name for a new record, where the profile has one. */
	name?: string;
}

/** What the destination said of one item. `skipped` is for what the destination's own rules forbid, e.g. a member who unsubscribed. */
export type WriteResult =
	| { status: 'acknowledged'; targetId: string }
	| { status: 'retry'; reason: string; retryAfterMs?: number }
	| { status: 'failed'; reason: string; field?: string }
	| { status: 'skipped'; reason: string };

export interface DestinationObject {
	label: string;
	/** Entity whose profiles go there. */
	entity: 'person' | 'company';
	/** What is written unless the user chooses otherwise: about 8 to 12 fields. */
	defaultFields: DestinationField[];
	/** Largest number of items in one write call. */
	maxBatch: number;
	/** Write calls that may be under way at once, for a vendor that has no batch; 1 when left out. The rate limit holds all the same. */
	parallelWrites?: number;
	/** Adding someone here is contacting them: needs this consent. Updating a record that exists does not. */
	createNeedsConsent?: string;
	canCreate: boolean;
	/** Whether segments are written as tags (`WriteItem.tags`) as well. */
	tags: boolean;
	/**
	 * Makes sure that the fields exist, creating those that are missing under our own group and names. Called before the first write of a run.
	 * Returns how many were created.
	 */
	ensureFields(client: HttpClient, fields: readonly DestinationField[], settings?: Settings): Promise<{ created: string[] }>;
	/**
	 * Writes one batch (at most `maxBatch`) and returns one result an item, in order. Throws only what concerns the whole call.
	 * Never overwrites another system's external ID, never changes a consent status.
	 * @throws TransientError, TerminalError
	 */
	write(client: HttpClient, items: readonly WriteItem[], settings?: Settings): Promise<WriteResult[]>;
	/** Choices for a drop-down: the destination's own fields that can be written. */
	listFields(client: HttpClient, settings?: Settings): Promise<{ name: string; label: string }[]>;
}
