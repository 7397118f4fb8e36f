import type { LevelKind, MatchColumn } from '../domain';
import { all, anyPair, anyValues, either, left, type LevelSql, listOf, mirrored, right, SEPARATOR, share, shorter, withSounds, wordsOf } from './splink-sql-parts';

const closed = (side: string) => listOf(`replace(${side}, ' ', '')`);
const withoutVowels = (name: string) => `NOT regexp_matches(${name}, '[aeiou]')`;
const lettersOf = (name: string) => `string_split(${name}, '')`;
const sorted = (name: string) => `list_sort(${lettersOf(name)})`;
/** The letters of a name, each run of one letter taken once. */
const withoutDoubles = (name: string) => `list_filter(${lettersOf(name)}, (c, i) -> (i = 1 OR c <> substr(${name}, i - 1, 1)))`;
const isInitial = (x: string, y: string) => all(`length(${x}) = 1 OR length(${y}) = 1`, `left(${x}, 1) = left(${y}, 1)`);

/** The words of the name that has fewer, initials and particles aside, all stand in the other one. */
const isPartOf = (x: string, y: string) => {
	const [one, other] = [x, y].map((name) => `list_filter(${wordsOf(name)}, w -> (length(w) >= 3))`) as [string, string];
	return all(`contains(${x}, ' ') OR contains(${y}, ' ')`, fewWithin(one, other));
};

/** All of the fewer words stand among the others, and one of them says enough. */
function fewWithin(one: string, other: string): string {
	const within = (few: string, many: string) => all(`len(list_filter(${few}, w -> (length(w) >= 4))) > 0`, `len(list_filter(${few}, w -> (NOT list_contains(${many}, w)))) = 0`);
	return `CASE WHEN len(${one}) < len(${other}) THEN ${within(one, other)} ELSE ${within(other, one)} END`;
}

interface Sounded {
	name: string;
	sound: string;
}

/** One of two names is a slip of the other, or another spelling of its sound. */
function isSimilar(x: Sounded, y: Sounded): string {
	const [a, b] = [x.name, y.name];
	const sound = `${x.sound} = ${y.sound} AND length(${x.sound}) > 1`;
	return all(`${shorter(a, b)} >= 2`, either(
		all(sound, either(withoutVowels(a), withoutVowels(b))),
		all(`damerau_levenshtein(${a}, ${b}) <= 1`, either(`${shorter(a, b)} >= 4`, `${sorted(a)} = ${sorted(b)}`, `${withoutDoubles(a)} = ${withoutDoubles(b)}`)),
		all(`${shorter(a, b)} >= 5`, either(`damerau_levenshtein(${a}, ${b}) <= 2`, `jaro_winkler_similarity(${a}, ${b}) >= 0.88`)),
		all(`jaro_winkler_similarity(${a}, ${b}) >= 0.75`, sound),
	));
}

const sounded = (entry: string): Sounded => ({ name: `${entry}[1]`, sound: `${entry}[2]` });
const alikeNames = (x: string, y: string) => either(`${x}[1] = ${y}[1]`, isSimilar(sounded(x), sounded(y)));

const crosses = (one: MatchColumn, other: MatchColumn) => anyPair(withSounds(one, left), withSounds(other, right), alikeNames);
const crossesInitial = (one: MatchColumn, other: MatchColumn) =>
	anyPair(listOf(left(one)), listOf(right(other)), (x, y) => all(`length(${x}) <> length(${y})`, isInitial(x, y)));
const shareCrossed = (one: MatchColumn, other: MatchColumn) => `list_has_any(${listOf(left(one))}, ${listOf(right(other))})`;

const [crossed, crossedBack] = [crosses('given_name', 'family_name'), crosses('family_name', 'given_name')];
/** All words of the name, where neither field has several values. */
const nameWords = (side: (column: string) => string) => wordsOf(`concat(${side('given_name')}, ' ', ${side('family_name')})`);
const hasOneName = (side: (column: string) => string) => ['given_name', 'family_name'].map((column) => `NOT contains(${side(column)}, '${SEPARATOR}')`);
/** The same three words or more, in another order. */
const inOtherOrder = all(
	...hasOneName(left),
	...hasOneName(right),
	`len(${nameWords(left)}) >= 3`,
	`list_sort(${nameWords(left)}) = list_sort(${nameWords(right)})`,
);
/** Given and family name stand in each other's field; a slip, or an initial in place of one of the two, is allowed. */
const areCrossed = either(
	all(crossed, either(crossedBack, crossesInitial('family_name', 'given_name'))),
	all(crossedBack, crossesInitial('given_name', 'family_name')),
);
const areSwapped = either(inOtherOrder, areCrossed);
const areClearlySwapped = either(inOtherOrder, all(either(shareCrossed('given_name', 'family_name'), shareCrossed('family_name', 'given_name')), areCrossed));

const word = (entry: string, place: number) => `string_split(${entry}[1], ' ')[${place}]`;
const withSecondSounds = (side: (column: string) => string) => `list_zip(${listOf(side('given_name'))}, ${listOf(side('given_name_second_sound'))})`;

