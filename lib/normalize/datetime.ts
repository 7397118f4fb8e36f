import { DateTime } from 'luxon';
import type { AttributeValue } from '../domain';
import { invalidValue, validValue } from './attribute-value';
import { readCalendarDate } from './calendar-date';
import { epochMillis } from './epoch';
import type { ReadContext } from './read-context';
import { readText } from './text';

const MAX_WRITTEN = 60;
const UTC = { zone: 'utc' } as const;
const CLOCK = /(?:^|[\sT,])(\d{1,2}):(\d{2})(?::(\d{2}))?\s?(?:([ap])\.?m\.?)?$/i;

/** What lies outside cannot be meant. */
const [EARLIEST, LATEST] = ['1000-01-01T00:00:00.000Z', '3000-01-01T00:00:00.000Z'];

interface Moment {
	at: DateTime;
	ambiguous: boolean;
}

/** As most systems write it. */
const ISO_UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/;

/** The same moment in the form that values have; undefined where it is none or written in another way. */
function inUtc(text: string): string | undefined {
	if (!ISO_UTC.test(text)) return undefined;
	const at = new Date(text);
	const written = Number.isNaN(at.getTime()) ? '' : at.toISOString();
	// The 30th of February would become the 1st of March.
	return written.startsWith(text.slice(0, 19)) ? written : undefined;
}

function exact(text: string): DateTime | undefined {
	if (/^\d{14}$/.test(text)) return DateTime.fromFormat(text, 'yyyyMMddHHmmss', UTC);
	const zoned = text.replace(/\s?(?:UTC|GMT)$/i, 'Z');
	const readings = /^\d{4}-\d{2}-\d{2}T|^\d{8}T/.test(zoned)
		? [DateTime.fromISO(zoned, UTC)]
		: /^\d{4}-\d{2}-\d{2}\s/.test(zoned)
			? [DateTime.fromSQL(zoned, UTC), DateTime.fromISO(zoned.replace(/\s+/, 'T').replace(/\s+/g, ''), UTC)]
			: [DateTime.fromRFC2822(text, UTC), DateTime.fromHTTP(text, UTC)];
	return readings.find((reading) => reading.isValid);
}

/** A date as people write it, with or without the time of the day behind it; without a zone it counts as UTC. */
function written(text: string, context: ReadContext, latest: number): Moment | undefined {
	const clock = CLOCK.exec(text);
	// A time that is none (25:00) must not become midnight.
	if (!clock && text.includes(':')) return undefined;
	const date = readCalendarDate(clock ? text.slice(0, clock.index).replace(/,$/, '') : text, context, latest);
	if (!date) return undefined;
	const half = clock?.[4]?.toLowerCase();
	let hour = Number(clock?.[1] ?? 0);
	if (half !== undefined && (hour < 1 || hour > 12)) return undefined;
	if (half !== undefined) hour = (hour % 12) + (half === 'p' ? 12 : 0);
	const at = DateTime.utc(date.year, date.month, date.day, hour, Number(clock?.[2] ?? 0), Number(clock?.[3] ?? 0));
	return at.isValid ? { at, ambiguous: date.ambiguous } : undefined;
}

function readMoment(raw: unknown, text: string, context: ReadContext): Moment | undefined {
	const millis = epochMillis(typeof raw === 'number' ? raw : text);
	if (millis !== undefined) return { at: DateTime.fromMillis(millis, UTC), ambiguous: false };
	if (text.length > MAX_WRITTEN) return undefined;
	const at = exact(text);
	if (at) return { at, ambiguous: false };
	return written(text, context, (context.now ?? new Date()).getUTCFullYear() + 20);
}

/**
 * A moment, as ISO 8601 in UTC with milliseconds. Reads ISO, SQL, RFC 2822 and HTTP dates, seconds and milliseconds since 1970, and dates as
 * people write them. A time without zone counts as UTC. Undefined when the value is missing.
 */
export function normalizeDateTime(raw: unknown, context: ReadContext = {}): AttributeValue | undefined {
	const text = readText(raw);
	if (typeof text !== 'string') return text;
	const utc = inUtc(text);
	if (utc !== undefined && utc >= EARLIEST && utc < LATEST) return validValue(raw, utc);
	const moment = readMoment(raw, text, context);
	const value = moment?.at.toUTC().toISO();
	if (!moment || !value) return invalidValue(raw, 'is no date and time that can be read', { value: text });
	if (value < EARLIEST || value >= LATEST) {
		return invalidValue(raw, 'has a year that cannot be meant', { value, flags: ['out_of_range'] });
	}
	return validValue(raw, value, { flags: moment.ambiguous ? ['ambiguous_date'] : [] });
}
