import { z } from 'zod/v4';
import { valueTypeSchema } from './attribute';
import { conditionSchema } from './condition';
import { matchingModelSchema } from './matching-model';
import { entitySchema } from './record-ref';
import { retentionSchema } from './retention';
import { MAX_NAME, textUpTo } from './text-length';

/** How one value is chosen when records disagree. */
export const survivorshipRuleSchema = z.enum([
	'system_of_record', 'most_recent', 'most_complete', 'most_frequent', 'sum', 'min', 'max', 'union',
]);
export type SurvivorshipRule = z.infer<typeof survivorshipRuleSchema>;

export const attributePolicySchema = z.object({
	label: z.string(),
	type: valueTypeSchema,
	survivorship: survivorshipRuleSchema,
	/** For `system_of_record`: systems from the most to the least trusted for this attribute; without it the model's own order counts. */
	systems: z.array(z.string()).optional(),
	/** Attributes of one group come from one and the same record (a street from here and a city from there is no address); the group's first attribute decides how. */
	group: z.string().optional(),
});
export type AttributePolicy = z.infer<typeof attributePolicySchema>;

export const identifierPolicySchema = z.object({
	label: z.string(),
	entity: entitySchema,
	/** Two records with different values are two entities, whatever else they share (a product's user ID). */
	uniqueByNature: z.boolean().default(false),
	/** More distinct people (or companies) than this share the value: it stops being evidence. */
	maxEntities: z.number().int().min(1).default(10),
});
export type IdentifierPolicy = z.infer<typeof identifierPolicySchema>;

/** One line of the churn-risk score: its points count when the condition holds. */
export const scorePointSchema = z.object({ when: conditionSchema, points: z.number(), reason: z.string() });
export type ScorePoint = z.infer<typeof scorePointSchema>;

export const segmentPolicySchema = z.object({
	name: textUpTo(MAX_NAME).regex(/^[a-z][a-z0-9_]*$/, 'a segment name has small letters, digits and underscores only'),
	label: z.string(),
	entity: z.array(entitySchema),
	when: conditionSchema,
});
export type SegmentPolicy = z.infer<typeof segmentPolicySchema>;

/** The one document that says who is who, which system wins, what is counted and who belongs to which segment. Versioned in the store. */
export const identityModelSchema = z.object({
	name: z.string(),
	/** ISO 4217; metrics are in this currency. */
	reportingCurrency: z.string().length(3),
	/** Value of one unit of another currency in the reporting currency, e.g. `{ "USD": 0.92 }`. Amounts in a currency that is not listed are left out and the metric says so. */
	exchangeRates: z.record(z.string().length(3), z.number().positive()),
	/** ISO 3166 alpha-2 for phone numbers without a country code. */
	defaultCountry: z.string().length(2),
	/** Systems from the most to the least trusted. */
	systems: z.array(z.string()),
	attributes: z.record(z.string(), attributePolicySchema),
	identifiers: z.record(z.string(), identifierPolicySchema),
	/** Comparisons, their weights, thresholds and blocking rules. */
	matching: matchingModelSchema,
	/** Values that never are evidence, beside the built-in placeholders. */
	blockedValues: z.array(z.object({ kind: z.string(), value: z.string() })),
	score: z.object({ name: z.string(), points: z.array(scorePointSchema) }),
	segments: z.array(segmentPolicySchema),
	/** How long what only grows is kept. */
	retention: retentionSchema.optional(),
});
export type IdentityModel = z.infer<typeof identityModelSchema>;

export interface VersionedModel {
	version: number;
	createdAt: string;
	actor: string;
	model: IdentityModel;
}
