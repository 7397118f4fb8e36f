import type { Comparable } from './comparable';

/** A script whose letters don't tell how a name is spelled in Latin ones: without vowels, or by what it means. All others are `letters`. */
export type Script = 'letters' | 'han' | 'kana' | 'hangul' | 'arabic' | 'hebrew' | 'thai';

const BEYOND_ASCII = /[^\0-\x7f]/;
/** Japanese names mix both kinds of kana, and Han with either; what is in Han tells no reading. */
const OWN_SCRIPTS: readonly (readonly [Script, RegExp])[] = [
	['han', /\p{Script=Han}/u], ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/u], ['hangul', /\p{Script=Hangul}/u],
	['arabic', /\p{Script=Arabic}/u], ['hebrew', /\p{Script=Hebrew}/u], ['thai', /\p{Script=Thai}/u],
];

/** The script of the names in one field. */
export function scriptOfNames(names: readonly string[]): Script {
	const beyond = names.filter((name) => BEYOND_ASCII.test(name));
	if (beyond.length === 0) return 'letters';
	return OWN_SCRIPTS.find(([, letter]) => beyond.some((name) => letter.test(name)))?.[0] ?? 'letters';
}

export function isInOwnScript({ givenScript, familyScript }: Pick<Comparable, 'givenScript' | 'familyScript'>): boolean {
	return givenScript !== 'letters' || familyScript !== 'letters';
}

/** One letter in the spellings that people and keyboards use for it: Arabic alef, ya and ta marbuta, the kana of both kinds. */
const ONE_LETTER: readonly [RegExp, string][] = [[/\u0649|\u06CC/g, '\u064A'], [/\u0629/g, '\u0647'], [/\u06A9/g, '\u0643'], [/\u0640/g, '']];
const WHOLE = [/^\p{Script=Han}+$/u, /^\p{Script=Hangul}+$/u, /^\p{Script=Arabic}+$/u, /^\p{Script=Hebrew}+$/u, /^\p{Script=Thai}+$/u];

/** A name as it is written, for scripts in which several names sound alike, and so are one in Latin letters; undefined in any other script. */
export function asWritten(name: string): string | undefined {
	let text = name.normalize('NFKD').replace(/\p{Mn}|[\s.\-\u00B7\u30FB]/gu, '');
	for (const [pattern, letter] of ONE_LETTER) text = text.replace(pattern, letter);
	text = text.normalize('NFC');
	return scriptOf(text) < 0 ? undefined : text;
}

function scriptOf(text: string): number {
	return WHOLE.findIndex((script) => script.test(text));
}

/** Whether two records write their names in one script, and differently. */
export function areWrittenApart(left: readonly string[], right: readonly string[]): boolean {
	if (left.length === 0 || right.length === 0 || left.some((name) => right.includes(name))) return false;
	return left.every((x) => right.every((y) => scriptOf(x) === scriptOf(y)));
}
