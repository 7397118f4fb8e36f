import type { AttributeValue } from '../domain';
import { invalidValue, validValue } from './attribute-value';
import { readText } from './text';

const MAX_URL = 2_083;

/** A web address with its scheme (https where none is given) and host in lower case. Undefined when the value is missing. */
export function normalizeUrl(raw: unknown): AttributeValue | undefined {
	const text = readText(raw);
	if (typeof text !== 'string') return text;
	const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text.replace(/^\/\//, '')}`;
	const url = text.length > MAX_URL || /\s/.test(text) || !URL.canParse(full) ? undefined : new URL(full);
	if (!url || !/^https?:$/.test(url.protocol) || !url.hostname.includes('.')) return invalidValue(raw, 'is no web address', { value: text });
	return validValue(raw, url.href);
}
