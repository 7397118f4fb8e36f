import type { AttributeValue } from '../domain';
import { invalidValue, validValue } from './attribute-value';
import { fold } from './fold';
import { readText } from './text';

const YES = new Set(['true', 't', 'yes', 'y', '1', 'on', 'ja', 'j', 'wahr', 'oui', 'vrai', 'si', 's', 'verdadero', 'vero', 'sim', 'tak', 'x']);
const NO = new Set(['false', 'f', 'no', 'n', '0', 'off', 'nein', 'falsch', 'non', 'faux', 'falso', 'nao', 'nie', 'nee']);

/**
 * The plain decimal text of a written number: `1,234.50`, `1.234,50`, `1 234,50` and `$1,234.50` are `1234.50`.
 * A single group of three digits after a comma counts as thousands, after a point as decimals. Undefined when it is no number.
 */
export function decimalText(text: string): string | undefined {
	if (text.length > 60) return undefined;
	const bare = text.replace(/^(?:[A-Za-z]{3}(?=[\s\d-])|\p{Sc})\s*|\s*(?:[A-Za-z]{3}|\p{Sc})$/gu, '').replace(/[\s\u00A0\u202F'\u2019_]/gu, '');
	const negative = /^\(.*\)$|^[-\u2212]|-$/.test(bare);
	const body = bare.replace(/^\(|\)$|^[-+\u2212]|-$/g, '').replace(/^\p{Sc}/u, '');
	const comma = body.lastIndexOf(',');
	const point = body.lastIndexOf('.');
	let plain = body;
	if (comma >= 0 && point >= 0) plain = comma > point ? body.replaceAll('.', '').replace(',', '.') : body.replaceAll(',', '');
	else if (comma >= 0) plain = /^\d{1,3}(?:,\d{3})+$/.test(body) ? body.replaceAll(',', '') : body.replace(',', '.');
	else if (body.indexOf('.') !== point) plain = /^\d{1,3}(?:\.\d{3})+$/.test(body) ? body.replaceAll('.', '') : body;
	if (!/^\d{1,40}(?:\.\d{0,40})?$|^\.\d{1,40}$/.test(plain)) return undefined;
	return `${negative ? '-' : ''}${plain}`;
}

/** A number. Undefined when the value is missing. */
export function normalizeNumber(raw: unknown): AttributeValue | undefined {
	if (typeof raw === 'number' && Number.isFinite(raw)) return validValue(raw, raw);
	const text = readText(raw);
	if (typeof text !== 'string') return text;
	const plain = typeof raw === 'boolean' ? undefined : decimalText(text);
	const number = plain === undefined && /^[+-]?\d{1,20}(?:\.\d{1,20})?e[+-]?\d{1,3}$/i.test(text) ? Number(text) : Number(plain);
	return Number.isFinite(number) ? validValue(raw, number) : invalidValue(raw, 'is no number', { value: text });
}

/** A truth value: yes, no, true, 0, ja, oui. Undefined when the value is missing. */
export function normalizeBoolean(raw: unknown): AttributeValue | undefined {
	const text = readText(raw);
	if (typeof text !== 'string') return text;
	const key = text.length > 20 ? '' : fold(text);
	if (YES.has(key)) return validValue(raw, true);
	if (NO.has(key)) return validValue(raw, false);
	return invalidValue(raw, 'is neither yes nor no', { value: text });
}
