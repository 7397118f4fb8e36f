import { DateTime } from 'luxon';
import type { AttributeValue } from '../domain';
import { invalidValue, validValue } from './attribute-value';
import { readCalendarDate, type CalendarDate } from './calendar-date';
import { epochMillis } from './epoch';
import type { ReadContext } from './read-context';
import { readText } from './text';

/** Nobody who is a customer was born before; systems write it for "unknown". */
const EARLIEST_BIRTH = '1900-01-01';
/** Dates that systems fill in where they know none. */
const PLACEHOLDERS: readonly string[] = ['0001-01-01', '9999-12-31'];
export const BIRTH_PLACEHOLDERS: readonly string[] = ['1900-01-01', '1970-01-01', ...PLACEHOLDERS];

function isoDate(date: CalendarDate): string {
	return DateTime.utc(date.year, date.month, date.day).toISODate() ?? '';
}

function today(context: ReadContext): string {
	return (context.now ?? new Date()).toISOString().slice(0, 10);
}

function read(raw: unknown, text: string, context: ReadContext, latest: number): CalendarDate | undefined {
	const millis = epochMillis(typeof raw === 'number' ? raw : text);
	if (millis === undefined) return readCalendarDate(text, context, latest);
	const date = DateTime.fromMillis(millis, { zone: 'utc' });
	return date.isValid ? { year: date.year, month: date.month, day: date.day, ambiguous: false } : undefined;
}

/**
 * A day, as `YYYY-MM-DD`. Where day and month can be exchanged the record's country decides, then the defaults; without any the day is taken
 * to stand first and the value is flagged `ambiguous_date`. Undefined when the value is missing.
 */
export function normalizeDate(raw: unknown, context: ReadContext = {}): AttributeValue | undefined {
	const text = readText(raw);
	if (typeof text !== 'string') return text;
	if (/^0{4}-?0{2}-?0{2}/.test(text)) return invalidValue(raw, 'is a placeholder, not a date', { value: text, flags: ['placeholder'] });
	const date = read(raw, text, context, Number(today(context).slice(0, 4)) + 20);
	if (!date) return invalidValue(raw, 'is no date that can be read', { value: text });
	const value = isoDate(date);
	if (PLACEHOLDERS.includes(value)) return invalidValue(raw, 'is a placeholder, not a date', { value, flags: ['placeholder'] });
	if (date.year < 1000 || date.year > 2999) return invalidValue(raw, 'has a year that cannot be meant', { value, flags: ['out_of_range'] });
	return validValue(raw, value, { flags: date.ambiguous ? ['ambiguous_date'] : [] });
}

/** As {@link normalizeDate}, and only between 1900 and today; 1900-01-01 and 1970-01-01 are placeholders. */
export function normalizeBirthDate(raw: unknown, context: ReadContext = {}): AttributeValue | undefined {
	const text = readText(raw);
	if (typeof text !== 'string') return text;
	const day = today(context);
	const date = read(raw, text, context, Number(day.slice(0, 4)));
	if (!date) return normalizeDate(raw, context);
	const value = isoDate(date);
	if (BIRTH_PLACEHOLDERS.includes(value)) {
		return invalidValue(raw, 'is a placeholder, not a birth date', { value, flags: ['placeholder'] });
	}
	if (value < EARLIEST_BIRTH || value > day) {
		return invalidValue(raw, 'is outside 1900 to today, which no birth date can be', { value, flags: ['out_of_range'] });
	}
	return validValue(raw, value, { flags: date.ambiguous ? ['ambiguous_date'] : [] });
}
