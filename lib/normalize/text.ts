import type { AttributeValue } from '../domain';
import { invalidValue, MAX_TEXT } from './attribute-value';
import { isPlain } from './plain';

const MISSING = new Set(['', 'null', 'undefined', '(null)', 'n/a', '#n/a', 'n.a.', '-', '--', '---', '\u2013', '\u2014']);
/** `Nan` is a given name; only the spellings that programs write count as missing. */
const MISSING_EXACT = new Set(['NaN', 'nan']);
/** Marks that are invisible and carry no meaning; U+200C and U+200D stay, Persian and Indic spelling needs them. */
const INVISIBLE = /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]|\p{Cs}/gu;
const CONTROL = /(?![\t\n\r])\p{Cc}/gu;

/** Whether a text stands for "no value": empty, `null`, `N/A`, `-`. */
export function isMissingText(text: string): boolean {
	return text.length <= 10 && (MISSING_EXACT.has(text) || MISSING.has(text.toLowerCase()));
}

/** Unicode NFC without control and invisible characters, trimmed. Line ends inside stay. */
function cleanText(text: string): string {
	if (isPlain(text)) return text.trim();
	return text.replace(INVISIBLE, '').replace(CONTROL, ' ').normalize('NFC').trim();
}

/** All white space in one line, single spaces. */
export function oneLine(text: string): string {
	return text.replace(/\s+/gu, ' ').trim();
}

/** The plain text of a raw value; undefined when it has none (an object, a list). */
function plainText(raw: unknown): string | undefined {
	switch (typeof raw) {
		case 'string':
			return raw;
		case 'number':
		case 'bigint':
		case 'boolean':
			return String(raw);
		default:
			return raw instanceof Date && !Number.isNaN(raw.getTime()) ? raw.toISOString() : undefined;
	}
}

/**
 * First step of every normalizer: the cleaned text of a raw value.
 * Undefined when the value is missing; an invalid AttributeValue when it is no text or longer than {@link MAX_TEXT}.
 */
export function readText(raw: unknown): string | AttributeValue | undefined {
	if (raw === null || raw === undefined) return undefined;
	const plain = plainText(raw);
	if (plain === undefined) return invalidValue(raw, 'is a structure, not a single value');
	if (plain.length > MAX_TEXT) {
		return invalidValue(raw, `longer than ${MAX_TEXT} characters`, { value: cleanText(plain.slice(0, MAX_TEXT)) });
	}
	const text = cleanText(plain);
	return isMissingText(text) ? undefined : text;
}

/** A field of free text: trimmed, otherwise as it is. */
export function normalizeText(raw: unknown): AttributeValue | undefined {
	const text = readText(raw);
	if (typeof text !== 'string') return text;
	return { ...(raw === text ? undefined : { raw }), valid: true, value: text };
}
