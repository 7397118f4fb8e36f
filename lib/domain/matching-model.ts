import { z } from 'zod/v4';

/** What a comparison looks at. `address` is street, postal code and town together; `identifier` is every identifier but emails, phones and web domains. */
export const matchColumnSchema = z.enum([
	'given_name', 'family_name', 'generation', 'birth_date', 'email', 'phone', 'address', 'street', 'postal_code', 'city', 'identifier',
	'company_name', 'company_domain',
]);
export type MatchColumn = z.infer<typeof matchColumnSchema>;

/** How a comparison level tests a pair; which columns each can be used for stands in lib/match/level-kinds.ts. */
export const levelKindSchema = z.enum([
	'exact', 'nickname', 'initial', 'part_of', 'phonetic', 'swapped', 'one_field', 'jaro_winkler', 'levenshtein', 'damerau_levenshtein',
	'swapped_day_month', 'two_fields', 'days_apart',
	'role_mailbox', 'mailbox_alike', 'local_part', 'local_part_of_name', 'same_domain', 'last_digits',
	'street_and_postal', 'street_alike', 'street', 'postal', 'city', 'city_alike', 'words_within', 'words_in_common', 'contains', 'one_only', 'else',
]);
export type LevelKind = z.infer<typeof levelKindSchema>;

/** One level of a comparison. The first level of the list that holds for a pair is the pair's level. */
export const comparisonLevelSchema = z.object({
	kind: levelKindSchema,
	/** Similarity from 0 to 1, number of edits, digits or days; for the kinds that need one. */
	threshold: z.number().optional(),
	label: z.string(),
	/** Probability of this level among pairs that are one, where neither value is missing. */
	m: z.number().positive().max(1),
	/** The same among pairs that are not one. */
	u: z.number().positive().max(1),
	/** The frequency of the shared value takes the place of `u`. */
	termFrequency: z.boolean().optional(),
	/** Training leaves m and u as they are: the level depends on another comparison, so that counting it by itself would count twice. */
	fixed: z.boolean().optional(),
});
export type ComparisonLevel = z.infer<typeof comparisonLevelSchema>;

export const comparisonSchema = z.object({
	comparison: z.string(),
	column: matchColumnSchema,
	levels: z.array(comparisonLevelSchema).min(2),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** How frequent the values of a column are among records, as counted when the model was trained. */
export const termFrequenciesSchema = z.object({
	column: matchColumnSchema,
	/** Frequency of every value that is not listed. */
	floor: z.number().positive().max(1),
	/** The most frequent values. */
	values: z.array(z.tuple([z.string(), z.number().positive().max(1)])),
});
export type TermFrequencies = z.infer<typeof termFrequenciesSchema>;

/** Who matches whom among records of one entity, after Fellegi and Sunter (1969), in Splink's words. */
export const entityMatchingSchema = z
	.object({
		/** Probability that two random records are one. */
		prior: z.number().positive().lt(1),
		comparisons: z.array(comparisonSchema).min(1),
		/** Match weights (log2 of the odds, prior included): from `match` on two records are joined, from `review` on a person is asked. */
		thresholds: z.object({ match: z.number(), review: z.number() }),
		/** Names of the blocking rules that propose pairs, beside shared identifiers. */
		blocking: z.array(z.string()),
		termFrequencies: z.array(termFrequenciesSchema),
		/**
		 * People with one family name, birth date and house but two given names: `apart` (the default) takes them for twins, `weighed` lets the
		 * other comparisons decide. Training chooses `weighed` where most of those that have a number of their own share it,
		 * so that a second given name is more likely a fault of the data.
		 */
		twins: z.enum(['apart', 'weighed']).optional(),
	})
	.refine(({ thresholds }) => thresholds.review <= thresholds.match, { message: 'the threshold for review is above the one for a match', path: ['thresholds'] });
export type EntityMatching = z.infer<typeof entityMatchingSchema>;

export const matchingModelSchema = z.object({ person: entityMatchingSchema, company: entityMatchingSchema });
export type MatchingModel = z.infer<typeof matchingModelSchema>;
