import type { AttributeValue } from '../domain';
import { invalidValue, validValue } from './attribute-value';
import { normalizeDomain } from './domain';
import { normalizeEmail } from './email';
import { fold } from './fold';
import { normalizePhone } from './phone';
import type { ReadContext } from './read-context';
import { isShortenedNumber, SHORTENED } from './shortened-number';
import { oneLine, readText } from './text';

/** Longer than any key that a system gives. */
const MAX_IDENTIFIER = 255;
const PLACEHOLDERS = new Set(['unknown', 'none', 'test', 'na', 'not provided', 'undefined', 'tbd', 'xxx', 'asdf', 'no', 'unbekannt']);
/** Numbers of an authority, which people type with and without spaces, dots and hyphens. */
const OFFICIAL = new Set(['national_id', 'registration_number', 'vat_number']);

function officialKey(text: string): string {
	return text.replace(/[\s.\-/]/gu, '').toUpperCase().normalize('NFC') || text;
}

function isMadeUp(key: string): boolean {
	return key.length >= 6 && (/^(\d)\1+$/.test(key) || '01234567890123456789'.includes(key));
}

/**
 * A key by which an entity is known in some system or to an authority: trimmed text. Of `national_id`, `registration_number` and
 * `vat_number` the key has no spaces, dots and hyphens. Placeholders are invalid. Undefined when the value is missing.
 */
export function normalizeIdentifier(raw: unknown, kind = ''): AttributeValue | undefined {
	const text = readText(raw);
	if (typeof text !== 'string') return text;
	const value = oneLine(text);
	if (value.length > MAX_IDENTIFIER) return invalidValue(raw, 'is longer than an identifier can be', { value });
	if (isShortenedNumber(value)) return invalidValue(raw, SHORTENED, { value });
	const official = OFFICIAL.has(kind);
	const key = official ? officialKey(value) : value;
	const empty = !/[\p{L}\p{N}]/u.test(value) || /^0+$/.test(officialKey(value));
	if (empty || PLACEHOLDERS.has(fold(value)) || (official && isMadeUp(key))) {
		return invalidValue(raw, 'is a placeholder, not an identifier', { value, flags: ['placeholder'] });
	}
	return validValue(raw, value, { key });
}

/** The value of an identifier of this kind as its own normalizer reads it. */
export function readIdentifier(kind: string, raw: unknown, context: ReadContext = {}): AttributeValue | undefined {
	if (kind === 'email') return normalizeEmail(raw);
	if (kind === 'phone') return normalizePhone(raw, context);
	if (kind === 'company_domain') return normalizeDomain(raw);
	return normalizeIdentifier(raw, kind);
}

/**
 * The matching key of an identifier, for look-ups: an email without tag, a phone in E.164, a registrable domain, otherwise trimmed text.
 * Undefined when the text is no usable value of that kind.
 */
export function identifierValue(kind: string, text: string, options: { defaultCountry?: string } = {}): string | undefined {
	const value = readIdentifier(kind, text, { defaultCountries: options.defaultCountry ? [options.defaultCountry.toUpperCase()] : [] });
	return value?.valid ? (value.key ?? String(value.value)) : undefined;
}
