import type { StoredObject } from './state';

/** A customer with every field that the pinned version of the API has. Times in seconds. */
export function customerObject(id: string, created: number, fields: Record<string, unknown> = {}): StoredObject {
	return {
		id,
		object: 'customer',
		address: null,
		balance: 0,
		created,
		currency: null,
		default_source: null,
		delinquent: false,
		description: null,
		discount: null,
		email: null,
		invoice_prefix: id.slice(-8).toUpperCase(),
		invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
		livemode: true,
		metadata: {},
		name: null,
		next_invoice_sequence: 1,
		phone: null,
		preferred_locales: [],
		shipping: null,
		tax_exempt: 'none',
		test_clock: null,
		...fields,
	};
}

export interface ItemTerms {
	unitAmount: number | null;
	quantity?: number;
	interval?: 'day' | 'week' | 'month' | 'year';
	intervalCount?: number;
}

export function subscriptionItem(id: string, subscription: string, created: number, currency: string, terms: ItemTerms): StoredObject {
	return {
		id,
		object: 'subscription_item',
		billing_thresholds: null,
		created,
		metadata: {},
		price: {
			id: `price_${id}`,
			object: 'price',
			active: true,
			billing_scheme: terms.unitAmount === null ? 'tiered' : 'per_unit',
			created,
			currency,
			custom_unit_amount: null,
			livemode: true,
			lookup_key: null,
			metadata: {},
			nickname: null,
			product: `prod_${id}`,
			recurring: {
				aggregate_usage: null,
				interval: terms.interval ?? 'month',
				interval_count: terms.intervalCount ?? 1,
				trial_period_days: null,
				usage_type: 'licensed',
			},
			tax_behavior: 'unspecified',
			tiers_mode: terms.unitAmount === null ? 'graduated' : null,
			transform_quantity: null,
			type: 'recurring',
			unit_amount: terms.unitAmount,
			unit_amount_decimal: terms.unitAmount === null ? null : String(terms.unitAmount),
		},
		quantity: terms.quantity ?? 1,
		subscription,
		tax_rates: [],
	};
}

/** Items that stand inside a subscription; the others are at `/v1/subscription_items`. */
export const EMBEDDED_ITEMS = 10;

export function subscriptionObject(
	id: string,
	customer: string,
	created: number,
	currency: string,
	items: readonly StoredObject[],
	fields: Record<string, unknown> = {},
): StoredObject {
	return {
		id,
		object: 'subscription',
		application: null,
		automatic_tax: { enabled: false },
		billing_cycle_anchor: created,
		cancel_at: null,
		cancel_at_period_end: false,
		canceled_at: null,
		collection_method: 'charge_automatically',
		created,
		currency,
		current_period_end: created + 30 * 86_400,
		current_period_start: created,
		customer,
		ended_at: null,
		items: { object: 'list', data: items, has_more: false, url: `/v1/subscription_items?subscription=${id}` },
		livemode: true,
		metadata: {},
		start_date: created,
		status: 'active',
		...fields,
	};
}

/** A subscription as replies and events show it. */
export function shownSubscription(subscription: StoredObject): StoredObject {
	const items = subscription.items as { data: StoredObject[] };
	if (items.data.length <= EMBEDDED_ITEMS) return subscription;
	return { ...subscription, items: { ...items, data: items.data.slice(0, EMBEDDED_ITEMS), has_more: true } };
}

export function invoiceObject(
	id: string,
	customer: string,
	created: number,
	amount: number,
	currency: string,
	fields: Record<string, unknown> = {},
): StoredObject {
	const paid = fields.status === 'paid';
	return {
		id,
		object: 'invoice',
		amount_due: amount,
		amount_paid: paid ? amount : 0,
		amount_remaining: paid ? 0 : amount,
		amount_shipping: 0,
		attempt_count: paid ? 1 : 0,
		attempted: paid,
		automatic_tax: { enabled: false, status: null },
		collection_method: 'charge_automatically',
		created,
		currency,
		customer,
		default_tax_rates: [],
		lines: { object: 'list', data: [], has_more: false, url: `/v1/invoices/${id}/lines` },
		livemode: true,
		metadata: {},
		number: null,
		paid,
		paid_out_of_band: false,
		payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
		period_end: created,
		period_start: created,
		post_payment_credit_notes_amount: 0,
		pre_payment_credit_notes_amount: 0,
		starting_balance: 0,
		status: 'open',
		status_transitions: { finalized_at: created, marked_uncollectible_at: null, paid_at: paid ? created : null, voided_at: null },
		subtotal: amount,
		total: amount,
		total_tax_amounts: [],
		...fields,
	};
}
