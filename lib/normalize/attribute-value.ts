import type { AttributeValue, Scalar, ValueFlag } from '../domain';

/** Longest text that is kept as a value, in UTF-16 units. */
export const MAX_TEXT = 10_000;

interface Remarks {
	key?: string;
	flags?: ValueFlag[];
}

/** A value that can be used; `raw` and `key` are left out where they equal the value. */
export function validValue(raw: unknown, value: Scalar, remarks: Remarks = {}): AttributeValue {
	const { flags, key } = remarks;
	const [isFlagged, isKeyed] = [flags !== undefined && flags.length > 0, key !== undefined && key !== String(value)];
	// Names in order, as the store writes them.
	if (!isFlagged && !isKeyed) return raw === value ? { valid: true, value } : { raw, valid: true, value };
	return { ...(isFlagged && { flags }), ...(isKeyed && { key }), ...(raw !== value && { raw }), valid: true, value };
}

/** Text that stands for a value which could not be read, at most {@link MAX_TEXT} long. */
function displayText(raw: unknown): Scalar {
	if (typeof raw === 'number' && Number.isFinite(raw)) return raw;
	if (typeof raw === 'boolean') return raw;
	if (typeof raw === 'string') return raw.slice(0, MAX_TEXT).trim();
	try {
		return JSON.stringify(raw).slice(0, MAX_TEXT);
	} catch {
		return Object.prototype.toString.call(raw);
	}
}

/** A value that is kept as given and used for nothing; `reason` is a short phrase without the value itself. */
export function invalidValue(raw: unknown, reason: string, remarks: { value?: Scalar; flags?: ValueFlag[] } = {}): AttributeValue {
	const value = remarks.value ?? displayText(raw);
	return {
		...(remarks.flags?.length && { flags: remarks.flags }),
		...(raw !== value && { raw }),
		reason,
		valid: false,
		value,
	};
}
