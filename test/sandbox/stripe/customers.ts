import { noSuch, refuse } from './errors';
import type { FormObject, FormValue } from './form';
import { customerObject } from './objects';
import type { StoredObject, StripeState } from './state';

const TEXT_FIELDS = ['name', 'email', 'phone', 'description'];
const KNOWN_FIELDS = [...TEXT_FIELDS, 'address', 'metadata', 'preferred_locales'];

export function createCustomer(state: StripeState, form: FormObject): StoredObject {
	const created = customerObject(state.newId('cus'), state.now());
	return state.save('customer', { ...created, ...changedFields(created, form) }, 'customer.created');
}

/** Only what differs counts as a change; without one there is no event. */
export function updateCustomer(state: StripeState, id: string, form: FormObject): StoredObject {
	const customer = state.customers.get(id) ?? noSuch('customer', id, 'id');
	const fields = changedFields(customer, form);
	const changed = Object.keys(fields).filter((name) => JSON.stringify(fields[name]) !== JSON.stringify(customer[name]));
	if (changed.length === 0) return customer;
	const previous = Object.fromEntries(changed.map((name) => [name, customer[name]]));
	return state.save('customer', { ...customer, ...fields }, 'customer.updated', state.now(), previous);
}

function changedFields(customer: StoredObject, form: FormObject): Record<string, unknown> {
	const unknown = Object.keys(form).find((name) => !KNOWN_FIELDS.includes(name));
	if (unknown) refuse(400, { code: 'parameter_unknown', message: `Received unknown parameter: ${unknown}`, param: unknown });
	const fields: Record<string, unknown> = {};
	for (const name of TEXT_FIELDS) if (form[name] !== undefined) fields[name] = form[name] || null;
	if (form.address !== undefined) fields.address = typeof form.address === 'object' ? { ...(customer.address as object), ...form.address } : null;
	if (typeof form.preferred_locales === 'object') fields.preferred_locales = Object.values(form.preferred_locales);
	if (form.metadata !== undefined) fields.metadata = mergedMetadata(customer.metadata as Record<string, string>, form.metadata);
	return fields;
}

/** Keys are merged; an empty value takes its key away, an empty `metadata` takes all. https://docs.stripe.com/metadata */
function mergedMetadata(current: Record<string, string>, given: FormValue): Record<string, string> {
	if (typeof given === 'string') return {};
	const merged = { ...current };
	for (const [key, value] of Object.entries(given)) {
		const text = typeof value === 'string' ? value : JSON.stringify(value);
		if (key.length > 40) refuse(400, { message: `Invalid key: ${key} must be a string under 40 characters`, param: 'metadata' });
		if (text.length > 500) refuse(400, { message: `Invalid val: ${text} must be a string under 500 characters`, param: 'metadata' });
		merged[key] = text;
	}
	const kept = Object.entries(merged).filter(([, text]) => text !== '');
	const count = kept.length;
	if (count > 50) refuse(400, { message: `Metadata can have up to 50 keys, but you've set ${count}.`, param: 'metadata' });
	return Object.fromEntries(kept);
}
