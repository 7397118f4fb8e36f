import type { HttpClient, HttpReply } from '../../transport';
import type { z } from 'zod/v4';
import type { ChangesPosition } from './cursor';
import type { CrmObject } from './objects';
import { recordPageSchema } from './replies';

/** Largest page of the search endpoint. */
const SEARCH_PAGE = 200;

/**
 * Reads the next records by time of change, oldest first.
 *
 * Every call is the first page of a new search. HubSpot's own paging is an offset: it ends at 10,000 results, and a record that changes
 * while we page moves to the end and pulls an unread one on to a page that was already read. Asking again from the last time seen has
 * neither fault. Only one sort rule is allowed, so records of one and the same time have no order; when they fill a whole page, they are
 * read by ID (`tie`) until they end.
 * Source: https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm
 */
export async function searchChanges(
	object: CrmObject,
	client: HttpClient,
	position: ChangesPosition,
	pageSize = SEARCH_PAGE,
): Promise<HttpReply<z.infer<typeof recordPageSchema>>> {
	const from = { propertyName: object.modified, operator: 'GTE', value: String(position.from) };
	const filters =
		position.tie === null
			? [from]
			: [from, { ...from, operator: 'LTE' }, { propertyName: 'hs_object_id', operator: 'GT', value: position.tie }];
	return await client.request({
		method: 'POST',
		path: `/crm/v3/objects/${object.path}/search`,
		json: {
			filterGroups: [{ filters }],
			sorts: [{ propertyName: position.tie === null ? object.modified : 'hs_object_id', direction: 'ASCENDING' }],
			properties: object.properties,
			limit: Math.min(pageSize, SEARCH_PAGE),
			after: 0,
		},
		operation: `search ${object.path}`,
		repeatable: true,
		reply: recordPageSchema,
	});
}

/** Where to go on after a page; undefined at the end. `times` are the page's records in the order of the answer. */
export function nextPosition(position: ChangesPosition, times: readonly { id: string; time: number }[], more: boolean): ChangesPosition | undefined {
	const last = times.at(-1);
	if (position.tie !== null) {
		return more && last ? { ...position, tie: last.id } : { ...position, from: position.from + 1, tie: null };
	}
	if (!more || !last) return undefined;
	return last.time > position.from ? { ...position, from: last.time } : { ...position, tie: '0' };
}
