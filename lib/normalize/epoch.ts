/**
 * Milliseconds since 1970 of a count of seconds (nine or ten digits) or milliseconds (twelve or thirteen), before 1970 with a minus.
 * Undefined for anything else: five digits are a spreadsheet's serial number, eight are a date.
 */
export function epochMillis(raw: unknown): number | undefined {
	const text = typeof raw === 'number' ? (Number.isFinite(raw) ? String(raw) : '') : typeof raw === 'string' ? raw.trim() : '';
	const match = text.length <= 25 ? /^(-?\d{9,13})(\.\d{1,9})?$/.exec(text) : null;
	const digits = (match?.[1] ?? '').replace('-', '').length;
	if (!match || digits === 11) return undefined;
	return Math.trunc(digits >= 12 ? Number(match[1]) : Number(match[0]) * 1000);
}
