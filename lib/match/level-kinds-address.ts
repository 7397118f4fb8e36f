import type { LevelKind } from '../domain';
import type { Comparable } from './comparable';
import { firstShared } from './level-kinds-text';
import type { LevelTest, PairView } from './pair-view';
import { editDistance, jaroWinkler } from './similarity';

/** Tests for street, postal code and town taken together, so that what they share is not counted three times. */
export const addressKinds: Partial<Record<LevelKind, LevelTest>> = {
	street_and_postal: ({ a, b }) => firstShared(a.streets, b.streets) !== undefined && firstShared(a.postalCodes, b.postalCodes) !== undefined,
	street_alike: (pair) => {
		const isNear = near(pair);
		return pair.a.streets.some((x) => pair.b.streets.some((y) => (isNear ? streetsAlike(x, y) : isPartOfLine(x, y))));
	},
	street: ({ a, b }) => firstShared(a.streets, b.streets) !== undefined,
	postal: ({ a, b }) => firstShared(a.postalCodes, b.postalCodes) ?? false,
	city: ({ a, b }) => firstShared(a.cities, b.cities) ?? false,
	city_alike: ({ a, b }, threshold) => a.cities.some((x) => b.cities.some((y) => jaroWinkler(x, y) >= threshold)),
};

/** Whether the two have a street line in common, but for a slip or an addition. */
export function areOneHouse(a: Comparable, b: Comparable): boolean {
	return a.streets.some((x) => b.streets.some((y) => streetsAlike(x, y) || isPartOfLine(x, y)));
}

/** Both say where they are, and neither town nor postal code is the same. */
export function areTwoTowns(a: Comparable, b: Comparable): boolean {
	if (a.cities.length === 0 || b.cities.length === 0 || firstShared(a.postalCodes, b.postalCodes) !== undefined) return false;
	return !a.cities.some((x) => b.cities.some((y) => jaroWinkler(x, y) >= TOWN_ALIKE));
}

/** Towns that are less alike are no spellings of one. */
const TOWN_ALIKE = 0.88;

/** One postal code or one town, also where one of the two stands in the other's street line. */
function near({ a, b }: PairView): boolean {
	return firstShared(a.postalCodes, b.postalCodes) !== undefined || firstShared(a.cities, b.cities) !== undefined || standsIn(a, b) || standsIn(b, a);
}

function standsIn(place: Comparable, line: Comparable): boolean {
	const names = [...place.postalCodes.map((code) => code.toLowerCase()), ...place.cities];
	return names.some((name) => line.streets.some((street) => street.endsWith(` ${name}`) || street.includes(` ${name} `)));
}

/** Equal but for a unit, a word more, or a slip of up to two letters; the number of the house is the same. */
function streetsAlike(x: string, y: string): boolean {
	if (x === y) return true;
	const [left, right] = [x.split(' unit ')[0] as string, y.split(' unit ')[0] as string];
	const number = houseNumber(left);
	if (number !== houseNumber(right)) return false;
	if (left === right) return true;
	const shorter = Math.min(left.length, right.length);
	if (shorter >= 8 && editDistance(left, right, 2) <= 2) return true;
	return isPartOfLine(left, right, 2);
}

/** All words of the shorter line stand in the longer one: "12 Mill Road" and "Mill House, 12 E Mill Road, Austin". Points of the compass don't count. */
function isPartOfLine(x: string, y: string, least = 3): boolean {
	if (x === y || houseNumber(x) === '' || !(x.includes(houseNumber(y)) && y.includes(houseNumber(x)))) return false;
	const [few, many] = x.length < y.length ? [x, y] : [y, x];
	const words = wordsOf(many);
	return few.split(' ').length >= least && wordsOf(few).every((word) => words.includes(word));
}

function wordsOf(street: string): string[] {
	return street.split(' ').filter((word) => word.length > 1 || /\d/.test(word));
}

function houseNumber(street: string): string {
	return /\d+/.exec(street)?.[0] ?? '';
}
