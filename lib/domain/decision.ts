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
