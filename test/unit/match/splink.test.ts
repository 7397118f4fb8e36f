import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { EntityMatching, MatchingModel } from '../../../lib/domain';
import { fromSplinkSettings, isSplinkSettings, matchingFault, scorerOf, shippedMatching, splinkColumns, toSplinkSettings, type SplinkSettings } from '../../../lib/match';

const FIXTURES = join(__dirname, '../../../../shared/data/er/splink_fixtures');
const weight = ({ m, u }: { m: number; u: number }) => Math.log2(m / u);
const throughJson = (document: unknown): unknown => JSON.parse(JSON.stringify(document));

test.each(['person', 'company'] as const)('the model of a %s comes back from Splink settings as it went', (entity) => {
	const model = shippedMatching();
	const { matching, ignored, different } = fromSplinkSettings(throughJson(toSplinkSettings(model[entity], entity)), entity);
	expect([ignored, different]).toEqual([[], []]);
	expect(matching[entity]).toEqual(model[entity]);
	expect(matchingFault(matching)).toBeUndefined();
});

test('any model, exported and imported again and again, stays as it is', () => {
	const probability = fc.double({ min: 1e-12, max: 1, noNaN: true });
	const chances = fc.record({ prior: fc.double({ min: 1e-9, max: 0.9, noNaN: true }), chances: fc.array(fc.tuple(probability, probability), { minLength: 1, maxLength: 90 }), threshold: fc.double({ min: 0.01, max: 400, noNaN: true }) });
	fc.assert(
		fc.property(fc.constantFrom('person', 'company'), chances, fc.nat(3), (entity, { prior, chances: some, threshold }, without) => {
			const model = shippedMatching()[entity];
			let next = 0;
			const matching: EntityMatching = {
				...model,
				prior,
				blocking: model.blocking.slice(without),
				comparisons: model.comparisons.map((comparison) => ({
					...comparison,
					levels: comparison.levels.map((level) => {
						const [m, u] = some[next++ % some.length] as [number, number];
						return { ...level, m, u, ...(level.threshold !== undefined && { threshold }) };
					}),
				})),
			};
			const settings = throughJson(toSplinkSettings(matching, entity));
			const imported = fromSplinkSettings(settings, entity).matching[entity];
			expect(imported).toEqual(matching);
			expect(throughJson(toSplinkSettings(imported, entity))).toEqual(settings);
		}),
	);
});

/** Keys that Splink 4 knows. Source: splink/internals/settings_creator.py, comparison_level_creator.py and files/settings_jsonschema.json of moj-analytical-services/splink. */
const KNOWN_KEYS = {
	settings: [
		'link_type', 'sql_dialect', 'comparisons', 'blocking_rules_to_generate_predictions', 'probability_two_random_records_match', 'em_convergence', 'max_iterations',
		'retain_matching_columns', 'retain_intermediate_calculation_columns', 'additional_columns_to_retain', 'unique_id_column_name', 'source_dataset_column_name',
	],
	comparison: ['output_column_name', 'comparison_description', 'comparison_levels'],
	level: [
		'sql_condition', 'label_for_charts', 'm_probability', 'u_probability', 'is_null_level', 'tf_adjustment_column', 'tf_adjustment_weight', 'tf_minimum_u_value',
		'disable_tf_exact_match_detection', 'fix_m_probability', 'fix_u_probability',
	],
	rule: ['blocking_rule', 'sql_dialect', 'arrays_to_explode', 'salting_partitions'],
};

/** A condition without what stands inside of lambda functions, where Splink does not look for columns. */
function outsideLambdas(sql: string): string {
	const start = sql.indexOf('-> (');
	if (start < 0) return sql;
	let depth = 0;
	for (let end = start + 3; end < sql.length; end += 1) {
		if (sql[end] === '(') depth += 1;
		if (sql[end] === ')') depth -= 1;
		if (depth === 0) return sql.slice(0, start) + outsideLambdas(sql.slice(end + 1));
	}
	throw new Error('a parenthesis is not closed');
}

