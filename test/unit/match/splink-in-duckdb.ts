import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { SplinkColumns, SplinkRow, SplinkSettings, SplinkTermFrequencies } from '../../../lib/match';

/** What Splink finds for one pair. */
export interface SplinkPair {
	/** By comparison: place of the level among those that are not the null level, from 0 on; -1 for the null level. */
	levels: Record<string, number>;
	/** By comparison: log2 of its Bayes factor, with the adjustment for the term's frequency. */
	weights: Record<string, number>;
	matchWeight: number;
}

/** Opens DuckDB in memory for the time of `work`. */
export async function withDuckDb<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
	const instance = await DuckDBInstance.create(':memory:');
	const connection = await instance.connect();
	try {
		return await work(connection);
	} finally {
		connection.closeSync();
		instance.closeSync();
	}
}

/** Loads rows as Splink's input table, with the columns and types that the settings need, and the tables of term frequencies. */
export async function load(connection: DuckDBConnection, columns: SplinkColumns, rows: readonly SplinkRow[], frequencies: readonly SplinkTermFrequencies[]): Promise<void> {
	const names = Object.keys(columns);
	await connection.run(`CREATE OR REPLACE TABLE input (${names.map((name) => `"${name}" ${columns[name]}`).join(', ')})`);
	const values = rows.map((row) => `(${names.map((name) => literal(row[name] ?? null)).join(', ')})`);
	if (values.length > 0) await connection.run(`INSERT INTO input VALUES ${values.join(', ')}`);
	for (const { column, rows: terms } of frequencies) {
		await connection.run(`CREATE OR REPLACE TABLE "tf_${column}" ("${column}" VARCHAR, "tf_${column}" DOUBLE)`);
		const pairs = terms.map((term) => `(${literal(String(term[column]))}, ${Number(term[`tf_${column}`])})`);
		if (pairs.length > 0) await connection.run(`INSERT INTO "tf_${column}" VALUES ${pairs.join(', ')}`);
	}
}

function literal(value: string | string[] | null): string {
	if (value === null) return 'NULL';
	return Array.isArray(value) ? `[${value.map(literal).join(', ')}]` : `'${value.replaceAll("'", "''")}'`;
}

/**
 * What Splink 4 computes from settings: a CASE for the level of each comparison, its Bayes factor, the adjustment
 * POW(u of the exact level / the larger of the two frequencies, weight), and the product of all with the odds of the prior.
 * Written after comparison.py, comparison_level.py and term_frequencies.py of https://github.com/moj-analytical-services/splink.
 */
