import { z } from 'zod/v4';
import type { Comparison, ComparisonLevel, Entity, EntityMatching, MatchColumn, MatchingModel } from '../domain';
import { matchColumnSchema } from '../domain';
import { blockingRule } from './blocking';
import { levelTest } from './level-kinds';
import { shippedMatching } from './shipped-matching';
import { fromSql, toSql } from './splink-sql';

const levelSchema = z.looseObject({
	sql_condition: z.string(),
	label_for_charts: z.string().optional(),
	m_probability: z.number().nullish(),
	u_probability: z.number().nullish(),
	is_null_level: z.boolean().nullish(),
	tf_adjustment_column: z.string().nullish(),
});
const settingsSchema = z.looseObject({
	probability_two_random_records_match: z.number().positive().lt(1),
	comparisons: z.array(z.looseObject({ output_column_name: z.string(), comparison_levels: z.array(levelSchema) })).min(1),
});
/** Settings of Splink 4, as its `linker.misc.save_model_to_json` writes them. Source: https://moj-analytical-services.github.io/splink/api_docs/settings_dict_guide.html */
export type SplinkSettings = z.infer<typeof settingsSchema>;

/** The model of one entity as Splink settings for DuckDB. What reservations and thresholds say has no place in them. */
export function toSplinkSettings(matching: EntityMatching, entity: Entity): SplinkSettings {
	return {
		link_type: 'dedupe_only',
		sql_dialect: 'duckdb',
		probability_two_random_records_match: matching.prior,
		unique_id_column_name: 'unique_id',
		retain_intermediate_calculation_columns: true,
		blocking_rules_to_generate_predictions: matching.blocking.flatMap((name) => {
			const sql = blockingRule(entity, name)?.sql;
			return sql === undefined ? [] : [{ blocking_rule: sql, sql_dialect: 'duckdb' }];
		}),
		comparisons: matching.comparisons.map(({ comparison, column, levels }) => ({
			output_column_name: comparison,
			comparison_levels: [nullLevel(column), ...levels.map((level) => splinkLevel(column, level))],
		})),
	};
}

function nullLevel(column: MatchColumn) {
	const missing = (name: string) => (name === 'generation' ? `"${name}_l" IS NULL AND "${name}_r" IS NULL` : `"${name}_l" IS NULL OR "${name}_r" IS NULL`);
	const sql = column === 'address' ? ['street', 'postal_code', 'city'].map((name) => `(${missing(name)})`).join(' AND ') : missing(column);
	return { sql_condition: sql, label_for_charts: 'missing', is_null_level: true };
}

function splinkLevel(column: MatchColumn, { kind, threshold, label, m, u, termFrequency, fixed }: ComparisonLevel) {
	return {
		sql_condition: toSql(column, kind, threshold),
		label_for_charts: label,
		m_probability: m,
		u_probability: u,
		...(fixed && { fix_m_probability: true, fix_u_probability: true }),
		...(termFrequency && { tf_adjustment_column: column === 'address' ? 'city' : column, tf_adjustment_weight: 1 }),
	};
}

/** A model read from Splink settings, and what of them has no counterpart here. */
export interface SplinkImport {
	matching: MatchingModel;
	/** Comparisons and levels that were left out, in words. */
	ignored: string[];
}

/** Usual names of columns in Splink's examples. */
const COLUMN_NAMES: Readonly<Record<string, MatchColumn>> = {
	first_name: 'given_name', forename: 'given_name', firstname: 'given_name', surname: 'family_name', last_name: 'family_name', dob: 'birth_date',
	date_of_birth: 'birth_date', postcode: 'postal_code', zip: 'postal_code', postcode_fake: 'postal_code', town: 'city', phone_number: 'phone', company: 'company_name',
};

/**
 * Reads Splink settings as the model of one entity; the other entity, thresholds and blocking rules stay as shipped.
 * @throws Error when it is no settings document, or a level has no probabilities because it was never trained
 */
export function fromSplinkSettings(json: unknown, entity: Entity = 'person'): SplinkImport {
	const parsed = settingsSchema.safeParse(json);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		throw new Error(`These are no Splink settings: ${issue?.path.join('.') || 'the document'}: ${issue?.message ?? 'unknown'}.`);
	}
	const ignored: string[] = [];
	const comparisons = parsed.data.comparisons.flatMap(({ output_column_name: name, comparison_levels: levels }): Comparison[] => {
		const column = COLUMN_NAMES[name] ?? matchColumnSchema.safeParse(name).data;
		if (column === undefined) {
			ignored.push(`comparison "${name}": no such column here`);
			return [];
		}
		const read = levels.filter((level) => !level.is_null_level).flatMap((level) => readLevel(name, column, level, ignored));
		if (read.at(-1)?.kind === 'else' && read.length > 1) return [{ comparison: name, column, levels: read }];
		ignored.push(`comparison "${name}": no level of it is known here`);
		return [];
	});
	if (comparisons.length === 0) throw new Error(`None of the comparisons in these Splink settings is known here: ${ignored.join('; ')}.`);
	const shipped = shippedMatching();
	return { matching: { ...shipped, [entity]: { ...shipped[entity], prior: parsed.data.probability_two_random_records_match, comparisons } }, ignored };
}

function readLevel(name: string, column: MatchColumn, level: z.infer<typeof levelSchema>, ignored: string[]): ComparisonLevel[] {
	const found = fromSql(column, level.sql_condition);
	if (!found || !levelTest(column, found.kind)) {
		ignored.push(`comparison "${name}", level "${level.label_for_charts ?? level.sql_condition}": its SQL is not known here`);
		return [];
	}
	const { m_probability: m, u_probability: u } = level;
	if (typeof m !== 'number' || typeof u !== 'number' || m <= 0 || u <= 0) {
		throw new Error(`In the Splink settings the level "${level.label_for_charts ?? level.sql_condition}" of "${name}" has no m and u probability. Train the model in Splink first.`);
	}
	return [{ ...found, label: level.label_for_charts ?? found.kind, m, u, ...(level.tf_adjustment_column ? { termFrequency: true } : {}), ...(level.fix_m_probability === true && { fixed: true }) }];
}
