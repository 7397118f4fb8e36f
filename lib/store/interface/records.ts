import type { RecordNo, RecordRef, SourceRecord } from '../../domain';

/** A source record as the store keeps it. `profileNo` is null for activities and for records that are gone. */
export interface StoredRecord extends SourceRecord {
	no: RecordNo;
	profileNo: number | null;
	/** ISO 8601: when this reference was first stored. */
	firstSeenAt: string;
}

/** What the store knows of a record without reading what it says. */
export interface RecordHead extends Omit<StoredRecord, 'attributes' | 'identifiers' | 'consent' | 'links' | 'activity'> {
	/** Changes whenever anything of the record's content, kind or deletion does. */
	hash: string;
}

/** A record whose content is the JSON text that the store keeps of it. */
export interface RecordText {
	head: RecordHead;
	content: string;
}

/** A record with the hash of what it says, as after it was put. */
export interface WrittenRecord extends StoredRecord {
	hash: string;
}

/**
 * What became of a record that was put:
 * `unchanged`: same version and content; `stale`: what is stored is newer, nothing was written.
 */
export type PutOutcome = 'new' | 'changed' | 'unchanged' | 'stale';

export interface PutResult {
	no: RecordNo;
	outcome: PutOutcome;
	/** What stands there now, for `new` and `changed`. */
	record?: WrittenRecord;
	/** What stood there before, for `changed`. */
	before?: StoredRecord;
}

export interface RecordReader {
	/** In the order asked for; a number that does not exist is left out. */
	byNo(nos: readonly RecordNo[]): Promise<StoredRecord[]>;
	/** The same with the hash of what they say. */
	written(nos: readonly RecordNo[]): Promise<WrittenRecord[]>;
	/** The same without content. */
	heads(nos: readonly RecordNo[]): Promise<RecordHead[]>;
	/** What {@link RecordHead} has as `hash`, by number. */
	hashes(nos: readonly RecordNo[]): Promise<Map<RecordNo, string>>;
	/** Keyed by `refKey`. */
	byRef(refs: readonly RecordRef[]): Promise<Map<string, StoredRecord>>;
	/** The same without content. */
	headsByRef(refs: readonly RecordRef[]): Promise<Map<string, RecordHead>>;
	/** Persons and companies (not deleted) of these profiles, in order of `no`. */
	ofProfiles(profileNos: readonly number[]): Promise<StoredRecord[]>;
	/** The same with the content as the store keeps it, for whoever passes it on to another thread. */
	textsOfProfiles(profileNos: readonly number[]): Promise<RecordText[]>;
	/** The same without content. */
	headsOfProfiles(profileNos: readonly number[]): Promise<RecordHead[]>;
	/** Whether any record points at another one. */
	haveLinks(): Promise<boolean>;
	/** Records that point at any of `targets` by a link of this type, keyed by the target's `refKey`; deleted ones are left out. */
	linkingTo(type: 'member_of' | 'owned_by', targets: readonly RecordRef[]): Promise<Map<string, StoredRecord[]>>;
	/** Pages through all records by number, deleted ones too. */
	scan(afterNo: RecordNo, limit: number): Promise<StoredRecord[]>;
	/** The same without content. */
	scanHeads(afterNo: RecordNo, limit: number): Promise<RecordHead[]>;
	/** Activities (not deleted) whose record last changed before `before`, by number. Whether what they tell of is over is for the caller to say. */
	settledActivities(before: string, afterNo: RecordNo, limit: number): Promise<StoredRecord[]>;
	/** Records (not deleted) by system and object. */
	counts(): Promise<{ system: string; object: string; records: number }[]>;
}

export interface RecordWriter extends RecordReader {
	/**
	 * Stores a batch, one result an input, in order. The same reference twice in a batch is put twice, in order.
	 * Which of two versions of one reference stays does not depend on arrival: the greater of (updatedAt, version, deleted, content hash) does.
	 */
	put(records: readonly SourceRecord[], at: string): Promise<PutResult[]>;
	/** Says which profile each record belongs to; null for none. */
	assign(assignments: readonly { no: RecordNo; profileNo: number | null }[]): Promise<void>;
	/**
	 * Forgets what these activities say. Number, reference and version stay, as of a deleted record: put again in that version one is `stale`,
	 * whatever it says, and a later version brings it back.
	 */
	forget(nos: readonly RecordNo[]): Promise<void>;
}
