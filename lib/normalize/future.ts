/** Clocks differ, and a local time without its zone is read as UTC: up to so much ahead a time may still be one that has come. Milliseconds. */
const SKEW = 24 * 3_600_000;

/**
 * Whether nothing can have happened then, for it is yet to come: the time lies more than a day ahead.
 * @param time ISO 8601
 */
export function isYetToCome(time: string, now: Date = new Date()): boolean {
	return Date.parse(time) > now.getTime() + SKEW;
}
