import { searchableText, searchPhrases, wordsOf } from '../text-search';

/** A TSVECTOR takes words of 2046 bytes and a megabyte in all, with some bytes for the place of each; a profile's text is some hundred bytes. */
const LONGEST_WORD = 500;
const MOST_WORDS = 8_000;
const MOST_BYTES = 900_000;

const LETTER_WITH_MARKS = /(\p{Script=Latin})\p{M}+/gu;

/**
 * A word without case and, on Latin letters, without diacritics, as SQLite's FTS5 reads it (tokenizer unicode61, remove_diacritics 2):
 * `Müller` is found by `muller`; the Cyrillic й stays another letter than и. PostgreSQL's own `unaccent` is an extension that may be missing.
 */
function folded(text: string): string {
	return text.toLowerCase().replaceAll('ς', 'σ').normalize('NFD').replace(LETTER_WITH_MARKS, '$1').normalize('NFC');
}

/** A profile's text as the literal of a TSVECTOR: each word with its place, so that phrases are found. */
export function searchVector(text: string): string {
	const words: string[] = [];
	let bytes = 0;
	for (const word of wordsOf(folded(searchableText(text))).slice(0, MOST_WORDS).map(quoted)) {
		bytes += Buffer.byteLength(word);
		if (bytes > MOST_BYTES) break;
		words.push(`${word}:${words.length + 1}`);
	}
	return words.join(' ');
}

/** What a person typed as the literal of a TSQUERY. Words have only letters and digits, so that no syntax gets through. Empty when there is no word. */
export function searchQuery(query: string): string {
	return searchPhrases(folded(query))
		.map((words) => words.map((word, index) => quoted(word) + (index === words.length - 1 ? ':*' : '')).join(' <-> '))
		.map((phrase) => `(${phrase})`)
		.join(' & ');
}

function quoted(word: string): string {
	return `'${Array.from(word).slice(0, LONGEST_WORD).join('')}'`;
}
