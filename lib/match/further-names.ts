import { NAME_PARTICLES, nameKey } from '../normalize';
import type { Comparable } from './comparable';
import { areTwoFrequent } from './given-names';
import { alikeNames } from './names';

/** The words of names and initials behind the first one, in comparison form; `del` in Maria del Carmen is none. */
export function middleNames(given: readonly string[], middle: readonly string[]): string[] {
	const words = [...given.flatMap((name) => nameKey(name).split(' ').slice(1)), ...middle.flatMap((name) => nameKey(name).split(' '))];
	return [...new Set(words.filter((word) => word !== '' && (word.length === 1 || !NAME_PARTICLES.has(word))))].sort();
}

/** John A. and John B.: both have middle names, and none of the one's fits any of the other's. A family name from before a marriage is none. */
export function haveTwoMiddleNames(a: Comparable, b: Comparable): boolean {
	if (a.middle.length === 0 || b.middle.length === 0) return false;
	const others = (record: Comparable) => [...record.given, ...record.family].flatMap((name) => name.split(' '));
	const fits = (word: string, among: readonly string[]) => among.some((one) => one.startsWith(word) || word.startsWith(one) || (alikeNames(word, one) && !areTwoFrequent(word, one)));
	const isElsewhere = (words: readonly string[], record: Comparable) => words.some((word) => word.length > 1 && fits(word, others(record)));
	return !a.middle.some((word) => fits(word, b.middle)) && !isElsewhere(a.middle, b) && !isElsewhere(b.middle, a);
}

/** Maria Garcia Lopez and Maria Garcia Perez, as cousins are called: each has a family name of at least two words, with one that the other has not. */
export function haveTwoSecondFamilyNames(a: Comparable, b: Comparable): boolean {
	if (a.family.length === 0 || b.family.length === 0) return false;
	return a.family.every((x) => b.family.every((y) => haveOneWordEach(wordsOf(x), wordsOf(y))));
}

function wordsOf(name: string): string[] {
	return name.split(' ').filter((word) => !NAME_PARTICLES.has(word) && word !== 'la');
}

function haveOneWordEach(left: readonly string[], right: readonly string[]): boolean {
	if (left.length < 2 || right.length < 2) return false;
	const isFound = (word: string, among: readonly string[]) => among.some((one) => one.startsWith(word) || word.startsWith(one) || alikeNames(word, one));
	return left.some((word) => right.includes(word)) && left.some((word) => !isFound(word, right)) && right.some((word) => !isFound(word, left));
}
