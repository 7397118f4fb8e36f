import { isLongerThan, MAX_SOURCE_ID, type ConsentStatement, type RecordLink } from '../domain';
import { normalizeDateTime } from './datetime';
import type { CompiledMapping } from './mapping';
import { readPath } from './path';
import { isMissingText } from './text';

/** A longer text is no vendor's word for a status. */
const MAX_WORD = 255;

/** Text, number or truth value as a word; undefined for anything else. */
function word(value: unknown): string | undefined {
	if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
	const text = String(value).trim();
	return text.length <= MAX_WORD ? text : undefined;
}

/** The ID that a link leads to; undefined for what cannot be the ID of a record. */
function targetId(value: unknown): string | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = String(value).trim();
	return isMissingText(text) || isLongerThan(text, MAX_SOURCE_ID) ? undefined : text;
}

/** The records that this one points at, each once. */
export function readLinks(raw: Record<string, unknown>, mapping: CompiledMapping): RecordLink[] {
	const links = new Map<string, RecordLink>();
	for (const { path, type, system, object } of mapping.links) {
		for (const value of readPath(raw, path)) {
			const sourceId = targetId(value);
			if (sourceId === undefined) continue;
			links.set(JSON.stringify([type, system, object, sourceId]), { system, object, sourceId, type });
		}
	}
	return [...links.values()];
}

/** What the record says of each purpose. A missing word counts only where the mapping has an entry for the empty word. */
export function readConsent(raw: Record<string, unknown>, mapping: CompiledMapping): ConsentStatement[] {
	return mapping.consent.flatMap((rule) => {
		const words = readPath(raw, rule.path).map(word).filter((text) => text !== undefined);
		const times = rule.atPath === undefined ? [] : readPath(raw, rule.atPath);
		return (words.length === 0 ? [''] : words.slice(0, MAX_WORD)).flatMap((text, index): ConsentStatement[] => {
			const status = [text, text.toLowerCase()].filter((key) => Object.hasOwn(rule.values, key)).map((key) => rule.values[key])[0];
			if (isMissingText(text) && status === undefined) return [];
			const time = normalizeDateTime(times.length === words.length ? times[index] : times[0]);
			const at = time?.valid ? String(time.value) : undefined;
			const known = { purpose: rule.purpose, status: status ?? ('unknown' as const) };
			return [{ ...known, ...(at === undefined ? {} : { at }), ...(text === '' ? {} : { raw: text }) }];
		});
	});
}