/** One given name, where the second of two may be missing or an initial. */
const sameGiven = anyPair(withSecondSounds(left), withSecondSounds(right), (x, y) => {
	const [second, other] = [word(x, 2), word(y, 2)];
	return either(`${x}[1] = ${y}[1]`, all(
		`length(${word(x, 1)}) > 2 AND ${word(x, 1)} = ${word(y, 1)}`,
		either(`${second} IS NULL`, `${other} IS NULL`, isInitial(second, other), isSimilar({ name: second, sound: `${x}[2]` }, { name: other, sound: `${y}[2]` })),
	));
});

/** The left one has its whole name in one field, the right one in two. */
const wholeOnTheLeft = all(
	`(${left('given_name')} IS NULL) <> (${left('family_name')} IS NULL)`,
	`${right('given_name')} IS NOT NULL AND ${right('family_name')} IS NOT NULL`,
	anyPair(
		closed(`coalesce(${left('given_name')}, ${left('family_name')})`),
		closed(right('given_name')),
		(x, y) => `len(list_filter(${closed(right('family_name'))}, z -> (${x} = concat(${y}, z) OR ${x} = concat(z, ${y})))) > 0`,
	),
);

const oneField = either(wholeOnTheLeft, mirrored(wholeOnTheLeft));

const alike = (column: MatchColumn) => anyPair(withSounds(column, left), withSounds(column, right), alikeNames);

/** Given and family name fit; what the relation "agree" says in names. */
export const namesAgree = either(
	oneField,
	areSwapped,
	all(
		either(sameGiven, share('nicknames'), anyValues('given_name', isInitial), alike('given_name')),
		either(share('family_name', closed), anyValues('family_name', isInitial), alike('family_name'), anyValues('family_name', isPartOf)),
	),
);

/** Conditions for columns that hold names and other text; the same as the tests in level-kinds-text. */
export function textSql(column: MatchColumn): Partial<Record<LevelKind, LevelSql>> {
	return {
		exact: () => (column === 'given_name' ? either(share(column, closed), sameGiven) : share(column, column === 'family_name' ? closed : listOf)),
		nickname: () => share('nicknames'),
		swapped: () => areClearlySwapped,
		one_field: () => oneField,
		initial: () => anyValues(column, isInitial),
		part_of: () => anyValues(column, isPartOf),
		phonetic: () => anyPair(withSounds(column, left), withSounds(column, right), (x, y) => all(
			`${x}[2] = ${y}[2] AND length(${x}[2]) > 1`,
			either(withoutVowels(`${x}[1]`), withoutVowels(`${y}[1]`), `jaro_winkler_similarity(${x}[1], ${y}[1]) >= 0.75`),
		)),
		jaro_winkler: (threshold) => anyValues(column, (x, y) => `jaro_winkler_similarity(${x}, ${y}) >= ${threshold}`),
		levenshtein: (threshold) => anyValues(column, (x, y) => `levenshtein(${x}, ${y}) <= ${threshold}`),
		damerau_levenshtein: (threshold) => anyValues(column, (x, y) => all(`${shorter(x, y)} > ${threshold} + 2`, `damerau_levenshtein(${x}, ${y}) <= ${threshold}`)),
		words_within: () => anyValues(column, (x, y) => fewWithin(wordsOf(x), wordsOf(y))),
		words_in_common: (threshold) => anyValues(column, (x, y) => {
			const [one, other] = [`list_distinct(${wordsOf(x)})`, `list_distinct(${wordsOf(y)})`];
			const both = `len(list_intersect(${one}, ${other}))`;
			return all(`${both} >= 2`, `${both} / greatest(len(${one}), len(${other})) >= ${threshold}`);
		}),
		contains: () => anyValues(column, (x, y) => either(begins(x, y), begins(y, x))),
		one_only: () => `${left(column)} IS NULL OR ${right(column)} IS NULL`,
	};
}

/** The shorter name is the beginning of the longer one, word by word. */
const begins = (short: string, long: string) => `length(${short}) >= 4 AND starts_with(${long}, concat(${short}, ' '))`;

const part = (date: string, from: number, length: number) => `substr(${date}, ${from}, ${length})`;
const equalPart = (x: string, y: string, from: number, length: number) => `(${part(x, from, length)} = ${part(y, from, length)})`;
const seconds = (date: string) => `epoch(try_strptime(${date}, '%Y-%m-%d'))`;

/** Conditions for dates in the form YYYY-MM-DD. */
export const birthDateSql: Partial<Record<LevelKind, LevelSql>> = {
	swapped_day_month: () => anyValues('birth_date', (x, y) => `${equalPart(x, y, 1, 4)} AND ${part(x, 6, 2)} = ${part(y, 9, 2)} AND ${part(x, 9, 2)} = ${part(y, 6, 2)}`),
	damerau_levenshtein: (threshold) => anyValues('birth_date', (x, y) => `damerau_levenshtein(${x}, ${y}) <= ${threshold}`),
	two_fields: () => anyValues('birth_date', (x, y) => {
		const [year, month, day] = [equalPart(x, y, 1, 4), equalPart(x, y, 6, 2), equalPart(x, y, 9, 2)];
		return `CAST(${year} AS INTEGER) + CAST(${month} AS INTEGER) + CAST(${day} AS INTEGER) >= 2`;
	}),
	days_apart: (threshold) => anyValues('birth_date', (x, y) => `abs(${seconds(x)} - ${seconds(y)}) <= ${threshold} * 86400`),
};
