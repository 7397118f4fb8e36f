import { z } from 'zod/v4';

/** Answers as HubSpot gives them. Loose: what we don't know is kept, because a record is passed on as it came. */
const nextPage = z.object({ next: z.object({ after: z.string() }).optional() }).optional();

export const crmRecordSchema = z.looseObject({
	id: z.string().min(1),
	properties: z.record(z.string(), z.string().nullable()),
	createdAt: z.string(),
	updatedAt: z.string(),
	archived: z.boolean().optional(),
	archivedAt: z.string().optional(),
});
export type CrmRecord = z.infer<typeof crmRecordSchema>;

/** Answer of the list and of the search endpoint. */
export const recordPageSchema = z.object({ results: z.array(crmRecordSchema), paging: nextPage });

/** Answer of the v4 batch read of associations. A record without any stands in `errors`, which is no failure. */
export const associationPageSchema = z.object({
	results: z.array(
		z.object({
			from: z.object({ id: z.coerce.string() }),
			to: z.array(
				z.object({
					toObjectId: z.coerce.string(),
					associationTypes: z.array(z.object({ typeId: z.number(), label: z.string().nullish() })),
				}),
			),
			paging: nextPage,
		}),
	),
	errors: z.array(z.looseObject({ category: z.string().optional(), subCategory: z.string().optional(), message: z.string().optional() })).optional(),
});

export const propertySchema = z.looseObject({
	name: z.string().min(1),
	label: z.string(),
	type: z.string(),
	groupName: z.string().optional(),
	hidden: z.boolean().optional(),
	calculated: z.boolean().optional(),
	modificationMetadata: z.looseObject({ readOnlyValue: z.boolean().optional() }).optional(),
});
export type CrmProperty = z.infer<typeof propertySchema>;
export const propertyListSchema = z.object({ results: z.array(propertySchema), errors: z.array(z.unknown()).optional() });

/** Answer of a batch update or upsert: 200, or 207 when only some of it was done. */
export const batchReplySchema = z.object({
	results: z.array(
		z.looseObject({
			id: z.string().min(1),
			properties: z.record(z.string(), z.string().nullable()).optional(),
			objectWriteTraceId: z.string().optional(),
		}),
	),
	errors: z.array(z.unknown()).optional(),
});
export type BatchReply = z.infer<typeof batchReplySchema>;
