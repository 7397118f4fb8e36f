import { z, type ZodType } from 'zod/v4';
import type { RawRecord } from '../../domain';
import { type HttpClient, TerminalError } from '../../transport';
import type { PullOptions, PullPage } from '../definition';
import { EXPORT_PATH } from './client';
import { ticketRecord, ticketSchema, userRecord, userSchema } from './records';
import { firstStartTime, isTooRecent, numberOrNull, textOrNull, toldUntil } from './start-time';

interface ExportPage<R> {
	items: R[];
	after_cursor?: string | null;
	end_of_stream: boolean;
}

interface ExportStream<R> {
	path: string;
	operation: string;
	page: ZodType<ExportPage<R>>;
	record(item: R): RawRecord | undefined;
}

const pageFields = { after_cursor: z.string().nullish(), end_of_stream: z.boolean() };

const users: ExportStream<z.infer<typeof userSchema>> = {
	path: `${EXPORT_PATH}users/cursor`,
	operation: 'read users',
	page: z.object({ ...pageFields, users: z.array(userSchema) }).transform(({ users: items, ...rest }) => ({ items, ...rest })),
	record: userRecord,
};

const tickets: ExportStream<z.infer<typeof ticketSchema>> = {
	path: `${EXPORT_PATH}tickets/cursor`,
	operation: 'read tickets',
	page: z.object({ ...pageFields, tickets: z.array(ticketSchema) }).transform(({ tickets: items, ...rest }) => ({ items, ...rest })),
	record: ticketRecord,
};

/** End users that changed, deleted ones among them; agents and admins are left out. See {@link pullStream}. */
export function pullUsers(client: HttpClient, options: PullOptions): AsyncGenerator<PullPage, void, undefined> {
	return pullStream(client, users, options);
}

/** Tickets that changed, deleted ones among them. See {@link pullStream}. */
export function pullTickets(client: HttpClient, options: PullOptions): AsyncGenerator<PullPage, void, undefined> {
	return pullStream(client, tickets, options);
}

/**
 * Reads a cursor-based incremental export: from a start time first, then from the cursor of each answer to the end of the stream.
 * The vendor's cursor tells records with equal times apart. A first run reads the same stream from its beginning, 1,000 records a page.
 *
 * Cursor: `after` is the vendor's cursor, `startTime` (seconds) where this run began, `until` (seconds) up to when everything was read,
 * null while in the middle. The next pull goes back from `until` by the overlap; without overlap it goes on from `after`.
 * https://developer.zendesk.com/documentation/ticketing/managing-tickets/using-the-incremental-export-api/#cursor-based-incremental-exports
 */
async function* pullStream<R>(client: HttpClient, stream: ExportStream<R>, options: PullOptions): AsyncGenerator<PullPage, void, undefined> {
	const until = numberOrNull(options.cursor?.['until']);
	const saved = textOrNull(options.cursor?.['after']);
	const goBack = until !== null && options.overlapMs > 0;
	let startTime = numberOrNull(options.cursor?.['startTime']) ?? firstStartTime(options);
	if (until !== null && (goBack || saved === null)) startTime = Math.max(0, Math.floor(until - options.overlapMs / 1000));
	let after = goBack ? null : saved;

	for (;;) {
		const reply = await readPage(client, stream, after, startTime, options.pageSize).catch((error: unknown) => {
			if (after === null && isTooRecent(error)) return undefined;
			throw error;
		});
		if (!reply) return;
		const { items, end_of_stream: ended, after_cursor: next } = reply.body;
		if (!ended && (!next || next === after)) {
			throw new TerminalError('the answer says that more follows, but not where', {
				system: client.system,
				operation: stream.operation,
				field: 'after_cursor',
				remedy: 'Everything up to the last page is safe. Check the base URL in the credential; if it is right, the vendor changed its API',
			});
		}
		after = next ?? after;
		yield {
			records: items.map((item) => stream.record(item)).filter((record) => record !== undefined),
			cursor: { after, startTime, until: ended ? toldUntil(reply) : null },
		};
		if (ended) return;
	}
}

function readPage<R>(client: HttpClient, stream: ExportStream<R>, after: string | null, startTime: number, pageSize?: number) {
	return client.request({
		method: 'GET',
		path: stream.path,
		query: { ...(after === null ? { start_time: startTime } : { cursor: after }), per_page: pageSize },
		operation: stream.operation,
		reply: stream.page,
	});
}