test.each(['person', 'company'] as const)('the settings of a %s have what Splink needs to run them, and nothing that it does not know', (entity) => {
	const settings = toSplinkSettings(shippedMatching()[entity], entity);
	expect(settings).toMatchObject({ link_type: 'dedupe_only', sql_dialect: 'duckdb', unique_id_column_name: 'unique_id' });
	const unknown = (known: readonly string[], ...ones: readonly object[]) => ones.flatMap((one) => Object.keys(one)).filter((key) => !known.includes(key));
	const levels = settings.comparisons.flatMap(({ comparison_levels: all }) => all);
	const rules = settings.blocking_rules_to_generate_predictions as { blocking_rule: string; arrays_to_explode: string[] }[];
	expect([...unknown(KNOWN_KEYS.settings, settings), ...unknown(KNOWN_KEYS.comparison, ...settings.comparisons), ...unknown(KNOWN_KEYS.level, ...levels), ...unknown(KNOWN_KEYS.rule, ...rules)]).toEqual([]);
	const columns = splinkColumns(settings);
	for (const { arrays_to_explode: exploded } of rules) for (const name of exploded) expect(columns[name]).toBe('VARCHAR[]');
	for (const { tf_adjustment_column: name } of levels) if (name) expect(columns[name]).toBe('VARCHAR');
	for (const { comparison_levels: all } of settings.comparisons) {
		expect(all[0]?.is_null_level).toBe(true);
		expect(all.at(-1)?.sql_condition).toBe('ELSE');
		const names = (sql: string) => [...sql.matchAll(/"(\w+)_[lr]"/g)].map(([, name]) => name);
		const seen = new Set(all.flatMap(({ sql_condition: sql }) => names(outsideLambdas(sql))));
		expect(all.flatMap(({ sql_condition: sql }) => names(sql)).filter((name) => !seen.has(name))).toEqual([]);
	}
});

function fixture(name: string): unknown {
	const file = join(FIXTURES, `${name}.json`);
	if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
	console.log(`${name}.json is not there: nothing to check against`);
	return undefined;
}

test.each([
	{
		name: 'real_time_settings',
		read: { first_name: 3, surname: 3, dob: 3, city: 2, email: 2 },
		ignored: [],
	},
	{
		name: 'saved_model_from_demo',
		read: { first_name: 5, surname: 5, dob: 3, city: 2, email: 4 },
		ignored: ['comparison "email", level "Jaro-Winkler >0.88 on username": its SQL is not known here'],
	},
	{
		name: 'model_h50k',
		read: { first_name: 5, surname: 5, dob: 6, postcode_fake: 2 },
		ignored: [
			'comparison "postcode_fake", level "Exact match on sector": its SQL is not known here',
			'comparison "postcode_fake", level "Exact match on district": its SQL is not known here',
			'comparison "postcode_fake", level "Exact match on area": its SQL is not known here',
			'comparison "birth_place": no such column here',
			'comparison "occupation": no such column here',
		],
	},
])('$name: every level that can be known is read with the weight that it has in Splink, the rest is told', ({ name, read, ignored }) => {
	const settings = fixture(name) as SplinkSettings | undefined;
	if (!settings) return;
	const found = fromSplinkSettings(settings);
	expect(Object.fromEntries(found.matching.person.comparisons.map(({ comparison, levels }) => [comparison, levels.length]))).toEqual(read);
	expect(found.ignored).toEqual(ignored);
	expect(matchingFault(found.matching)).toBeUndefined();
	expect(scorerOf(found.matching.person).prior).toBeCloseTo(Math.log2(settings.probability_two_random_records_match / (1 - settings.probability_two_random_records_match)), 5);
	for (const { comparison, levels } of found.matching.person.comparisons) {
		const theirs = settings.comparisons.find((one) => one.output_column_name === comparison)?.comparison_levels ?? [];
		for (const level of levels) {
			const same = theirs.find(({ label_for_charts: label }) => label === level.label);
			expect(Math.abs(weight(level) - weight({ m: same?.m_probability ?? Number.NaN, u: same?.u_probability ?? Number.NaN }))).toBeLessThan(1e-6);
			expect(level.termFrequency ?? false).toBe(Boolean(same?.tf_adjustment_column));
		}
	}
	const again = throughJson(toSplinkSettings(found.matching.person, 'person'));
	expect(throughJson(toSplinkSettings(fromSplinkSettings(again).matching.person, 'person'))).toEqual(again);
});

