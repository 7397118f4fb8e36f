import { remember } from '../normalize';

/** Spellings of one sound, applied in this order. */
const SOUNDS: readonly [RegExp, string][] = [
	[/ph/g, 'f'], [/gh(?![aeiouy])/g, ''], [/sch|sh|tch|ch(?=[iey])/g, 's'], [/ch|ck|q|c(?![eiy])/g, 'k'], [/c/g, 's'], [/x/g, 'ks'], [/z/g, 's'],
	[/th/g, 't'], [/g(?=[eiy])/g, 'j'], [/dt/g, 't'], [/v/g, 'f'], [/d/g, 't'],
];

/**
 * What is left of a name when spellings of one sound are made one and vowels are dropped: `mohamed` and `muhammed` are `mmt`.
 * The first sound stays, all vowels being one. Coarse on purpose: it proposes pairs and excuses a spelling, and is weak evidence by itself.
 * @param key a name in comparison form (ASCII, lower case)
 */
export const soundKey = remember(soundOf);

function soundOf(key: string): string {
	let text = key.replaceAll(' ', '').replace(/(.)\1+/g, '$1');
	for (const [pattern, sound] of SOUNDS) text = text.replace(pattern, sound);
	const first = /^[aeiouyhw]/.test(text) ? (/^[hw]/.test(text) ? (text[0] as string) : 'a') : '';
	return first + text.replace(/[aeiouyhw]/g, '').replace(/(.)\1+/g, '$1');
}
