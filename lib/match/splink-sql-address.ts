import type { LevelKind } from '../domain';
import { all, anyPair, anyValues, either, left, type LevelSql, listOf, right, share, wordsOf } from './splink-sql-parts';

const number = (street: string) => `regexp_extract(${street}, '[0-9]+', 0)`;
const withoutUnit = (street: string) => `string_split(${street}, ' unit ')[1]`;

/** Every word of the shorter line that says something stands in the longer one. */
const within = (few: string, many: string, least: number) => all(
	`len(${wordsOf(few)}) >= ${least}`,
	`len(list_filter(${wordsOf(few)}, w -> ((length(w) > 1 OR regexp_matches(w, '[0-9]')) AND NOT list_contains(${wordsOf(many)}, w)))) = 0`,
);

const isPartOfLine = (x: string, y: string, least: number) => all(
	`${x} <> ${y}`,
	`${number(x)} <> ''`,
	`contains(${x}, ${number(y)}) AND contains(${y}, ${number(x)})`,
	`CASE WHEN length(${x}) < length(${y}) THEN ${within(x, y, least)} ELSE ${within(y, x, least)} END`,
);

function streetsAlike(x: string, y: string): string {
	const [one, other] = [withoutUnit(x), withoutUnit(y)];
	return either(`${x} = ${y}`, all(
		`${number(one)} = ${number(other)}`,
		either(
			`${one} = ${other}`,
			all(`least(length(${one}), length(${other})) >= 8`, `damerau_levenshtein(${one}, ${other}) <= 2`),
			isPartOfLine(one, other, 2),
		),
	));
}

/** A postal code or town of the one stands in the other's street line. */
function standsIn(place: (column: string) => string, line: (column: string) => string): string {
	const places = `string_split(concat_ws('|', lower(${place('postal_code')}), ${place('city')}), '|')`;
	return anyPair(places, listOf(line('street')), (p, street) => `${p} <> '' AND contains(concat(${street}, ' '), concat(' ', ${p}, ' '))`);
}

const near = either(
	...['postal_code', 'city'].map((column) => `coalesce(${share(column)}, false)`),
	`coalesce(${standsIn(left, right)}, false)`,
	`coalesce(${standsIn(right, left)}, false)`,
);

/** Conditions for street, postal code and town taken together; the same as the tests in level-kinds-address. */
export const addressSql: Partial<Record<LevelKind, LevelSql>> = {
	street_and_postal: () => `${share('street')} AND ${share('postal_code')}`,
	street_alike: () => `CASE WHEN ${near} THEN ${anyValues('street', streetsAlike)} ELSE ${anyValues('street', (x, y) => isPartOfLine(x, y, 3))} END`,
	street: () => share('street'),
	postal: () => share('postal_code'),
	city: () => share('city'),
	city_alike: (threshold) => anyValues('city', (x, y) => `jaro_winkler_similarity(${x}, ${y}) >= ${threshold}`),
};
