import type { VendorReply, VendorRequest } from '../vendor-server';
import { noSuch, refuse } from './errors';
import { decodeForm, type FormObject, type FormValue } from './form';
import type { StoredObject } from './state';

const PAGING = ['limit', 'starting_after', 'ending_before', 'expand'];

/**
 * Answers a list call: newest first, `limit` 1 to 100 (10 by default), `starting_after` towards older and `ending_before` towards newer
 * objects. `items` are those that the filters let through. `has_more` speaks of the direction taken.
 * https://docs.stripe.com/api/pagination
 * @param find looks an object up by ID: a page can start from one that the filters leave out
 */
export function listReply(
	query: FormObject,
	url: string,
	kind: string,
	items: readonly StoredObject[],
	find: (id: string) => StoredObject | undefined,
): VendorReply {
	const limit = readLimit(query.limit);
	const after = place(query.starting_after, kind, 'starting_after', find);
	const before = place(query.ending_before, kind, 'ending_before', find);
	if (after && before) {
		refuse(400, { message: 'You may not provide both starting_after and ending_before parameters.', param: 'ending_before' });
	}
	const rest = items.filter((item) => (after ? isOlder(item, after) : before ? isOlder(before, item) : true));
	const data = before ? rest.slice(-limit) : rest.slice(0, limit);
	return { body: { object: 'list', data, has_more: rest.length > limit, url } };
}

/** Decodes the query and refuses parameters that the call does not have. */
export function readQuery(request: VendorRequest, known: readonly string[]): FormObject {
	const query = decodeForm(request.query);
	const unknown = Object.keys(query).find((name) => !known.includes(name) && !PAGING.includes(name));
	if (unknown) refuse(400, { code: 'parameter_unknown', message: `Received unknown parameter: ${unknown}`, param: unknown });
	return query;
}

/** Keeps what was created in the interval: a second, or `gt`, `gte`, `lt`, `lte`. */
export function createdWithin(filter: FormValue | undefined): (item: StoredObject) => boolean {
	if (filter === undefined) return () => true;
	if (typeof filter === 'string') return (item) => item.created === integer(filter, 'created');
	const bounds = Object.entries(filter).map(([name, value]) => ({ name, value: integer(value, `created[${name}]`) }));
	return ({ created }) =>
		bounds.every(({ name, value }) => {
			if (name === 'gt') return created > value;
			if (name === 'gte') return created >= value;
			if (name === 'lt') return created < value;
			if (name === 'lte') return created <= value;
			return refuse(400, { code: 'parameter_unknown', message: `Received unknown parameter: created[${name}]`, param: `created[${name}]` });
		});
}

function isOlder(item: StoredObject, than: StoredObject): boolean {
	return item.created !== than.created ? item.created < than.created : item.id < than.id;
}

function place(id: FormValue | undefined, kind: string, param: string, find: (id: string) => StoredObject | undefined): StoredObject | undefined {
	if (typeof id !== 'string') return undefined;
	return find(id) ?? noSuch(kind, id, param);
}

function readLimit(value: FormValue | undefined): number {
	const limit = value === undefined ? 10 : integer(value, 'limit');
	if (limit < 1) refuse(400, { code: 'parameter_invalid_integer', message: 'This value must be greater than or equal to 1.', param: 'limit' });
	if (limit > 100) refuse(400, { code: 'parameter_invalid_integer', message: 'This value must be less than or equal to 100.', param: 'limit' });
	return limit;
}

function integer(value: FormValue, param: string): number {
	if (typeof value !== 'string' || !/^-?\d+$/.test(value)) {
		return refuse(400, { code: 'parameter_invalid_integer', message: `Invalid integer: ${JSON.stringify(value)}`, param });
	}
	return Number(value);
}
