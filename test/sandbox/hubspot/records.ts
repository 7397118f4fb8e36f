import { z } from 'zod/v4';
import type { VendorReply, VendorRequest } from '../vendor-server';
import { invalid } from './errors';
import type { HubSpotState, ObjectPath, StoredRecord } from './state';

const DEFAULTS: Record<ObjectPath, string[]> = {
	contacts: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
	companies: ['name', 'domain', 'createdate', 'hs_lastmodifieddate', 'hs_object_id'],
};

/** A record as HubSpot shows it: the properties that were asked for (unknown ones are ignored), null where there is no value. */
export function show(state: HubSpotState, path: ObjectPath, record: StoredRecord, properties: readonly string[] = []): Record<string, unknown> {
	const names = [...new Set([...(properties.length > 0 ? properties : DEFAULTS[path]), 'hs_object_id', 'createdate', state.modifiedProperty(path)])];
	return {
		id: record.id,
		properties: Object.fromEntries(
			names.filter((name) => state.properties[path].has(name)).map((name) => [name, record.properties[name] ?? null]),
		),
		createdAt: record.createdAt,
		updatedAt: record.updatedAt,
		archived: record.archived,
		...(record.archivedAt !== undefined && { archivedAt: record.archivedAt }),
	};
}

/** The primary company is named under both association types. */
function companiesOf(record: StoredRecord): { id: string; typeId: number; type: string; label: string | null }[] {
	return record.companyIds.flatMap((id, index) => [
		...(index === 0 ? [{ id, typeId: 1, type: 'contact_to_company', label: 'Primary' }] : []),
		{ id, typeId: 279, type: 'contact_to_company_unlabeled', label: null },
	]);
}

export function listRecords(state: HubSpotState, path: ObjectPath, { query }: VendorRequest): VendorReply {
	const limit = Number(query.get('limit') ?? 10);
	if (!Number.isInteger(limit) || limit < 1 || limit > 100) return invalid(`Invalid limit ${limit}; it must be between 1 and 100`);
	const all = state.inOrder(path, query.get('archived') === 'true');
	const after = query.get('after');
	const rest = after === null ? all : all.filter((record) => Number(record.id) >= Number(after));
	const page = rest.slice(0, limit);
	const next = rest[limit];
	const properties = (query.get('properties') ?? '').split(',').filter(Boolean);
	const withCompanies = path === 'contacts' && (query.get('associations') ?? '').split(',').includes('companies');
	return {
		body: {
			results: page.map((record) => ({
				...show(state, path, record, properties),
				...(withCompanies &&
					record.companyIds.length > 0 && {
						associations: { companies: { results: companiesOf(record).map(({ id, type }) => ({ id, type })) } },
					}),
			})),
			...(next && { paging: { next: { after: next.id, link: `${path}?after=${next.id}` } } }),
		},
	};
}

const associationsSchema = z.object({ inputs: z.array(z.object({ id: z.string() })) });

export function readAssociations(state: HubSpotState, _: ObjectPath, { json }: VendorRequest): VendorReply {
	const parsed = associationsSchema.safeParse(json);
	if (!parsed.success) return invalid('Invalid input JSON');
	const { inputs } = parsed.data;
	if (inputs.length > 1000) return invalid('The maximum batch size is 1000');
	const results: unknown[] = [];
	const errors: unknown[] = [];
	for (const { id } of inputs) {
		const record = state.records.contacts.get(id);
		if (!record || record.archived || record.companyIds.length === 0) {
			errors.push({
				status: 'error',
				category: 'OBJECT_NOT_FOUND',
				subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
				message: `No company is associated with contact ${id}.`,
				context: { fromObjectId: [id], fromObjectType: ['contact'], toObjectType: ['company'] },
			});
			continue;
		}
		const to = record.companyIds.map((companyId) => ({
			toObjectId: Number(companyId),
			associationTypes: companiesOf(record)
				.filter((one) => one.id === companyId)
				.map(({ typeId, label }) => ({ category: 'HUBSPOT_DEFINED', typeId, label })),
		}));
		results.push({ from: { id }, to });
	}
	const time = new Date(state.clock()).toISOString();
	return {
		status: errors.length > 0 ? 207 : 200,
		body: { status: 'COMPLETE', results, ...(errors.length > 0 && { numErrors: errors.length, errors }), startedAt: time, completedAt: time },
	};
}
