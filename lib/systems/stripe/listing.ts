import type { PullPage } from '../definition';
import { isLostPlace, type ListPage, objectSchema, readEvents, readList, type StripeJson } from './lists';
import type { EventsPlace, ListingPlace, Pull } from './place';
import { listedRecord } from './records';

/**
 * Where a full listing begins. Asks for one event first: the answer gives the vendor's time, and a key that may not read events
 * is refused now and not after the whole listing.
 */
export async function startListing(pull: Pull, note: string | undefined): Promise<ListingPlace> {
	const events = await readEvents(pull.client, pull.object.events, { limit: 1 });
	const from = events.serverTime ?? Math.floor(pull.now() / 1000);
	return { phase: 'listing', from, label: from - pull.overlapSeconds, after: null, afterCreated: null, ...(note && { note }) };
}

/** Reads everything that exists; the last page's cursor goes on with the events since the start. */
export async function* pullListing(pull: Pull, start: ListingPlace): AsyncGenerator<PullPage, void, undefined> {
	let place = start;
	for (;;) {
		const page = await listPage(pull, place);
		const { label } = place;
		const records = await Promise.all(page.data.map((json) => listedRecord(pull.client, pull.object, json, label)));
		const last = page.data.at(-1);
		if (!page.hasMore || !last) {
			const next: EventsPlace = { phase: 'events', from: place.from, after: null };
			yield { records, cursor: next };
			return;
		}
		place = { ...place, after: last.id, afterCreated: last.created };
		yield { records, cursor: place };
	}
}

/** When the object to go on from was deleted meanwhile, its second is read again and the listing goes on from there. */
async function listPage(pull: Pull, place: ListingPlace): Promise<ListPage<StripeJson>> {
	const request = (from: Record<string, string | number>): Promise<ListPage<StripeJson>> =>
		readList(pull.client, {
			path: pull.object.path,
			query: { ...pull.object.query, limit: pull.pageSize, ...from },
			operation: `read ${pull.object.name}s`,
			item: objectSchema,
		});
	if (place.after === null) return request({});
	try {
		return await request({ starting_after: place.after });
	} catch (error) {
		if (!isLostPlace(error) || place.afterCreated === null) throw error;
		return request({ 'created[lte]': place.afterCreated });
	}
}