export async function comparePairs(connection: DuckDBConnection, settings: SplinkSettings, columns: SplinkColumns, pairs: readonly (readonly [string, string])[]): Promise<SplinkPair[]> {
	const texts = Object.keys(columns).filter((name) => columns[name] === 'VARCHAR');
	const terms = [...new Set(settings.comparisons.flatMap(({ comparison_levels: levels }) => levels.flatMap(({ tf_adjustment_column: column }) => column ?? [])))];
	const sides = ['l', 'r'].map((side) => [...texts.map((name) => `${side}."${name}" AS "${name}_${side}"`), ...terms.map((name) => `t${side}_${name}."tf_${name}" AS "tf_${name}_${side}"`)].join(', '));
	const joins = ['l', 'r'].flatMap((side) => terms.map((name) => `LEFT JOIN "tf_${name}" AS t${side}_${name} ON ${side}."${name}" = t${side}_${name}."${name}"`)).join(' ');
	const gammas = settings.comparisons.map(({ comparison_levels: levels }, index) => `CASE ${cases(levels)} END AS gamma_${index}`);
	const factors = settings.comparisons.map(({ comparison_levels: levels }, index) => `CASE ${levels.map((level, place) => bayesFactor(level, place, index)).join(' ')} END AS bf_${index}`);
	const prior = settings.probability_two_random_records_match;
	const product = settings.comparisons.map((_, index) => `bf_${index}`).join(' * ');
	await connection.run('CREATE OR REPLACE TABLE pairs (no INTEGER, l VARCHAR, r VARCHAR)');
	if (pairs.length > 0) await connection.run(`INSERT INTO pairs VALUES ${pairs.map(([l, r], no) => `(${no}, ${literal(l)}, ${literal(r)})`).join(', ')}`);
	const reader = await connection.runAndReadAll(
		`WITH sides AS (SELECT pairs.no, ${sides.join(', ')} FROM pairs JOIN input AS l ON l.unique_id = pairs.l JOIN input AS r ON r.unique_id = pairs.r ${joins}),
		vectors AS (SELECT *, ${gammas.join(', ')} FROM sides), parts AS (SELECT *, ${factors.join(', ')} FROM vectors)
		SELECT ${settings.comparisons.map((_, index) => `gamma_${index}, bf_${index}`).join(', ')}, log2(CAST(${prior} AS DOUBLE) / (1 - ${prior}) * ${product}) AS match_weight
		FROM parts ORDER BY no`,
	);
	return reader.getRowObjects().map((row) => ({
		levels: byComparison(settings, (index, levels) => levels.filter((level) => !level.is_null_level).indexOf(levels[Number(row[`gamma_${index}`])] as Level)),
		weights: byComparison(settings, (index) => Math.log2(Number(row[`bf_${index}`]))),
		matchWeight: Number(row.match_weight),
	}));
}

type Level = SplinkSettings['comparisons'][number]['comparison_levels'][number];

/** Numbers levels by their place, the null levels too. */
function cases(levels: readonly Level[]): string {
	return levels.map(({ sql_condition: sql }, place) => (sql === 'ELSE' ? `ELSE ${place}` : `WHEN ${sql} THEN ${place}`)).join(' ');
}

function bayesFactor(level: Level, place: number, index: number): string {
	const at = `WHEN gamma_${index} = ${place} THEN`;
	if (level.is_null_level) return `${at} CAST(1 AS DOUBLE)`;
	const { m_probability: m, u_probability: u, tf_adjustment_column: term, tf_adjustment_weight: weight } = level;
	const factor = `CAST(${m} AS DOUBLE) / CAST(${u} AS DOUBLE)`;
	if (!term) return `${at} ${factor}`;
	const [l, r] = [`coalesce("tf_${term}_l", "tf_${term}_r")`, `coalesce("tf_${term}_r", "tf_${term}_l")`];
	return `${at} ${factor} * CASE WHEN ${l} IS NULL THEN 1 ELSE pow(CAST(${u} AS DOUBLE) / (CASE WHEN ${l} >= ${r} THEN ${l} ELSE ${r} END), ${weight}) END`;
}

function byComparison(settings: SplinkSettings, value: (index: number, levels: readonly Level[]) => number): Record<string, number> {
	return Object.fromEntries(settings.comparisons.map(({ output_column_name: name, comparison_levels: levels }, index) => [name, value(index, levels)]));
}

/** Pairs that the blocking rules propose, with the arrays of keys exploded; the smaller ID first. */
export async function blockedPairs(connection: DuckDBConnection, settings: SplinkSettings): Promise<Set<string>> {
	const pairs = new Set<string>();
	for (const rule of settings.blocking_rules_to_generate_predictions as { blocking_rule: string; arrays_to_explode: string[] }[]) {
		const exploded = `(SELECT unique_id, ${rule.arrays_to_explode.map((name) => `unnest("${name}") AS "${name}"`).join(', ')} FROM input)`;
		const reader = await connection.runAndReadAll(`SELECT DISTINCT l.unique_id, r.unique_id FROM ${exploded} AS l JOIN ${exploded} AS r ON (${rule.blocking_rule}) WHERE l.unique_id < r.unique_id`);
		for (const [l, r] of reader.getRows()) pairs.add(`${String(l)} ${String(r)}`);
	}
	return pairs;
}
