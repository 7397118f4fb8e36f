import { z } from 'zod/v4';
import { recordRefSchema } from './record-ref';

/** What a person said of two records; always wins over evidence. A newer decision on the same pair supersedes the older one; both are kept. */
export const verdictSchema = z.enum(['same', 'different']);
export type Verdict = z.infer<typeof verdictSchema>;

export const decisionSchema = z.object({
	a: recordRefSchema,
	b: recordRefSchema,
	verdict: verdictSchema,
	actor: z.string().min(1),
	reason: z.string(),
	/** ISO 8601; with equal times `different` wins. */
	at: z.string(),
});
export type Decision = z.infer<typeof decisionSchema>;

/** Takes back what was decided on the pair: from `at` on nobody has said anything of it. Loses against a decision of the same time. */
export const withdrawalSchema = decisionSchema.extend({ verdict: z.literal('withdrawn') });
export type Withdrawal = z.infer<typeof withdrawalSchema>;

/** One line of what was ever decided. A withdrawal supersedes and is superseded like a decision, and is never in force itself. */
export type DecisionEntry = Decision | Withdrawal;
