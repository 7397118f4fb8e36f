import { fold } from './fold';

/** Comparison form of a name: lower case, no diacritics, ASCII, hyphens as spaces, apostrophes gone. */
export function nameKey(text: string): string {
	return fold(text);
}

const BEYOND_ASCII = /[^\0-\x7f]/;
const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };

/** The keys of both spellings of a German or Nordic name: Jürgen is Juergen where a keyboard has no umlaut, and Jurgen where a system drops the dots. */
export function nameKeys(text: string): string[] {
	const key = nameKey(text);
	if (!BEYOND_ASCII.test(text)) return [key];
	const written = nameKey(text.normalize('NFC').toLowerCase().replace(/[äöüøå]/g, (letter) => UMLAUTS[letter] ?? letter));
	return written === key ? [key] : [key, written];
}

/** As {@link nameKey}, without the initials of middle names: `John F.` is `john`, `J. R.` stays `j r`. */
export function givenNameKey(text: string): string {
	const words = nameKey(text).split(' ');
	while (words.length > 1 && (words[0] ?? '').length > 1 && (words.at(-1) ?? '').length === 1) words.pop();
	return words.join(' ');
}
