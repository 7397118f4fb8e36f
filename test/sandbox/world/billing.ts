import { DAY, iso, type Times } from './clock';
import { RATES } from './rates';
import type { Random } from './random';
import type { SeedInvoice, SeedPerson, SeedSubscription } from './types';
import type { VendorIds } from './vendor-id';

export interface BillingSources {
	random: Random;
	ids: VendorIds;
	times: Times;
}

const MONTHLY_PRICES = [[900, 20], [1900, 30], [4900, 25], [9900, 15], [24900, 8], [99900, 2]] as const;
const MONTH = 30 * DAY;

/** What a customer bought in the last 24 months. Amounts are in the currency's minor unit. */
export function billingOf(
	customer: SeedPerson,
	currency: string,
	sources: BillingSources,
): { subscriptions: SeedSubscription[]; invoices: SeedInvoice[] } {
	const { random } = sources;
	const kind = random.weighted([['subscribes', RATES.subscribes], ['paysOnce', RATES.paysOnce], ['nothing', 1 - RATES.subscribes - RATES.paysOnce]]);
	if (kind === 'nothing') return { subscriptions: [], invoices: [] };
	if (kind === 'paysOnce') return { subscriptions: [], invoices: singlePayments(customer, currency, sources) };
	const subscription = subscriptionOf(customer, currency, sources);
	return { subscriptions: [subscription], invoices: monthlyInvoices(subscription, sources) };
}

function subscriptionOf(customer: SeedPerson, currency: string, { random, ids, times }: BillingSources): SeedSubscription {
	const earliest = Math.max(Date.parse(customer.createdAt), times.now - 24 * MONTH);
	const status = random.weighted(RATES.subscriptionStatus);
	const started = times.between(status === 'trialing' ? Math.max(earliest, times.now - 14 * DAY) : earliest, times.now - 3_600_000);
	return {
		id: ids.subscription(),
		customerId: customer.id,
		status,
		monthlyMinor: random.weighted(MONTHLY_PRICES),
		currency,
		startedAt: iso(started),
		canceledAt: status === 'canceled' ? iso(times.between(started, times.now)) : null,
	};
}

/** One a month since the start; when payment is overdue the last one or two failed. */
function monthlyInvoices(subscription: SeedSubscription, { random, ids, times }: BillingSources): SeedInvoice[] {
	if (subscription.status === 'trialing') return [];
	const end = subscription.canceledAt === null ? times.now : Date.parse(subscription.canceledAt);
	const dates: number[] = [];
	for (let date = Date.parse(subscription.startedAt); date <= end; date += MONTH) dates.push(date);
	const failsNow = subscription.status === 'active' && random.chance(RATES.paymentFails);
	const failing = subscription.status === 'past_due' ? random.integer(1, 2) : Number(failsNow);
	return dates.map((date, index): SeedInvoice => {
		const last = index >= dates.length - failing;
		const status: SeedInvoice['status'] = last ? 'failed' : random.weighted<SeedInvoice['status']>([['paid', 0.97], ['open', 0.02], ['void', 0.01]]);
		return invoice(ids.invoice(), subscription.customerId, status, subscription.monthlyMinor, subscription.currency, date, times);
	});
}

function singlePayments(customer: SeedPerson, currency: string, { random, ids, times }: BillingSources): SeedInvoice[] {
	const earliest = Math.max(Date.parse(customer.createdAt), times.now - 24 * MONTH);
	return Array.from({ length: random.integer(1, 4) }, () => {
		const status = random.weighted<SeedInvoice['status']>([['paid', 0.9], ['failed', RATES.paymentFails], ['open', 0.03], ['void', 0.02]]);
		return invoice(ids.invoice(), customer.id, status, random.integer(990, 48_000), currency, times.between(earliest, times.now), times);
	}).sort((a, b) => a.createdAt.localeCompare(b.createdAt));
}

function invoice(
	id: string,
	customerId: string,
	status: SeedInvoice['status'],
	amountMinor: number,
	currency: string,
	date: number,
	times: Times,
): SeedInvoice {
	const paid = status === 'paid' ? iso(Math.min(times.between(date, date + 2 * DAY), times.now)) : null;
	return { id, customerId, status, amountMinor, currency, createdAt: iso(date), paidAt: paid };
}
