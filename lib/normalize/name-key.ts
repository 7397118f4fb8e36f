import { fold } from './fold';

/** Comparison form of a name: lower case, no diacritics, ASCII, hyphens as spaces, apostrophes gone. */
export function nameKey(text: string): string {
	return fold(text);
}

/** As {@link nameKey}, without the initials of middle names: `John F.` is `john`, `J. R.` stays `j r`. */
export function givenNameKey(text: string): string {
	const words = nameKey(text).split(' ');
	while (words.length > 1 && (words[0] ?? '').length > 1 && (words.at(-1) ?? '').length === 1) words.pop();
	return words.join(' ');
}
