import type { Money } from '../../domain';

/**
 * Stripe's smallest unit is the currency's minor unit except here: kronur and shillings, which have none, are given with two decimals,
 * and ariary, which have one, are given without.
 * https://docs.stripe.com/currencies#special-cases
 */
const MINOR_UNITS_IN_ONE: Record<string, number> = { ISK: 1 / 100, UGX: 1 / 100, MGA: 100 };

/** An amount of Stripe's as ours; fractions of a minor unit are rounded. */
export function moneyOf(amount: number, currency: string): Money {
	const code = currency.toUpperCase();
	return { minor: Math.round(amount * (MINOR_UNITS_IN_ONE[code] ?? 1)), currency: code };
}
