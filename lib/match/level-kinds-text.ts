import type { LevelKind, MatchColumn } from '../domain';
import { areClearlySwapped, isOneFieldName, isPartOf, isSameGiven, isWithoutVowels } from './names';
import { isOtherIdentifier, type LevelTest, type PairView, textsOf } from './pair-view';
import { editDistance, jaroWinkler, plainEditDistance } from './similarity';
import { soundKey } from './sound-key';

/** Tests for columns that hold names and other text. Values are in comparison form; one of several values on either side is enough. */
export function textKinds(column: MatchColumn): Partial<Record<LevelKind, LevelTest>> {
	const some = (holds: (x: string, y: string, threshold: number) => boolean): LevelTest => (pair, threshold) => {
		const others = textsOf(column, pair.b);
		for (const x of textsOf(column, pair.a)) for (const y of others) if (holds(x, y, threshold)) return true;
		return false;
	};
	return {
		exact: column === 'given_name' || column === 'family_name' ? sameName(column) : ({ a, b }) => firstShared(textsOf(column, a), textsOf(column, b)) ?? false,
		nickname: ({ a, b }) => firstShared(a.nicknames, b.nicknames) !== undefined,
		initial: some((x, y) => (x.length === 1 || y.length === 1) && x[0] === y[0]),
		part_of: some(isPartOf),
		phonetic: some((x, y) => {
			const sound = soundKey(x);
			return sound.length > 1 && sound === soundKey(y) && (isWithoutVowels(x) || isWithoutVowels(y) || jaroWinkler(x, y) >= 0.75);
		}),
		swapped: ({ a, b }) => areClearlySwapped(a, b),
		one_field: ({ a, b }) => isOneFieldName(a, b),
		jaro_winkler: some((x, y, threshold) => jaroWinkler(x, y) >= threshold),
		levenshtein: some((x, y, threshold) => plainEditDistance(x, y, threshold) <= threshold),
		damerau_levenshtein: some((x, y, threshold) => Math.min(x.length, y.length) > threshold + 2 && editDistance(x, y, threshold) <= threshold),
		words_in_common: some((x, y, threshold) => wordsInCommon(x, y) >= threshold),
		words_within: some(wordsWithin),
		contains: some((x, y) => containsName(x, y) || containsName(y, x)),
		one_only: ({ a, b }) => textsOf(column, a).length === 0 || textsOf(column, b).length === 0,
	};
}

/** Whether the pair has nothing to compare in this column. */
export function isMissing(column: MatchColumn, { a, b, formsA, formsB, shared, common }: PairView): boolean {
	if (column === 'address') return addressIsMissing({ a, b });
	if (column === 'generation') return a.suffix.length === 0 && b.suffix.length === 0;
	if (column === 'identifier') {
		if (shared.some(({ kind }) => isOtherIdentifier(kind))) return false;
		for (const kind of formsB.otherKinds) if (formsA.otherKinds.has(kind) && !common.has(kind)) return false;
		return true;
	}
	if (textsOf(column, a).length === 0 || textsOf(column, b).length === 0) return true;
	// A couple's record says nothing for or against one of the two.
	if (column === 'given_name' && formsA.isSeveral !== formsB.isSeveral) return true;
	return common.has(column) && !shared.some(({ kind }) => kind === column);
}

function addressIsMissing({ a, b }: Pick<PairView, 'a' | 'b'>): boolean {
	return (a.streets.length === 0 || b.streets.length === 0) && (a.postalCodes.length === 0 || b.postalCodes.length === 0)
		&& (a.cities.length === 0 || b.cities.length === 0);
}

/** Equal names; blanks inside don't count. Of given names the first one is enough: "Maria Luisa" and "Maria". */
function sameName(column: 'given_name' | 'family_name'): LevelTest {
	if (column === 'family_name') return ({ a, b, formsA, formsB }) => firstShared(a.family, b.family) ?? firstShared(formsA.closedFamily, formsB.closedFamily) ?? false;
	return ({ a, b, formsA, formsB }) => {
		const whole = firstShared(a.given, b.given) ?? firstShared(formsA.closedGiven, formsB.closedGiven);
		if (whole !== undefined) return whole;
		const alike = a.given.find((x) => b.given.some((y) => isSameGiven(x, y)));
		return alike?.split(' ')[0] ?? false;
	};
}

export function firstShared(left: readonly string[], right: readonly string[]): string | undefined {
	for (const value of left) if (right.includes(value)) return value;
	return undefined;
}

/** Share of the words of the shorter text that the longer one has too; 0 when that is fewer than two. */
function wordsInCommon(x: string, y: string): number {
	const [left, right] = [new Set(x.split(' ')), new Set(y.split(' '))];
	let both = 0;
	for (const word of left) if (right.has(word)) both += 1;
	return both < 2 ? 0 : both / Math.max(left.size, right.size);
}

/** Whether the longer text has all words of the shorter one, and these say enough. */
function wordsWithin(x: string, y: string): boolean {
	const [left, right] = [x.split(' '), y.split(' ')];
	const [few, many] = left.length < right.length ? [left, right] : [right, left];
	return few.some((word) => word.length >= 4) && few.every((word) => many.includes(word));
}

/** Whether the shorter name is the beginning of the longer one, word by word, and says enough. */
function containsName(long: string, short: string): boolean {
	return short.length >= 4 && long.startsWith(`${short} `);
}
