import { z } from 'zod/v4';
import { type HttpClient, TerminalError } from '../../transport';
import { RESOURCE_MISSING } from './errors';

/** Largest page that Stripe gives. https://docs.stripe.com/api/pagination */
export const LARGEST_PAGE = 100;

export const objectSchema = z.looseObject({ id: z.string().min(1), created: z.number().int().nonnegative() });
export type StripeJson = z.infer<typeof objectSchema>;

/** The parts of an event that are read. https://docs.stripe.com/api/events/object */
export const eventSchema = z.looseObject({
	id: z.string().min(1),
	created: z.number().int().nonnegative(),
	type: z.string().min(1),
	data: z.looseObject({ object: z.looseObject({ id: z.string().min(1) }) }),
});
export type StripeEvent = z.infer<typeof eventSchema>;

export interface ListPage<T> {
	/** Newest first. */
	data: T[];
	hasMore: boolean;
	/** The vendor's time when it read the list, at the latest, in seconds since 1970; undefined when its answer carries none. */
	serverTime?: number;
}

export interface ListRequest<T> {
	path: string;
	query: Record<string, string | number | undefined>;
	operation: string;
	item: z.ZodType<T>;
}

/**
 * Reads one page of a list. Lists are newest first; `starting_after` goes to older, `ending_before` to newer objects,
 * and `has_more` speaks of the direction taken.
 * @throws TransientError, TerminalError
 */
export async function readList<T>(client: HttpClient, request: ListRequest<T>): Promise<ListPage<T>> {
	const started = performance.now();
	const reply = await client.request({
		method: 'GET',
		path: request.path,
		query: request.query,
		operation: request.operation,
		reply: z
			.looseObject({ object: z.literal('list'), data: z.array(request.item), has_more: z.boolean() })
			.refine((list) => !list.has_more || list.data.length > 0, 'the list says that there is more but holds nothing'),
	});
	const { data, has_more: hasMore } = reply.body;
	return { data, hasMore, serverTime: serverTime(reply.headers.date, performance.now() - started) };
}

/** The page's own time less what the call took: never later than the moment at which the list was read. */
function serverTime(date: string | undefined, elapsedMs: number): number | undefined {
	const stamped = Date.parse(date ?? '');
	return Number.isNaN(stamped) ? undefined : Math.floor((stamped - elapsedMs) / 1000);
}

/** Whether the object that a page should start from no longer exists. */
export function isLostPlace(error: unknown): boolean {
	if (!(error instanceof TerminalError)) return false;
	const { code, field } = error.context;
	return code === RESOURCE_MISSING && (field === 'starting_after' || field === 'ending_before');
}

/** Reads one page of the events of these types. Pages of events go back 30 days at most. https://docs.stripe.com/api/events/list */
export function readEvents(
	client: HttpClient,
	types: readonly string[],
	query: Record<string, string | number | undefined>,
): Promise<ListPage<StripeEvent>> {
	const wanted = Object.fromEntries(types.map((type, index) => [`types[${index}]`, type]));
	return readList(client, { path: '/v1/events', query: { ...wanted, ...query }, operation: 'read events', item: eventSchema });
}
