import { z } from 'zod/v4';
import type { RawRecord } from '../../domain';

const changedSchema = { id: z.number().int(), updated_at: z.iso.datetime({ offset: true }) };

export const userSchema = z.looseObject({ ...changedSchema, role: z.string(), active: z.boolean().optional() });
export const ticketSchema = z.looseObject({ ...changedSchema, status: z.string(), generated_timestamp: z.number().optional() });
export const organizationSchema = z.looseObject({ ...changedSchema, deleted_at: z.string().nullish() });

/** A customer's record; nothing for agents and admins, who are colleagues. `active: false` is Zendesk's word for deleted; users never come back, and a ticket that is restored has a later version. */
export function userRecord(user: z.infer<typeof userSchema>): RawRecord | undefined {
	if (user.role !== 'end-user') return undefined;
	return record('user', user, user.updated_at, user.active === false);
}

/**
 * `generated_timestamp` moves with every change, system changes too, `updated_at` only with those that people see.
 * Both count whole seconds. That is enough: the export holds back the latest minute, so a second is over when it is told.
 */
export function ticketRecord(ticket: z.infer<typeof ticketSchema>): RawRecord {
	return record('ticket', ticket, String(ticket.generated_timestamp ?? ticket.updated_at), ticket.status === 'deleted');
}

export function organizationRecord(organization: z.infer<typeof organizationSchema>): RawRecord {
	return record('organization', organization, organization.updated_at, Boolean(organization.deleted_at));
}

function record(object: string, raw: { id: number; updated_at: string }, version: string, deleted: boolean): RawRecord {
	return {
		system: 'zendesk',
		object,
		sourceId: String(raw.id),
		version,
		updatedAt: new Date(raw.updated_at).toISOString(),
		raw: { ...raw },
		...(deleted && { deleted }),
	};
}
