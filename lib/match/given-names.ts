import { isFrequentGivenName, mayBeShortFor, remember, sexesOf } from '../normalize';
import type { Comparable } from './comparable';
import { formsOf } from './forms';
import { areManAndWoman } from './name-genders';
import { soundKey } from './sound-key';

/** In shorter names another vowel is another name (Lena and Lina), in longer ones another spelling (Mohammed and Muhammad). */
const LONG = 7;
/** From so many letters on, a name that is the beginning of another one is its shorter form: Christoph and Christopher. */
const WORTH_A_BEGINNING = 5;

/**
 * Whether the given names are frequent ones that people don't take for one another: Albert and Robert, Ronald and Donald, Lena and Lina.
 * A slip seldom makes another frequent name of one. Short forms and spellings of one name are not two.
 */
export function areTwoGivenNames(a: Comparable, b: Comparable): boolean {
	if (a.given.length === 0 || b.given.length === 0 || meet(a.nicknames, b.nicknames) || meet(a.given, b.family) || meet(a.family, b.given)) return false;
	return a.given.every((x) => b.given.every((y) => areTwoFrequent(x, y)));
}

/** The same for two names, each of one word or more: Peter and Dieter, Hans Peter and Hans Dieter. */
export function areTwoFrequent(x: string, y: string): boolean {
	const [left, right] = [firstOf(x), firstOf(y)];
	if (left === right) return x.length > left.length && y.length > right.length && areTwoFrequent(x.slice(left.length + 1), y.slice(right.length + 1));
	if (!isFrequentGivenName(left) || !isFrequentGivenName(right) || mayBeShortFor(left, right)) return false;
	return sexesOf(left, right) === 'two' || areManAndWoman(left, right) || !isSpelledOtherwise(left, right);
}

function meet(left: readonly string[], right: readonly string[]): boolean {
	return left.some((name) => right.includes(name));
}

function firstOf(name: string): string {
	const end = name.indexOf(' ');
	return end < 0 ? name : name.slice(0, end);
}

/** Whether two names are likely spellings of one: Sofia and Sophia, Anna and Anne, Natalia and Natalya. */
function isSpelledOtherwise(x: string, y: string): boolean {
	const [short, long] = x.length < y.length ? [x, y] : [y, x];
	// A name that ends in a vowel is whole: Maria and Mariana are two.
	if (short.length >= WORTH_A_BEGINNING && long.startsWith(short) && !/[aeiou]$/.test(short)) return true;
	if (soundKey(x) !== soundKey(y)) return false;
	return (short.length >= LONG && syllables(x) === syllables(y)) || spoken(x) === spoken(y);
}

/** How many there are, without a vowel at the end: Mohammed has three and Mahmoud two. */
function syllables(name: string): number {
	return name.split(/[aeiouy]+(?=[^aeiouy])/).length - 1;
}

/** As one says it, without the vowel at the end. */
const spoken = remember((name) => name
	.replaceAll('ph', 'f').replaceAll('th', 't').replaceAll('ou', 'u').replace(/c(?![eiyh])|ck|q/g, 'k').replace(/[yj]/g, 'i').replaceAll('z', 's').replaceAll('w', 'v').replace(/(?!^)h/g, '').replace(/(.)\1+/g, '$1').replace(/[aeiou]+$/, ''));

/** Whether one record is one person's and the other several people's, both with given names. */
export function isOneOfSeveral(a: Comparable, b: Comparable): boolean {
	return a.given.length > 0 && b.given.length > 0 && formsOf(a).isSeveral !== formsOf(b).isSeveral;
}
