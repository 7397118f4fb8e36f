import type { Activity, Condition, IdentityModel } from '../../../lib/domain';
import { defaultModel } from '../../../lib/identity';
import { computeInsights, computeMetrics, describeCondition, holds, METRICS, type MetricName } from '../../../lib/insight';

const NOW = Date.parse('2026-03-10T12:00:00.000Z');
const DAY = 86_400_000;
const model = defaultModel(['crm']);
const daysAgo = (days: number) => new Date(NOW - days * DAY).toISOString();
const invoice = (status: string, days: number, minor = 1000, currency = 'USD'): Activity => ({ type: 'invoice', status, at: daysAgo(days), amount: { minor, currency } });
const subscription = (status: string, minor = 4900, currency = 'USD'): Activity => ({ type: 'subscription', status, at: daysAgo(100), monthly: { minor, currency } });
const ticket = (status: string, days: number): Activity => ({ type: 'ticket', status, at: daysAgo(days) });

const cases: { title: string; given: Activity[]; figures: Partial<Record<MetricName, number | string | null>>; now?: number }[] = [
	{ title: 'nothing ever happened: no figure is known', given: [], figures: { lifetime_value: null, monthly_recurring_revenue: null, subscription_status: null, last_payment_at: null, days_since_last_payment: null, failed_payments: null, open_tickets: null, recent_tickets: null, last_ticket_at: null } },
	{ title: 'only what was paid counts as value', given: [invoice('paid', 5, 1050), invoice('paid', 40, 1000), invoice('open', 1, 9900), invoice('failed', 1, 9900), invoice('void', 1, 9900), invoice('refunded', 1, 9900)], figures: { lifetime_value: 20.5, failed_payments: 1, last_payment_at: '2026-03-05', days_since_last_payment: 5 } },
	{ title: 'an invoice that nobody has paid yet is no payment', given: [invoice('open', 3)], figures: { lifetime_value: 0, last_payment_at: null, days_since_last_payment: null, failed_payments: 0 } },
	{ title: 'yen have no cents, dinars have three digits', given: [invoice('paid', 1, 500, 'JPY'), invoice('paid', 1, 1500, 'KWD')], figures: { lifetime_value: 500 * 0.01 + 1.5 * 3 } },
	{ title: 'cents add up without a rest', given: [invoice('paid', 1, 10), invoice('paid', 1, 20)], figures: { lifetime_value: 0.3 } },
	{ title: 'active and overdue subscriptions bring in money, the others don\'t', given: [subscription('active', 4900), subscription('past_due', 100), subscription('trialing', 7700), subscription('canceled', 7700)], figures: { monthly_recurring_revenue: 50, subscription_status: 'past_due' } },
	{ title: 'a running subscription outweighs one that was cancelled', given: [subscription('canceled'), subscription('active')], figures: { subscription_status: 'active' } },
	{ title: 'open and pending tickets are open', given: [ticket('open', 1), ticket('pending', 40), ticket('solved', 2)], figures: { open_tickets: 2, recent_tickets: 2, last_ticket_at: '2026-03-09' } },
	{ title: 'the 30th day is recent, the 31st is not', given: [ticket('solved', 30), ticket('solved', 31)], figures: { recent_tickets: 1, open_tickets: 0 } },
	{ title: 'the 90th day counts for refused payments, the 91st does not', given: [invoice('failed', 90), invoice('failed', 91)], figures: { failed_payments: 1 } },
	{ title: 'days are calendar days: one second before midnight is yesterday', given: [{ ...invoice('paid', 0), at: '2026-03-09T23:59:59.000Z' }], figures: { days_since_last_payment: 1 }, now: Date.parse('2026-03-10T00:00:01.000Z') },
	{ title: 'and the whole day is one day', given: [{ ...invoice('paid', 0), at: '2026-03-10T00:00:00.000Z' }], figures: { days_since_last_payment: 0 }, now: Date.parse('2026-03-10T23:59:59.000Z') },
	{ title: 'what lies ahead is no negative number of days', given: [invoice('paid', -3)], figures: { days_since_last_payment: 0 } },
];

test.each(cases)('$title', ({ given, figures, now = NOW }) => {
	const rates: IdentityModel = { ...model, exchangeRates: { JPY: 0.01, KWD: 3 } };
	for (const order of [given, [...given].reverse()]) {
		const metrics = computeMetrics(order, rates, now);
		expect(Object.fromEntries(Object.keys(figures).map((name) => [name, metrics[name]?.value]))).toEqual(figures);
	}
});

test('an amount without an exchange rate is left out, and the figure says so', () => {
	const { lifetime_value: value, monthly_recurring_revenue: revenue } = computeMetrics([invoice('paid', 1, 1000), invoice('paid', 1, 5000, 'CHF'), invoice('paid', 2, 1, 'AUD'), subscription('active', 100, 'CHF')], model, NOW);
	expect(value).toEqual({
		value: 10,
		reasons: ['3 paid invoices', 'amounts in AUD are left out: the identity model has no exchange rate for it', 'amounts in CHF are left out: the identity model has no exchange rate for it'],
	});
	expect(revenue?.reasons).toEqual(['1 running subscription', 'amounts in CHF are left out: the identity model has no exchange rate for it']);
});

const insights = (activities: Activity[], now = NOW, with_: Partial<IdentityModel> = {}, entity: 'person' | 'company' = 'person') => computeInsights({ attributes: {} }, entity, activities, { ...model, ...with_ }, now);

