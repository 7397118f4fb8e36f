/** Everything that FTS5's tokenizer unicode61 takes for a gap between words. */
const GAP = /[^\p{L}\p{N}\p{M}\p{Co}]+/u;

/** Text as the search index reads it: one form for each character, so that a full-width digit or a ligature is found by its plain form. */
export function searchableText(text: string): string {
	return text.normalize('NFKC');
}

/**
 * An FTS5 expression for what a person typed: every word must occur, each as the beginning of one; a word with signs in it
 * (`ann@exam`) must occur as it stands. Only letters and digits of the query get through, in quotes, so that no FTS5 syntax does.
 * Empty when there is no word.
 */
export function searchExpression(query: string): string {
	return searchableText(query)
		.split(/\s+/u)
		.map((word) => word.split(GAP).filter((part) => part !== ''))
		.filter((parts) => parts.length > 0)
		.map((parts) => `"${parts.join(' ')}"*`)
		.join(' ');
}
