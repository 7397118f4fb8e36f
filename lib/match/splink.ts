import type { Comparison, ComparisonLevel, Entity, EntityMatching, MatchColumn, MatchingModel } from '../domain';
import { matchColumnSchema } from '../domain';
import { blockingRule } from './blocking';
import { levelTest } from './level-kinds';
import { shippedMatching } from './shipped-matching';
import { fromLibrarySql } from './splink-library-sql';
import { splinkBlocking, termFrequencyColumn } from './splink-rows';
import { parseSplinkSettings, type SplinkLevel, type SplinkSettings } from './splink-settings';
import { fromOwnSql, nullSql, toSql, twoScriptsSql } from './splink-sql';

/**
 * The model of one entity as Splink settings for DuckDB; rows for it are made by `toSplinkRow`.
 * What reservations and thresholds say has no place in them.
 */
export function toSplinkSettings(matching: EntityMatching, entity: Entity): SplinkSettings {
	return {
		link_type: 'dedupe_only',
		sql_dialect: 'duckdb',
		probability_two_random_records_match: matching.prior,
		unique_id_column_name: 'unique_id',
		source_dataset_column_name: 'source_dataset',
		retain_matching_columns: true,
		retain_intermediate_calculation_columns: true,
		additional_columns_to_retain: [],
		em_convergence: 0.0001,
		max_iterations: 25,
		blocking_rules_to_generate_predictions: splinkBlocking(matching, entity),
		comparisons: matching.comparisons.map(({ comparison, column, levels }) => ({
			output_column_name: comparison,
			comparison_description: comparison === column ? comparison : `${comparison} (${column})`,
			comparison_levels: [
				{ sql_condition: nullSql(column), label_for_charts: 'missing', is_null_level: true },
				...levels.slice(0, -1).map((level) => splinkLevel(column, level)),
				...twoScripts(column),
				...levels.slice(-1).map((level) => splinkLevel(column, level)),
			],
		})),
	};
}

function twoScripts(column: MatchColumn): SplinkLevel[] {
	const sql = twoScriptsSql(column);
	return sql === undefined ? [] : [{ sql_condition: sql, label_for_charts: 'not alike in two scripts', is_null_level: true }];
}

function splinkLevel(column: MatchColumn, { kind, threshold, label, m, u, termFrequency, fixed }: ComparisonLevel): SplinkLevel {
	return {
		sql_condition: toSql(column, kind, threshold),
		label_for_charts: label,
		m_probability: m,
		u_probability: u,
		...(fixed && { fix_m_probability: true, fix_u_probability: true }),
		// Splink looks for a level that is a plain "=" to take the usual u from; this level says that it is its own.
		...(termFrequency && { tf_adjustment_column: termFrequencyColumn(column), tf_adjustment_weight: 1, disable_tf_exact_match_detection: true }),
	};
}

/** A model read from Splink settings, and what of them has no exact counterpart here. */
export interface SplinkImport {
	matching: MatchingModel;
	/** Comparisons and levels that were left out, in words. */
	ignored: string[];
	/** What was read although it means a little less or more here, in words. The weights are those of the file. */
	different: string[];
}

/** Usual names of columns in Splink's examples. */
const COLUMN_NAMES: Readonly<Record<string, MatchColumn>> = {
	first_name: 'given_name', forename: 'given_name', forename1: 'given_name', firstname: 'given_name', given_names: 'given_name',
	surname: 'family_name', last_name: 'family_name', lastname: 'family_name',
	dob: 'birth_date', date_of_birth: 'birth_date', birthdate: 'birth_date',
	postcode: 'postal_code', zip: 'postal_code', zip_code: 'postal_code', zipcode: 'postal_code', postcode_fake: 'postal_code',
	town: 'city', phone_number: 'phone', telephone: 'phone', mobile: 'phone', email_address: 'email', street_address: 'street', address_line_1: 'street',
	company: 'company_name', organisation_name: 'company_name', organization_name: 'company_name', website: 'company_domain', web_domain: 'company_domain',
};

/** What a probability of 0 counts as. Source: M_U_CLAMP_MIN in Splink's comparison_level.py. */
const SMALLEST = 1e-10;

/**
 * Reads Splink settings (of version 4 or 3, and the saved models of version 2) as the model of one entity; the other entity and thresholds stay
 * as shipped, and blocking rules do unless they are ours.
 * @throws Error when it is no settings document, nothing in it is known, or it was never trained
 */