test('fake_1000_combined: a saved model of Splink 2 is read too', () => {
	const saved = fixture('fake_1000_combined') as { current_settings_dict: { proportion_of_matches: number; comparison_columns: { col_name: string; m_probabilities: number[]; u_probabilities: number[] }[] } } | undefined;
	if (!saved) return;
	expect(isSplinkSettings(saved)).toBe(true);
	const { matching, ignored } = fromSplinkSettings(saved);
	expect(ignored).toEqual([]);
	expect(matching.person.prior).toBe(saved.current_settings_dict.proportion_of_matches);
	expect(matching.person.comparisons.map(({ levels }) => levels.map(({ kind, threshold }) => `${kind} ${threshold ?? ''}`.trim()))).toEqual([
		['exact', 'jaro_winkler 0.88', 'else'],
		['exact', 'jaro_winkler 0.88', 'else'],
		['exact', 'else'],
		['exact', 'else'],
		['exact', 'else'],
	]);
	for (const [index, { levels }] of matching.person.comparisons.entries()) {
		const { m_probabilities: m = [], u_probabilities: u = [] } = saved.current_settings_dict.comparison_columns[index] ?? {};
		const theirs = m.map((one, level) => weight({ m: one, u: u[level] ?? Number.NaN })).reverse();
		for (const [place, level] of levels.entries()) expect(Math.abs(weight(level) - (theirs[place] ?? Number.NaN))).toBeLessThan(1e-6);
	}
	expect(matching.person.comparisons.map(({ levels }) => levels[0]?.termFrequency ?? false)).toEqual([true, true, false, true, false]);
});

const trained = { m_probability: 0.8, u_probability: 0.01 };
const rest = { sql_condition: 'ELSE', m_probability: 0.2, u_probability: 0.99 };
const settingsOf = (name: string, ...levels: object[]) => ({ probability_two_random_records_match: 0.001, comparisons: [{ output_column_name: name, comparison_levels: [...levels, rest] }] });

test.each([
	{ column: 'first_name', sql: '"first_name_l" = "first_name_r"', kind: 'exact' },
	{ column: 'first_name', sql: 'lower(trim("first_name_l")) = lower(trim("first_name_r"))', kind: 'exact' },
	{ column: 'email', sql: 'array_length(list_intersect("email_l", "email_r")) >= 1', kind: 'exact' },
	{ column: 'surname', sql: '(jaro_winkler_similarity("surname_l", "surname_r") >= 0.9)', kind: 'jaro_winkler', threshold: 0.9 },
	{ column: 'surname', sql: 'jaro_winkler(surname_l, surname_r) >= 0.9', kind: 'jaro_winkler', threshold: 0.9 },
	{ column: 'phone', sql: 'list_max(list_transform(flatten(list_transform("phone_l", x -> list_transform("phone_r", y -> [x,y]))), pair -> jaro_winkler_similarity(pair[1], pair[2]))) >= 0.95', kind: 'jaro_winkler', threshold: 0.95 },
	{ column: 'dob', sql: 'damerau_levenshtein(CAST("dob_l" AS TEXT), CAST("dob_r" AS TEXT)) <= 1', kind: 'damerau_levenshtein', threshold: 1 },
	{ column: 'date_of_birth', sql: 'ABS(EPOCH(try_strptime("date_of_birth_l", \'%Y-%m-%d\')) - EPOCH(try_strptime("date_of_birth_r", \'%Y-%m-%d\'))) <= 86400.0', kind: 'days_apart', threshold: 1 },
	{ column: 'email', sql: 'NULLIF(regexp_extract("email_l", \'^[^@]+\', 0), \'\') = NULLIF(regexp_extract("email_r", \'^[^@]+\', 0), \'\')', kind: 'local_part', differs: true },
	{ column: 'forename', sql: '"forename_l" = "surname_r" AND "forename_r" = "surname_l"', kind: 'swapped', differs: true },
	{ column: 'surname', sql: 'damerau_levenshtein("surname_l", "surname_r") <= 2', kind: 'damerau_levenshtein', threshold: 2, differs: true },
])('$sql is read as $kind', ({ column, sql, kind, threshold, differs = false }) => {
	const { matching, ignored, different } = fromSplinkSettings(settingsOf(column, { sql_condition: sql, ...trained }));
	expect(ignored).toEqual([]);
	expect(different).toHaveLength(differs ? 1 : 0);
	expect(matching.person.comparisons[0]?.levels[0]).toEqual({ kind, label: kind, m: 0.8, u: 0.01, ...(threshold !== undefined && { threshold }) });
});

