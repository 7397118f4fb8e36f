import { z } from 'zod/v4';

/** An amount in the currency's minor unit (cents; yen have none), with its ISO 4217 code in upper case. */
export const moneySchema = z.object({ minor: z.number().int(), currency: z.string().length(3) });
export type Money = z.infer<typeof moneySchema>;

/**
 * Something that happened to an entity, in words that are the same for every system.
 * - `invoice`: status `paid`, `open`, `failed` (a payment was tried and refused), `void`, `refunded`; `amount` is what was or is to be paid.
 * - `subscription`: status `active`, `trialing`, `past_due`, `canceled`; `monthly` is its recurring amount for a month.
 * - `ticket`: status `open`, `pending`, `solved`; `at` is when it was created.
 */
export const activitySchema = z.object({
	type: z.enum(['invoice', 'subscription', 'ticket']),
	status: z.string().min(1),
	/** ISO 8601: when it happened (paid, started, created). */
	at: z.string(),
	endedAt: z.string().optional(),
	amount: moneySchema.optional(),
	monthly: moneySchema.optional(),
	title: z.string().optional(),
	priority: z.string().optional(),
});
export type Activity = z.infer<typeof activitySchema>;
