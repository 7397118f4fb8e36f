import { z } from 'zod/v4';
import type { VendorReply, VendorRequest } from '../vendor-server';
import { faultMessage, invalid, refusal } from './errors';
import { findFaults } from './properties';
import { show } from './records';
import type { HubSpotState, ObjectPath, StoredRecord } from './state';

const inputSchema = z.object({
	id: z.string(),
	idProperty: z.string().optional(),
	properties: z.record(z.string(), z.unknown()).default({}),
	objectWriteTraceId: z.string().optional(),
});
type Input = z.infer<typeof inputSchema>;
const batchSchema = z.object({ inputs: z.array(inputSchema) });
const readSchema = z.object({
	inputs: z.array(z.object({ id: z.string() })),
	properties: z.array(z.string()).default([]),
	idProperty: z.string().optional(),
});

interface ItemError {
	status: 'error';
	category: string;
	message: string;
	context: Record<string, string[]>;
}

/** Reads at most 100 records by ID or by email. */
export function batchRead(state: HubSpotState, path: ObjectPath, { json }: VendorRequest): VendorReply {
	const parsed = readSchema.safeParse(json);
	if (!parsed.success) return invalid('Invalid input JSON');
	const { inputs, properties, idProperty } = parsed.data;
	if (inputs.length > 100) return tooMany();
	const found = inputs.map(({ id }) => (idProperty === 'email' ? state.findByEmail(id) : alive(state, path, id)));
	const missing = inputs.filter((_, index) => !found[index]).map(({ id }) => id);
	const results = found.filter((record) => record !== undefined).map((record) => show(state, path, record, properties));
	return answer(state, results, missing.length > 0 ? [gone(path, missing)] : []);
}

export function batchUpdate(state: HubSpotState, path: ObjectPath, request: VendorRequest): VendorReply {
	return batchWrite(state, path, 'update', request);
}

export function batchUpsert(state: HubSpotState, path: ObjectPath, request: VendorRequest): VendorReply {
	return batchWrite(state, path, 'upsert', request);
}

/**
 * Updates or upserts at most 100 records. With trace IDs on all inputs the good ones are done and each bad one gets an error (207);
 * without, one bad input makes HubSpot refuse the batch.
 */
function batchWrite(state: HubSpotState, path: ObjectPath, verb: 'update' | 'upsert', { json }: VendorRequest): VendorReply {
	const parsed = batchSchema.safeParse(json);
	if (!parsed.success) return invalid('Invalid input JSON');
	const { inputs } = parsed.data;
	if (inputs.length > 100) return tooMany();
	const ids = inputs.map(({ id }) => (verb === 'upsert' ? id.toLowerCase() : id));
	const double = ids.find((id, index) => ids.indexOf(id) !== index);
	if (double !== undefined) return invalid(`Duplicate IDs found in batch input: [${double}]. IDs must be unique`, { context: { ids: [double] } });
	const definitions = state.properties[path];
	const { portalId } = state.settings;
	const unfit = inputs.find(({ idProperty }) => (verb === 'upsert' || idProperty !== undefined) && !definitions.get(idProperty ?? '')?.unique);
	if (unfit) return invalid(`Unable to perform update/upsert by non-unique ${path} property ${unfit.idProperty ?? ''} in portal ID ${portalId}`);

	const partly = state.settings.multiStatus && inputs.every(({ objectWriteTraceId }) => objectWriteTraceId !== undefined);
	const refused = new Map<Input, ItemError>();
	for (const input of inputs) {
		const faults = findFaults(definitions, verb === 'upsert' ? { ...input.properties, email: input.id } : input.properties, portalId);
		const error = faults.length > 0 ? itemError('VALIDATION_ERROR', faultMessage(faults)) : conflict(state, path, verb, input);
		if (!error) continue;
		if (!partly) return refusal(error.category === 'CONFLICT' ? 409 : 400, error.category, error.message);
		refused.set(input, { ...error, context: { objectWriteTraceId: [input.objectWriteTraceId ?? ''] } });
	}
	const missing: string[] = [];
	const results: Record<string, unknown>[] = [];
	for (const input of inputs.filter((one) => !refused.has(one))) {
		const values = Object.fromEntries(Object.entries(input.properties).map(([name, value]) => [name, value === null ? '' : String(value)]));
		const existing = verb === 'upsert' ? state.findByEmail(input.id) : alive(state, path, input.id);
		if (!existing && verb === 'update') {
			// A record that was merged away is passed over in silence.
			if (!state.merged[path].has(input.id)) missing.push(input.id);
			continue;
		}
		const record = existing ? state.change(path, existing.id, values) : state.add(path, { ...withoutEmpty(values), email: input.id });
		results.push({
			...show(state, path, record),
			...(verb === 'upsert' && { new: !existing }),
			...(input.objectWriteTraceId !== undefined && { objectWriteTraceId: input.objectWriteTraceId }),
		});
	}
	return answer(state, results, [...refused.values(), ...(missing.length > 0 ? [gone(path, missing)] : [])]);
}

/** An email belongs to one contact only, be it as primary or as additional one. */
function conflict(state: HubSpotState, path: ObjectPath, verb: 'update' | 'upsert', input: Input): ItemError | undefined {
	if (path !== 'contacts') return undefined;
	const email = verb === 'upsert' ? input.id : input.properties.email;
	if (typeof email !== 'string' || email === '') return undefined;
	const primary = state.findByEmail(email);
	if (verb === 'upsert' && primary) return undefined;
	const owner = primary ?? state.findBySecondaryEmail(email);
	if (!owner || owner.id === input.id) return undefined;
	return itemError('CONFLICT', `Contact already exists. Existing ID: ${owner.id}`);
}

function itemError(category: string, message: string): ItemError {
	return { status: 'error', category, message, context: {} };
}

function gone(path: ObjectPath, ids: string[]): ItemError {
	const name = path === 'contacts' ? 'CONTACT' : 'COMPANY';
	const message = `Could not get some ${name} objects, they may be deleted or not exist. Check that ids are valid.`;
	return { ...itemError('OBJECT_NOT_FOUND', message), context: { ids } };
}

function alive(state: HubSpotState, path: ObjectPath, id: string): StoredRecord | undefined {
	const record = state.records[path].get(id);
	return record?.archived ? undefined : record;
}

function withoutEmpty(values: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

function tooMany(): VendorReply {
	return invalid('The maximum batch size is 100');
}

function answer(state: HubSpotState, results: Record<string, unknown>[], errors: ItemError[]): VendorReply {
	const time = new Date(state.clock()).toISOString();
	return {
		status: errors.length > 0 ? 207 : 200,
		body: { status: 'COMPLETE', results, ...(errors.length > 0 && { numErrors: errors.length, errors }), startedAt: time, completedAt: time },
	};
}
