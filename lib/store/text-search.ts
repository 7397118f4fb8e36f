/** Everything that is taken for a gap between words; FTS5's tokenizer unicode61 does the same. */
const GAP = /[^\p{L}\p{N}\p{M}\p{Co}]+/u;

/** Text as the search index reads it: one form for each character, so that a full-width digit or a ligature is found by its plain form. */
export function searchableText(text: string): string {
	return text.normalize('NFKC');
}

/** The words of a text, in order. */
export function wordsOf(text: string): string[] {
	return text.split(GAP).filter((word) => word !== '');
}

/**
 * What a person typed, as phrases that must all occur, each word by word and the last word as the beginning of one: a word with signs in it
 * (`ann@exam`) must occur as it stands. Empty when there is no word.
 */
export function searchPhrases(query: string): string[][] {
	return searchableText(query)
		.split(/\s+/u)
		.map(wordsOf)
		.filter((words) => words.length > 0);
}
