import type { RecordNo } from '../../domain';

/**
 * A value under which a record can be found. Every identifier is a key (`email:ann@example.com`), and so is every blocking rule's value
 * (`name+birth_date:ann|smith|1980-02-01`).
 * `who` tells distinct people (or companies) apart for the count of sharers; empty where the record has no name, and a mark where it is a copy
 * of another one that counts in its place.
 */
export interface RecordKey {
	key: string;
	who: string;
}

export interface KeyHolder {
	no: RecordNo;
	who: string;
}

/** What a record is compared by, as text, and what it was made of: for the store two texts that it keeps. */
export interface KeptForms {
	forms: string;
	of: string;
}

export interface KeyReader {
	/** Holders by key, each list in order of `no`; keys that nobody holds are left out. */
	holders(keys: readonly string[]): Promise<Map<string, KeyHolder[]>>;
	/** Which of these keys are marked as too common to be evidence. */
	generic(keys: readonly string[]): Promise<Set<string>>;
	/** Pages through all keys that are marked as too common, in order of key. */
	scanGeneric(afterKey: string, limit: number): Promise<string[]>;
	/** Keys of these records as stored. */
	ofRecords(nos: readonly RecordNo[]): Promise<Map<RecordNo, RecordKey[]>>;
	/** How many holders all keys have together: as many as keys are listed, for checks. */
	countHolders(): Promise<number>;
	/** What these records are compared by, where that was kept. */
	forms(nos: readonly RecordNo[]): Promise<Map<RecordNo, KeptForms>>;
}

/** A holder by the digest of its key, as `keyDigest` makes it. */
export interface HeldDigest extends KeyHolder {
	digest: string;
}

export interface KeyWriter extends KeyReader {
	/**
	 * Sets the keys of each of these records, none of them listed twice. A key that a record names twice is kept once, the first time.
	 * Forms are left as they are where none are given, and go with the last key.
	 * @param before what `ofRecords` says of those of them that have keys, asked in this transaction
	 */
	replace(entries: readonly { no: RecordNo; keys: readonly RecordKey[]; forms?: KeptForms | undefined }[], before: ReadonlyMap<RecordNo, readonly RecordKey[]>): Promise<void>;
	/**
	 * All keys of these records as text, as `writeListedKeys` writes it, in place of what was listed: one half of what `replace` does,
	 * for a first load. The other one is `addHolders`, which has to be told the same before anything is looked up.
	 */
	list(entries: readonly { no: RecordNo; listed: string; forms?: KeptForms | undefined }[]): Promise<void>;
	/** What these records are compared by, in place of what was kept; their keys stay. One that has no keys keeps no forms. */
	keepForms(entries: readonly { no: RecordNo; forms: KeptForms }[]): Promise<void>;
	/** Takes away all holders, to be followed by `addHolders` in the same transaction; the lists stay. */
	removeHolders(): Promise<void>;
	/** Holders in a store that has none of them yet. Costs least in order of digest and number. */
	addHolders(holders: readonly HeldDigest[]): Promise<void>;
	markGeneric(keys: readonly string[], generic: boolean): Promise<void>;
}
