import type { Entity, RecordRef } from '../../domain';

/** An ID that was issued before the store went back to a backup. Outside it stands for a customer still, and so it is nobody else's. */
export interface PromisedId {
	canonicalId: string;
	entity: Entity;
	/** Number of its profile in the store that issued it: the smaller one is the older. */
	age: number;
	/** The profile to which it leads until its records have one of their own; null while none of them is here. */
	profileNo: number | null;
}

/** What is to be kept of an ID and all that belongs to it. */
export interface NewPromise extends Omit<PromisedId, 'profileNo'> {
	/** IDs that were retired to it: they go where it goes. */
	aliases: readonly string[];
	/** Records that carry it. */
	records: readonly RecordRef[];
}

/** An ID that leads nowhere yet, with some of the records that it waits for and how many they are. */
export interface AwaitedId {
	/** Where the ID asked for was retired to, or itself. */
	canonicalId: string;
	records: RecordRef[];
	total: number;
}

/** A row of the walk through all promises. */
export interface ListedPromise {
	canonicalId: string;
	/** Where it was retired to, or itself. */
	heir: string;
	/** How many records carry the heir. */
	records: number;
	/** Whether a profile goes by this very ID, which must not be. */
	issued: boolean;
	/** Whether it leads to a profile as a retired ID. */
	leads: boolean;
	/** Whether the heir is a promised ID that was retired to no other one. */
	hasHeir: boolean;
}

/** A record that had an ID before the store went back to a backup. */
export interface PromisedRecord extends RecordRef {
	canonicalId: string;
}

/** A row of the walk through all records that had an ID before the store went back to a backup. */
export interface ListedPromisedRecord extends PromisedRecord {
	/** Whether its ID is promised, retired to no other promised one, or leads to a profile. */
	known: boolean;
}

export interface PromiseReader {
	/** Whether anything is kept of any record from before the store went back to a backup. Most stores never did. */
	any(): Promise<boolean>;
	/** Which IDs were promised to these records, keyed by `refKey`. */
	ofRecords(refs: readonly RecordRef[]): Promise<Map<string, PromisedId>>;
	/** The profiles to which the IDs lead that these records had, where these were issued before the backup; keyed by `refKey`. */
	placesOf(refs: readonly RecordRef[]): Promise<Map<string, number>>;
	/** Records that had the IDs of these profiles before the store went back to a backup, wherever they are now. */
	placedAt(profileNos: readonly number[]): Promise<RecordRef[]>;
	/** Those of these IDs that lead nowhere yet, keyed by the ID as asked, each with at most `most` of its records. */
	awaited(ids: readonly string[], most: number): Promise<Map<string, AwaitedId>>;
	/** The records that carry these promised IDs, those that were retired to another one left out. */
	carriers(ids: readonly string[]): Promise<PromisedRecord[]>;
	/** Pages through all promised IDs, in order of ID. */
	scan(afterId: string, limit: number): Promise<ListedPromise[]>;
	/** Pages through all records that had an ID before the store went back to a backup. */
	scanRecords(after: RecordRef | null, limit: number): Promise<ListedPromisedRecord[]>;
	/** At most `limit` promised IDs from before `before`, the oldest first; those that were retired to another one go with it and are left out. */
	promisedBefore(before: string, limit: number): Promise<PromisedId[]>;
	/** At most `limit` records of which {@link PromiseWriter.place} was said before `before`. */
	placedBefore(before: string, limit: number): Promise<PromisedRecord[]>;
}

export interface PromiseWriter extends PromiseReader {
	/** Adds promises. Of an ID, or a record, that is promised already what is said last counts; what was promised under an ID goes where that is retired to. */
	add(promises: readonly NewPromise[], at: string): Promise<void>;
	/** Notes that these records had an ID that is issued here. What is said last of a record counts. */
	place(records: readonly PromisedRecord[], at: string): Promise<void>;
	/** Forgets what these records had. */
	forget(refs: readonly RecordRef[]): Promise<void>;
	/** The ID, and what was retired to it, leads to this profile as a retired one. The promise stays: a profile of its own may still get the ID. */
	lead(pairs: readonly { canonicalId: string; profileNo: number }[]): Promise<void>;
	/** The promise is kept: what was retired to the ID leads to this profile for good, and so does the ID where it is not the profile's own. */
	keep(pairs: readonly { canonicalId: string; profileNo: number }[]): Promise<void>;
}
