import { z } from 'zod/v4';
import { activitySchema } from './activity';
import { attributesSchema } from './attribute';
import { consentStatementSchema } from './consent';
import { identifierSchema } from './identifier';
import { recordKindSchema, recordRefSchema } from './record-ref';

/**
 * How a record points at another one.
 * `member_of`: this person belongs to that company. `owned_by`: this activity belongs to that person or company.
 */
export const recordLinkSchema = recordRefSchema.extend({ type: z.enum(['member_of', 'owned_by']) });
export type RecordLink = z.infer<typeof recordLinkSchema>;

/** What a source emits: one record exactly as the vendor gave it. Whether its ID can be kept, Normalize says. */
export const rawRecordSchema = z.object({
	system: z.string().min(1),
	object: z.string().min(1),
	sourceId: z.string().min(1),
	/** Changes whenever the record changes: the vendor's own version, else its time of change. */
	version: z.string().min(1),
	/** ISO 8601 in UTC. */
	updatedAt: z.string().min(1),
	raw: z.record(z.string(), z.unknown()),
	/** The vendor says the record is gone. */
	deleted: z.boolean().optional(),
});
export type RawRecord = z.infer<typeof rawRecordSchema>;

/** What Normalize makes of it: the vendor's record in our words. The unit that the store keeps. */
export const sourceRecordSchema = recordRefSchema.extend({
	version: z.string().min(1),
	updatedAt: z.string().min(1),
	kind: recordKindSchema,
	attributes: attributesSchema,
	identifiers: z.array(identifierSchema),
	consent: z.array(consentStatementSchema),
	links: z.array(recordLinkSchema),
	activity: activitySchema.optional(),
	deleted: z.boolean().optional(),
});
export type SourceRecord = z.infer<typeof sourceRecordSchema>;

/** A record that Normalize could not use, with the reason and what to do. */
export interface RejectedRecord {
	system: string;
	object: string;
	/** Of one that is too long for a store the beginning and a digest; empty where there is none. */
	sourceId: string;
	reason: string;
	field?: string;
	remedy: string;
	raw: Record<string, unknown>;
}
