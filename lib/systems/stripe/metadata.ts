import type { Scalar } from '../../domain';

/** https://docs.stripe.com/metadata */
export const METADATA_LIMITS = { keys: 50, keyLength: 40, valueLength: 500 } as const;

/** Written by others to tie a customer to their own records; read as identifiers, never written. */
const OTHERS_KEYS: ReadonlySet<string> = new Set(['user_id']);

const CUT = ' [cut]';

/** Why a metadata key cannot be written, with what to do; undefined when it can. */
export function keyProblem(key: string): string | undefined {
	if (OTHERS_KEYS.has(key)) return `"${key}" ties the customer to another system and is never overwritten. Choose another name`;
	if (key.length === 0 || key.length > METADATA_LIMITS.keyLength) {
		return `the name has ${key.length} characters, Stripe takes 1 to ${METADATA_LIMITS.keyLength}. Choose a shorter name`;
	}
	return /[[\]]/.test(key) ? 'Stripe takes no square brackets in the name of a metadata field. Choose another name' : undefined;
}

/**
 * A value as Stripe keeps it: text. Nothing (null) is the empty text, which takes the key away.
 * A text longer than Stripe keeps is cut between two entries or words, and ends with `[cut]` so that everybody sees it.
 */
export function metadataValue(value: Scalar | null): string {
	const text = value === null ? '' : String(value);
	if (text.length <= METADATA_LIMITS.valueLength) return text;
	const room = text.slice(0, METADATA_LIMITS.valueLength - CUT.length + 1);
	const end = Math.max(room.lastIndexOf(';'), room.lastIndexOf(' '));
	const kept = end > 0 ? room.slice(0, end) : room.slice(0, -1);
	// Half a character of two code units is no text.
	return `${kept.replace(/[\uD800-\uDBFF]$/, '')}${CUT}`;
}

/** The body of an update: `metadata[key]=value` for each field. */
export function metadataForm(fields: Record<string, Scalar | null>): URLSearchParams {
	const form = new URLSearchParams();
	for (const [key, value] of Object.entries(fields)) form.append(`metadata[${key}]`, metadataValue(value));
	return form;
}
