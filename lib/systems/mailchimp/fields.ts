import { type HttpClient, TerminalError } from '../../transport';
import type { DestinationField, Settings } from '../definition';
import { chosenLists, LARGEST_PAGE, listPath } from './lists';
import { type MergeField, mergeFieldSchema, mergeFieldsSchema } from './schemas';

/**
 * What campaigns need, well below the 30 merge fields that an audience holds on the smaller plans (80 on the largest), its default ones included.
 * Tags have ten characters at the most. https://mailchimp.com/developer/marketing/docs/merge-fields/
 */
export const DEFAULT_FIELDS: DestinationField[] = [
	{ source: 'canonical_id', target: 'C360_ID', label: 'Customer 360 ID', type: 'text' },
	{ source: 'segments', target: 'C360_SEGS', label: 'Customer 360 segments', type: 'text' },
	{ source: 'company_ids', target: 'C360_COMPS', label: 'Customer 360 company IDs', type: 'text' },
	{ source: 'lifetime_value', target: 'C360_LTV', label: 'Customer 360 lifetime value', type: 'number' },
	{ source: 'monthly_recurring_revenue', target: 'C360_MRR', label: 'Customer 360 monthly recurring revenue', type: 'number' },
	{ source: 'subscription_status', target: 'C360_SUBST', label: 'Customer 360 subscription status', type: 'text' },
	{ source: 'last_payment_at', target: 'C360_PAID', label: 'Customer 360 last payment', type: 'date' },
	{ source: 'failed_payments', target: 'C360_FAILP', label: 'Customer 360 failed payments', type: 'number' },
	{ source: 'open_tickets', target: 'C360_OPENT', label: 'Customer 360 open tickets', type: 'number' },
	{ source: 'churn_risk', target: 'C360_RISK', label: 'Customer 360 churn risk', type: 'number' },
];

/** Every audience has it, and does not list it. */
const ADDRESS = 'EMAIL';
const TAG = /^[A-Z][A-Z0-9_]{0,9}$/;
const VENDOR_TYPE: Record<DestinationField['type'], string> = { text: 'text', long_text: 'text', boolean: 'text', number: 'number', date: 'date' };
/** Types whose value is not one plain value, or that take only values from a list. */
const NOT_WRITABLE = new Set(['address', 'birthday', 'radio', 'dropdown', 'imageurl']);

/** All merge fields of an audience; EMAIL is not one of them. */
export async function readMergeFields(client: HttpClient, listId: string): Promise<MergeField[]> {
	const found: MergeField[] = [];
	for (;;) {
		const { body } = await client.request({
			method: 'GET',
			path: `${listPath(listId)}/merge-fields`,
			query: {
				fields: 'merge_fields.tag,merge_fields.name,merge_fields.type,total_items',
				count: LARGEST_PAGE,
				offset: found.length,
			},
			operation: 'read merge fields',
			reply: mergeFieldsSchema,
		});
		found.push(...body.merge_fields);
		if (body.merge_fields.length === 0 || found.length >= body.total_items) return found;
	}
}

/**
 * Creates the merge fields that are missing in the chosen audience, or in every audience when none is chosen.
 * They are not shown on sign-up forms. Returns `audience/tag` of each that was created.
 * @throws TerminalError when a tag breaks the vendor's rules, exists with another type, or the audience is full.
 */
export async function ensureMergeFields(
	client: HttpClient,
	fields: readonly DestinationField[],
	settings?: Settings,
): Promise<{ created: string[] }> {
	fields.forEach((field) => assertTag(client, field));
	const created: string[] = [];
	for (const listId of await chosenLists(client, settings)) {
		const existing = await readMergeFields(client, listId);
		for (const field of fields) {
			const present = existing.find((candidate) => candidate.tag === field.target);
			if (present) assertType(client, field, present);
			else if (await createMergeField(client, listId, field)) created.push(`${listId}/${field.target}`);
		}
	}
	return { created };
}

/** Merge fields that can hold one plain value, for a drop-down. */
export async function listMergeFields(client: HttpClient, settings?: Settings): Promise<{ name: string; label: string }[]> {
	const labels = new Map<string, string>();
	for (const listId of await chosenLists(client, settings)) {
		for (const field of await readMergeFields(client, listId)) {
			if (!NOT_WRITABLE.has(field.type) && !labels.has(field.tag)) labels.set(field.tag, field.name);
		}
	}
	return [...labels].map(([tag, name]) => ({ name: tag, label: name ? `${name} (${tag})` : tag }));
}

/** Returns false when another worker created it in the meantime. */
async function createMergeField(client: HttpClient, listId: string, field: DestinationField): Promise<boolean> {
	try {
		await client.request({
			method: 'POST',
			path: `${listPath(listId)}/merge-fields`,
			json: { tag: field.target, name: field.label.slice(0, 50), type: VENDOR_TYPE[field.type], public: false, required: false },
			operation: 'create merge field',
			reply: mergeFieldSchema,
		});
		return true;
	} catch (error) {
		if (!(error instanceof TerminalError) || error.context.status !== 400) throw error;
		const present = (await readMergeFields(client, listId)).find((candidate) => candidate.tag === field.target);
		if (present) {
			assertType(client, field, present);
			return false;
		}
		throw new TerminalError(`the merge field could not be created (${error.message})`, {
			...error.context,
			field: field.target,
			remedy:
				'An audience holds 30 merge fields (80 on the largest plan), default ones included. Delete ones that are no longer used, or write fewer fields',
			cause: error,
		});
	}
}

function assertTag(client: HttpClient, field: DestinationField): void {
	if (field.target === ADDRESS) {
		throw new TerminalError('a member\'s address is never written', {
			system: client.system,
			operation: 'check merge fields',
			field: field.target,
			remedy: 'Write to another merge field',
		});
	}
	if (TAG.test(field.target)) return;
	throw new TerminalError('this is not a merge tag', {
		system: client.system,
		operation: 'create merge field',
		field: field.target,
		remedy: 'Use at most ten characters: capital letters, digits and underscores, a letter first, for example C360_ID',
	});
}

/** Text takes everything; a number or date takes only its own kind. */
function assertType(client: HttpClient, field: DestinationField, present: MergeField): void {
	if (present.type === 'text' || present.type === VENDOR_TYPE[field.type]) return;
	throw new TerminalError(`the merge field exists with type ${present.type}, and ${VENDOR_TYPE[field.type]} is needed`, {
		system: client.system,
		operation: 'read merge fields',
		field: field.target,
		remedy: 'Delete or rename that merge field in Mailchimp, or choose another tag for this value',
	});
}
