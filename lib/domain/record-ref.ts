import { z } from 'zod/v4';
import { isLongerThan, MAX_NAME, MAX_SOURCE_ID, textUpTo, tooLong } from './text-length';

/** What a record can describe. An activity (invoice, subscription, ticket) belongs to a person or company and is never matched. */
export const recordKindSchema = z.enum(['person', 'company', 'activity']);
export type RecordKind = z.infer<typeof recordKindSchema>;

/** The two kinds of thing that are recognised across systems. */
export const entitySchema = z.enum(['person', 'company']);
export type Entity = z.infer<typeof entitySchema>;

/** Names one record in one outside system, e.g. `{ system: 'hubspot', object: 'contact', sourceId: '42' }`. */
export const recordRefSchema = z.object({
	system: textUpTo(MAX_NAME),
	object: textUpTo(MAX_NAME),
	sourceId: textUpTo(MAX_SOURCE_ID),
});
export type RecordRef = z.infer<typeof recordRefSchema>;

/** Characters of a reference that a message repeats. */
const LONGEST_SHOWN = 100;

/** The reference alone, of whatever carries one. */
export function refOf({ system, object, sourceId }: RecordRef): RecordRef {
	return { system, object, sourceId };
}

/** The one text form of a reference, `system:object:sourceId`. The first two parts never contain a colon, so it is unambiguous. */
export function refKey(ref: RecordRef): string {
	return `${ref.system}:${ref.object}:${ref.sourceId}`;
}

/**
 * Reads what {@link refKey} wrote.
 * @throws Error when the text is not of the form `system:object:sourceId`, and when a part of it is longer than any record's.
 */
export function parseRefKey(key: string): RecordRef {
	const first = key.indexOf(':');
	const second = key.indexOf(':', first + 1);
	if (first <= 0 || second <= first + 1 || second === key.length - 1) {
		throw new Error(`"${beginningOf(key)}" is not a record reference; write it as system:object:id, for example hubspot:contact:42`);
	}
	const ref = { system: key.slice(0, first), object: key.slice(first + 1, second), sourceId: key.slice(second + 1) };
	for (const [part, text, most] of [['system', ref.system, MAX_NAME], ['object', ref.object, MAX_NAME], ['ID', ref.sourceId, MAX_SOURCE_ID]] as const) {
		if (isLongerThan(text, most)) throw new Error(`In the record reference "${beginningOf(key)}" the ${part} ${tooLong(most)}, and no record has such a one. Check it.`);
	}
	return ref;
}

/** Enough of it to know it again; nobody reads the rest. */
function beginningOf(key: string): string {
	return key.length > LONGEST_SHOWN ? `${key.slice(0, LONGEST_SHOWN)}...` : key;
}
