import { DateTime } from 'luxon';
import type { Scalar } from '../../domain';

export type PropertyText = { ok: true; text: string } | { ok: false; reason: string };

const ok = (text: string): PropertyText => ({ ok: true, text });

/**
 * Writes a value as HubSpot's property type wants it; all values travel as text, and an empty text clears the property.
 * A `date` is a day without a time; a moment becomes the day it falls on in UTC.
 * Source: https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide, "Add values to date and datetime properties"
 */
export function toPropertyText(value: Scalar | null, type: string): PropertyText {
	if (value === null) return ok('');
	if (type === 'number') {
		const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
		return Number.isFinite(number) ? ok(String(number)) : { ok: false, reason: 'the value is not a number' };
	}
	if (type === 'date' || type === 'datetime') {
		const time = typeof value === 'number' ? DateTime.fromMillis(value, { zone: 'utc' }) : DateTime.fromISO(String(value), { zone: 'utc' });
		const text = type === 'date' ? time.toISODate() : time.toISO();
		return text === null ? { ok: false, reason: 'the value is not a date' } : ok(text);
	}
	return ok(String(value));
}
