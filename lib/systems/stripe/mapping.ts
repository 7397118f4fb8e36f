import type { FieldMapping } from '../../domain';
import { STRIPE } from './name';

/**
 * A customer is one name, which may be a person's or a company's, and Stripe does not say which; it is read as a person.
 * The customer's own ID is an identifier as well, because other systems keep it to point here.
 * https://docs.stripe.com/api/customers/object
 */
export const customerMapping: FieldMapping = {
	system: STRIPE.id,
	systemLabel: STRIPE.label,
	object: 'customer',
	kind: 'person',
	fields: [
		{ path: 'name', attribute: 'full_name', type: 'full_name' },
		{ path: 'email', attribute: 'email', type: 'email' },
		{ path: 'phone', attribute: 'phone', type: 'phone' },
		{ path: 'address.line1', attribute: 'street', type: 'street' },
		{ path: 'address.city', attribute: 'city', type: 'city' },
		{ path: 'address.postal_code', attribute: 'postal_code', type: 'postal_code' },
		{ path: 'address.state', attribute: 'region', type: 'region' },
		{ path: 'address.country', attribute: 'country', type: 'country' },
		{ path: 'preferred_locales[]', attribute: 'language', type: 'text' },
		{ path: 'id', type: 'identifier', identifier: 'stripe_customer_id' },
		{ path: 'metadata.user_id', type: 'identifier', identifier: 'user_id' },
	],
};

export const subscriptionMapping: FieldMapping = ofCustomer('subscription');
export const invoiceMapping: FieldMapping = ofCustomer('invoice');

function ofCustomer(object: string): FieldMapping {
	return {
		system: STRIPE.id,
		systemLabel: STRIPE.label,
		object,
		kind: 'activity',
		fields: [],
		links: [{ path: 'customer', type: 'owned_by', system: STRIPE.id, object: 'customer' }],
	};
}
