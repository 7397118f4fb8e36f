import { z } from 'zod/v4';

const interval = z.enum(['day', 'week', 'month', 'year']);

/** A subscription's item; `plan` is the older form of `price`, which events of old accounts still have. */
export const subscriptionItemSchema = z.object({
	quantity: z.number().nullish(),
	price: z
		.object({
			currency: z.string().nullish(),
			unit_amount: z.number().nullish(),
			unit_amount_decimal: z.string().nullish(),
			transform_quantity: z.object({ divide_by: z.number().positive(), round: z.string() }).nullish(),
			recurring: z.object({ interval, interval_count: z.number().int().positive(), usage_type: z.string().nullish() }).nullish(),
		})
		.nullish(),
	plan: z
		.object({
			amount: z.number().nullish(),
			amount_decimal: z.string().nullish(),
			interval,
			interval_count: z.number().int().positive(),
			usage_type: z.string().nullish(),
		})
		.nullish(),
});
type Item = z.infer<typeof subscriptionItemSchema>;

/** How often an interval comes in a month, on the average of a year of 365 days. */
const PER_MONTH: Record<z.infer<typeof interval>, number> = { day: 365 / 12, week: 365 / 7 / 12, month: 1, year: 1 / 12 };

/**
 * What the items of a subscription come to in a month, in Stripe's smallest unit, not rounded.
 * Metered usage, and tiers, have no fixed amount and count 0.
 * https://docs.stripe.com/api/prices/object
 */
export function monthlyAmount(items: readonly Item[]): number {
	return items.reduce((sum, item) => sum + monthlyOfItem(item), 0);
}

function monthlyOfItem(item: Item): number {
	const recurring = item.price?.recurring ?? item.plan;
	if (!recurring || recurring.usage_type === 'metered') return 0;
	const amount = item.price
		? (item.price.unit_amount ?? decimal(item.price.unit_amount_decimal))
		: (item.plan?.amount ?? decimal(item.plan?.amount_decimal));
	return (amount * units(item) * PER_MONTH[recurring.interval]) / recurring.interval_count;
}

/** A price for a package of several counts packages. */
function units(item: Item): number {
	const quantity = item.quantity ?? 1;
	const packages = item.price?.transform_quantity;
	if (!packages) return quantity;
	return packages.round === 'up' ? Math.ceil(quantity / packages.divide_by) : Math.floor(quantity / packages.divide_by);
}

/** Prices of a fraction of a cent have only the decimal form. */
function decimal(text: string | null | undefined): number {
	const value = Number(text ?? 0);
	return Number.isFinite(value) ? value : 0;
}
