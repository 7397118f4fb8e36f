/** Where a walk through all texts goes on. */
export interface TextPlace {
	/** Which kind of text, counted from 0. */
	kind: number;
	/** Key of the last row that was read; null at the beginning of the kind. */
	after: readonly (string | number)[] | null;
}

/** Something of the store that somebody has taken away, in words, and how it comes back. */
export interface MissingPart {
	part: string;
	remedy: string;
	isTable: boolean;
}

/** The JSON texts that the store keeps, as such, and what they stand in. */
export interface TextReader {
	/**
	 * Reads the next `limit` rows of one kind of text, from the beginning of all where `from` is null.
	 * `damaged` says of what the texts are that can't be read, e.g. `the content of record crm:contact:5`; `next` is null at the end of all.
	 */
	unreadable(from: TextPlace | null, limit: number): Promise<{ damaged: string[]; next: TextPlace | null }>;
	/** Of the store's own tables, indexes and keys: what is not there. A file is looked at as a whole in place of it. */
	missing(): Promise<MissingPart[]>;
}
