import type { LevelKind, MatchColumn } from '../domain';
import { isOtherIdentifier } from './pair-view';

/** How Splink's own library of levels writes a kind of level; `l` and `r` are the two sides of the column, `number` its threshold. */
interface LibraryLevel {
	kind: LevelKind;
	/** Only for these columns; for all when left out. */
	columns?: readonly MatchColumn[];
	/** How SQL says it, in lower case and without what `plain` takes away. */
	sql: (l: string, r: string, number: string) => string;
	/** The threshold's unit in SQL for one of ours. */
	unit?: number;
	/** A number other than this one is another level than ours. */
	only?: number;
}

const MAIL: readonly MatchColumn[] = ['email'];
const NAMES: readonly MatchColumn[] = ['given_name', 'family_name'];
const DATES: readonly MatchColumn[] = ['birth_date'];
const DAY = 86_400;
const userOf = (side: string) => `nullif(regexp_extract(${side}, '^[^@]+', 0), '')`;
const hostOf = (side: string) => `nullif(regexp_extract(${side}, '@[^@]+$', 0), '')`;
const date = (side: string) => `epoch(try_strptime(${side}, '%y-%m-%d'))`;
const pairwise = (l: string, r: string, name: string) =>
	`list_max(list_transform(flatten(list_transform(${l}, x -> list_transform(${r}, y -> [x,y]))), pair -> ${name}(pair[1], pair[2])))`;

const JARO_WINKLER = ['jaro_winkler_similarity', 'jaro_winkler_sim', 'jaro_winkler'];

/** Source: https://moj-analytical-services.github.io/splink/api_docs/comparison_level_library.html, as the DuckDB dialect (and Spark's names) writes it. */
const LIBRARY: readonly LibraryLevel[] = [
	{ kind: 'exact', sql: (l, r) => `${l} = ${r}` },
	{ kind: 'exact', sql: (l, r, number) => `array_length(list_intersect(${l}, ${r})) >= ${number}`, only: 1 },
	...JARO_WINKLER.flatMap((name): LibraryLevel[] => [
		{ kind: 'exact', sql: (l, r, number) => `${name}(${l}, ${r}) >= ${number}`, only: 1 },
		{ kind: 'jaro_winkler', sql: (l, r, number) => `${name}(${l}, ${r}) >= ${number}` },
		{ kind: 'jaro_winkler', sql: (l, r, number) => `${pairwise(l, r, name)} >= ${number}` },
	]),
	{ kind: 'levenshtein', sql: (l, r, number) => `levenshtein(${l}, ${r}) <= ${number}` },
	{ kind: 'damerau_levenshtein', sql: (l, r, number) => `damerau_levenshtein(${l}, ${r}) <= ${number}` },
	{ kind: 'days_apart', columns: DATES, unit: DAY, sql: (l, r, number) => `abs(${date(l)} - ${date(r)}) <= ${number}` },
	{ kind: 'days_apart', columns: DATES, unit: DAY, sql: (l, r, number) => `abs(epoch(${l}) - epoch(${r})) <= ${number}` },
	{ kind: 'swapped', columns: NAMES, sql: (l, r) => `${l} = ${other(r)} and ${r} = ${other(l)}` },
	{ kind: 'swapped', columns: NAMES, sql: (l, r) => `${l} = ${other(r)} and ${other(l)} = ${r}` },
	{ kind: 'local_part', columns: MAIL, sql: (l, r) => `${userOf(l)} = ${userOf(r)}` },
	{ kind: 'same_domain', columns: MAIL, sql: (l, r) => `${hostOf(l)} = ${hostOf(r)}` },
];

/** The column in which the other name of a person stands; a mark that any name fits. */
function other(side: string): string {
	return `\u0001${side.slice(-2)}`;
}

/** Kinds whose test here has more conditions than the SQL of Splink's library, and which. */
const STRICTER: Partial<Record<LevelKind, string>> = {
	local_part: 'here the part before the @ has at least five letters and is no mere repetition of the name',
	swapped: 'here a slip in either name is allowed',
};

/**
 * The level that a condition of Splink's library says; undefined when it is none of ours. Quotes, casts to text, `lower`, `trim` and the column's own
 * name don't count.
 */
export function fromLibrarySql(column: MatchColumn, condition: string): { kind: LevelKind; threshold?: number; differs?: string } | undefined {
	const text = plain(condition);
	const name = /\b(\w+?)_l\b/.exec(text)?.[1] ?? column;
	for (const { kind, columns, sql, unit = 1, only } of LIBRARY) {
		if (columns && !columns.includes(column)) continue;
		const found = patternOf(sql(`${name}_l`, `${name}_r`, '\0')).exec(text);
		if (!found) continue;
		const number = found.groups?.number === undefined ? undefined : Number(found.groups.number);
		if (only !== undefined && number !== only) continue;
		const differs = kind === 'damerau_levenshtein' ? shortValues(column, number ?? 0) : STRICTER[kind];
		return { kind, ...(number !== undefined && only === undefined && { threshold: number / unit }), ...(differs !== undefined && { differs }) };
	}
	return undefined;
}

function shortValues(column: MatchColumn, edits: number): string | undefined {
	if (column === 'birth_date') return undefined;
	const longest = isOtherIdentifier(column) && column !== 'identifier' ? edits + 2 : 5;
	return `here values of up to ${longest} letters are left out, in which a slip makes another value`;
}

function patternOf(sql: string): RegExp {
	const text = sql.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(`^${text.replace('\0', '(?<number>\\d+(?:\\.\\d+)?)').replace(/\u0001/g, '\\w+')}$`);
}

function plain(sql: string): string {
	let text = sql.replace(/"/g, '').replace(/::(?:text|varchar|string)/gi, '').replace(/\s+/g, ' ').trim().toLowerCase();
	for (let before = ''; before !== text; ) {
		before = text;
		text = text.replace(/\bcast\((\w+) as (?:text|varchar|string)\)/g, '$1').replace(/\b(?:lower|trim)\((\w+)\)/g, '$1').replace(/\bnullif\((\w+), ''\)/g, '$1');
	}
	return /^\((.*)\)$/.test(text) && isWrapped(text) ? text.slice(1, -1) : text;
}

/** The first parenthesis closes at the very end. */
function isWrapped(text: string): boolean {
	let depth = 0;
	for (const [index, character] of [...text].entries()) {
		if (character === '(') depth += 1;
		if (character === ')') depth -= 1;
		if (depth === 0) return index === text.length - 1;
	}
	return false;
}
