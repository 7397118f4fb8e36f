import type { VendorReply, VendorRequest } from '../vendor-server';
import { memberJson, NOT_FOUND, pageOf, problem, project, SCHEMA_DETAIL } from './replies';
import { findMember, hashOf, type ListState, type MemberState, type MemberStatus } from './state';

const STATUSES = new Set(['subscribed', 'unsubscribed', 'cleaned', 'pending', 'transactional']);
const LEFT = new Set<MemberStatus>(['unsubscribed', 'cleaned']);

export type FieldError = { field: string; message: string };

/** GET members: `since_last_changed` leaves its own second out, `before_last_changed` keeps it. Members of one second have no order of their own. */
export function listMembers(list: ListState, request: VendorRequest): VendorReply {
	const { query } = request;
	for (const name of ['since_last_changed', 'before_last_changed']) {
		if (query.has(name) && Number.isNaN(Date.parse(query.get(name) ?? ''))) {
			return problem(400, 'Invalid Resource', SCHEMA_DETAIL, [{ field: name, message: 'This value is not a valid datetime.' }]);
		}
	}
	const since = query.has('since_last_changed') ? Date.parse(query.get('since_last_changed') ?? '') : -Infinity;
	const before = query.has('before_last_changed') ? Date.parse(query.get('before_last_changed') ?? '') : Infinity;
	const status = query.get('status');
	const found = [...list.members.values()].filter(
		(member) => second(member) > since && second(member) <= before && (status === null || member.status === status),
	);
	if (query.get('sort_field') === 'last_changed') {
		found.sort((a, b) => second(a) - second(b));
		if (query.get('sort_dir') === 'DESC') found.reverse();
	}
	const page = pageOf(found, query);
	if (!('items' in page)) return page;
	const members = page.items.map((member) => memberJson(list, member));
	return { body: project({ members, list_id: list.id, total_items: found.length }, query.get('fields')) };
}

function second(member: MemberState): number {
	return Math.floor(member.lastChanged / 1000) * 1000;
}

export function getMember(list: ListState, request: VendorRequest): VendorReply {
	const member = findMember(list, decodeURIComponent(request.params[1] ?? ''));
	return member ? { body: project(memberJson(list, member), request.query.get('fields')) } : NOT_FOUND;
}

/** PATCH a member: what is not sent stays as it is, its status too. */
export function patchMember(list: ListState, request: VendorRequest, now: number): VendorReply {
	const member = findMember(list, decodeURIComponent(request.params[1] ?? ''));
	if (!member) return NOT_FOUND;
	const body = (request.json ?? {}) as { merge_fields?: unknown; status?: string; email_address?: string };
	const wrong = schemaErrors(body);
	if (wrong.length > 0) return problem(400, 'Invalid Resource', SCHEMA_DETAIL, wrong);
	const merge = body.merge_fields as Record<string, unknown> | undefined;
	const errors = mergeErrors(list, { ...member.mergeFields, ...merge }, request.query.get('skip_merge_validation') === 'true');
	if (errors.length > 0) return problem(400, 'Invalid Resource', 'Your merge fields were invalid.', errors);
	if (body.status === 'subscribed' && LEFT.has(member.status)) return complianceState(member.email);
	Object.assign(member.mergeFields, known(list, merge));
	if (body.status) member.status = body.status as MemberStatus;
	if (body.email_address) member.email = body.email_address;
	member.lastChanged = now;
	return { body: memberJson(list, member) };
}

export function complianceState(email: string): VendorReply {
	return problem(
		400,
		'Member In Compliance State',
		`${email} is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.`,
	);
}

function schemaErrors(body: { merge_fields?: unknown; status?: string }): FieldError[] {
	const errors: FieldError[] = [];
	if (body.merge_fields !== undefined && (typeof body.merge_fields !== 'object' || body.merge_fields === null || Array.isArray(body.merge_fields))) {
		errors.push({ field: 'merge_fields', message: 'Schema describes object, other type found instead' });
	}
	if (body.status !== undefined && !STATUSES.has(body.status)) {
		errors.push({ field: 'status', message: 'Value must be one of subscribed, unsubscribed, cleaned, pending' });
	}
	return errors;
}

/** Merge fields that the audience doesn't have are ignored without a word. */
export function known(list: ListState, merge: Record<string, unknown> | undefined): Record<string, unknown> {
	return Object.fromEntries(Object.entries(merge ?? {}).filter(([tag]) => list.mergeFields.some((field) => field.tag === tag)));
}

