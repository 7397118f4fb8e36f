import { z, type ZodType } from 'zod/v4';
import { type HttpClient, TerminalError } from '../../transport';
import type { DestinationField } from '../definition';

const fieldSchema = z.looseObject({ key: z.string(), type: z.string(), title: z.string().nullish(), active: z.boolean().nullish() });
type ZendeskField = z.infer<typeof fieldSchema>;

const metaSchema = z.looseObject({ has_more: z.boolean(), after_cursor: z.string().nullish() }).optional();

interface FieldPage {
	items: ZendeskField[];
	meta?: z.infer<typeof metaSchema>;
}

/** Custom fields of users and of organizations: two endpoints of one form. */
export interface FieldKind {
	path: string;
	itemKey: 'user_field' | 'organization_field';
	page: ZodType<FieldPage>;
	/** The record's own properties that may be written as well. Email, role, verification and external ID are not among them. */
	own: Readonly<Record<string, string>>;
}

export const USER_FIELDS: FieldKind = {
	path: '/api/v2/user_fields',
	itemKey: 'user_field',
	page: z.object({ user_fields: z.array(fieldSchema), meta: metaSchema }).transform(({ user_fields: items, meta }) => ({ items, meta })),
	own: { name: 'Name', phone: 'Phone', details: 'Details', notes: 'Notes' },
};

export const ORGANIZATION_FIELDS: FieldKind = {
	path: '/api/v2/organization_fields',
	itemKey: 'organization_field',
	page: z
		.object({ organization_fields: z.array(fieldSchema), meta: metaSchema })
		.transform(({ organization_fields: items, meta }) => ({ items, meta })),
	own: { details: 'Details', notes: 'Notes' },
};

/** What begins like this is ours to create. */
const OUR_PREFIX = 'c360_';
const KEY_FORM = /^c360_[A-Za-z0-9_]+$/;

/** Metrics that are whole numbers by nature. */
const COUNTS = new Set(['failed_payments', 'open_tickets', 'recent_tickets']);

/** Types of an existing field that take a value of ours; the first one is what we create. */
const TYPES: Record<DestinationField['type'], readonly [string, ...string[]]> = {
	text: ['text', 'textarea', 'regexp', 'dropdown'],
	long_text: ['textarea', 'text'],
	number: ['decimal', 'integer'],
	date: ['date'],
	boolean: ['checkbox'],
};

/**
 * Makes sure that custom fields exist. Zendesk ignores an unknown key without a word, so that a missing field would look like a success.
 * Creates only names of ours (`c360_...`); needs an admin's token for that.
 * https://developer.zendesk.com/api-reference/ticketing/users/user_fields/
 * @throws TerminalError for a field that is unknown and not ours to create, switched off, or of a type that cannot hold the value.
 */
export async function ensureZendeskFields(client: HttpClient, kind: FieldKind, fields: readonly DestinationField[]): Promise<{ created: string[] }> {
	const wanted = fields.filter((field) => !Object.hasOwn(kind.own, field.target));
	if (wanted.length === 0) return { created: [] };
	let existing = await readFields(client, kind);
	const created: string[] = [];
	for (const field of wanted) {
		const found = existing.get(field.target);
		if (found) {
			assertFits(client, kind, field, found);
			continue;
		}
		try {
			await createField(client, kind, field);
			created.push(field.target);
		} catch (error) {
			if (!(error instanceof TerminalError) || error.context.status !== 422) throw error;
			// Someone else, or a repeat of a request whose answer was lost, may have created it meanwhile.
			existing = await readFields(client, kind);
			const other = existing.get(field.target);
			if (!other) throw error;
			assertFits(client, kind, field, other);
		}
	}
	return { created };
}

/** Fields that can be written: the record's own ones and active custom fields. */
export async function listZendeskFields(client: HttpClient, kind: FieldKind): Promise<{ name: string; label: string }[]> {
	const writable = new Set(Object.values(TYPES).flat());
	const custom = [...(await readFields(client, kind)).values()].filter((field) => field.active !== false && writable.has(field.type));
	return [
		...Object.entries(kind.own).map(([name, label]) => ({ name, label })),
		...custom.map((field) => ({ name: field.key, label: field.title ?? field.key })),
	];
}

async function readFields(client: HttpClient, kind: FieldKind): Promise<Map<string, ZendeskField>> {
	const fields = new Map<string, ZendeskField>();
	let after: string | undefined;
	do {
		const { body } = await client.request({
			method: 'GET',
			path: kind.path,
			query: { 'page[size]': 100, 'page[after]': after },
			operation: `read ${wordsOf(kind)}s`,
			reply: kind.page,
		});
		for (const field of body.items) fields.set(field.key, field);
		after = body.meta?.has_more ? (body.meta.after_cursor ?? undefined) : undefined;
	} while (after !== undefined);
	return fields;
}

async function createField(client: HttpClient, kind: FieldKind, field: DestinationField): Promise<void> {
	if (!KEY_FORM.test(field.target)) {
		throw new TerminalError(`there is no such ${wordsOf(kind)}`, {
			system: client.system,
			operation: `check ${wordsOf(kind)}s`,
			field: field.target,
			remedy: `Choose a field that exists, create it in Zendesk, or use a name that begins with ${OUR_PREFIX} (letters, digits and _), which is created`,
		});
	}
	await client.request({
		method: 'POST',
		path: kind.path,
		json: {
			[kind.itemKey]: {
				key: field.target,
				type: COUNTS.has(field.source) ? 'integer' : TYPES[field.type][0],
				title: `Customer 360: ${field.label}`,
				description: 'Kept up to date by Customer 360 for n8n. What is entered here by hand is overwritten.',
				active: true,
			},
		},
		operation: `create ${wordsOf(kind)}`,
		reply: z.looseObject({}),
	});
}

function assertFits(client: HttpClient, kind: FieldKind, field: DestinationField, found: ZendeskField): void {
	const off = found.active === false;
	if (!off && TYPES[field.type].includes(found.type)) return;
	const mismatch = `the field has type ${found.type}, which cannot hold a ${field.type.replace('_', ' ')} value`;
	throw new TerminalError(off ? 'the field is switched off' : mismatch, {
		system: client.system,
		operation: `check ${wordsOf(kind)}s`,
		field: field.target,
		remedy: off
			? 'Activate it in Zendesk (Admin Center), or do not write it'
			: 'Write to another field, or delete this one in Zendesk so that it is created anew',
	});
}

/** As people read it. */
function wordsOf({ itemKey }: FieldKind): string {
	return itemKey.replace('_', ' ');
}
