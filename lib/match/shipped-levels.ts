import type { Comparison, ComparisonLevel, LevelKind, MatchColumn } from '../domain';

type LevelRow = [kind: LevelKind, label: string, m: number, u: number, more?: Pick<ComparisonLevel, 'threshold' | 'termFrequency' | 'fixed'>];

const comparison = (column: MatchColumn, ...levels: LevelRow[]): Comparison => ({
	comparison: column,
	column,
	levels: levels.map(([kind, label, m, u, more]): ComparisonLevel => ({ kind, label, m, u, ...more })),
});
const TF = { termFrequency: true };
const FIXED = { fixed: true };

/**
 * Comparisons of people. The probabilities are written from general knowledge of customer data: how often people mistype, move and change
 * numbers (m), and how often two strangers agree (u). Training replaces them where there are enough records.
 */
export const PERSON_COMPARISONS: readonly Comparison[] = [
	comparison(
		'given_name',
		['exact', 'exact', 0.7, 0.01, TF],
		['swapped', 'given and family name swapped', 0.01, 0.000001],
		['one_field', 'whole name in one field', 0.01, 0.000001],
		['nickname', 'nickname', 0.07, 0.002],
		['jaro_winkler', 'Jaro-Winkler >= 0.92', 0.06, 0.004, { threshold: 0.92 }],
		['initial', 'initial', 0.04, 0.004],
		['damerau_levenshtein', 'one edit', 0.02, 0.002, { threshold: 1 }],
		['jaro_winkler', 'Jaro-Winkler >= 0.88', 0.02, 0.006, { threshold: 0.88 }],
		['phonetic', 'sounds alike', 0.01, 0.005],
		['jaro_winkler', 'Jaro-Winkler >= 0.8', 0.02, 0.015, { threshold: 0.8 }],
		['jaro_winkler', 'Jaro-Winkler >= 0.7', 0.01, 0.02, { threshold: 0.7 }],
		['else', 'different', 0.03, 0.93],
	),
	comparison(
		'family_name',
		['exact', 'exact', 0.8, 0.004, TF],
		['swapped', 'given and family name swapped', 0.01, 0.01, FIXED],
		['one_field', 'whole name in one field', 0.01, 0.01, FIXED],
		['jaro_winkler', 'Jaro-Winkler >= 0.92', 0.06, 0.001, { threshold: 0.92 }],
		['damerau_levenshtein', 'one edit', 0.02, 0.001, { threshold: 1 }],
		['part_of', 'one of two family names', 0.02, 0.001],
		['initial', 'initial', 0.01, 0.004],
		['jaro_winkler', 'Jaro-Winkler >= 0.88', 0.015, 0.002, { threshold: 0.88 }],
		['phonetic', 'sounds alike', 0.005, 0.001],
		['jaro_winkler', 'Jaro-Winkler >= 0.8', 0.01, 0.005, { threshold: 0.8 }],
		['jaro_winkler', 'Jaro-Winkler >= 0.7', 0.01, 0.015, { threshold: 0.7 }],
		['else', 'different', 0.04, 0.955],
	),
	comparison('generation', ['exact', 'exact', 0.8, 0.4, FIXED], ['one_only', 'only one has a generational suffix', 0.18, 0.4, FIXED], ['else', 'different', 0.0005, 0.2, FIXED]),
	comparison(
		'birth_date',
		['exact', 'exact', 0.9, 0.0001, TF],
		['swapped_day_month', 'day and month swapped', 0.015, 0.00005],
		['damerau_levenshtein', 'one digit', 0.045, 0.002, { threshold: 1 }],
		['two_fields', 'one field differs', 0.015, 0.006],
		['days_apart', 'within a month', 0.004, 0.001, { threshold: 31 }],
		['days_apart', 'within a year', 0.005, 0.02, { threshold: 366 }],
		['days_apart', 'within ten years', 0.006, 0.2, { threshold: 3653 }],
		['else', 'different', 0.01, 0.77],
	),
	comparison(
		'email',
		['exact', 'exact', 0.55, 0.000002],
		['mailbox_alike', 'one edit', 0.04, 0.00001, { threshold: 1 }],
		['role_mailbox', 'shared role mailbox', 0.05, 0.004],
		['local_part', 'same local part at another domain', 0.06, 0.0002],
		['local_part_of_name', 'same name at another domain', 0.04, 0.02, FIXED],
		['mailbox_alike', 'up to three edits', 0.02, 0.00004, { threshold: 3 }],
		['else', 'different', 0.26, 0.989],
	),
	comparison(
		'phone',
		['exact', 'exact', 0.55, 0.00002, TF],
		['last_digits', 'last seven digits', 0.02, 0.00002, { threshold: 7 }],
		['damerau_levenshtein', 'one edit', 0.02, 0.0001, { threshold: 1 }],
		['else', 'different', 0.4, 0.9998],
	),
	comparison(
		'address',
		['street_and_postal', 'same street and postal code', 0.5, 0.0002],
		['street_alike', 'same house, spelled otherwise', 0.08, 0.00015],
		['street', 'same street line', 0.04, 0.0003],
		['postal', 'same postal code', 0.06, 0.003],
		['city', 'same town', 0.08, 0.03, TF],
		['city_alike', 'town spelled alike', 0.02, 0.004, { threshold: 0.88 }],
		['else', 'different', 0.24, 0.966],
	),
	comparison(
		'identifier',
		['exact', 'exact', 0.95, 0.000000001],
		['damerau_levenshtein', 'one edit', 0.03, 0.0001, { threshold: 1 }],
		['else', 'different', 0.02, 0.9998],
	),
	comparison(
		'company_name',
		['exact', 'exact', 0.5, 0.004, TF],
		['jaro_winkler', 'Jaro-Winkler >= 0.92', 0.1, 0.002, { threshold: 0.92 }],
		['words_in_common', 'half of the words', 0.05, 0.004, { threshold: 0.5 }],
		['else', 'different', 0.35, 0.99],
	),
];

