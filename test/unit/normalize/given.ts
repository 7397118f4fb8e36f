import type { FieldMapping, RawRecord } from '../../../lib/domain';
import { normalizeRecord } from '../../../lib/normalize';

/** A contact with a bit of everything. */
export const contacts: FieldMapping = {
	system: 'crm',
	object: 'contact',
	kind: 'person',
	defaultCountry: 'DE',
	fields: [
		{ path: 'email', attribute: 'email', type: 'email' },
		{ path: 'identities[].value', attribute: 'email', type: 'email' },
		{ path: 'phone', attribute: 'phone', type: 'phone', separator: ';' },
		{ path: 'mobile', attribute: 'phone', type: 'phone' },
		{ path: 'first', attribute: 'given_name', type: 'given_name' },
		{ path: 'last', attribute: 'family_name', type: 'family_name' },
		{ path: 'name', type: 'full_name' },
		{ path: 'born', attribute: 'birth_date', type: 'date' },
		{ path: 'address.zip', attribute: 'postal_code', type: 'postal_code' },
		{ path: 'address.street', attribute: 'street', type: 'street' },
		{ path: 'address.country', attribute: 'country', type: 'country' },
		{ path: 'website', attribute: 'company_domain', type: 'domain' },
		{ path: 'user_id', type: 'identifier', identifier: 'user_id' },
		{ path: 'note', attribute: 'note' },
	],
	links: [{ path: 'company_id', type: 'member_of', system: 'crm', object: 'company' }],
	consent: [{ path: 'optin', purpose: 'email_marketing', values: { yes: 'granted', no: 'denied', '': 'pending' }, atPath: 'optin_at' }],
};
export const companies: FieldMapping = {
	system: 'crm',
	object: 'company',
	kind: 'company',
	fields: [
		{ path: 'name', attribute: 'company_name', type: 'company_name' },
		{ path: 'website', attribute: 'company_domain', type: 'domain' },
		{ path: 'vat', attribute: 'vat_number', type: 'identifier', identifier: 'vat_number' },
	],
};
export const invoices: FieldMapping = {
	system: 'billing',
	object: 'invoice',
	kind: 'activity',
	fields: [],
	links: [{ path: 'customer', type: 'owned_by', system: 'billing', object: 'customer' }],
};
export const options = { now: new Date('2025-06-15T00:00:00Z') };
export const paid = () => ({ type: 'invoice' as const, status: 'paid', at: '2025-01-01T00:00:00.000Z', amount: { minor: 100, currency: 'EUR' } });

/** What a source emits of a record with these fields. */
export function raw(content: Record<string, unknown>, mapping: FieldMapping = contacts, extra: Partial<RawRecord> = {}): RawRecord {
	const { system, object } = mapping;
	return { system, object, sourceId: '42', version: '1', updatedAt: '2025-01-31T12:00:00Z', raw: content, ...extra };
}

/** What becomes of a contact that is taken. */
export function person(content: Record<string, unknown>) {
	const { record, rejected } = normalizeRecord(raw(content), contacts, options);
	if (!record) throw new Error(rejected.reason);
	return record;
}

/** What is said of a record that is not taken. */
export function refusal(content: Record<string, unknown>, mapping: FieldMapping = contacts, extra: Partial<RawRecord> = {}) {
	const { rejected } = normalizeRecord(raw(content, mapping, extra), mapping, { ...options, activity: paid });
	if (!rejected) throw new Error('the record was taken');
	return rejected;
}
