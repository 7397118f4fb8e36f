import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import type { AttributeValue, ValueFlag } from '../domain';
import { invalidValue, validValue } from './attribute-value';
import type { ReadContext } from './read-context';
import { isShortenedNumber, SHORTENED } from './shortened-number';
import { readText } from './text';

/** No telephone number with its extension and a remark is longer. */
const MAX_PHONE = 100;
/** Digits in a row from the first key on; 90-1234-5678 is a real number in Japan. */
const ROWS = ['12345678901234', '0123456789012', '98765432109876', '09876543210987'];

/** One digit over and over, or a row of digits: typed to get past a form. */
function isMadeUp(digits: string): boolean {
	if (digits.length < 5) return false;
	const same = [...digits].every((digit) => digit === digits[0]);
	return same || (digits.length >= 6 && ROWS.some((row) => row.startsWith(digits)));
}

/** North American numbers for films and examples, 555-0100; they count only when the number is invalid anyway. */
function isFictional(digits: string): boolean {
	return /^(?:1?\d{3})?555\d{4}$/.test(digits) || /^1?555\d{7}$/.test(digits);
}

/** One way of reading the text; `assumed` says that the country is a guess. */
interface Attempt {
	text: string;
	country?: CountryCode;
	assumed: boolean;
}

function attempts(text: string, digits: string, context: ReadContext): Attempt[] {
	if (/^[(\s]*\+/.test(text) || /^tel:\s*\+/i.test(text)) return [{ text, assumed: false }];
	const list: Attempt[] = [];
	if (/^[(\s]*00/.test(text)) list.push({ text: text.replace(/00/, '+'), assumed: false });
	for (const country of context.countries ?? []) {
		if (isSupportedCountry(country)) list.push({ text, country, assumed: false });
	}
	for (const country of context.defaultCountries ?? []) {
		if (isSupportedCountry(country)) list.push({ text, country, assumed: true });
	}
	// Some systems drop the plus of an international number. Eleven digits and more rarely make a valid number by chance.
	if (digits.length >= 11 && !digits.startsWith('0')) list.push({ text: `+${digits}`, assumed: true });
	return list;
}

/**
 * One telephone number. `value` is E.164; an extension stays in `raw`. The record's own country is tried first, then the defaults
 * (flag `assumed_country`). Placeholders and numbers that cannot exist are invalid. Undefined when the value is missing.
 */
export function normalizePhone(raw: unknown, context: ReadContext = {}): AttributeValue | undefined {
	const read = readText(raw);
	if (typeof read !== 'string') return read;
	if (read.length > MAX_PHONE) return invalidValue(raw, 'is longer than a telephone number can be', { value: read });
	if (isShortenedNumber(read) || /^\d+(?:[.,]\d+)?E\d+$/i.test(read)) return invalidValue(raw, SHORTENED, { value: read });
	// Numbers that went through a floating point column.
	const text = read.replace(/^(\+?\d{6,})\.0$/, '$1');
	const digits = text.replace(/\D/g, '');
	const placeholder: { value: string; flags: ValueFlag[] } = { value: read, flags: ['placeholder'] };
	if (digits.length < 3) return invalidValue(raw, 'has too few digits for a telephone number', { value: read });
	if (isMadeUp(digits)) return invalidValue(raw, 'is a placeholder, not a real number', placeholder);

	const tries = attempts(text, digits, context);
	for (const attempt of tries) {
		const number = parsePhoneNumberFromString(attempt.text, attempt.country);
		if (!number) continue;
		if (isMadeUp(number.nationalNumber)) return invalidValue(raw, 'is a placeholder, not a real number', placeholder);
		if (number.isValid()) return validValue(raw, number.number, { flags: attempt.assumed ? ['assumed_country'] : [] });
	}
	if (isFictional(digits)) return invalidValue(raw, 'is an example number, not a real one', placeholder);
	const reason = tries.some((attempt) => attempt.country ?? attempt.text.startsWith('+'))
		? 'is not a number that exists in its country'
		: 'has no country code, and neither the record nor the mapping names a country';
	return invalidValue(raw, reason, { value: read });
}
