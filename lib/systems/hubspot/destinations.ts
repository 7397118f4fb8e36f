import type { DestinationField, DestinationObject } from '../definition';
import { ensureProperties, listProperties } from './fields';
import { COMPANY, CONTACT, type CrmObject } from './objects';
import { MAX_BATCH, writeObjects } from './write';

const SHARED_FIELDS: DestinationField[] = [
	{ source: 'canonical_id', target: 'c360_id', label: 'C360 ID', type: 'text' },
	{ source: 'segments', target: 'c360_segments', label: 'C360 segments', type: 'text' },
	{ source: 'churn_risk', target: 'c360_churn_risk', label: 'C360 churn risk', type: 'number' },
	{ source: 'churn_reasons', target: 'c360_churn_reasons', label: 'C360 churn reasons', type: 'long_text' },
	{ source: 'subscription_status', target: 'c360_subscription_status', label: 'C360 subscription status', type: 'text' },
	{ source: 'lifetime_value', target: 'c360_lifetime_value', label: 'C360 lifetime value', type: 'number' },
	{ source: 'monthly_recurring_revenue', target: 'c360_mrr', label: 'C360 monthly recurring revenue', type: 'number' },
	{ source: 'last_payment_at', target: 'c360_last_payment', label: 'C360 last payment', type: 'date' },
	{ source: 'failed_payments', target: 'c360_failed_payments', label: 'C360 failed payments', type: 'number' },
	{ source: 'open_tickets', target: 'c360_open_tickets', label: 'C360 open tickets', type: 'number' },
	{ source: 'last_ticket_at', target: 'c360_last_ticket', label: 'C360 last ticket', type: 'date' },
];

function destination(
	object: CrmObject,
	choices: Pick<DestinationObject, 'label' | 'entity' | 'defaultFields' | 'canCreate'>,
): DestinationObject {
	return {
		...choices,
		maxBatch: MAX_BATCH,
		tags: false,
		ensureFields: (client, fields) => ensureProperties(object, client, fields),
		write: (client, items) => writeObjects(object, client, items),
		listFields: (client) => listProperties(object, client),
	};
}

export const contactDestination = destination(CONTACT, {
	label: 'Contacts',
	entity: 'person',
	defaultFields: [...SHARED_FIELDS, { source: 'company_ids', target: 'c360_company_ids', label: 'C360 company IDs', type: 'text' }],
	canCreate: true,
});

export const companyDestination = destination(COMPANY, {
	label: 'Companies',
	entity: 'company',
	defaultFields: SHARED_FIELDS,
	canCreate: false,
});
