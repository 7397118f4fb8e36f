import { isFrequentGivenName } from '../normalize';
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

/** The same for two names. */
export function areTwoFrequent(x: string, y: string): boolean {
	const [left, right] = [firstOf(x), firstOf(y)];
	return isFrequentGivenName(left) && isFrequentGivenName(right) && (areManAndWoman(left, right) || !isSpelledOtherwise(left, right));
}

function meet(left: readonly string[], right: readonly string[]): boolean {
	return left.some((name) => right.includes(name));
}

function firstOf(name: string): string {
	return name.split(' ')[0] as string;
}

/** Whether two names are likely spellings of one: Sofia and Sophia, Anna and Anne, Natalia and Natalya. */
function isSpelledOtherwise(x: string, y: string): boolean {
	const [short, long] = x.length < y.length ? [x, y] : [y, x];
	if (short.length >= WORTH_A_BEGINNING && long.startsWith(short)) return true;
	if (soundKey(x) !== soundKey(y)) return false;
	return short.length >= LONG || spoken(x) === spoken(y);
}

/** As one says it, without the vowel at the end. */
function spoken(name: string): string {
	return name.replaceAll('ph', 'f').replaceAll('th', 't').replaceAll('ou', 'u').replace(/c(?![eiyh])|ck|q/g, 'k').replace(/[yj]/g, 'i').replaceAll('z', 's').replaceAll('w', 'v').replace(/(?!^)h/g, '').replace(/(.)\1+/g, '$1').replace(/[aeiou]+$/, '');
}

/** Whether one record is one person's and the other several people's, both with given names. */
export function isOneOfSeveral(a: Comparable, b: Comparable): boolean {
	return a.given.length > 0 && b.given.length > 0 && formsOf(a).isSeveral !== formsOf(b).isSeveral;
}
