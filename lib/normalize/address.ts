import type { AttributeValue } from '../domain';
import { invalidValue, validValue } from './attribute-value';
import { fold, transliterate } from './fold';
import type { ReadContext } from './read-context';
import { remember } from './remember';
import { NUMBER_WORDS, STREET_WORDS, UNIT_WORDS } from './street-words';
import { oneLine, readText } from './text';

/** Longer than any line of an address. */
const MAX_LINE = 500;
const PLACEHOLDERS = new Set([
	'unknown', 'none', 'test', 'na', 'not provided', 'not available', 'tbd', 'xxx', 'no address', 'unbekannt', 'asdf', 'inconnu', 'desconocido',
]);
const POST_BOX = /\bp\.?\s?o\.?\s?box\b|\bpost ?office box\b|\bpostfach\b/g;
/** Postal codes of five digits, whose leading zero is lost in spreadsheets. */
const FIVE_DIGITS = new Set(['US', 'DE', 'FR', 'IT', 'ES', 'MX', 'FI', 'EE', 'HR', 'PR']);

/** The street and, kept apart, the unit inside the building, both in comparison form. */
export function streetParts(text: string): { street: string; unit?: string } {
	const ascii = transliterate(text.slice(0, MAX_LINE));
	const line = ascii.replace(POST_BOX, 'po box ').replaceAll('#', ' unit ');
	// Australian order: the unit stands before the number of the house, "4/12 Smith Street".
	const slashed = line.replace(/^\s*(?:unit|flat|apt)?\s*(\d{1,5}[a-z]?)\s*\/\s*(\d{1,5}[a-z]?)\s+/, 'unit $1 $2 ');
	const words = fold(slashed).split(' ');
	const street: string[] = [];
	const units: string[] = [];
	for (let index = 0; index < words.length; index++) {
		const word = words[index] ?? '';
		const next = words[index + 1];
		const numbered = next !== undefined && (/\d/.test(next) || next.length === 1);
		if (UNIT_WORDS.has(word) && (numbered || next === 'unit')) {
			if (numbered) units.push(next);
			if (numbered) index++;
		} else if (!(NUMBER_WORDS.has(word) && numbered)) {
			const german = /^(.{3,})str$/.exec(word);
			street.push(german ? `${german[1]}strasse` : (STREET_WORDS.get(word) ?? word));
		}
	}
	if (street.length === 0) return { street: words.join(' ') };
	return { street: street.join(' '), ...(units.length > 0 ? { unit: units.join(' ') } : {}) };
}

/** Comparison form of a street line: `12 Main Street, Apt 4` and `12 main st #4` are `12 main st unit 4`. */
export const streetKey = remember((text) => {
	const { street, unit } = streetParts(text);
	return unit === undefined ? street : `${street} unit ${unit}`;
});

/** Comparison form of a postal code: upper case, no spaces or hyphens, no country prefix, a US code without its four-digit extension. */
export function postalCodeKey(text: string): string {
	const upper = transliterate(text.slice(0, MAX_LINE)).toUpperCase().trim();
	const bare = upper.replace(/^[A-Z]{1,2}-(?=\d{4,5}$)/, '').replace(/^(\d{5})-\d{4}$/, '$1');
	return bare.replace(/[^A-Z0-9]/g, '') || upper;
}

function line(raw: unknown, key: (text: string) => string): AttributeValue | undefined {
	const text = readText(raw);
	if (typeof text !== 'string') return text;
	if (text.length > MAX_LINE) return invalidValue(raw, 'is longer than a line of an address can be', { value: text });
	const value = oneLine(text);
	if (!/[\p{L}\p{N}]/u.test(value)) return invalidValue(raw, 'has neither letter nor digit', { value });
	if (PLACEHOLDERS.has(fold(value))) return invalidValue(raw, 'is a placeholder, not an address', { value, flags: ['placeholder'] });
	return validValue(raw, value, { key: key(value) });
}

/** A street with the number of the house; lines are joined. Undefined when the value is missing. */
export function normalizeStreet(raw: unknown): AttributeValue | undefined {
	return line(raw, streetKey);
}

/** A town, as people write it. Undefined when the value is missing. */
export function normalizeCity(raw: unknown): AttributeValue | undefined {
	return line(raw, fold);
}

/** A state, province or county, as people write it. Undefined when the value is missing. */
export function normalizeRegion(raw: unknown): AttributeValue | undefined {
	return line(raw, fold);
}

/**
 * A postal code in upper case. Where the record's country has five digits, a leading zero that a spreadsheet took away is put back.
 * Undefined when the value is missing.
 */
export function normalizePostalCode(raw: unknown, context: ReadContext = {}): AttributeValue | undefined {
	const text = readText(raw);
	if (typeof text !== 'string') return text;
	let value = oneLine(text).toUpperCase();
	if (/^\d{4,9}\.0$/.test(value)) value = value.slice(0, -2);
	if (/^\d{4}$/.test(value) && FIVE_DIGITS.has(context.countries?.[0] ?? '')) value = `0${value}`;
	if (value.length > 12 || !/^(?=.*\d)[\p{L}\p{N}][\p{L}\p{N} -]*$/u.test(value)) return invalidValue(raw, 'is no postal code', { value: text });
	if (/^0+$/.test(value)) return invalidValue(raw, 'is a placeholder, not a postal code', { value, flags: ['placeholder'] });
	return validValue(raw, value, { key: postalCodeKey(value) });
}
