import { z } from 'zod/v4';
import type { HttpClient } from '../../transport';
import type { PullOptions, PullPage } from '../definition';
import { EXPORT_PATH } from './client';
import { organizationRecord, organizationSchema } from './records';
import { firstStartTime, isTooRecent, numberOrNull, textOrNull, toldUntil } from './start-time';

const pageSchema = z.object({
	organizations: z.array(organizationSchema),
	end_time: z.number().nullish(),
	end_of_stream: z.boolean(),
});

const listSchema = z.object({
	organizations: z.array(organizationSchema),
	meta: z.looseObject({ has_more: z.boolean(), after_cursor: z.string().nullish() }),
});

/**
 * Reads organizations, for which Zendesk has only the time-based export: each page begins at the time of the last record of the page
 * before, so that records at the border come twice.
 * Where more organizations share one second than a page holds, the export never gets past them. Then the complete listing is read for
 * that one second, and the export goes on one second later.
 *
 * Cursor: `startTime` of the next page in seconds, `until` as in the other streams, `list` the listing's cursor while it is being read.
 * The vendor's own link to the next page is not used: it names the vendor's host, where a proxy may stand before it.
 * https://developer.zendesk.com/documentation/ticketing/managing-tickets/using-the-incremental-export-api/#time-based-incremental-exports
 */
export async function* pullOrganizations(client: HttpClient, options: PullOptions): AsyncGenerator<PullPage, void, undefined> {
	const until = numberOrNull(options.cursor?.['until']);
	let startTime = numberOrNull(options.cursor?.['startTime']) ?? firstStartTime(options);
	if (until !== null) startTime = Math.max(0, Math.floor(until - options.overlapMs / 1000));
	let list = textOrNull(options.cursor?.['list']);

	for (;;) {
		if (list !== null) {
			yield* listSecond(client, startTime, list, options.pageSize);
			startTime += 1;
			list = null;
		}
		const reply = await readPage(client, startTime, options.pageSize).catch((error: unknown) => {
			if (isTooRecent(error)) return undefined;
			throw error;
		});
		if (!reply) return;
		const { organizations, end_time: endTime, end_of_stream: ended } = reply.body;
		const reached = endTime ?? startTime;
		const records = organizations.map(organizationRecord);
		if (ended) {
			yield { records, cursor: { startTime: reached, list: null, until: Math.max(reached, toldUntil(reply) ?? 0) } };
			return;
		}
		if (reached <= startTime) list = FIRST_PAGE;
		else startTime = reached;
		yield { records, cursor: { startTime, list, until: null } };
	}
}

const FIRST_PAGE = 'first';

/** All organizations that last changed in this second, from the complete listing. Its last page's cursor leads on to the next second. */
async function* listSecond(client: HttpClient, second: number, from: string, pageSize = 100): AsyncGenerator<PullPage, void, undefined> {
	let after: string | null = from;
	while (after !== null) {
		const body = await readList(client, after, pageSize);
		after = body.meta.has_more ? (body.meta.after_cursor ?? null) : null;
		yield {
			records: body.organizations.filter((item) => Math.floor(Date.parse(item.updated_at) / 1000) === second).map(organizationRecord),
			cursor: { startTime: after === null ? second + 1 : second, list: after, until: null },
		};
	}
}

async function readList(client: HttpClient, after: string, pageSize: number): Promise<z.infer<typeof listSchema>> {
	const { body } = await client.request({
		method: 'GET',
		path: '/api/v2/organizations',
		query: { 'page[size]': Math.min(100, pageSize), 'page[after]': after === FIRST_PAGE ? undefined : after },
		operation: 'list organizations',
		reply: listSchema,
	});
	return body;
}

function readPage(client: HttpClient, startTime: number, pageSize?: number) {
	return client.request({
		method: 'GET',
		path: `${EXPORT_PATH}organizations`,
		query: { start_time: startTime, per_page: pageSize },
		operation: 'read organizations',
		reply: pageSchema,
	});
}
