import { z } from 'zod/v4';
import type { VendorReply, VendorRequest } from '../vendor-server';
import { invalid } from './errors';
import { toTime, type PropertyDefinition } from './properties';
import { show } from './records';
import type { HubSpotState, ObjectPath, StoredRecord } from './state';

const filterSchema = z.object({
	propertyName: z.string(),
	operator: z.enum(['EQ', 'NEQ', 'LT', 'LTE', 'GT', 'GTE', 'BETWEEN', 'IN', 'NOT_IN', 'HAS_PROPERTY', 'NOT_HAS_PROPERTY']),
	value: z.string().optional(),
	highValue: z.string().optional(),
	values: z.array(z.string()).optional(),
});
type Filter = z.infer<typeof filterSchema>;

const searchSchema = z.object({
	filterGroups: z.array(z.object({ filters: z.array(filterSchema).max(6) })).max(5).default([]),
	sorts: z.array(z.object({ propertyName: z.string(), direction: z.enum(['ASCENDING', 'DESCENDING']).default('ASCENDING') })).max(1).default([]),
	properties: z.array(z.string()).default([]),
	limit: z.number().int().min(1).max(200).default(10),
	after: z.coerce.number().int().min(0).default(0),
	query: z.string().optional(),
});

/** The search endpoint: filters, at most one sort rule, pages by offset, and an end at the window. */
export function searchRecords(state: HubSpotState, path: ObjectPath, { json }: VendorRequest): VendorReply {
	const parsed = searchSchema.safeParse(json);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		return invalid(`Invalid input JSON: ${issue?.message ?? ''} at ${issue?.path.join('.') ?? ''}`);
	}
	const { filterGroups, sorts, properties, limit, after } = parsed.data;
	const definitions = state.properties[path];
	const unknown = [...filterGroups.flatMap((group) => group.filters), ...sorts].find(({ propertyName }) => !definitions.has(propertyName));
	if (unknown) return invalid(`There was a problem with the request: property ${unknown.propertyName} does not exist`);
	if (filterGroups.flatMap((group) => group.filters).length > 18) return invalid('There are too many filters; the maximum is 18');
	if (after + limit > state.settings.searchWindow) {
		return invalid(`Paging past ${state.settings.searchWindow} results is not possible: after ${after} with limit ${limit}`);
	}
	const inGroup = (record: StoredRecord, filters: Filter[]) => filters.every((filter) => matches(definitions, record, filter));
	const found = state
		.inOrder(path, false)
		.filter((record) => filterGroups.length === 0 || filterGroups.some(({ filters }) => inGroup(record, filters)));
	const [sort] = sorts;
	if (sort) {
		const direction = sort.direction === 'ASCENDING' ? 1 : -1;
		// Records that the sort rule holds equal come in no useful order.
		found.sort((a, b) => direction * compare(definitions, sort.propertyName, a, b) || disorder(a.id) - disorder(b.id));
	}
	const page = found.slice(after, after + limit);
	return {
		body: {
			total: found.length,
			results: page.map((record) => show(state, path, record, properties)),
			...(found.length > after + limit && { paging: { next: { after: String(after + limit) } } }),
		},
	};
}

function disorder(id: string): number {
	return (Number(id.slice(-9)) * 7919) % 10_007;
}

function comparable(definition: PropertyDefinition | undefined, value: string): number | string {
	if (definition?.type === 'number') return Number(value);
	if (definition?.type === 'datetime' || definition?.type === 'date') return toTime(value);
	return value.toLowerCase();
}

function order(a: number | string, b: number | string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function compare(definitions: ReadonlyMap<string, PropertyDefinition>, name: string, a: StoredRecord, b: StoredRecord): number {
	const definition = definitions.get(name);
	return order(comparable(definition, a.properties[name] ?? ''), comparable(definition, b.properties[name] ?? ''));
}

function matches(definitions: ReadonlyMap<string, PropertyDefinition>, record: StoredRecord, filter: Filter): boolean {
	const actual = record.properties[filter.propertyName];
	if (filter.operator === 'HAS_PROPERTY') return actual !== undefined;
	if (filter.operator === 'NOT_HAS_PROPERTY') return actual === undefined;
	if (actual === undefined) return filter.operator === 'NEQ' || filter.operator === 'NOT_IN';
	const definition = definitions.get(filter.propertyName);
	const against = (value = '') => order(comparable(definition, actual), comparable(definition, value));
	switch (filter.operator) {
		case 'EQ': return against(filter.value) === 0;
		case 'NEQ': return against(filter.value) !== 0;
		case 'LT': return against(filter.value) < 0;
		case 'LTE': return against(filter.value) <= 0;
		case 'GT': return against(filter.value) > 0;
		case 'GTE': return against(filter.value) >= 0;
		case 'BETWEEN': return against(filter.value) >= 0 && against(filter.highValue) <= 0;
		case 'IN': return (filter.values ?? []).some((value) => against(value) === 0);
		case 'NOT_IN': return !(filter.values ?? []).some((value) => against(value) === 0);
	}
}
