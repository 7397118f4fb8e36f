import { type AttributePolicy, DEFAULT_RETENTION, type IdentityModel } from '../domain';
import { shippedMatching } from '../match';

const policy = (label: string, type: AttributePolicy['type'], survivorship: AttributePolicy['survivorship'], group?: string): AttributePolicy => ({
	label,
	type,
	survivorship,
	...(group !== undefined && { group }),
});

/**
 * The identity model that a new store starts with: good for a first use case without touching anything.
 * No attribute goes by `most_recent`: every write-back makes the written record look fresh, so that rule is for systems that are only read.
 * @param systems from the most to the least trusted; usually the registry's order
 */
export function defaultModel(systems: readonly string[]): IdentityModel {
	return {
		name: 'default',
		reportingCurrency: 'USD',
		exchangeRates: { EUR: 1.1, GBP: 1.3 },
		defaultCountry: 'US',
		systems: [...systems],
		attributes: {
			given_name: policy('First name', 'given_name', 'system_of_record'),
			family_name: policy('Last name', 'family_name', 'system_of_record'),
			name_suffix: policy('Name suffix', 'text', 'system_of_record'),
			email: policy('Email', 'email', 'system_of_record'),
			phone: policy('Phone', 'phone', 'system_of_record'),
			birth_date: policy('Birth date', 'date', 'most_frequent'),
			street: policy('Street', 'street', 'system_of_record', 'address'),
			city: policy('City', 'city', 'system_of_record', 'address'),
			postal_code: policy('Postal code', 'postal_code', 'system_of_record', 'address'),
			region: policy('Region', 'region', 'system_of_record', 'address'),
			country: policy('Country', 'country', 'system_of_record', 'address'),
			company_name: policy('Company', 'company_name', 'most_complete'),
			company_domain: policy('Company domain', 'domain', 'system_of_record'),
			job_title: policy('Job title', 'text', 'system_of_record'),
			language: policy('Language', 'text', 'system_of_record'),
			lifecycle_stage: policy('Lifecycle stage', 'text', 'system_of_record'),
			industry: policy('Industry', 'text', 'system_of_record'),
			employees: policy('Employees', 'number', 'max'),
			created_at: policy('Customer since', 'datetime', 'min'),
		},
		identifiers: {
			email: { label: 'Email', entity: 'person', uniqueByNature: false, maxEntities: 5 },
			phone: { label: 'Phone', entity: 'person', uniqueByNature: false, maxEntities: 10 },
			user_id: { label: 'Product user ID', entity: 'person', uniqueByNature: true, maxEntities: 2 },
			national_id: { label: 'Official number', entity: 'person', uniqueByNature: false, maxEntities: 3 },
			company_domain: { label: 'Company domain', entity: 'company', uniqueByNature: false, maxEntities: 10 },
			registration_number: { label: 'Registration number', entity: 'company', uniqueByNature: true, maxEntities: 2 },
			vat_number: { label: 'VAT number', entity: 'company', uniqueByNature: false, maxEntities: 5 },
		},
		matching: shippedMatching(),
		blockedValues: [],
		score: {
			name: 'churn_risk',
			points: [
				{ when: { field: 'failed_payments', op: '>=', value: 1 }, points: 30, reason: 'a payment was refused in the last 90 days' },
				{ when: { field: 'subscription_status', op: '=', value: 'past_due' }, points: 20, reason: 'the subscription is past due' },
				{ when: { field: 'subscription_status', op: '=', value: 'canceled' }, points: 50, reason: 'the subscription was cancelled' },
				{ when: { field: 'days_since_last_payment', op: '>', value: 45 }, points: 20, reason: 'no payment for more than 45 days' },
				{ when: { field: 'open_tickets', op: '>=', value: 2 }, points: 20, reason: 'two or more tickets are open' },
				{ when: { field: 'recent_tickets', op: '>=', value: 3 }, points: 15, reason: 'three or more tickets in 30 days' },
			],
		},
		segments: [
			{ name: 'at_risk', label: 'At risk', entity: ['person', 'company'], when: { field: 'churn_risk', op: '>=', value: 50 } },
			{ name: 'high_value', label: 'High value', entity: ['person', 'company'], when: { field: 'lifetime_value', op: '>=', value: 1000 } },
			{
				name: 'healthy',
				label: 'Healthy',
				entity: ['person', 'company'],
				when: { all: [{ field: 'churn_risk', op: '<', value: 20 }, { field: 'monthly_recurring_revenue', op: '>', value: 0 }] },
			},
		],
		retention: { ...DEFAULT_RETENTION },
	};
}
