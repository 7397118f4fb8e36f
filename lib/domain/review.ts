import { z } from 'zod/v4';

/** A question for a person: are these two records one? Open until answered or moot (joined or gone by other means). */
export const reviewStatusSchema = z.enum(['open', 'answered', 'moot']);
export type ReviewStatus = z.infer<typeof reviewStatusSchema>;

export const reviewTaskSchema = z.object({
	id: z.number().int(),
	a: z.number().int(),
	b: z.number().int(),
	rule: z.string(),
	weight: z.number(),
	status: reviewStatusSchema,
	createdAt: z.string(),
	closedAt: z.string().optional(),
});
export type ReviewTask = z.infer<typeof reviewTaskSchema>;
