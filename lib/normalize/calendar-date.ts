import parser from 'any-date-parser';
import { DateTime } from 'luxon';
import type { ReadContext } from './read-context';

export interface CalendarDate {
	year: number;
	month: number;
	day: number;
	/** Day and month could be exchanged and no country says which is which. */
	ambiguous: boolean;
}

/** Countries that write the month first; Canada writes both ways and says nothing. */
const MONTH_FIRST = new Set(['US', 'PH', 'FM', 'MH', 'PW', 'GU', 'AS', 'PR', 'VI', 'MP']);
const EITHER_WAY = new Set(['CA']);
const LOCALES = ['en-US', 'de-DE', 'fr-FR', 'es-ES', 'it-IT', 'nl-NL', 'pt-PT', 'pl-PL', 'sv-SE'];
/** No written date is longer. */
const MAX_WRITTEN = 60;

type Order = 'day_first' | 'month_first' | 'unknown';

function orderOf(context: ReadContext): Order {
	const country = [...(context.countries ?? []), ...(context.defaultCountries ?? [])].find((code) => !EITHER_WAY.has(code));
	const own = context.countries?.[0];
	if (country === undefined || (own !== undefined && EITHER_WAY.has(own))) return 'unknown';
	return MONTH_FIRST.has(country) ? 'month_first' : 'day_first';
}

/** The date when it exists, with a year that a four-digit year may be. */
function existingDate(year: number, month: number, day: number, ambiguous = false): CalendarDate | undefined {
	return year >= 1 && year <= 9999 && DateTime.utc(year, month, day).isValid ? { year, month, day, ambiguous } : undefined;
}

/** Full year of two digits: the latest that is not after `latest`. */
function fullYear(text: string, latest: number): number {
	const year = Number(text);
	if (text.length > 2) return year;
	const century = latest - (latest % 100);
	return century + year <= latest ? century + year : century - 100 + year;
}

/** Decides between day and month first; where only one gives an existing date, that is it. */
function decide(first: number, second: number, year: number, order: Order): CalendarDate | undefined {
	const dayFirst = existingDate(year, second, first);
	const monthFirst = existingDate(year, first, second);
	if (!dayFirst || !monthFirst || first === second) return dayFirst ?? monthFirst;
	if (order === 'unknown') return { ...dayFirst, ambiguous: true };
	return order === 'month_first' ? monthFirst : dayFirst;
}

/** Eight digits: year first where that is a date between 1800 and 2199, else day or month first. */
function digitRun(text: string, order: Order): CalendarDate | undefined {
	const part = (from: number, to: number) => Number(text.slice(from, to));
	const year = part(0, 4);
	const yearFirst = year >= 1800 && year <= 2199 ? existingDate(year, part(4, 6), part(6, 8)) : undefined;
	if (yearFirst) return yearFirst;
	const last = part(4, 8);
	return last >= 1800 && last <= 2199 ? decide(part(0, 2), part(2, 4), last, order) : undefined;
}

/** A date with the name of a month in it. The parser guesses; only a result that uses exactly the digits of the text is taken. */
function writtenDate(text: string, latest: number): CalendarDate | undefined {
	const groups = text.match(/\d+/g) ?? [];
	if (groups.length !== 2 || !/\p{L}{3}/u.test(text) || !/^[\p{L}\p{M}\d\s.,'\u2019-]+$/u.test(text)) return undefined;
	for (const locale of LOCALES) {
		const found = parser.attempt(text, locale);
		if (found.invalid || found.year === undefined || found.month === undefined || found.day === undefined || found.hour !== undefined) continue;
		const yearText = groups.find((group) => group.length === 4) ?? groups.at(-1) ?? '';
		const dayText = groups.find((group) => group !== yearText) ?? yearText;
		if (Number(dayText) !== found.day || found.year % 100 !== Number(yearText) % 100) continue;
		return existingDate(fullYear(yearText, latest), found.month, found.day);
	}
	return undefined;
}

/**
 * Reads the calendar date at the beginning of a text: ISO, day or month first as the country writes it, digit runs, names of months in nine
 * languages. `latest` is the last year that a two-digit year can mean. Undefined when there is none or it does not exist.
 */
export function readCalendarDate(text: string, context: ReadContext, latest: number): CalendarDate | undefined {
	if (text.length > MAX_WRITTEN) return undefined;
	const iso = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?=$|[T\s])/.exec(text);
	if (iso) return existingDate(Number(iso[1]), Number(iso[3]), Number(iso[4]));
	const order = orderOf(context);
	const parts = /^(\d{1,2})(\s?[-/.]\s?|\s)(\d{1,2})\2(\d{4}|\d{2})(?=$|[T\s,])/.exec(text);
	if (parts) return decide(Number(parts[1]), Number(parts[3]), fullYear(parts[4] ?? '', latest), parts[2]?.trim() === '.' ? 'day_first' : order);
	if (/^\d{8}$/.test(text)) return digitRun(text, order);
	return writtenDate(text, latest);
}
