import { z } from 'zod/v4';

/** What we read of the vendor's answers; the rest is ignored. Field meanings: https://mailchimp.com/developer/marketing/api/ */
export const listsSchema = z.object({
	lists: z.array(z.object({ id: z.string().min(1), name: z.string().default('') })),
	total_items: z.number().default(0),
});

export const listSchema = z.object({ id: z.string(), double_optin: z.boolean().default(false) });

export const memberSchema = z.looseObject({
	id: z.string().min(1),
	contact_id: z.string().min(1),
	/** Missing for a contact that has only a phone. */
	email_address: z.string().nullish(),
	status: z.string().min(1),
});
export type Member = z.infer<typeof memberSchema>;

/** A member as a pull needs it: the time of its last change is what the pull goes by. */
export const pulledMemberSchema = memberSchema.extend({
	last_changed: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'not a date and time'),
});
export type PulledMember = z.infer<typeof pulledMemberSchema>;
export const membersPageSchema = z.object({ members: z.array(pulledMemberSchema), total_items: z.number().int() });

export const mergeFieldSchema = z.object({ tag: z.string().min(1), name: z.string().default(''), type: z.string() });
export type MergeField = z.infer<typeof mergeFieldSchema>;
export const mergeFieldsSchema = z.object({ merge_fields: z.array(mergeFieldSchema), total_items: z.number().int() });

export const segmentSchema = z.object({ id: z.number().int(), name: z.string() });
export const segmentsSchema = z.object({ segments: z.array(segmentSchema), total_items: z.number().int() });
export const segmentChangeSchema = z.object({
	errors: z.array(z.object({ email_addresses: z.array(z.string()).default([]), error: z.string().default('') })).default([]),
});

export const addedMembersSchema = z.object({
	new_members: z.array(z.object({ email_address: z.string(), contact_id: z.string().optional() })),
	errors: z
		.array(
			z.object({
				email_address: z.string().default(''),
				error: z.string().default(''),
				error_code: z.string().optional(),
				field: z.string().optional(),
				field_message: z.string().optional(),
			}),
		)
		.default([]),
});

export const batchSchema = z.object({
	id: z.string().min(1),
	status: z.enum(['pending', 'preprocessing', 'started', 'finalizing', 'finished']),
	response_body_url: z.string().default(''),
});
