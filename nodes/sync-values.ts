import type { INodePropertyOptions } from 'n8n-workflow';
import { COMPANY_ATTRIBUTES, type DestinationField, METRICS, PERSON_ATTRIBUTES } from '../lib';
import { sortedByName, titleOf } from './words';

type FieldType = DestinationField['type'];

/** What a field of the destination can hold. */
export const SOURCES: INodePropertyOptions[] = sortedByName([
	{ name: 'Canonical ID', value: 'canonical_id' },
	{ name: 'Segments', value: 'segments' },
	{ name: 'Companies (Canonical IDs)', value: 'company_ids' },
	{ name: 'Duplicate Records in This System', value: 'duplicate_records' },
	...Object.entries(METRICS).map(([value, name]) => ({ name: titleOf(name), value })),
	...[...new Set([...PERSON_ATTRIBUTES, ...COMPANY_ATTRIBUTES])].map((value) => ({ name: titleOf(value), value })),
]);

/** Types of the fields that are created. */
export const FIELD_TYPES: { name: string; value: FieldType }[] = [
	{ name: 'Boolean', value: 'boolean' },
	{ name: 'Date', value: 'date' },
	{ name: 'Long Text', value: 'long_text' },
	{ name: 'Number', value: 'number' },
	{ name: 'Text', value: 'text' },
];

/** Figures, and texts that are digits in many accounts. */
const NUMBERS = new Set([
	'lifetime_value', 'monthly_recurring_revenue', 'days_since_last_payment', 'failed_payments', 'open_tickets', 'recent_tickets', 'churn_risk', 'employees',
	'phone', 'postal_code', 'national_id', 'registration_number', 'vat_number', 'owner',
]);
const DATES = new Set(['birth_date', 'created_at', 'last_payment_at', 'last_ticket_at']);

/** Whether a value of this source can be of this type at all. An attribute of one's own can be of any. */
export function canBe(source: string, type: FieldType): boolean {
	if (type === 'text' || type === 'long_text' || !SOURCES.some(({ value }) => value === source)) return true;
	if (type === 'number') return NUMBERS.has(source);
	return type === 'date' && DATES.has(source);
}
