import { z } from 'zod/v4';
import { slices, TerminalError, type HttpClient } from '../../transport';
import type { DestinationField } from '../definition';
import { isWritable, loadCatalog } from './catalog';
import { propertyRemedy } from './errors';
import { HUBSPOT } from './name';
import type { CrmObject } from './objects';
import { propertyListSchema } from './replies';

/** Group under which everything stands that we add. */
export const PROPERTY_GROUP = { name: 'customer360', label: 'Customer 360' };

const TYPES: Record<DestinationField['type'], { type: string; fieldType: string; options?: unknown[] }> = {
	text: { type: 'string', fieldType: 'text' },
	long_text: { type: 'string', fieldType: 'textarea' },
	number: { type: 'number', fieldType: 'number' },
	date: { type: 'date', fieldType: 'date' },
	boolean: {
		type: 'bool',
		fieldType: 'booleancheckbox',
		options: [
			{ label: 'Yes', value: 'true', displayOrder: 0, hidden: false },
			{ label: 'No', value: 'false', displayOrder: 1, hidden: false },
		],
	},
};

/** Internal names: small letters, digits and underscores, a letter first, at most 100 (Properties guide, "Create a property"). */
const NAME = /^[a-z][a-z0-9_]{0,99}$/;

/** Properties of one batch call. */
const MOST_AT_ONCE = 100;

/**
 * Creates the properties that are missing, in our own group, with one call for the group and one for every hundred properties.
 * @throws TerminalError for a name that HubSpot doesn't allow or a property that cannot be written, before anything is created.
 */
export async function ensureProperties(object: CrmObject, client: HttpClient, fields: readonly DestinationField[]): Promise<{ created: string[] }> {
	const catalog = await loadCatalog(client, object, true);
	const operation = `create properties of ${object.path}`;
	for (const { target } of fields) {
		const property = catalog.get(target);
		if (property && !isWritable(property)) {
			const problem = { code: 'READ_ONLY_VALUE', field: target };
			throw new TerminalError('the property cannot be written', { system: HUBSPOT, operation, ...problem, remedy: propertyRemedy(problem) });
		}
		if (!property && !NAME.test(target)) {
			throw new TerminalError('HubSpot does not allow this name for a property', {
				system: HUBSPOT,
				operation,
				field: target,
				remedy: 'Use small letters, digits and underscores, and a letter first, for example c360_segments',
			});
		}
	}
	const missing = fields.filter((field, index) => !catalog.has(field.target) && fields.findIndex(({ target }) => target === field.target) === index);
	if (missing.length === 0) return { created: [] };
	await createGroup(object, client, operation);
	const created = await createMissing(object, client, missing, operation);
	await loadCatalog(client, object, true);
	return { created };
}

async function createGroup(object: CrmObject, client: HttpClient, operation: string): Promise<void> {
	try {
		await client.request({
			method: 'POST',
			path: `/crm/v3/properties/${object.path}/groups`,
			json: { ...PROPERTY_GROUP, displayOrder: -1 },
			operation,
			repeatable: true,
			reply: z.unknown(),
		});
	} catch (error) {
		if (!existsAlready(error)) throw error;
	}
}

/** Somebody else can create the same property between our look and our call; what is still missing then is tried once more. */
async function createMissing(object: CrmObject, client: HttpClient, missing: readonly DestinationField[], operation: string): Promise<string[]> {
	const created: string[] = [];
	let open = missing;
	for (let attempt = 0; attempt < 2 && open.length > 0; attempt++) {
		for (const some of slices(open, MOST_AT_ONCE)) {
			try {
				const { body } = await client.request({
					method: 'POST',
					path: `/crm/v3/properties/${object.path}/batch/create`,
					json: { inputs: some.map(toProperty) },
					operation,
					repeatable: true,
					reply: propertyListSchema,
				});
				created.push(...body.results.map((property) => property.name));
			} catch (error) {
				if (!existsAlready(error)) throw error;
			}
		}
		const catalog = await loadCatalog(client, object, true);
		open = open.filter(({ target }) => !catalog.has(target));
	}
	const left = open[0];
	if (left) {
		throw new TerminalError('the property could not be created', {
			system: HUBSPOT,
			operation,
			field: left.target,
			remedy: 'Create it in HubSpot (Settings, Properties), or restore it there when it was archived',
		});
	}
	return created;
}

function existsAlready(error: unknown): boolean {
	return error instanceof TerminalError && error.context.status === 409;
}

function toProperty(field: DestinationField): Record<string, unknown> {
	return {
		name: field.target,
		label: field.label,
		groupName: PROPERTY_GROUP.name,
		description: 'Kept by Customer 360; changes made here are overwritten.',
		formField: false,
		...TYPES[field.type],
	};
}

/** Properties that can be written, by label. */
export async function listProperties(object: CrmObject, client: HttpClient): Promise<{ name: string; label: string }[]> {
	const catalog = await loadCatalog(client, object, true);
	return [...catalog.values()]
		.filter((property) => isWritable(property) && property.hidden !== true)
		.map(({ name, label }) => ({ name, label }))
		.sort((a, b) => a.label.localeCompare(b.label));
}
