import { z } from 'zod/v4';
import type { Activity } from '../../domain';
import { TerminalError } from '../../transport';
import { moneyOf } from './money';
import { monthlyAmount, subscriptionItemSchema } from './monthly';
import { STRIPE } from './name';

const seconds = z.number().int();
const amount = z.number().int();

const invoiceSchema = z.object({
	id: z.string(),
	status: z.enum(['draft', 'open', 'paid', 'uncollectible', 'void']),
	created: seconds,
	currency: z.string().length(3),
	amount_due: amount,
	amount_paid: amount,
	attempt_count: z.number().int().nullish(),
	post_payment_credit_notes_amount: amount.nullish(),
	status_transitions: z.object({ paid_at: seconds.nullish() }).nullish(),
	number: z.string().nullish(),
});

/**
 * Reads an invoice. An open one whose payment was tried, and one given up as uncollectible, are `failed`. Paid and credited in full
 * afterwards is `refunded`; credited in part lowers the amount. A refund of the charge without a credit note does not show on an
 * invoice and is not seen. A draft is `draft`: nothing is asked of anybody yet.
 * https://docs.stripe.com/api/invoices/object
 * @throws TerminalError that names record and field.
 */
export function invoiceActivity(raw: Record<string, unknown>): Activity {
	const invoice = read(invoiceSchema, raw, 'invoice');
	const paid = invoice.status === 'paid';
	const credited = invoice.post_payment_credit_notes_amount ?? 0;
	const refunded = paid && credited > 0 && credited >= invoice.amount_paid;
	const paidAt = paid ? invoice.status_transitions?.paid_at : undefined;
	return {
		type: 'invoice',
		status: refunded ? 'refunded' : invoiceStatus(invoice.status, invoice.attempt_count ?? 0),
		at: iso(paidAt ?? invoice.created),
		amount: moneyOf(paid ? invoice.amount_paid - (refunded ? 0 : credited) : invoice.amount_due, invoice.currency),
		...(invoice.number && { title: invoice.number }),
	};
}

function invoiceStatus(status: z.infer<typeof invoiceSchema>['status'], attempts: number): string {
	if (status === 'uncollectible') return 'failed';
	return status === 'open' && attempts > 0 ? 'failed' : status;
}

const subscriptionSchema = z.object({
	id: z.string(),
	status: z.enum(['incomplete', 'incomplete_expired', 'trialing', 'active', 'past_due', 'canceled', 'unpaid', 'paused']),
	created: seconds,
	start_date: seconds.nullish(),
	ended_at: seconds.nullish(),
	canceled_at: seconds.nullish(),
	currency: z.string().length(3).nullish(),
	items: z.object({ data: z.array(subscriptionItemSchema) }),
});

/** Stripe's words to ours. Those that wait for a payment method are `past_due`. */
const SUBSCRIPTION_STATUS: Record<z.infer<typeof subscriptionSchema>['status'], string> = {
	incomplete: 'past_due',
	incomplete_expired: 'canceled',
	trialing: 'trialing',
	active: 'active',
	past_due: 'past_due',
	canceled: 'canceled',
	unpaid: 'past_due',
	paused: 'past_due',
};

/**
 * Stripe counts active and past due subscriptions as recurring revenue; these we call past due too, but no money comes from them.
 * https://docs.stripe.com/billing/subscriptions/analytics/glossary
 */
const NOT_RECURRING: ReadonlySet<string> = new Set(['incomplete', 'unpaid', 'paused']);

/**
 * Reads a subscription; `monthly` is what its items come to in a month before discounts and taxes.
 * https://docs.stripe.com/api/subscriptions/object
 * @throws TerminalError that names record and field.
 */
export function subscriptionActivity(raw: Record<string, unknown>): Activity {
	const subscription = read(subscriptionSchema, raw, 'subscription');
	const { status } = subscription;
	const ended = subscription.ended_at ?? (status === 'canceled' ? subscription.canceled_at : undefined);
	const currency = subscription.currency ?? subscription.items.data.find((item) => item.price?.currency)?.price?.currency;
	const monthly = NOT_RECURRING.has(status) ? 0 : monthlyAmount(subscription.items.data);
	return {
		type: 'subscription',
		status: SUBSCRIPTION_STATUS[status],
		at: iso(subscription.start_date ?? subscription.created),
		...(ended && { endedAt: iso(ended) }),
		...(currency && { monthly: moneyOf(monthly, currency) }),
	};
}

function iso(time: number): string {
	return new Date(time * 1000).toISOString();
}

function read<T>(schema: z.ZodType<T>, raw: Record<string, unknown>, object: string): T {
	const parsed = schema.safeParse(raw);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	throw new TerminalError(`the ${object} cannot be read: ${issue?.message ?? 'unknown form'}`, {
		system: STRIPE,
		operation: `read ${object}`,
		record: typeof raw.id === 'string' ? raw.id : undefined,
		field: issue?.path.join('.'),
		remedy: 'Look at this object in the Stripe Dashboard; the other records are not affected',
	});
}