export function mergeErrors(list: ListState, merge: Record<string, unknown>, skipRequired: boolean): FieldError[] {
	return list.mergeFields.flatMap((field): FieldError[] => {
		const value = merge[field.tag] ?? '';
		if (value === '') return field.required && !skipRequired ? [{ field: field.tag, message: 'Please enter a value' }] : [];
		if (field.type === 'number' && Number.isNaN(Number(value))) return [{ field: field.tag, message: 'Please enter a number' }];
		if (field.type === 'date' && !/^\d{4}-\d\d-\d\d$|^\d\d\/\d\d\/\d{4}$/.test(String(value))) {
			return [{ field: field.tag, message: 'Please enter a valid date' }];
		}
		if (field.type === 'text' && Buffer.byteLength(String(value)) > 255) {
			return [{ field: field.tag, message: 'Please enter a value less than 255 characters' }];
		}
		return [];
	});
}

interface NewMember {
	email_address?: string;
	status?: string;
	merge_fields?: Record<string, unknown>;
}

interface ItemError {
	email_address: string;
	error: string;
	error_code: string;
	field?: string;
	field_message?: string;
}

/** POST /lists/{id}: each item is accepted or refused for itself, inside a 200. Its members carry no `contact_id`. */
export function addMembers(list: ListState, request: VendorRequest, now: number, newId: () => string): VendorReply {
	const body = (request.json ?? {}) as { members?: NewMember[]; update_existing?: boolean };
	if (!Array.isArray(body.members)) {
		return problem(400, 'Invalid Resource', SCHEMA_DETAIL, [{ field: 'members', message: 'Required fields were not provided' }]);
	}
	if (body.members.length > 500) {
		return problem(400, 'Invalid Resource', SCHEMA_DETAIL, [{ field: 'members', message: 'This collection should contain 500 elements or less.' }]);
	}
	const options = { updateExisting: body.update_existing === true, skipRequired: request.query.get('skip_merge_validation') === 'true' };
	const created: Record<string, unknown>[] = [];
	const updated: Record<string, unknown>[] = [];
	const errors: ItemError[] = [];
	for (const item of body.members) {
		const error = errorIn(item, list, options);
		if (error) {
			errors.push(error);
			continue;
		}
		const { member, isNew } = put(item, list, now, newId);
		(isNew ? created : updated).push(withoutContactId(list, member));
	}
	return {
		body: {
			new_members: created,
			updated_members: updated,
			errors,
			total_created: created.length,
			total_updated: updated.length,
			error_count: errors.length,
		},
	};
}

/** Why an item is refused, or undefined. */
function errorIn(item: NewMember, list: ListState, { updateExisting, skipRequired }: { updateExisting: boolean; skipRequired: boolean }): ItemError | undefined {
	const email = item.email_address ?? '';
	const refused = (error: string, error_code = 'ERROR_GENERIC', field?: FieldError): ItemError => ({
		...{ email_address: email, error, error_code },
		...(field && { field: field.field, field_message: field.message }),
	});
	if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return refused('Please provide a valid email address.');
	if (list.forgotten.has(hashOf(email))) return refused(`${email} was permanently deleted and cannot be re-imported. The contact must re-subscribe to get back on the list.`);
	const [wrong] = mergeErrors(list, item.merge_fields ?? {}, skipRequired);
	if (wrong) return refused('Your merge fields were invalid.', 'ERROR_GENERIC', wrong);
	const present = findMember(list, hashOf(email));
	if (present && present.status !== 'archived' && !updateExisting) {
		return refused(`${email} is already a list member, do you want to update? please provide update_existing:true in the request body`, 'ERROR_CONTACT_EXISTS');
	}
	if (present && item.status === 'subscribed' && LEFT.has(present.status)) {
		return refused(`${email} is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.`);
	}
	return undefined;
}

/** Changes the member of this email, or adds one; an archived one counts as new again. */
function put(item: NewMember, list: ListState, now: number, newId: () => string): { member: MemberState; isNew: boolean } {
	const email = item.email_address ?? '';
	const status = (item.status ?? 'subscribed') as MemberStatus;
	const present = findMember(list, hashOf(email));
	if (present) {
		const isNew = present.status === 'archived';
		Object.assign(present, { status, lastChanged: now });
		Object.assign(present.mergeFields, known(list, item.merge_fields));
		return { member: present, isNew };
	}
	const member: MemberState = {
		contactId: newId(),
		email,
		status,
		mergeFields: known(list, item.merge_fields),
		language: '',
		signedUpAt: now,
		optedInAt: status === 'subscribed' ? now : null,
		lastChanged: now,
		tags: new Set(),
	};
	list.members.set(member.contactId, member);
	return { member, isNew: true };
}

function withoutContactId(list: ListState, member: MemberState): Record<string, unknown> {
	const { contact_id: _contact, full_name: _name, web_id: _web, source: _source, ...rest } = memberJson(list, member);
	return rest;
}
