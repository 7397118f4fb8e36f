import { z } from 'zod/v4';
import type { Activity } from '../../domain';

/** `deleted` is what the export says of a ticket in the bin; nothing of it is open. */
const STATUS: Record<string, 'open' | 'pending' | 'solved'> = {
	new: 'open',
	open: 'open',
	hold: 'open',
	pending: 'pending',
	solved: 'solved',
	closed: 'solved',
	deleted: 'solved',
};

const ticketSchema = z.looseObject({
	id: z.number(),
	status: z.string(),
	created_at: z.iso.datetime({ offset: true }),
	subject: z.string().nullish(),
	priority: z.string().nullish(),
});

/**
 * Reads a ticket. An account with custom statuses still tells the standard category in `status`.
 * @throws Error naming ticket and field when status or time of creation cannot be read.
 */
export function ticketActivity(raw: Record<string, unknown>): Activity {
	const parsed = ticketSchema.safeParse(raw);
	const which = `Zendesk ticket ${idOf(raw)}`;
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		throw new Error(`${which}: field ${issue?.path.join('.') || 'id'} cannot be read (${issue?.message ?? 'wrong form'}). Open the ticket in Zendesk`);
	}
	const ticket = parsed.data;
	const status = STATUS[ticket.status];
	if (!status) {
		throw new Error(`${which}: field status has the unknown value "${ticket.status}". Expected one of ${Object.keys(STATUS).join(', ')}`);
	}
	return {
		type: 'ticket',
		status,
		at: new Date(ticket.created_at).toISOString(),
		...(ticket.subject && { title: ticket.subject }),
		...(ticket.priority && { priority: ticket.priority }),
	};
}

function idOf({ id }: Record<string, unknown>): string {
	return typeof id === 'number' || typeof id === 'string' ? String(id) : '(no id)';
}
