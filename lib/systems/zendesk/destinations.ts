import type { DestinationField, DestinationObject } from '../definition';
import { ensureZendeskFields, listZendeskFields, ORGANIZATION_FIELDS, USER_FIELDS } from './fields';
import type { JobPatience } from './jobs';
import { MAX_BATCH, writeOrganizations, writeUsers } from './write';

const userFields: DestinationField[] = [
	{ source: 'canonical_id', target: 'c360_id', label: 'Customer ID', type: 'text' },
	{ source: 'segments', target: 'c360_segments', label: 'Segments', type: 'text' },
	{ source: 'company_ids', target: 'c360_company_ids', label: 'Company IDs', type: 'text' },
	{ source: 'subscription_status', target: 'c360_subscription_status', label: 'Subscription status', type: 'text' },
	{ source: 'lifetime_value', target: 'c360_lifetime_value', label: 'Lifetime value', type: 'number' },
	{ source: 'monthly_recurring_revenue', target: 'c360_mrr', label: 'Monthly recurring revenue', type: 'number' },
	{ source: 'last_payment_at', target: 'c360_last_payment', label: 'Last payment', type: 'date' },
	{ source: 'failed_payments', target: 'c360_failed_payments', label: 'Failed payments', type: 'number' },
	{ source: 'churn_risk', target: 'c360_churn_risk', label: 'Churn risk', type: 'number' },
	{ source: 'churn_reasons', target: 'c360_churn_reasons', label: 'Reasons for churn risk', type: 'long_text' },
];

const organizationFields: DestinationField[] = [
	{ source: 'canonical_id', target: 'c360_id', label: 'Company ID', type: 'text' },
	{ source: 'segments', target: 'c360_segments', label: 'Segments', type: 'text' },
	{ source: 'subscription_status', target: 'c360_subscription_status', label: 'Subscription status', type: 'text' },
	{ source: 'lifetime_value', target: 'c360_lifetime_value', label: 'Lifetime value', type: 'number' },
	{ source: 'monthly_recurring_revenue', target: 'c360_mrr', label: 'Monthly recurring revenue', type: 'number' },
	{ source: 'last_payment_at', target: 'c360_last_payment', label: 'Last payment', type: 'date' },
	{ source: 'open_tickets', target: 'c360_open_tickets', label: 'Open tickets', type: 'number' },
	{ source: 'churn_risk', target: 'c360_churn_risk', label: 'Churn risk', type: 'number' },
	{ source: 'churn_reasons', target: 'c360_churn_reasons', label: 'Reasons for churn risk', type: 'long_text' },
];

/** Agents see user fields beside each ticket; customers never do. */
export function userDestination(patience: JobPatience): DestinationObject {
	return {
		label: 'Users',
		entity: 'person',
		defaultFields: userFields,
		maxBatch: MAX_BATCH,
		canCreate: true,
		tags: false,
		ensureFields: (client, fields) => ensureZendeskFields(client, USER_FIELDS, fields),
		write: (client, items) => writeUsers(client, items, patience),
		listFields: (client) => listZendeskFields(client, USER_FIELDS),
	};
}

export function organizationDestination(patience: JobPatience): DestinationObject {
	return {
		label: 'Organizations',
		entity: 'company',
		defaultFields: organizationFields,
		maxBatch: MAX_BATCH,
		canCreate: false,
		tags: false,
		ensureFields: (client, fields) => ensureZendeskFields(client, ORGANIZATION_FIELDS, fields),
		write: (client, items) => writeOrganizations(client, items, patience),
		listFields: (client) => listZendeskFields(client, ORGANIZATION_FIELDS),
	};
}
