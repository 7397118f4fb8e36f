import type { HttpClient } from '../../transport';
import type { CrmObject } from './objects';
import { propertyListSchema, type CrmProperty } from './replies';

/** An object's properties by name. */
export type Catalog = ReadonlyMap<string, CrmProperty>;

const known = new WeakMap<HttpClient, Map<string, Promise<Catalog>>>();

/**
 * The properties of an object, read once for each client, because every write needs their types.
 * Source: https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide, "Retrieve properties"
 */
export function loadCatalog(client: HttpClient, object: CrmObject, fresh = false): Promise<Catalog> {
	const catalogs = known.get(client) ?? new Map<string, Promise<Catalog>>();
	known.set(client, catalogs);
	let catalog = fresh ? undefined : catalogs.get(object.name);
	if (!catalog) {
		catalog = readCatalog(client, object);
		catalogs.set(object.name, catalog);
		catalog.catch(() => catalogs.delete(object.name));
	}
	return catalog;
}

async function readCatalog(client: HttpClient, object: CrmObject): Promise<Catalog> {
	const { body } = await client.request({
		method: 'GET',
		path: `/crm/v3/properties/${object.path}`,
		query: { archived: false },
		operation: `list properties of ${object.path}`,
		reply: propertyListSchema,
	});
	return new Map(body.results.map((property) => [property.name, property]));
}

export function isWritable(property: CrmProperty): boolean {
	return property.modificationMetadata?.readOnlyValue !== true && property.calculated !== true;
}
