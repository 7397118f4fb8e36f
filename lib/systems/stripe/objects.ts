/** What reading needs to know of one kind of object. */
export interface StripeObject {
	/** Our name, which is also the vendor's `object`. */
	name: 'customer' | 'subscription' | 'invoice';
	path: string;
	/** Filter without which the list is not complete. */
	query: Record<string, string>;
	/** Events after which the object can look different; 20 at the most. https://docs.stripe.com/api/events/types */
	events: readonly string[];
	/** Event after which the object no longer exists. A subscription ends by a change of its status and stays. */
	gone?: string;
}

export const CUSTOMER: StripeObject = {
	name: 'customer',
	path: '/v1/customers',
	query: {},
	events: ['customer.created', 'customer.updated', 'customer.deleted'],
	gone: 'customer.deleted',
};

/** Without `status=all` ended subscriptions are left out. https://docs.stripe.com/api/subscriptions/list */
export const SUBSCRIPTION: StripeObject = {
	name: 'subscription',
	path: '/v1/subscriptions',
	query: { status: 'all' },
	events: [
		'customer.subscription.created',
		'customer.subscription.updated',
		'customer.subscription.deleted',
		'customer.subscription.paused',
		'customer.subscription.resumed',
		'customer.subscription.pending_update_applied',
	],
};

/** Only a draft can be deleted. `invoice.paid` covers every way of being paid, also outside of Stripe. */
export const INVOICE: StripeObject = {
	name: 'invoice',
	path: '/v1/invoices',
	query: {},
	events: [
		'invoice.created',
		'invoice.updated',
		'invoice.finalized',
		'invoice.paid',
		'invoice.payment_failed',
		'invoice.voided',
		'invoice.marked_uncollectible',
		'invoice.deleted',
	],
	gone: 'invoice.deleted',
};
