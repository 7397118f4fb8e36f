import type { MatchColumn } from '../domain';

/** One level as SQL: `threshold` stands in it as it is, so that it can be read back. */
export type LevelSql = (threshold: string) => string;

/** Stands between several values of one column. A single value is the column's text as it is. */
export const SEPARATOR = '|';

export const left = (column: string) => `"${column}_l"`;
export const right = (column: string) => `"${column}_r"`;

/** The values of a column on one side, as a list. */
export const listOf = (column: string) => `string_split(${column}, '${SEPARATOR}')`;

export const wordsOf = (text: string) => `string_split(${text}, ' ')`;

/** The values of a column with the sound of each: `x[1]` and `x[2]`. */
export const withSounds = (column: MatchColumn, side: (column: string) => string) => `list_zip(${listOf(side(column))}, ${listOf(side(`${column}_sound`))})`;

/**
 * Whether `holds` for a value of the one side and a value of the other. Splink looks for the columns of a condition outside lambda functions only,
 * so each column has to stand outside of one somewhere in its comparison.
 */
export function anyPair(leftList: string, rightList: string, holds: (x: string, y: string) => string): string {
	return `len(list_filter(${leftList}, x -> (len(list_filter(${rightList}, y -> (${holds('x', 'y')}))) > 0))) > 0`;
}

/** `anyPair` over the values of one column. */
export const anyValues = (column: string, holds: (x: string, y: string) => string) => anyPair(listOf(left(column)), listOf(right(column)), holds);

export const share = (column: string, of: (side: string) => string = listOf) => `list_has_any(${of(left(column))}, ${of(right(column))})`;

export const shorter = (x: string, y: string) => `least(length(${x}), length(${y}))`;

export const either = (...conditions: readonly string[]) => conditions.map((condition) => `(${condition})`).join(' OR ');
export const all = (...conditions: readonly string[]) => conditions.map((condition) => `(${condition})`).join(' AND ');

/** The same condition with the two sides exchanged. */
export function mirrored(sql: string): string {
	return sql.replace(/_([lr])"/g, (_, side: string) => (side === 'l' ? '_r"' : '_l"'));
}
