import { z } from 'zod/v4';

const levelSchema = z.looseObject({
	sql_condition: z.string(),
	label_for_charts: z.string().optional(),
	m_probability: z.number().min(0).max(1).nullish(),
	u_probability: z.number().min(0).max(1).nullish(),
	is_null_level: z.boolean().nullish(),
	tf_adjustment_column: z.string().nullish(),
	tf_adjustment_weight: z.number().nullish(),
	tf_minimum_u_value: z.number().nullish(),
});
const settingsSchema = z.looseObject({
	probability_two_random_records_match: z.number().positive().lt(1),
	comparisons: z.array(z.looseObject({ output_column_name: z.string(), comparison_levels: z.array(levelSchema) })).min(1),
	blocking_rules_to_generate_predictions: z.array(z.unknown()).optional(),
});
/**
 * Settings of Splink 4, as its `linker.misc.save_model_to_json` writes them.
 * Source: https://moj-analytical-services.github.io/splink/api_docs/settings_dict_guide.html
 */
export type SplinkSettings = z.infer<typeof settingsSchema>;
export type SplinkLevel = z.infer<typeof levelSchema>;

const oldColumnSchema = z.looseObject({
	col_name: z.string().optional(),
	custom_name: z.string().optional(),
	case_expression: z.string(),
	m_probabilities: z.array(z.number()),
	u_probabilities: z.array(z.number()),
	term_frequency_adjustments: z.boolean().optional(),
	tf_adjustment_weights: z.array(z.number()).optional(),
	fix_m_probabilities: z.boolean().optional(),
});
/** Settings of Splink 2, where a comparison is one CASE expression and the probabilities stand in the order of its numbers. */
const oldSettingsSchema = z.looseObject({ proportion_of_matches: z.number(), comparison_columns: z.array(oldColumnSchema).min(1) });
const savedOldSchema = z.looseObject({ current_settings_dict: oldSettingsSchema });

/** Whether a document is meant to be Splink settings, of version 2 or later; whether they are in order is another question. */
export function isSplinkSettings(document: unknown): boolean {
	return typeof document === 'object' && document !== null && ['comparisons', 'comparison_columns', 'current_settings_dict'].some((key) => key in document);
}

/** @throws Error that names the place when the document is no settings */
export function parseSplinkSettings(document: unknown): SplinkSettings {
	const old = savedOldSchema.safeParse(document).data?.current_settings_dict ?? oldSettingsSchema.safeParse(document).data;
	const parsed = settingsSchema.safeParse(old ? fromOldSettings(old) : document);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	throw new Error(`These are no Splink settings: ${issue?.path.join('.') || 'the document'}: ${issue?.message ?? 'unknown'}.`);
}

function fromOldSettings({ proportion_of_matches: prior, comparison_columns: columns }: z.infer<typeof oldSettingsSchema>): unknown {
	return {
		probability_two_random_records_match: prior,
		comparisons: columns.map((column) => ({ output_column_name: column.custom_name ?? column.col_name ?? '', comparison_levels: levelsOf(column) })),
	};
}

function levelsOf(column: z.infer<typeof oldColumnSchema>): SplinkLevel[] {
	const text = column.case_expression.replace(/\s+/g, ' ');
	const branches = [...text.matchAll(/\bwhen (.+?) then (-?\d+)/gi)].map(([, sql = '', number]): [string, number] => [sql, Number(number)]);
	const rest = /\belse (-?\d+) end\b/i.exec(text)?.[1];
	if (rest !== undefined) branches.push(['ELSE', Number(rest)]);
	return branches.map(([sql, number]) => {
		if (number < 0) return { sql_condition: sql, is_null_level: true };
		const adjusted = column.term_frequency_adjustments === true && (column.tf_adjustment_weights?.[number] ?? 0) > 0;
		return {
			sql_condition: sql,
			label_for_charts: sql === 'ELSE' ? 'All other comparisons' : sql,
			m_probability: column.m_probabilities[number],
			u_probability: column.u_probabilities[number],
			...(adjusted && { tf_adjustment_column: column.col_name, tf_adjustment_weight: column.tf_adjustment_weights?.[number] }),
			...(column.fix_m_probabilities === true && { fix_m_probability: true }),
		};
	});
}
