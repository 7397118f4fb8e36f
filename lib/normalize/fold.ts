import anyAscii from 'any-ascii';
import { isPlain } from './plain';
import { remember } from './remember';

/** Apostrophes of all kinds, and the marks any-ascii writes for soft signs and ayn. */
const APOSTROPHES = /['\u2018\u2019\u02BC\u02BB\u00B4`"]/g;

/** Words of plain letters and digits, a space apart. */
const WORDS = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/;

/**
 * The comparison form on which all keys rest: transliterated to ASCII, lower case, apostrophes gone, other punctuation a single space.
 * A text without any letter or digit (an emoji) folds to itself in lower case, so that a key is never empty.
 */
export function fold(text: string): string {
	// Most texts, and in lower case before any note of them was found.
	return WORDS.test(text) ? text.toLowerCase() : foldAny(text);
}

const foldAny = remember((text) => {
	const ascii = transliterate(text).replace(APOSTROPHES, '');
	const folded = ascii.replace(/[^a-z0-9]+/g, ' ').trim();
	return folded === '' ? text.normalize('NFC').toLowerCase().trim() : folded;
});

/** ASCII in lower case, punctuation untouched. */
export function transliterate(text: string): string {
	if (isPlain(text)) return text.toLowerCase();
	return anyAscii(text.normalize('NFKC').toLowerCase().normalize('NFC')).toLowerCase();
}
