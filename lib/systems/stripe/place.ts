import { z } from 'zod/v4';
import { type HttpClient, TerminalError } from '../../transport';
import type { Cursor } from '../definition';
import { STRIPE } from './name';
import type { StripeObject } from './objects';

const note = { note: z.string().optional() };

/**
 * In a full listing: `from`, its start on the vendor's clock; `label`, see `records.ts`; `after` and `afterCreated`, the last object
 * that is safe. Between and in pulls of changes: `from`, the second up to which all is safe; `after`, the last event that is safe while
 * a pull is under way. Times in seconds since 1970.
 */
const cursorSchema = z.discriminatedUnion('phase', [
	z.object({
		phase: z.literal('listing'),
		from: z.number(),
		label: z.number(),
		after: z.string().nullable(),
		afterCreated: z.number().nullable(),
		...note,
	}),
	z.object({ phase: z.literal('events'), from: z.number(), after: z.string().nullable(), ...note }),
]);
type Place = z.infer<typeof cursorSchema>;
export type ListingPlace = Extract<Place, { phase: 'listing' }>;
export type EventsPlace = Extract<Place, { phase: 'events' }>;

/** What the two ways of reading share. */
export interface Pull {
	client: HttpClient;
	object: StripeObject;
	overlapSeconds: number;
	pageSize: number;
	now: () => number;
}

/**
 * Reads a stored cursor; undefined for a first run.
 * @throws TerminalError when it is not one of ours.
 */
export function readCursor(cursor: Cursor | null, object: StripeObject): Place | undefined {
	if (cursor === null) return undefined;
	const parsed = cursorSchema.safeParse(cursor);
	if (parsed.success) return parsed.data;
	throw new TerminalError('the stored cursor cannot be read', {
		system: STRIPE,
		operation: `read ${object.name}s`,
		field: parsed.error.issues[0]?.path.join('.') || 'cursor',
		remedy: 'Reset the cursor of this source; everything is then read again, which changes nothing that is up to date',
	});
}
