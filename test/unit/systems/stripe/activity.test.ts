import { invoiceActivity, subscriptionActivity } from '../../../../lib/systems/stripe/activity';
import { activitySchema } from '../../../../lib/domain';
import { invoiceObject, type ItemTerms, subscriptionItem, subscriptionObject } from '../../../sandbox/stripe/objects';

const CREATED = Date.parse('2024-03-01T10:00:00Z') / 1000;
const LATER = CREATED + 86_400;
const CREATED_ISO = '2024-03-01T10:00:00.000Z';
const LATER_ISO = '2024-03-02T10:00:00.000Z';

const invoice = (fields: Record<string, unknown>, currency = 'eur', amount = 1999): Record<string, unknown> =>
	invoiceObject('in_1', 'cus_1', CREATED, amount, currency, fields);

describe('invoices', () => {
	test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		[
			'paid, at the time of payment',
			{ status: 'paid', status_transitions: { paid_at: LATER } },
			{ status: 'paid', at: LATER_ISO, amount: { minor: 1999, currency: 'EUR' } },
		],
		['open and not tried', { status: 'open' }, { status: 'open', at: CREATED_ISO, amount: { minor: 1999, currency: 'EUR' } }],
		['open after a refused payment', { status: 'open', attempt_count: 2 }, { status: 'failed', at: CREATED_ISO }],
		['given up', { status: 'uncollectible' }, { status: 'failed' }],
		['void', { status: 'void', attempt_count: 1 }, { status: 'void' }],
		['draft', { status: 'draft' }, { status: 'draft' }],
		['credited in full afterwards', { status: 'paid', post_payment_credit_notes_amount: 1999 }, { status: 'refunded', amount: { minor: 1999 } }],
		['credited in part afterwards', { status: 'paid', post_payment_credit_notes_amount: 999 }, { status: 'paid', amount: { minor: 1000 } }],
		['a free one', { status: 'paid', amount_paid: 0 }, { status: 'paid', amount: { minor: 0, currency: 'EUR' } }],
		['with its number', { number: 'A-0007' }, { title: 'A-0007' }],
	])('%s', (_name, fields, expected) => {
		const activity = invoiceActivity(invoice(fields));
		expect(activity).toMatchObject({ type: 'invoice', ...expected });
		expect(activitySchema.safeParse(activity).success).toBe(true);
	});

	test.each([
		['yen have no minor unit', 'jpy', 1999, 1999],
		['kronur come with two decimals and have none', 'isk', 50_000, 500],
		['ariary come without decimals and have two', 'mga', 500, 50_000],
		['dinars have three', 'kwd', 5120, 5120],
	])('%s', (_name, currency, given, minor) => {
		expect(invoiceActivity(invoice({}, currency, given)).amount).toEqual({ minor, currency: currency.toUpperCase() });
	});

	test.each([
		['an amount that is text', { amount_due: '12' }, /record in_1, field amount_due/],
		['a status nobody knows', { status: 'pondering' }, /record in_1, field status/],
		['no currency', { currency: null }, /record in_1, field currency/],
	])('%s is told with record and field', (_name, fields, message) => {
		expect(() => invoiceActivity(invoice(fields))).toThrow(message);
	});
});

describe('subscriptions', () => {
	const subscription = (terms: readonly ItemTerms[], fields: Record<string, unknown> = {}): Record<string, unknown> => {
		const items = terms.map((one, index) => subscriptionItem(`si_${index}`, 'sub_1', CREATED, 'usd', one));
		return subscriptionObject('sub_1', 'cus_1', CREATED, 'usd', items, fields);
	};

	test.each<[string, ItemTerms[], number]>([
		['by the month', [{ unitAmount: 1500 }], 1500],
		['three seats', [{ unitAmount: 1500, quantity: 3 }], 4500],
		['by the year', [{ unitAmount: 12_000, interval: 'year' }], 1000],
		['by the quarter', [{ unitAmount: 3000, interval: 'month', intervalCount: 3 }], 1000],
		['every second year', [{ unitAmount: 24_000, interval: 'year', intervalCount: 2 }], 1000],
		['by the week', [{ unitAmount: 700, interval: 'week' }], 3042],
		['by the day', [{ unitAmount: 100, interval: 'day' }], 3042],
		['tiers count nothing', [{ unitAmount: null, quantity: 100 }], 0],
		['several items add up before rounding', [{ unitAmount: 1, interval: 'year', quantity: 6 }, { unitAmount: 1, interval: 'year', quantity: 6 }], 1],
		['no seats', [{ unitAmount: 1500, quantity: 0 }], 0],
		['no items', [], 0],
	])('%s', (_name, terms, minor) => {
		expect(subscriptionActivity(subscription(terms)).monthly).toEqual({ minor, currency: 'USD' });
	});

	test.each([
		['metered usage counts nothing', { unit_amount: 5, recurring: { interval: 'month', interval_count: 1, usage_type: 'metered' } }, 0],
		['a fraction of a cent', { unit_amount: null, unit_amount_decimal: '0.5' }, 50],
		['packages of ten, begun ones count', { transform_quantity: { divide_by: 30, round: 'up' }, unit_amount: 100 }, 400],
		['packages of ten, full ones count', { transform_quantity: { divide_by: 30, round: 'down' }, unit_amount: 100 }, 300],
	])('%s', (_name, price, minor) => {
		const base = subscriptionItem('si_1', 'sub_1', CREATED, 'usd', { unitAmount: 1, quantity: 100 });
		const item = { ...base, price: { ...(base.price as object), ...price } };
		expect(subscriptionActivity(subscriptionObject('sub_1', 'cus_1', CREATED, 'usd', [item])).monthly?.minor).toBe(minor);
	});

	test('an event of an old account, with plans in place of prices, is read too', () => {
		const item = { id: 'si_1', quantity: 2, plan: { amount: 900, interval: 'month', interval_count: 1, usage_type: 'licensed' } };
		const raw = { id: 'sub_1', status: 'active', created: CREATED, currency: 'usd', items: { data: [item] } };
		expect(subscriptionActivity(raw)).toMatchObject({ at: CREATED_ISO, monthly: { minor: 1800, currency: 'USD' } });
	});

	test.each([
		['active', 'active', 1500],
		['trialing', 'trialing', 1500],
		['past_due', 'past_due', 1500],
		['canceled', 'canceled', 1500],
		['unpaid', 'past_due', 0],
		['incomplete', 'past_due', 0],
		['incomplete_expired', 'canceled', 1500],
		['paused', 'past_due', 0],
	])('%s is %s to us', (theirs, ours, minor) => {
		const activity = subscriptionActivity(subscription([{ unitAmount: 1500 }], { status: theirs }));
		expect(activity).toMatchObject({ type: 'subscription', status: ours, monthly: { minor } });
	});

	test('begins at its start and ends when it ended, not when that was asked for', () => {
		const asked = subscriptionActivity(subscription([], { canceled_at: LATER, start_date: CREATED }));
		expect(asked).toMatchObject({ at: CREATED_ISO });
		expect(asked.endedAt).toBeUndefined();
		expect(subscriptionActivity(subscription([], { status: 'canceled', ended_at: LATER })).endedAt).toBe(LATER_ISO);
	});

	test('a price without an interval that we know is told with record and field', () => {
		const raw = subscription([{ unitAmount: 1, interval: 'fortnight' as 'week' }]);
		expect(() => subscriptionActivity(raw)).toThrow(/record sub_1, field items\.data\.0\.price\.recurring\.interval/);
	});
});
