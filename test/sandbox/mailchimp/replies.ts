import type { VendorReply } from '../vendor-server';
import { hashOf, type JobState, type ListState, type MemberState, type MergeFieldState, type SegmentState, uniqueEmailId } from './state';

const ERRORS = 'https://mailchimp.com/developer/marketing/docs/errors/';

/** The vendor's error answer, RFC 7807. */
export function problem(status: number, title: string, detail: string, errors?: { field: string; message: string }[]): VendorReply {
	return {
		status,
		headers: { 'content-type': 'application/problem+json; charset=utf-8' },
		body: { type: ERRORS, title, status, detail, instance: '5f8b4a3e-0c1d-4e2f-9a6b-7c8d9e0f1a2b', ...(errors && { errors }) },
	};
}

export const NOT_FOUND = problem(404, 'Resource Not Found', 'The requested resource could not be found.');
export const SCHEMA_DETAIL = "The resource submitted could not be validated. For field-specific details, see the 'errors' array.";

/** Whole seconds, as the vendor writes them. */
export function vendorTime(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19)}+00:00`;
}

export function listJson(list: ListState): Record<string, unknown> {
	return { id: list.id, web_id: 1, name: list.name, date_created: vendorTime(Date.UTC(2024, 0, 1)), double_optin: list.doubleOptIn };
}

export function memberJson(list: ListState, member: MemberState): Record<string, unknown> {
	const merge = Object.fromEntries(list.mergeFields.map((field) => [field.tag, member.mergeFields[field.tag] ?? '']));
	const tags = list.segments.filter((segment) => member.tags.has(segment.id)).map(({ id, name }) => ({ id, name }));
	return {
		id: hashOf(member.email),
		email_address: member.email,
		unique_email_id: uniqueEmailId(member.email),
		contact_id: member.contactId,
		full_name: [merge.FNAME, merge.LNAME].filter(Boolean).join(' '),
		web_id: Number.parseInt(hashOf(member.contactId).slice(0, 7), 16),
		email_type: 'html',
		status: member.status,
		...(member.status === 'unsubscribed' && { unsubscribe_reason: 'N/A (Unsubscribed by the member)' }),
		merge_fields: merge,
		stats: { avg_open_rate: 0, avg_click_rate: 0 },
		timestamp_signup: vendorTime(member.signedUpAt),
		timestamp_opt: member.optedInAt === null ? '' : vendorTime(member.optedInAt),
		member_rating: 2,
		last_changed: vendorTime(member.lastChanged),
		language: member.language,
		vip: false,
		source: 'Import',
		tags_count: tags.length,
		tags,
		list_id: list.id,
	};
}

export function mergeFieldJson(list: ListState, field: MergeFieldState): Record<string, unknown> {
	return {
		merge_id: field.id,
		tag: field.tag,
		name: field.name,
		type: field.type,
		required: field.required,
		default_value: '',
		public: field.public,
		display_order: field.id,
		help_text: '',
		list_id: list.id,
	};
}

export function segmentJson(list: ListState, segment: SegmentState): Record<string, unknown> {
	const count = [...list.members.values()].filter((member) => member.status === 'subscribed' && member.tags.has(segment.id)).length;
	return { id: segment.id, name: segment.name, member_count: count, type: segment.type, list_id: list.id };
}

export function jobJson(job: JobState, archiveUrl: string): Record<string, unknown> {
	const finished = job.status === 'finished';
	return {
		id: job.id,
		status: job.status,
		total_operations: job.operations.length,
		finished_operations: job.answers.length,
		errored_operations: job.answers.filter((answer) => answer.status_code >= 400).length,
		submitted_at: vendorTime(job.submittedAt),
		completed_at: finished ? vendorTime(job.submittedAt) : '',
		response_body_url: finished ? archiveUrl : '',
	};
}

/** Keeps only what `fields` names, with dots into sub-objects and through arrays. */
export function project(body: unknown, fields: string | null): unknown {
	if (!fields) return body;
	const paths = fields.split(',').map((path) => path.split('.'));
	return pick(body, paths);
}

function pick(value: unknown, paths: string[][]): unknown {
	if (Array.isArray(value)) return value.map((element) => pick(element, paths));
	if (typeof value !== 'object' || value === null) return value;
	const source = value as Record<string, unknown>;
	const result: Record<string, unknown> = {};
	for (const key of Object.keys(source)) {
		const below = paths.filter((path) => path[0] === key).map((path) => path.slice(1));
		if (below.length === 0) continue;
		result[key] = below.some((path) => path.length === 0) ? source[key] : pick(source[key], below);
	}
	return result;
}

/** `count` (10 unless told, 1000 at most) from `offset`, or the vendor's refusal. */
export function pageOf<T>(items: readonly T[], query: URLSearchParams): { items: T[] } | VendorReply {
	const count = Number(query.get('count') ?? 10);
	const offset = Number(query.get('offset') ?? 0);
	if (!Number.isInteger(count) || count < 0 || count > 1000) {
		return problem(400, 'Invalid Resource', SCHEMA_DETAIL, [{ field: 'count', message: 'This value should be less than or equal to 1000' }]);
	}
	return { items: items.slice(offset, offset + count) };
}
