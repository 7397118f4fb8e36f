import type { SourceObject, SystemDefinition } from '../definition';
import { invoiceActivity, subscriptionActivity } from './activity';
import { checkKey } from './check-key';
import { connectStripe, stripeAccount, type StripeCredentials } from './client';
import { STRIPE_COLUMNS } from './export-columns';
import { defaultFields, ensureFields, listFields } from './fields';
import { customerMapping, invoiceMapping, subscriptionMapping } from './mapping';
import { STRIPE } from './name';
import { CUSTOMER, INVOICE, type StripeObject, SUBSCRIPTION } from './objects';
import { pullObject } from './pull';
import { writeCustomers } from './write';

const reading = (object: StripeObject): SourceObject['pull'] => (client, options) => pullObject(client, object, options);

export const stripe: SystemDefinition<StripeCredentials> = {
	...STRIPE,
	exportColumns: STRIPE_COLUMNS,
	connect: (credentials) => connectStripe(credentials),
	account: stripeAccount,
	checkKey,
	sources: {
		customer: { label: 'Customers', mapping: customerMapping, pull: reading(CUSTOMER) },
		subscription: {
			label: 'Subscriptions',
			mapping: subscriptionMapping,
			activity: subscriptionActivity,
			pull: reading(SUBSCRIPTION),
		},
		invoice: { label: 'Invoices', mapping: invoiceMapping, activity: invoiceActivity, pull: reading(INVOICE) },
	},
	destinations: {
		customer: {
			label: 'Customers',
			entity: 'person',
			defaultFields,
			maxBatch: 1,
			parallelWrites: 10,
			canCreate: false,
			tags: false,
			ensureFields,
			write: writeCustomers,
			listFields,
		},
	},
};
