import { z } from 'zod/v4';
import type { VendorReply, VendorRequest } from '../vendor-server';
import { invalid, refusal } from './errors';
import type { PropertyDefinition } from './properties';
import type { HubSpotState, ObjectPath } from './state';

const propertySchema = z.object({
	name: z.string().regex(/^[a-z][a-z0-9_]{0,99}$/),
	label: z.string().min(1),
	type: z.enum(['string', 'number', 'date', 'datetime', 'bool', 'enumeration']),
	fieldType: z.enum(['text', 'textarea', 'number', 'date', 'booleancheckbox', 'checkbox', 'select', 'radio', 'file', 'html', 'phonenumber']),
	groupName: z.string(),
	description: z.string().optional(),
	formField: z.boolean().optional(),
	hasUniqueValue: z.boolean().optional(),
	options: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
});
const batchSchema = z.object({ inputs: z.array(propertySchema).max(100) });
const groupSchema = z.object({ name: z.string().min(1), label: z.string().min(1), displayOrder: z.number().optional() });

function show(definition: PropertyDefinition): Record<string, unknown> {
	const { readOnly = false, unique = false, hubspotDefined = false, options = [], ...shown } = definition;
	return {
		...shown,
		description: '',
		options,
		hasUniqueValue: unique,
		hubspotDefined,
		hidden: false,
		formField: false,
		calculated: false,
		archived: false,
		modificationMetadata: { archivable: !hubspotDefined, readOnlyDefinition: hubspotDefined, readOnlyValue: readOnly },
	};
}

export function listProperties(state: HubSpotState, path: ObjectPath): VendorReply {
	return { body: { results: [...state.properties[path].values()].map(show) } };
}

export function createProperties(state: HubSpotState, path: ObjectPath, { json }: VendorRequest): VendorReply {
	const parsed = batchSchema.safeParse(json);
	if (!parsed.success) return invalid(`Invalid input JSON: ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
	const { inputs } = parsed.data;
	const homeless = inputs.find(({ groupName }) => !state.groups[path].has(groupName));
	if (homeless) return invalid(`The property group ${homeless.groupName} does not exist`);
	const boolWithoutOptions = inputs.find(({ type, options = [] }) => type === 'bool' && options.length !== 2);
	if (boolWithoutOptions) return invalid(`Property ${boolWithoutOptions.name} needs the options true and false`);
	const existing = inputs.find(({ name }) => state.properties[path].has(name));
	if (existing) return refusal(409, 'OBJECT_ALREADY_EXISTS', `A property named '${existing.name}' already exists.`);
	for (const { hasUniqueValue, description: _, formField: __, ...input } of inputs) {
		state.properties[path].set(input.name, { ...input, unique: hasUniqueValue ?? false });
	}
	const time = new Date(state.clock()).toISOString();
	const results = inputs.map(({ name }) => state.properties[path].get(name)).filter((one) => one !== undefined).map(show);
	return { status: 201, body: { status: 'COMPLETE', results, startedAt: time, completedAt: time } };
}

export function listGroups(state: HubSpotState, path: ObjectPath): VendorReply {
	return { body: { results: [...state.groups[path]].map(([name, label], displayOrder) => ({ name, label, displayOrder, archived: false })) } };
}

export function createGroup(state: HubSpotState, path: ObjectPath, { json }: VendorRequest): VendorReply {
	const parsed = groupSchema.safeParse(json);
	if (!parsed.success) return invalid('Invalid input JSON');
	const { name, label, displayOrder = -1 } = parsed.data;
	if (state.groups[path].has(name)) return refusal(409, 'OBJECT_ALREADY_EXISTS', `A property group named '${name}' already exists.`);
	state.groups[path].set(name, label);
	return { status: 201, body: { name, label, displayOrder, archived: false } };
}