test.each([
	{ title: 'a payment was refused', given: [invoice('failed', 3)], score: 30 },
	{ title: 'overdue and refused', given: [invoice('failed', 3), subscription('past_due')], score: 50 },
	{ title: 'cancelled and silent', given: [invoice('paid', 60), subscription('canceled')], score: 70 },
	{ title: 'two open tickets', given: [ticket('open', 50), ticket('open', 60)], score: 20 },
	{ title: 'three tickets in a month', given: [ticket('solved', 1), ticket('solved', 2), ticket('solved', 3)], score: 15 },
	{ title: 'everything at once is never more than 100', given: [invoice('failed', 3), invoice('paid', 60), subscription('past_due'), ticket('open', 1), ticket('open', 2), ticket('open', 3)], score: 100 },
	{ title: 'all is well', given: [invoice('paid', 3), subscription('active')], score: 0 },
])('the score explains each of its points: $title', ({ given, score }) => {
	const { metrics } = insights(given);
	const reasons = metrics.churn_risk?.reasons ?? [];
	expect(metrics.churn_risk?.value).toBe(score);
	expect(Math.min(100, reasons.reduce((total, reason) => total + Number(/^[+-]\d+/.exec(reason)?.[0]), 0))).toBe(score);
	expect(metrics.churn_reasons?.value).toBe(reasons.length === 0 ? 'none' : reasons.map((reason) => reason.replace(/^\S+ /, '')).join('; '));
});

test('points can be taken away, and the score does not fall below 0', () => {
	const score = { name: 'churn_risk', points: [{ when: { field: 'lifetime_value', op: '>' as const, value: 0 }, points: -40, reason: 'pays' }] };
	expect(insights([invoice('paid', 1)], NOW, { score }).metrics.churn_risk).toEqual({ value: 0, reasons: ['-40: pays'] });
});

test('of somebody of whom nothing is known there is no score and no segment', () => {
	const { metrics, segments, staleAt } = insights([]);
	expect([metrics.churn_risk, segments, staleAt]).toEqual([undefined, [], null]);
});

test('a segment says which condition held, and with which values', () => {
	const { segments } = insights([invoice('paid', 3, 150_000), subscription('active')]);
	expect(segments).toEqual([
		{ name: 'high_value', reason: 'lifetime_value >= 1000 (lifetime_value is 1500)' },
		{ name: 'healthy', reason: 'churn_risk < 20 and monthly_recurring_revenue > 0 (churn_risk is 0, monthly_recurring_revenue is 49)' },
	]);
});

test('a segment for companies takes no people', () => {
	const segments: IdentityModel['segments'] = [{ name: 'firms', label: 'Firms', entity: ['company'], when: { all: [] } }];
	expect(insights([], NOW, { segments }).segments).toEqual([]);
	expect(insights([], NOW, { segments }, 'company').segments).toEqual([{ name: 'firms', reason: 'always ()' }]);
});

test.each([
	{ given: [invoice('paid', 3)], staleAt: '2026-03-11T00:00:00.000Z' },
	{ given: [ticket('solved', 300)], staleAt: '2026-03-11T00:00:00.000Z' },
	{ given: [subscription('active')], staleAt: null },
])('figures that change by themselves are due at the next midnight: $staleAt', ({ given, staleAt }) => {
	expect(insights(given).staleAt).toBe(staleAt);
	if (staleAt === null) return;
	// Until then nothing changes.
	expect(insights(given, Date.parse(staleAt) - 1).metrics).toEqual(insights(given).metrics);
});

test('every figure has a label, and holds what it says that it holds', () => {
	const { metrics } = insights([invoice('paid', 1), subscription('active'), ticket('open', 1)]);
	expect(Object.keys(metrics).sort()).toEqual(Object.keys(METRICS).sort());
	const held = Object.entries(metrics).map(([name, { value }]) => [name, /^\d{4}-\d\d-\d\d$/.test(String(value)) ? 'date' : typeof value === 'string' ? 'text' : typeof value]);
	expect(Object.fromEntries(held)).toEqual(Object.fromEntries(Object.entries(METRICS).map(([name, { type }]) => [name, type])));
});

const fields: Record<string, unknown> = { plan: 'pro', seats: 9, tags: ['a', 'b'], vip: false, nothing: null };
const lookup = (field: string) => fields[field] as string | number | boolean | string[] | null | undefined;
test.each<[Condition, boolean]>([
	[{ field: 'plan', op: '=', value: 'pro' }, true],
	[{ field: 'plan', op: '!=', value: 'pro' }, false],
	[{ field: 'seats', op: '>', value: 9 }, false],
	[{ field: 'seats', op: '>=', value: 9 }, true],
	[{ field: 'seats', op: '<', value: 10 }, true],
	[{ field: 'seats', op: '<=', value: 8 }, false],
	[{ field: 'seats', op: '<', value: '95' }, false],
	[{ field: 'plan', op: 'in', value: ['basic', 'pro'] }, true],
	[{ field: 'tags', op: 'in', value: ['b'] }, true],
	[{ field: 'tags', op: '=', value: 'b' }, true],
	[{ field: 'vip', op: 'exists' }, true],
	[{ field: 'nothing', op: 'exists' }, false],
	[{ field: 'nothing', op: 'missing' }, true],
	[{ field: 'unheard', op: 'missing' }, true],
	[{ field: 'unheard', op: '!=', value: 1 }, false],
	[{ not: { field: 'unheard', op: '=', value: 1 } }, true],
	[{ field: 'seats', op: '=', value: [9] }, false],
	[{ any: [{ field: 'seats', op: '>', value: 99 }, { all: [{ field: 'plan', op: '=', value: 'pro' }, { field: 'seats', op: '<', value: 10 }] }] }, true],
	[{ any: [] }, false],
	[{ all: [] }, true],
])('condition %j is %s', (condition, expected) => {
	expect(holds(condition, lookup)).toBe(expected);
	expect(describeCondition(condition)).not.toBe('');
});
