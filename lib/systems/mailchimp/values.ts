import type { Scalar } from '../../domain';
import type { WriteItem } from '../definition';
import type { MergeField } from './schemas';

/** Largest text of a merge field, in bytes. https://mailchimp.com/developer/marketing/docs/merge-fields/#add-merge-data-to-contacts */
const LONGEST_TEXT = 255;

export type MergeValues = { values: Record<string, string | number> } | { problem: string; field: string };

/**
 * Values of an item in the vendor's form, or why they cannot be sent.
 * The vendor ignores a merge field that it does not know without a word, and we must not take that for a success.
 */
export function toMergeValues(item: WriteItem, fields: readonly MergeField[]): MergeValues {
	const values: Record<string, string | number> = {};
	for (const [tag, value] of Object.entries(item.fields)) {
		const field = fields.find((candidate) => candidate.tag === tag);
		if (!field) {
			return { field: tag, problem: `the audience has no merge field ${tag}. Create it in Mailchimp, or take it off the list of fields` };
		}
		const converted = toMergeValue(value, field.type);
		if (typeof converted === 'string' && Buffer.byteLength(converted) > LONGEST_TEXT) {
			return { field: tag, problem: `the value for ${tag} is longer than the ${LONGEST_TEXT} bytes that a merge field holds. Choose a shorter one` };
		}
		values[tag] = converted;
	}
	return { values };
}

/** Empty text empties a field of any type. Dates have no time of day. */
function toMergeValue(value: Scalar | null, type: string): string | number {
	if (value === null) return '';
	if (type === 'number') return typeof value === 'boolean' ? Number(value) : value;
	if (type === 'date' && typeof value === 'string') return value.slice(0, 10);
	return String(value);
}
