import { z } from 'zod/v4';

/** What a record can describe. An activity (invoice, subscription, ticket) belongs to a person or company and is never matched. */
export const recordKindSchema = z.enum(['person', 'company', 'activity']);
export type RecordKind = z.infer<typeof recordKindSchema>;

/** The two kinds of thing that are recognised across systems. */
export const entitySchema = z.enum(['person', 'company']);
export type Entity = z.infer<typeof entitySchema>;

/** Names one record in one outside system, e.g. `{ system: 'hubspot', object: 'contact', sourceId: '42' }`. */
export const recordRefSchema = z.object({
	system: z.string().min(1),
	object: z.string().min(1),
	sourceId: z.string().min(1),
});
export type RecordRef = z.infer<typeof recordRefSchema>;

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
 * @throws Error when the text is not of the form `system:object:sourceId`.
 */
export function parseRefKey(key: string): RecordRef {
	const first = key.indexOf(':');
	const second = key.indexOf(':', first + 1);
	if (first <= 0 || second <= first + 1 || second === key.length - 1) {
		throw new Error(`"${key}" is not a record reference; write it as system:object:id, for example hubspot:contact:42`);
	}
	return { system: key.slice(0, first), object: key.slice(first + 1, second), sourceId: key.slice(second + 1) };
}
