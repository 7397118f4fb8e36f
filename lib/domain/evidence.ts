import { z } from 'zod/v4';

/** Where a record stands in the store: a small integer that never changes for a given reference. */
export type RecordNo = number;

/** One line of an explanation: which comparison, at which level, adding how much (log2 Bayes factor; negative speaks against). */
export const comparisonResultSchema = z.object({
	comparison: z.string(),
	level: z.string(),
	weight: z.number(),
	/** The shared value, for people who may see it. */
	value: z.string().optional(),
});
export type ComparisonResult = z.infer<typeof comparisonResultSchema>;

/** `match` joins, `review` asks a person. */
export const outcomeSchema = z.enum(['match', 'review']);
export type Outcome = z.infer<typeof outcomeSchema>;

/** Why two records may be one: an edge between them. `a < b`, and one edge per pair and rule. */
export const evidenceSchema = z.object({
	a: z.number().int(),
	b: z.number().int(),
	rule: z.string(),
	/** Match weight: log2 of the Bayes factor. */
	weight: z.number(),
	outcome: outcomeSchema,
	/** Version of the identity model that gave the weight. */
	modelVersion: z.number().int(),
	/** ISO 8601. */
	at: z.string(),
	comparisons: z.array(comparisonResultSchema),
});
export type Evidence = z.infer<typeof evidenceSchema>;
