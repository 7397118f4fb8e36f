import { z } from 'zod/v4';
import type { Route, VendorReply, VendorRequest } from '../vendor-server';
import { refusals } from './replies';
import { type CustomField, type ZendeskState, zendeskTime } from './state';

const TYPES = ['text', 'textarea', 'checkbox', 'date', 'integer', 'decimal', 'regexp', 'dropdown', 'multiselect', 'lookup'];

export interface FieldRules {
	state: ZendeskState;
	url(): string;
	now(): number;
	/** Whether the token may create fields: admins only. */
	allowed(): boolean;
}

/** Custom fields of users and of organizations. */
export function fieldRoutes(rules: FieldRules): Route[] {
	return [
		...routesOf(rules, 'user_field', rules.state.userFields),
		...routesOf(rules, 'organization_field', rules.state.organizationFields),
	];
}

function routesOf(rules: FieldRules, kind: 'user_field' | 'organization_field', fields: Map<string, CustomField>): Route[] {
	const pattern = new RegExp(`^/api/v2/${kind}s(?:\\.json)?$`);
	return [
		{ method: 'GET', pattern, name: `list ${kind}s`, handle: (request) => pageOf(request, `${kind}s`, [...fields.values()]) },
		{ method: 'POST', pattern, name: `create ${kind}`, write: true, handle: (request) => create(rules, kind, fields, request) },
	];
}

/** Cursor paging as Zendesk does it where `page[size]` is given: at most 100 a page. */
export function pageOf(request: VendorRequest, key: string, all: readonly { id: number }[]): VendorReply {
	const size = Math.min(100, Number(request.query.get('page[size]') ?? 100));
	const from = Number(request.query.get('page[after]') ?? 0);
	const page = all.slice(from, from + size);
	const more = from + size < all.length;
	const meta = { has_more: more, after_cursor: more ? String(from + size) : null, before_cursor: null };
	return { body: { [key]: page, meta, links: { prev: null, next: null } } };
}

const fieldSchema = z.looseObject({
	key: z.string(),
	type: z.string().default('text'),
	title: z.string(),
	description: z.string().default(''),
	active: z.boolean().default(true),
});

function create(rules: FieldRules, kind: string, fields: Map<string, CustomField>, request: VendorRequest): VendorReply {
	if (!rules.allowed()) return refusals.forbidden();
	const parsed = z.object({ [kind]: fieldSchema }).safeParse(request.json);
	const given = parsed.success ? parsed.data[kind] : undefined;
	if (!given) return refusals.badRequest(`Parameter ${kind} is required, with key and title`);
	if (!/^\w+$/.test(given.key) || /^\d+$/.test(given.key)) return refusals.recordInvalid('key', 'InvalidValue', 'Key: is not valid');
	if (!TYPES.includes(given.type)) return refusals.recordInvalid('type', 'InvalidValue', 'Type: is not valid');
	if (fields.has(given.key)) return refusals.recordInvalid('key', 'DuplicateValue', 'Key: has already been taken');
	const now = zendeskTime(rules.now());
	const id = rules.state.nextId++;
	const field: CustomField = {
		id,
		url: `${rules.url()}/api/v2/${kind}s/${id}.json`,
		key: given.key,
		type: given.type,
		title: given.title,
		raw_title: given.title,
		description: given.description,
		raw_description: given.description,
		position: fields.size,
		active: given.active,
		system: false,
		regexp_for_validation: null,
		created_at: now,
		updated_at: now,
	};
	fields.set(field.key, field);
	return { status: 201, body: { [kind]: field } };
}

/**
 * Takes over values of known fields and ignores unknown keys without a word, as Zendesk does.
 * @returns what Zendesk says of a value that does not fit its field.
 */
export function assignFields(target: Record<string, unknown>, values: Record<string, unknown>, fields: Map<string, CustomField>): string | undefined {
	for (const [key, value] of Object.entries(values)) {
		const field = fields.get(key);
		if (field && value !== null && !fits(field.type, value)) return `${field.title}: is not a valid ${field.type} for ${key}`;
	}
	for (const [key, value] of Object.entries(values)) {
		const type = fields.get(key)?.type;
		if (type === undefined) continue;
		if (type === 'date' && typeof value === 'string') target[key] = `${value.slice(0, 10)}T00:00:00+00:00`;
		else target[key] = type === 'checkbox' ? value === true : value;
	}
	return undefined;
}

function fits(type: string, value: unknown): boolean {
	if (type === 'decimal') return typeof value === 'number';
	if (type === 'integer') return Number.isInteger(value);
	if (type === 'date') return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value);
	if (type === 'checkbox') return typeof value === 'boolean';
	return typeof value === 'string';
}
