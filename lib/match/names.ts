import type { Comparable } from './comparable';
import { formsOf } from './forms';
import { areTwoFrequent, areTwoGivenNames, isOneOfSeveral } from './given-names';
import { areManAndWoman } from './name-genders';
import { editDistance, jaroWinkler } from './similarity';
import { soundKey } from './sound-key';

/** How two given names, or two family names, stand to each other; from strongest to weakest. */
export type NameLevel = 'exact' | 'nickname' | 'initial' | 'similar' | 'other_initial' | 'different' | 'missing';

/**
 * How two people's whole names stand to each other.
 * - `agree`: given and family name fit (also when swapped between the fields)
 * - `family_differs`: the given name fits exactly, the family name doesn't (a changed name, or two people)
 * - `conflict`: the given names don't fit
 * - `unknown`: one side lacks a given or a family name and what is there doesn't contradict
 */
export type NameRelation = 'agree' | 'family_differs' | 'conflict' | 'unknown';

export interface NameComparison {
	given: NameLevel;
	family: NameLevel;
	relation: NameRelation;
	swapped: boolean;
	/** Neither name is only similar or only an initial. */
	firm: boolean;
}

/** Below this Jaro-Winkler similarity no typing error leads from one name to the other. */
const FAR_FETCHED = 0.75;

export function compareNames(a: Comparable, b: Comparable): NameComparison {
	if (isOneFieldName(a, b)) return { given: 'exact', family: 'exact', relation: 'agree', swapped: false, firm: true };
	// Two scripts that don't spell a name alike say nothing when they differ.
	const known = (level: NameLevel, inOneScript: boolean): NameLevel => (level === 'different' && !inOneScript ? 'missing' : level);
	const given = isOneOfSeveral(a, b) ? 'missing' : known(compareGiven(a, b), a.givenScript === b.givenScript);
	const family = known(compareFamily(a, b), a.familyScript === b.familyScript);
	const swapped = !(given === 'exact' && family === 'exact') && areSwapped(a, b);
	if (swapped) return { given: 'exact', family: 'exact', relation: 'agree', swapped, firm: true };
	if (given === 'different' && isMisplaced(a, b)) return { given: 'missing', family, relation: 'unknown', swapped, firm: false };
	const firm = (given === 'exact' || given === 'nickname') && family === 'exact';
	return { given, family, relation: relate(given, family), swapped, firm };
}

function relate(given: NameLevel, family: NameLevel): NameRelation {
	if (given === 'different') return 'conflict';
	if (family === 'different') return given === 'exact' || given === 'nickname' || given === 'similar' ? 'family_differs' : given === 'missing' ? 'unknown' : 'conflict';
	if (given === 'other_initial') return 'unknown';
	if (given === 'missing' || family === 'missing') return 'unknown';
	return 'agree';
}

function compareGiven(a: Comparable, b: Comparable): NameLevel {
	if (a.given.length === 0 || b.given.length === 0) return 'missing';
	if (a.given.some((x) => b.given.some((y) => isSameGiven(x, y) && !differInSecond(x, y)))) return 'exact';
	if (shares(a.nicknames, b.nicknames)) return 'nickname';
	if (a.given.some((left) => b.given.some((right) => isInitial(left, right)))) return 'initial';
	if (a.given.some((left) => b.given.some((right) => isSimilar(left, right) && !differInSecond(left, right)))) return 'similar';
	// Bob signs as B. and is Robert elsewhere: an initial that doesn't fit contradicts nobody.
	return [...a.given, ...b.given].some((name) => name.length === 1) ? 'other_initial' : 'different';
}

/** Given and family name stand in each other's field; a slip, or an initial in place of one of the two, is allowed. */
export function areSwapped(a: Comparable, b: Comparable): boolean {
	if (inOtherOrder(a, b)) return true;
	if (crosses(a.given, b.family)) return crossesInitial(a.family, b.given) || crosses(a.family, b.given);
	return crossesInitial(a.given, b.family) && crosses(a.family, b.given);
}

/** As {@link areSwapped}, with one of the two names spelled alike: two slips at once are no evidence, as short names are alike anyway. */
export function areClearlySwapped(a: Comparable, b: Comparable): boolean {
	return inOtherOrder(a, b) || ((shares(a.given, b.family) || shares(a.family, b.given)) && areSwapped(a, b));
}

/** The same three words or more, put down in another order: where family names come first and names have several words. */
function inOtherOrder(a: Comparable, b: Comparable): boolean {
	const words = formsOf(a).nameInOrder;
	return words !== '' && words === formsOf(b).nameInOrder;
}

function crossesInitial(left: readonly string[], right: readonly string[]): boolean {
	return left.some((x) => right.some((y) => x.length !== y.length && isInitial(x, y)));
}

function crosses(left: readonly string[], right: readonly string[]): boolean {
	return left.some((x) => right.some((y) => alikeNames(x, y)));
}

/** A name of the one stands in the other's other field, and nothing else is to be seen: "Oscar" and "Moore, Oscar" typed the wrong way round. */
function isMisplaced(a: Comparable, b: Comparable): boolean {
	if (a.family.length === 0) return crosses(a.given, b.family);
	if (b.family.length === 0) return crosses(b.given, a.family);
	return (shares(a.given, b.family) && !areOthers(a.family, b.given)) || (shares(a.family, b.given) && !areOthers(a.given, b.family));
}

/** "Joseph Hill" and "Hill, Theresa" are two, however one of them stands in the fields. */
function areOthers(left: readonly string[], right: readonly string[]): boolean {
	return left.every((x) => right.every((y) => areTwoFrequent(x, y) && !x.includes(y) && !y.includes(x)));
}