/** Comparisons of companies. */
export const COMPANY_COMPARISONS: readonly Comparison[] = [
	comparison(
		'company_name',
		['exact', 'exact without legal form', 0.7, 0.000003, TF],
		['jaro_winkler', 'Jaro-Winkler >= 0.95', 0.07, 0.0001, { threshold: 0.95 }],
		['contains', 'one name begins the other', 0.05, 0.0002],
		['words_within', 'one name has all words of the other', 0.05, 0.0004],
		['words_in_common', 'two thirds of the words', 0.03, 0.0004, { threshold: 0.66 }],
		['jaro_winkler', 'Jaro-Winkler >= 0.9', 0.03, 0.0015, { threshold: 0.9 }],
		['words_in_common', 'half of the words', 0.03, 0.004, { threshold: 0.5 }],
		['else', 'different', 0.15, 0.993],
	),
	comparison('company_domain', ['exact', 'exact', 0.75, 0.000001], ['else', 'different', 0.1, 0.9999]),
	comparison('identifier', ['exact', 'exact', 0.95, 0.000000001], ['damerau_levenshtein', 'one edit', 0.03, 0.0001, { threshold: 1 }], ['else', 'different', 0.05, 0.9998]),
	comparison(
		'address',
		['street_and_postal', 'same street and postal code', 0.4, 0.0003],
		['street_alike', 'same house, spelled otherwise', 0.1, 0.0003],
		['street', 'same street line', 0.05, 0.0003],
		['postal', 'same postal code', 0.05, 0.003],
		['city', 'same town', 0.2, 0.03, TF],
		['city_alike', 'town spelled alike', 0.02, 0.004, { threshold: 0.88 }],
		['else', 'different', 0.2, 0.966],
	),
	comparison('phone', ['exact', 'exact', 0.5, 0.00003], ['last_digits', 'last seven digits', 0.02, 0.00002, { threshold: 7 }], ['else', 'different', 0.4, 0.9998]),
	comparison('email', ['exact', 'exact', 0.4, 0.00002], ['role_mailbox', 'shared role mailbox', 0.2, 0.00002], ['else', 'different', 0.4, 0.9998]),
];
