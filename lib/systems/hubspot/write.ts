import { TransientError, type HttpClient } from '../../transport';
import type { WriteItem, WriteResult } from '../definition';
import { MAX_CALLS, sendBatch, type Batch, type BatchInput } from './batch';
import { isWritable, loadCatalog, type Catalog } from './catalog';
import { propertyRemedy } from './errors';
import type { CrmObject } from './objects';
import { toPropertyText } from './values';

/** Largest batch of the object endpoints (CRM API, Contacts, "Limits"). */
export const MAX_BATCH = 100;

/**
 * Writes contacts or companies and returns one result an item, in order.
 *
 * A record that is known is updated by its ID. An upsert would not do: it accepts `email` or a custom unique property, never
 * `hs_object_id`, so a contact whose email differs from ours, or has none, would be created a second time. A new contact goes through the
 * upsert by email, because that finds the contact when somebody created it meanwhile, and a repeat after a lost answer does no harm; and
 * as an upsert by email takes no partial records, it fits only here, where everything is sent. When the email is another contact's
 * secondary one, HubSpot names that contact instead, and it is updated by its ID. Companies have no unique property and are not created.
 * Source: https://developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/guide, "Upsert contacts"
 * @throws TransientError, TerminalError when nothing of the batch was written.
 */
export async function writeObjects(object: CrmObject, client: HttpClient, items: readonly WriteItem[]): Promise<WriteResult[]> {
	const results = new Map<string, WriteResult>();
	const catalog = items.length > 0 ? await loadCatalog(client, object) : new Map();
	const updates: BatchInput[] = [];
	const upserts: BatchInput[] = [];
	const seen = new Set<string>();
	items.forEach((item, index) => {
		const trace = String(index);
		const input = toInput(object, item, trace, catalog);
		if ('status' in input) return results.set(trace, input);
		if (seen.has(input.id)) return results.set(trace, twice(object, item));
		seen.add(input.id);
		(item.targetId === null ? upserts : updates).push(input);
	});
	try {
		for (const inputs of inBatches(updates)) await run(object, client, 'update', inputs, results);
		for (const inputs of inBatches(upserts)) {
			const existing = await run(object, client, 'upsert', inputs, results);
			await updateExisting(object, client, existing, seen, results);
		}
	} catch (error) {
		if (![...results.values()].some(({ status }) => status === 'acknowledged')) throw error;
		// A part is written: its results must not get lost.
		const rest: WriteResult = { status: 'retry', reason: error instanceof Error ? error.message : String(error), ...waitOf(error) };
		items.forEach((_, index) => results.has(String(index)) || results.set(String(index), rest));
	}
	return items.map((_, index) => results.get(String(index)) ?? { status: 'retry', reason: 'HubSpot gave no answer for this record' });
}

function toInput(object: CrmObject, item: WriteItem, trace: string, catalog: Catalog): BatchInput | WriteResult {
	const email = item.email?.trim().toLowerCase();
	if (item.targetId === null && object.name === 'company') {
		return { status: 'skipped', reason: 'companies are not created in HubSpot, only updated' };
	}
	if (item.targetId === null && !email) return { status: 'failed', reason: 'a new contact needs an email, and this profile has none', field: 'email' };
	const properties: Record<string, string> = {};
	for (const [name, value] of Object.entries(item.fields)) {
		const property = catalog.get(name);
		const code = !property ? 'PROPERTY_DOESNT_EXIST' : !isWritable(property) ? 'READ_ONLY_VALUE' : undefined;
		if (!property || code !== undefined) {
			const remedy = propertyRemedy({ code: code ?? '', field: name });
			return { status: 'failed', reason: `HubSpot's ${object.path} have no property ${name} that can be written. ${remedy}`, field: name };
		}
		const text = toPropertyText(value, property.type);
		if (!text.ok) return { status: 'failed', reason: `${text.reason}, but property ${name} wants a ${property.type}. Write to another property, or give this one another type in HubSpot`, field: name };
		properties[name] = text.text;
	}
	return item.targetId === null
		? { id: email ?? '', idProperty: 'email', properties, objectWriteTraceId: trace }
		: { id: item.targetId, properties, objectWriteTraceId: trace };
}

/** HubSpot refuses a whole batch that names a record twice. */
function twice(object: CrmObject, item: WriteItem): WriteResult {
	return item.targetId === null
		? { status: 'failed', reason: 'another profile with the same email is being created; decide whether the two are one person', field: 'email' }
		: { status: 'retry', reason: `another change of the same ${object.name} is in this batch` };
}

async function run(
	object: CrmObject,
	client: HttpClient,
	verb: Batch['verb'],
	inputs: BatchInput[],
	results: Map<string, WriteResult>,
): Promise<Batch['existing']> {
	const batch: Batch = { client, object, verb, results, existing: [], callsLeft: MAX_CALLS };
	await sendBatch(batch, inputs);
	return batch.existing;
}

async function updateExisting(
	object: CrmObject,
	client: HttpClient,
	existing: Batch['existing'],
	seen: Set<string>,
	results: Map<string, WriteResult>,
): Promise<void> {
	const inputs: BatchInput[] = [];
	for (const { input, id } of existing) {
		if (seen.has(id)) {
			const reason = `the email belongs to contact ${id}, which another profile is written to; decide whether the two are one person`;
			results.set(input.objectWriteTraceId, { status: 'failed', reason, field: 'email' });
			continue;
		}
		seen.add(id);
		inputs.push({ id, properties: input.properties, objectWriteTraceId: input.objectWriteTraceId });
	}
	await run(object, client, 'update', inputs, results);
}

function inBatches(inputs: readonly BatchInput[]): BatchInput[][] {
	return Array.from({ length: Math.ceil(inputs.length / MAX_BATCH) }, (_, index) => inputs.slice(index * MAX_BATCH, (index + 1) * MAX_BATCH));
}

function waitOf(error: unknown): { retryAfterMs?: number } {
	const wait = error instanceof TransientError ? error.context.retryAfterMs : undefined;
	return wait === undefined ? {} : { retryAfterMs: wait };
}
