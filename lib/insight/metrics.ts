import type { Activity, IdentityModel, MetricValue, Money } from '../domain';
import { roundMoney, toReportingCurrency } from './money';

const DAY_MS = 86_400_000;
/** How far back "recent" reaches, in days. */
const RECENT_TICKET_DAYS = 30;
const FAILED_PAYMENT_DAYS = 90;

/** What a figure holds; a text is one of our own words. */
interface MetricDefinition {
	label: string;
	type: 'number' | 'date' | 'text';
}

/** The figures there are, by the names that conditions and destinations use. */
export const METRICS = {
	lifetime_value: { label: 'Lifetime value', type: 'number' },
	monthly_recurring_revenue: { label: 'Monthly recurring revenue', type: 'number' },
	subscription_status: { label: 'Subscription status', type: 'text' },
	last_payment_at: { label: 'Last payment', type: 'date' },
	days_since_last_payment: { label: 'Days since last payment', type: 'number' },
	failed_payments: { label: `Failed payments in ${FAILED_PAYMENT_DAYS} days`, type: 'number' },
	open_tickets: { label: 'Open tickets', type: 'number' },
	recent_tickets: { label: `Tickets in ${RECENT_TICKET_DAYS} days`, type: 'number' },
	last_ticket_at: { label: 'Last ticket', type: 'date' },
	churn_risk: { label: 'Churn risk', type: 'number' },
	churn_reasons: { label: 'Churn reasons', type: 'text' },
} as const satisfies Record<string, MetricDefinition>;
export type MetricName = keyof typeof METRICS;
export type Metrics = Record<string, MetricValue>;

/**
 * Computes the figures of one profile from its activities. Pure.
 * Money is in the reporting currency's major unit, dates are `YYYY-MM-DD` in UTC, days are calendar days in UTC up to `now`.
 * A figure without any basis (no payment ever) is null, so that a condition on it does not hold.
 * @param now milliseconds since 1970
 */
export function computeMetrics(activities: readonly Activity[], model: IdentityModel, now: number): Metrics {
	const invoices = activities.filter((activity) => activity.type === 'invoice');
	const subscriptions = activities.filter((activity) => activity.type === 'subscription');
	const tickets = activities.filter((activity) => activity.type === 'ticket');
	return { ...paymentMetrics(invoices, model, now), ...subscriptionMetrics(subscriptions, model), ...ticketMetrics(tickets, now) };
}

function paymentMetrics(invoices: readonly Activity[], model: IdentityModel, now: number): Metrics {
	const paid = invoices.filter(({ status }) => status === 'paid');
	const total = sum(paid.map(({ amount }) => amount), model);
	const lastPaid = latest(paid);
	const failed = invoices.filter(({ status, at }) => status === 'failed' && daysBetween(at, now) <= FAILED_PAYMENT_DAYS);
	return {
		lifetime_value: {
			value: invoices.length === 0 ? null : total.value,
			reasons: [`${paid.length} paid ${plural(paid.length, 'invoice')}`, ...total.notes],
		},
		last_payment_at: { value: lastPaid?.slice(0, 10) ?? null, reasons: [] },
		days_since_last_payment: { value: lastPaid === undefined ? null : daysBetween(lastPaid, now), reasons: [] },
		failed_payments: { value: invoices.length === 0 ? null : failed.length, reasons: failed.map(({ at }) => `refused on ${at.slice(0, 10)}`).sort() },
	};
}

function subscriptionMetrics(subscriptions: readonly Activity[], model: IdentityModel): Metrics {
	const running = subscriptions.filter(({ status }) => status === 'active' || status === 'past_due');
	const monthly = sum(running.map((subscription) => subscription.monthly), model);
	const statuses = ['past_due', 'active', 'trialing', 'canceled'];
	const worst = statuses.find((status) => subscriptions.some((subscription) => subscription.status === status));
	return {
		monthly_recurring_revenue: {
			value: subscriptions.length === 0 ? null : monthly.value,
			reasons: [`${running.length} running ${plural(running.length, 'subscription')}`, ...monthly.notes],
		},
		subscription_status: { value: worst ?? null, reasons: [] },
	};
}

function ticketMetrics(tickets: readonly Activity[], now: number): Metrics {
	const open = tickets.filter(({ status }) => status === 'open' || status === 'pending');
	const recent = tickets.filter(({ at }) => daysBetween(at, now) <= RECENT_TICKET_DAYS);
	return {
		open_tickets: { value: tickets.length === 0 ? null : open.length, reasons: [] },
		recent_tickets: { value: tickets.length === 0 ? null : recent.length, reasons: [] },
		last_ticket_at: { value: latest(tickets)?.slice(0, 10) ?? null, reasons: [] },
	};
}

function sum(amounts: readonly (Money | undefined)[], model: IdentityModel): { value: number; notes: string[] } {
	let total = 0;
	const missing = new Set<string>();
	for (const amount of amounts) {
		if (!amount) continue;
		const value = toReportingCurrency(amount, model);
		if (value === undefined) missing.add(amount.currency);
		else total += value;
	}
	return {
		value: roundMoney(total, model),
		notes: [...missing].sort().map((currency) => `amounts in ${currency} are left out: the identity model has no exchange rate for it`),
	};
}

function latest(activities: readonly Activity[]): string | undefined {
	return activities.map(({ at }) => at).sort().at(-1);
}

/** Calendar days in UTC, so that figures change at midnight and at no other time. */
function daysBetween(at: string, now: number): number {
	return Math.max(0, Math.floor(now / DAY_MS) - Math.floor(Date.parse(at) / DAY_MS));
}

function plural(count: number, word: string): string {
	return count === 1 ? word : `${word}s`;
}
