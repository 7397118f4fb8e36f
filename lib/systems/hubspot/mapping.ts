import type { FieldMapping } from '../../domain';
import { HUBSPOT } from './name';

const property = (name: string) => `properties.${name}`;

/** Preset for contacts. Several emails stand in `hs_additional_emails`, separated by `;` (CRM API, Contacts, "Secondary emails"). */
export const contactMapping: FieldMapping = {
	system: HUBSPOT.id,
	systemLabel: HUBSPOT.label,
	object: 'contact',
	kind: 'person',
	fields: [
		{ path: property('firstname'), attribute: 'given_name', type: 'given_name' },
		{ path: property('lastname'), attribute: 'family_name', type: 'family_name' },
		{ path: property('email'), attribute: 'email', type: 'email' },
		{ path: property('hs_additional_emails'), attribute: 'email', type: 'email', separator: ';' },
		{ path: property('work_email'), attribute: 'email', type: 'email' },
		{ path: property('phone'), attribute: 'phone', type: 'phone' },
		{ path: property('mobilephone'), attribute: 'phone', type: 'phone' },
		{ path: property('address'), attribute: 'street', type: 'street' },
		{ path: property('city'), attribute: 'city', type: 'city' },
		{ path: property('zip'), attribute: 'postal_code', type: 'postal_code' },
		{ path: property('state'), attribute: 'region', type: 'region' },
		{ path: property('country'), attribute: 'country', type: 'country' },
		{ path: property('company'), attribute: 'company_name', type: 'company_name' },
		{ path: property('jobtitle'), attribute: 'job_title' },
		{ path: property('hs_language'), attribute: 'language' },
		{ path: property('date_of_birth'), attribute: 'birth_date', type: 'date' },
		{ path: property('lifecyclestage'), attribute: 'lifecycle_stage' },
		{ path: property('hubspot_owner_id'), attribute: 'owner' },
		{ path: property('createdate'), attribute: 'created_at', type: 'datetime' },
	],
	links: [{ path: 'associations.companies.results[].id', type: 'member_of', system: HUBSPOT.id, object: 'company' }],
	// Not having opted out is no consent; whether a contact is "marketable" is a matter of billing and none either.
	consent: [{ path: property('hs_email_optout'), purpose: 'email_marketing', values: { true: 'denied', false: 'unknown' } }],
};

/** Preset for companies. */
export const companyMapping: FieldMapping = {
	system: HUBSPOT.id,
	systemLabel: HUBSPOT.label,
	object: 'company',
	kind: 'company',
	fields: [
		{ path: property('name'), attribute: 'company_name', type: 'company_name' },
		{ path: property('domain'), attribute: 'company_domain', type: 'domain', identifier: 'company_domain' },
		{ path: property('hs_additional_domains'), attribute: 'company_domain', type: 'domain', identifier: 'company_domain', separator: ';' },
		{ path: property('phone'), attribute: 'phone', type: 'phone' },
		{ path: property('address'), attribute: 'street', type: 'street' },
		{ path: property('city'), attribute: 'city', type: 'city' },
		{ path: property('zip'), attribute: 'postal_code', type: 'postal_code' },
		{ path: property('state'), attribute: 'region', type: 'region' },
		{ path: property('country'), attribute: 'country', type: 'country' },
		{ path: property('industry'), attribute: 'industry' },
		{ path: property('numberofemployees'), attribute: 'employees', type: 'number' },
		{ path: property('lifecyclestage'), attribute: 'lifecycle_stage' },
		{ path: property('hubspot_owner_id'), attribute: 'owner' },
		{ path: property('createdate'), attribute: 'created_at', type: 'datetime' },
	],
};
