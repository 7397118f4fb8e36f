import type { FieldMapping } from '../../domain';
import { MAILCHIMP } from './name';

/**
 * Preset for Normalize. FNAME, LNAME, ADDRESS, PHONE, BIRTHDAY and COMPANY are the merge fields that an audience starts with; all can be renamed.
 * BIRTHDAY is left out: it has a month and a day but no year, so it is no birth date.
 *
 * Consent is read by two rules because its time stands in two places: the opt-in has a time of its own,
 * for leaving there is only the time of the last change. A word that a rule does not list counts as `unknown`, which yields to the other rule's word:
 * `transactional` (receives receipts only) and `archived` (set aside, with no word on what the person wants) are unknown to both.
 */
export const memberMapping: FieldMapping = {
	system: MAILCHIMP.id,
	systemLabel: MAILCHIMP.label,
	object: 'member',
	kind: 'person',
	fields: [
		{ path: 'email_address', attribute: 'email', type: 'email' },
		{ path: 'merge_fields.FNAME', attribute: 'given_name', type: 'given_name' },
		{ path: 'merge_fields.LNAME', attribute: 'family_name', type: 'family_name' },
		{ path: 'merge_fields.PHONE', attribute: 'phone', type: 'phone' },
		{ path: 'sms_phone_number', attribute: 'phone', type: 'phone' },
		{ path: 'merge_fields.ADDRESS.addr1', attribute: 'street', type: 'street' },
		{ path: 'merge_fields.ADDRESS.city', attribute: 'city', type: 'city' },
		{ path: 'merge_fields.ADDRESS.state', attribute: 'region', type: 'region' },
		{ path: 'merge_fields.ADDRESS.zip', attribute: 'postal_code', type: 'postal_code' },
		{ path: 'merge_fields.ADDRESS.country', attribute: 'country', type: 'country' },
		{ path: 'merge_fields.COMPANY', attribute: 'company_name', type: 'company_name' },
		{ path: 'language', attribute: 'language', type: 'text' },
		{ path: 'timestamp_signup', attribute: 'created_at', type: 'datetime' },
	],
	consent: [
		{ path: 'status', purpose: 'email_marketing', values: { subscribed: 'granted' }, atPath: 'timestamp_opt' },
		{
			path: 'status',
			purpose: 'email_marketing',
			values: { unsubscribed: 'denied', cleaned: 'denied', pending: 'pending' },
			atPath: 'last_changed',
		},
	],
};
