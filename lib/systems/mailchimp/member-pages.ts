import type { HttpClient } from '../../transport';
import { listPath } from './lists';
import { membersPageSchema, type PulledMember } from './schemas';

/** What a record is made of. Opens, clicks and ratings are left out: they change with every campaign. */
const FIELDS = [
	'id', 'contact_id', 'unique_email_id', 'web_id', 'email_address', 'full_name', 'status', 'unsubscribe_reason', 'sms_phone_number', 'merge_fields',
	'timestamp_signup', 'timestamp_opt', 'last_changed', 'language', 'source', 'tags', 'list_id',
];

export interface MemberWindow {
	count: number;
	offset: number;
	/** Changed after this, milliseconds; its own second is left out. Null: no limit. */
	after: number | null;
	before?: number;
}

/** One page in ascending order of the last change, with the number of members in the whole window. */
export async function readMembers(
	client: HttpClient,
	listId: string,
	window: MemberWindow,
): Promise<{ members: PulledMember[]; total: number }> {
	const { body } = await client.request({
		method: 'GET',
		path: `${listPath(listId)}/members`,
		query: {
			fields: ['total_items', ...FIELDS.map((field) => `members.${field}`)].join(','),
			count: window.count,
			offset: window.offset,
			sort_field: 'last_changed',
			sort_dir: 'ASC',
			since_last_changed: window.after === null ? undefined : vendorTime(window.after),
			before_last_changed: window.before === undefined ? undefined : vendorTime(window.before),
		},
		operation: 'read members',
		reply: membersPageSchema,
	});
	return { members: body.members, total: body.total_items };
}

/** The vendor's form, in whole seconds: `2015-10-21T15:41:36+00:00`. */
function vendorTime(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19)}+00:00`;
}
