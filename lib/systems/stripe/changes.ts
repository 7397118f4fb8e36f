import type { PullPage } from '../definition';
import { isLostPlace, type ListPage, readEvents, type StripeEvent } from './lists';
import type { EventsPlace, Pull } from './place';
import { changedRecords } from './records';

/**
 * Reads what changed since `start.from` less the overlap, oldest first.
 *
 * Stripe gives the newest events first. When all of them fit on one page, that one call is the whole pull. Otherwise the pull
 * finds the event before the oldest one and goes up from there with `ending_before`, so that memory holds one page only. The events
 * of a page's last second wait for the next page: a second is handed on complete or not at all, so a cursor never stands between
 * two events of one second, and several changes of one object in one second are settled together.
 */
export async function* pullChanges(pull: Pull, start: EventsPlace): AsyncGenerator<PullPage, void, undefined> {
	if (start.after === null) return yield* pullWindow(pull, start);
	let first: ListPage<StripeEvent>;
	try {
		first = await newerThan(pull, start.after);
	} catch (error) {
		if (!isLostPlace(error)) throw error;
		return yield* pullWindow(pull, start);
	}
	yield* climb(pull, start, first, []);
}

async function* pullWindow(pull: Pull, start: EventsPlace): AsyncGenerator<PullPage, void, undefined> {
	const from = start.from - pull.overlapSeconds;
	const newest = await read(pull, { 'created[gte]': from });
	if (!newest.hasMore) return yield* climb(pull, start, newest, []);
	const before = (await readEvents(pull.client, pull.object.events, { 'created[lt]': from, limit: 1 })).data[0];
	if (before) return yield* climb(pull, start, await newerThan(pull, before.id), []);
	const oldest = await oldestPage(pull, from, newest);
	const waiting = oldest.data.toReversed();
	yield* climb(pull, start, await newerThan(pull, lastOf(waiting).id), waiting);
}

/** Hands on page after page upwards. `waiting` is what stands before `page` and was not handed on yet, oldest first. */
async function* climb(
	pull: Pull,
	start: EventsPlace,
	page: ListPage<StripeEvent>,
	waiting: StripeEvent[],
): AsyncGenerator<PullPage, void, undefined> {
	let current = page;
	let held = waiting;
	for (;;) {
		const known = [...held, ...current.data.toReversed()];
		if (!current.hasMore) {
			const from = current.serverTime ?? Math.max(start.from, known.at(-1)?.created ?? 0);
			yield { records: await changedRecords(pull.client, pull.object, known), cursor: rest(from, null) };
			return;
		}
		const top = lastOf(known);
		const ready = known.filter((event) => event.created < top.created);
		held = known.filter((event) => event.created >= top.created);
		const safe = ready.at(-1);
		if (safe) yield { records: await changedRecords(pull.client, pull.object, ready), cursor: rest(safe.created, safe.id) };
		current = await newerThan(pull, top.id);
	}
}

/** Goes down to the oldest page of the window; needed only where no older event exists to start from. */
async function oldestPage(pull: Pull, from: number, newest: ListPage<StripeEvent>): Promise<ListPage<StripeEvent>> {
	let page = newest;
	while (page.hasMore) {
		const older = await read(pull, { 'created[gte]': from, starting_after: page.data.at(-1)?.id });
		if (older.data.length === 0) return page;
		page = older;
	}
	return page;
}

function rest(from: number, after: string | null): EventsPlace {
	return { phase: 'events', from, after };
}

function newerThan(pull: Pull, id: string): Promise<ListPage<StripeEvent>> {
	return read(pull, { ending_before: id });
}

function read(pull: Pull, query: Record<string, string | number | undefined>): Promise<ListPage<StripeEvent>> {
	return readEvents(pull.client, pull.object.events, { ...query, limit: pull.pageSize });
}

function lastOf(events: readonly StripeEvent[]): StripeEvent {
	const last = events.at(-1);
	if (!last) throw new RangeError('A page that has more is never empty.');
	return last;
}