test.each([
	{ title: 'half a term frequency', level: { sql_condition: 'city_l = city_r', ...trained, tf_adjustment_column: 'city', tf_adjustment_weight: 0.5 }, told: /counts in full here/ },
	{ title: 'a least u', level: { sql_condition: 'city_l = city_r', ...trained, tf_adjustment_column: 'city', tf_minimum_u_value: 0.001 }, told: /least u/ },
	{ title: 'a probability of 0', level: { sql_condition: 'city_l = city_r', m_probability: 0.4, u_probability: 0 }, told: /taken for 1e-10/ },
])('$title has no exact counterpart and is told', ({ level, told }) => {
	const { matching, different } = fromSplinkSettings(settingsOf('city', level));
	expect(different).toEqual([expect.stringMatching(told)]);
	expect(matchingFault(matching)).toBeUndefined();
});

test('what is not known here is named, and the rest is read', () => {
	const odd = settingsOf('city', { sql_condition: 'soundex(city_l) = soundex(city_r)', label_for_charts: 'Soundex', ...trained }, { sql_condition: 'city_l = city_r', label_for_charts: 'exact', ...trained }, { sql_condition: 'levenshtein(city_l, city_r) <= 1', label_for_charts: 'never seen' });
	const { comparisons: [strange] } = settingsOf('occupation', { sql_condition: 'occupation_l = occupation_r', ...trained });
	const { comparisons: [unreadable] } = settingsOf('surname', { sql_condition: 'soundex(surname_l) = soundex(surname_r)', label_for_charts: 'Soundex', ...trained });
	const { matching, ignored } = fromSplinkSettings({ ...odd, comparisons: [...odd.comparisons, strange, unreadable] });
	expect(ignored).toEqual([
		'comparison "city", level "Soundex": its SQL is not known here',
		'comparison "city", level "never seen": it was not seen in training and has no m and u probability',
		'comparison "occupation": no such column here',
		'comparison "surname", level "Soundex": its SQL is not known here',
		'comparison "surname": no level of it is known here',
	]);
	expect(matching.person.comparisons.map(({ comparison, levels }) => [comparison, levels.length])).toEqual([['city', 2]]);
});

test.each([
	{ title: 'no settings at all', document: { comparisons: [] }, message: /no Splink settings/ },
	{ title: 'a probability above 1', document: settingsOf('city', { sql_condition: 'city_l = city_r', m_probability: 3, u_probability: 0.1 }), message: /comparisons\.0\.comparison_levels\.0\.m_probability/ },
	{ title: 'a model that was never trained', document: { probability_two_random_records_match: 0.1, comparisons: [{ output_column_name: 'dob', comparison_levels: [{ sql_condition: 'dob_l = dob_r' }, { sql_condition: 'ELSE' }] }] }, message: /Train the model in Splink first/ },
	{ title: 'nothing that is known here', document: settingsOf('occupation', { sql_condition: 'occupation_l = occupation_r', ...trained }), message: /None of the comparisons .* no such column/ },
])('$title: says so', ({ document, message }) => {
	expect(() => fromSplinkSettings(document)).toThrow(message);
});

test.each<{ title: string; change: (model: MatchingModel) => void; fault: RegExp }>([
	{ title: 'a level that the column does not know', change: ({ person }) => person.comparisons[0]?.levels.unshift({ kind: 'last_digits', threshold: 7, label: 'digits', m: 0.5, u: 0.1 }), fault: /given_name does not know/ },
	{ title: 'a level without its threshold', change: ({ person }) => person.comparisons[0]?.levels.unshift({ kind: 'jaro_winkler', label: 'alike', m: 0.5, u: 0.1 }), fault: /without a threshold/ },
	{ title: 'a comparison without a rest', change: ({ person }) => person.comparisons[0]?.levels.pop(), fault: /"else", as its last/ },
	{ title: 'an unknown blocking rule', change: ({ company }) => company.blocking.push('tarot'), fault: /no blocking rule "tarot"/ },
])('a model with $title is refused in words', ({ change, fault }) => {
	const model = shippedMatching();
	change(model);
	expect(matchingFault(model)).toMatch(fault);
});