export function fromSplinkSettings(json: unknown, entity: Entity = 'person'): SplinkImport {
	const settings = parseSplinkSettings(json);
	if (!settings.comparisons.some(({ comparison_levels: levels }) => levels.some(isTrained))) {
		throw new Error('No level in these Splink settings has an m and u probability. Train the model in Splink first.');
	}
	const [ignored, different]: [string[], string[]] = [[], []];
	const comparisons = settings.comparisons.flatMap(({ output_column_name: name, comparison_levels: levels, comparison_description: description }): Comparison[] => {
		const column = columnOf(name, description, levels);
		if (column === undefined) {
			ignored.push(`comparison "${name}": no such column here`);
			return [];
		}
		const read = levels.filter((level) => !level.is_null_level).flatMap((level) => readLevel(name, column, level, { ignored, different }));
		if (read.at(-1)?.kind === 'else' && read.length > 1) return [{ comparison: name, column, levels: read }];
		ignored.push(`comparison "${name}": no level of it is known here`);
		return [];
	});
	if (comparisons.length === 0) throw new Error(`None of the comparisons in these Splink settings is known here: ${ignored.join('; ')}.`);
	const shipped = shippedMatching();
	const blocking = ownBlocking(settings, entity) ?? shipped[entity].blocking;
	return {
		matching: { ...shipped, [entity]: { ...shipped[entity], prior: settings.probability_two_random_records_match, comparisons, blocking } },
		ignored,
		different,
	};
}

/** By the comparison's name, by the column that our description names, or by the only column that its conditions look at. */
function columnOf(name: string, description: unknown, levels: readonly SplinkLevel[]): MatchColumn | undefined {
	const described = typeof description === 'string' ? /\((\w+)\)$/.exec(description)?.[1] : undefined;
	const used = new Set(levels.flatMap(({ sql_condition: sql }) => [...sql.matchAll(/\b(\w+?)_[lr]\b/gi)].map(([, column = '']) => column)));
	for (const candidate of [described, name, ...(used.size === 1 ? used : [])]) {
		const key = candidate?.trim().toLowerCase().replace(/\W+/g, '_');
		const column = key === undefined ? undefined : (matchColumnSchema.safeParse(key).data ?? COLUMN_NAMES[key]);
		if (column) return column;
	}
	return undefined;
}

function isTrained({ m_probability: m, u_probability: u }: SplinkLevel): boolean {
	return typeof m === 'number' && typeof u === 'number';
}

function readLevel(name: string, column: MatchColumn, level: SplinkLevel, { ignored, different }: Pick<SplinkImport, 'ignored' | 'different'>): ComparisonLevel[] {
	const place = `comparison "${name}", level "${level.label_for_charts ?? level.sql_condition}"`;
	const found: ReturnType<typeof fromLibrarySql> = fromOwnSql(column, level.sql_condition) ?? fromLibrarySql(column, level.sql_condition);
	if (!found || !levelTest(column, found.kind)) {
		ignored.push(`${place}: its SQL is not known here`);
		return [];
	}
	const { m_probability: m, u_probability: u, tf_adjustment_column: frequency, tf_adjustment_weight: share = 1, tf_minimum_u_value: least } = level;
	if (typeof m !== 'number' || typeof u !== 'number') {
		ignored.push(`${place}: it was not seen in training and has no m and u probability`);
		return [];
	}
	const { differs, ...kind } = found;
	if (differs !== undefined) different.push(`${place}: ${differs}`);
	if (m === 0 || u === 0) different.push(`${place}: a probability of 0 is taken for ${SMALLEST}, as Splink does`);
	const termFrequency = Boolean(frequency) && share !== 0;
	if (termFrequency && share !== 1 && share !== null) different.push(`${place}: the term frequency counts in full here, not to ${share}`);
	if (termFrequency && least) different.push(`${place}: the least u of a rare value is counted from the data here, not ${least}`);
	return [{
		...kind,
		label: level.label_for_charts ?? kind.kind,
		m: m || SMALLEST,
		u: u || SMALLEST,
		...(termFrequency && { termFrequency: true }),
		...(level.fix_m_probability === true && { fixed: true }),
	}];
}

/** The names of our blocking rules in the settings; undefined when there are none. */
function ownBlocking({ blocking_rules_to_generate_predictions: rules = [] }: SplinkSettings, entity: Entity): string[] | undefined {
	const columns = [...JSON.stringify(rules).matchAll(/\bl\.\\"blocking_(\w+)\\"/g)].map(([, rule = '']) => rule);
	return columns.length === 0 ? undefined : columns.filter((name) => blockingRule(entity, name));
}
