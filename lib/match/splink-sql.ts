import type { LevelKind, MatchColumn } from '../domain';

/** A kind of level as DuckDB's SQL says it; `l` and `r` are the two sides of the column. */
interface SqlTemplate {
	kind: LevelKind;
	/** Only for these columns; for all when left out. */
	columns?: readonly MatchColumn[];
	sql(l: string, r: string, threshold: string): string;
	/** Seconds in SQL for a threshold of one. */
	unit?: number;
}

const both = (l: string, r: string, of: (side: string) => string, sign = '=') => `${of(l)} ${sign} ${of(r)}`;
const withoutSide = (name: string) => name.replace(/"/g, '').replace(/_[lr]$/, '');
/** Another column of the same record. */
const beside = (side: string, column: string) => `"${column}${side.replace(/"/g, '').slice(-2)}"`;
const own = (side: string, suffix: string) => beside(side, `${withoutSide(side)}${suffix}`);
const NAMES: readonly MatchColumn[] = ['given_name', 'family_name'];
const MAIL: readonly MatchColumn[] = ['email'];
const PLACE: readonly MatchColumn[] = ['address'];
const localPart = (side: string) => `NULLIF(regexp_extract(${side}, '^[^@]+', 0), '')`;
const epoch = (side: string) => `EPOCH(try_strptime(${side}, '%Y-%m-%d'))`;
const same = (l: string, r: string, column: string) => `${beside(l, column)} = ${beside(r, column)}`;

/**
 * Both directions read this table, so that what is written can be read back. Columns with a suffix (`_sound`, `_key`) and `nicknames`, `role_mailbox`
 * are forms of a value that Splink's input has to carry: the first of our comparison forms of the record.
 */
const TEMPLATES: readonly SqlTemplate[] = [
	{ kind: 'street_and_postal', columns: PLACE, sql: (l, r) => `${same(l, r, 'street')} AND ${same(l, r, 'postal_code')}` },
	{ kind: 'street_alike', columns: PLACE, sql: (l, r) => `damerau_levenshtein(${beside(l, 'street')}, ${beside(r, 'street')}) <= 2 AND (${same(l, r, 'postal_code')} OR ${same(l, r, 'city')})` },
	{ kind: 'street', columns: PLACE, sql: (l, r) => same(l, r, 'street') },
	{ kind: 'postal', columns: PLACE, sql: (l, r) => same(l, r, 'postal_code') },
	{ kind: 'city', columns: PLACE, sql: (l, r) => same(l, r, 'city') },
	{ kind: 'exact', sql: (l, r) => `${l} = ${r}` },
	{ kind: 'nickname', columns: ['given_name'], sql: (l, r) => `list_has_any(${beside(l, 'nicknames')}, ${beside(r, 'nicknames')})` },
	{ kind: 'swapped', columns: NAMES, sql: (l, r) => `${beside(l, 'given_name')} = ${beside(r, 'family_name')} AND ${beside(l, 'family_name')} = ${beside(r, 'given_name')}` },
	{ kind: 'one_field', columns: NAMES, sql: (l, r) => `${beside(l, 'whole_name')} = ${beside(r, 'whole_name')}` },
	{ kind: 'initial', sql: (l, r) => `(LENGTH(${l}) = 1 OR LENGTH(${r}) = 1) AND LEFT(${l}, 1) = LEFT(${r}, 1)` },
	{ kind: 'part_of', sql: (l, r) => `list_has_any(string_split(${l}, ' '), string_split(${r}, ' '))` },
	{ kind: 'phonetic', sql: (l, r) => both(l, r, (side) => own(side, '_sound')) },
	{ kind: 'jaro_winkler', sql: (l, r, threshold) => `jaro_winkler_similarity(${l}, ${r}) >= ${threshold}` },
	{ kind: 'damerau_levenshtein', sql: (l, r, threshold) => `damerau_levenshtein(${l}, ${r}) <= ${threshold}` },
	{ kind: 'levenshtein', sql: (l, r, threshold) => `levenshtein(${l}, ${r}) <= ${threshold}` },
	{ kind: 'swapped_day_month', columns: ['birth_date'], sql: (l, r) => `LEFT(${l}, 4) = LEFT(${r}, 4) AND SUBSTR(${l}, 6, 2) = SUBSTR(${r}, 9, 2) AND SUBSTR(${l}, 9, 2) = SUBSTR(${r}, 6, 2)` },
	{
		kind: 'two_fields',
		columns: ['birth_date'],
		sql: (l, r) => `(LEFT(${l}, 4) = LEFT(${r}, 4))::INT + (SUBSTR(${l}, 6, 2) = SUBSTR(${r}, 6, 2))::INT + (SUBSTR(${l}, 9, 2) = SUBSTR(${r}, 9, 2))::INT >= 2`,
	},
	{ kind: 'days_apart', columns: ['birth_date'], unit: 86_400, sql: (l, r, threshold) => `ABS(${epoch(l)} - ${epoch(r)}) <= ${threshold}` },
	{ kind: 'mailbox_alike', columns: MAIL, sql: (l, r, threshold) => `regexp_replace(${l}, '[^0-9]', '', 'g') = regexp_replace(${r}, '[^0-9]', '', 'g') AND damerau_levenshtein(${l}, ${r}) <= ${threshold}` },
	{ kind: 'role_mailbox', columns: MAIL, sql: (l, r) => same(l, r, 'role_mailbox') },
	{ kind: 'local_part', columns: MAIL, sql: (l, r) => both(l, r, localPart) },
	{ kind: 'local_part_of_name', columns: MAIL, sql: (l, r) => `${both(l, r, localPart)} AND regexp_matches(${l}, ${beside(l, 'family_name')})` },
	{ kind: 'same_domain', columns: MAIL, sql: (l, r) => both(l, r, (side) => `regexp_extract(${side}, '@(.+)$', 1)`) },
	{ kind: 'last_digits', columns: ['phone'], sql: (l, r, threshold) => `RIGHT(${l}, ${threshold}) = RIGHT(${r}, ${threshold})` },
	{ kind: 'words_in_common', sql: (l, r, threshold) => `LENGTH(list_intersect(string_split(${l}, ' '), string_split(${r}, ' '))) >= ${threshold} * GREATEST(LENGTH(string_split(${l}, ' ')), LENGTH(string_split(${r}, ' ')))` },
	{ kind: 'contains', sql: (l, r) => `starts_with(${l}, ${r}) OR starts_with(${r}, ${l})` },
	{ kind: 'one_only', sql: (l, r) => `${l} IS NULL OR ${r} IS NULL` },
	{ kind: 'else', sql: () => 'ELSE' },
];

/** The condition of a level in SQL that DuckDB runs. */
export function toSql(column: MatchColumn, kind: LevelKind, threshold?: number): string {
	const template = TEMPLATES.find((one) => one.kind === kind && (one.columns?.includes(column) ?? true));
	if (!template) throw new Error(`There is no SQL for a level of kind "${kind}".`);
	return template.sql(`"${column}_l"`, `"${column}_r"`, String((threshold ?? 0) * (template.unit ?? 1)));
}

/** The level that a condition says; undefined when it is none of ours. Quotes, casts to text and the column's own name don't count. */
export function fromSql(column: MatchColumn, condition: string): { kind: LevelKind; threshold?: number } | undefined {
	const text = plain(condition);
	const number = /(?:>=|<=) ([\d.]+)\)?$/.exec(text)?.[1] ?? /, (\d+)\) = right/.exec(text)?.[1] ?? />= ([\d.]+) \*/.exec(text)?.[1];
	// The column's own name first: "given_name_sound" is a form of "given_name", not a column of its own.
	for (const name of [column, /\b(\w+?)_l\b/.exec(text)?.[1] ?? column]) {
		for (const template of TEMPLATES) {
			if (template.columns && !template.columns.includes(column)) continue;
			if (plain(template.sql(`"${name}_l"`, `"${name}_r"`, number ?? '')) !== text) continue;
			return usesThreshold(template) && number !== undefined ? { kind: template.kind, threshold: Number(number) / (template.unit ?? 1) } : { kind: template.kind };
		}
	}
	return undefined;
}

function usesThreshold(template: SqlTemplate): boolean {
	return template.sql('"x_l"', '"x_r"', '1') !== template.sql('"x_l"', '"x_r"', '2');
}

function plain(sql: string): string {
	return sql
		.replace(/"/g, '')
		.replace(/CAST\((\w+) AS (?:TEXT|VARCHAR)\)/gi, '$1')
		.replace(/::(?:text|varchar)/gi, '')
		.replace(/\s+/g, ' ')
		.trim()
		.toLowerCase();
}
