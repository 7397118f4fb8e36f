import { z } from 'zod/v4';
import { entitySchema } from './record-ref';

export const CHANGE_EVENT_TYPES = [
	'profile.created', 'profile.changed', 'profile.merged', 'profile.split', 'segment.entered', 'segment.left', 'review.waiting', 'review.closed',
] as const;
export const changeEventTypeSchema = z.enum(CHANGE_EVENT_TYPES);
export type ChangeEventType = z.infer<typeof changeEventTypeSchema>;

/** One entry of the change feed. `seq` has no order but growth: gaps are possible, repeats are not. */
export const changeEventSchema = z.object({
	seq: z.number().int(),
	type: changeEventTypeSchema,
	canonicalId: z.string(),
	entity: entitySchema,
	at: z.string(),
	/**
	 * - created, changed: `{ attributes: string[] }`, the names of what changed
	 * - merged: `{ retired: string[] }`, IDs that now lead to `canonicalId`
	 * - split: `{ from: string }`, the ID that the records of `canonicalId` had before
	 * - segment: `{ segment, reason }`
	 * - review: `{ questionId, with }`
	 */
	data: z.record(z.string(), z.unknown()),
});
export type ChangeEvent = z.infer<typeof changeEventSchema>;
/** An event before the store has numbered it. */
export type NewChangeEvent = Omit<ChangeEvent, 'seq'>;