/** Given names that nobody takes for a slip of one another. */
export function areClearlyTwo(a: Comparable, b: Comparable): boolean {
	if (crosses(a.given, b.family) || crosses(a.family, b.given)) return false;
	if (areTwoGivenNames(a, b)) return true;
	return !a.given.some((x) => b.given.some((y) => jaroWinkler(x, y) >= FAR_FETCHED && !differInSecond(x, y)));
}

/** The man's and the woman's form of one given name, whatever they are short for. */
export function areTwoForms(a: Comparable, b: Comparable): boolean {
	return !shares(a.given, b.given) && a.given.some((x) => b.given.some((y) => areManAndWoman(x, y)));
}

/** "Mary Ann" and "Mary Jane": one first name and another second one. What only one of the two has ("Maria del Carmen", "Maria Carmen") says nothing. */
function differInSecond(x: string, y: string): boolean {
	if (!x.includes(' ') || !y.includes(' ')) return false;
	const [[first, ...left], [other, ...right]] = [x.split(' '), y.split(' ')];
	if (first !== other) return false;
	const isFound = (word: string, among: readonly string[]) => among.some((one) => one.startsWith(word) || word.startsWith(one) || (alikeNames(word, one) && !areTwoFrequent(word, one)));
	return left.some((word) => !isFound(word, right)) && right.some((word) => !isFound(word, left));
}

/** One of the two has the whole name in one field, as names in scripts without blanks do. */
export function isOneFieldName(a: Comparable, b: Comparable): boolean {
	return wholeIn(a, b) || wholeIn(b, a);
}

function wholeIn(one: Comparable, other: Comparable): boolean {
	if ((one.given.length === 0) === (one.family.length === 0) || other.given.length === 0 || other.family.length === 0) return false;
	const wholes = (one.given.length > 0 ? one.given : one.family).map(joined);
	return other.given.some((given) => other.family.some((family) => wholes.includes(joined(given + family)) || wholes.includes(joined(family + given))));
}

function compareFamily(a: Comparable, b: Comparable): NameLevel {
	if (a.family.length === 0 || b.family.length === 0) return 'missing';
	if (shares(formsOf(a).closedFamily, formsOf(b).closedFamily)) return 'exact';
	if (a.family.some((left) => b.family.some((right) => isInitial(left, right)))) return 'initial';
	return a.family.some((left) => b.family.some((right) => isSimilar(left, right) || isPartOf(left, right))) ? 'similar' : 'different';
}

/** "Maria Luisa" and "Maria" or "Maria L" are taken for one given name; "Maria Luisa" and "Maria Teresa" are two. */
export function isSameGiven(a: string, b: string): boolean {
	if (a === b) return true;
	if (!a.includes(' ') && !b.includes(' ')) return false;
	const [left, right] = [a.split(' '), b.split(' ')];
	const [first, second, other] = [left[0] as string, left[1], right[1]];
	return first.length > 2 && first === right[0] && (second === undefined || other === undefined || isInitial(second, other) || isSimilar(second, other));
}

function joined(name: string): string {
	return name.replaceAll(' ', '');
}

function isInitial(a: string, b: string): boolean {
	return (a.length === 1 || b.length === 1) && a[0] === b[0];
}

/** Equal, or one is a slip of the other. */
export function alikeNames(a: string, b: string): boolean {
	return a === b || isSimilar(a, b);
}

/** Typing errors, or two spellings of one sound. */
function isSimilar(a: string, b: string): boolean {
	const shorter = Math.min(a.length, b.length);
	if (shorter < 2) return false;
	const edits = editDistance(a, b, 2);
	if (edits <= 1 && (shorter >= 4 || sortedLetters(a) === sortedLetters(b) || withoutDoubles(a) === withoutDoubles(b))) return true;
	if (shorter >= 5 && (jaroWinkler(a, b) >= 0.88 || (edits <= 2 && (jaroWinkler(a, b) >= FAR_FETCHED || isScrambled(a, b))))) return true;
	const sound = soundKey(a);
	return sound.length > 1 && sound === soundKey(b) && (isWithoutVowels(a) || isWithoutVowels(b) || jaroWinkler(a, b) >= 0.75);
}

/** A letter typed twice is a slip in a short name, too, where another letter is another name: Kkai is Kai, Tim isn't Tom. */
function withoutDoubles(name: string): string {
	return name.replace(/(.)\1+/g, '$1');
}

/** The letters of the one are those of the other, in another order or with one or two of them twice: Rarhry is Harry, Aleen isn't Green. */
function isScrambled(a: string, b: string): boolean {
	const [few, many] = a.length < b.length ? [a, b] : [b, a];
	const left = [...many];
	return [...few].every((letter) => {
		const place = left.indexOf(letter);
		if (place >= 0) left.splice(place, 1);
		return place >= 0;
	});
}

function sortedLetters(name: string): string {
	return [...name].sort().join('');
}

/** As names are that were transliterated from Arabic or Hebrew, where vowels aren't written. */
export function isWithoutVowels(name: string): boolean {
	return !/[aeiou]/.test(name);
}

/** One of several family names was left out or cut short: "Garcia" and "Garcia Lopez", "M Lopez" and "Garcia Lopez". With another second name they are cousins. */
export function isPartOf(a: string, b: string): boolean {
	if (!a.includes(' ') && !b.includes(' ')) return false;
	const full = (name: string) => name.split(' ').filter((word) => word.length >= 3);
	const [left, right] = [full(a), full(b)];
	const [few, many] = left.length < right.length ? [left, right] : [right, left];
	return few.some((word) => word.length >= 4) && few.every((word) => many.includes(word));
}

export function shares(a: readonly string[], b: readonly string[]): boolean {
	for (const value of a) if (b.includes(value)) return true;
	return false;
}
