import type { HttpClient } from '../../transport';
import type { PullOptions, PullPage } from '../definition';
import { pullChanges } from './changes';
import { startListing, pullListing } from './listing';
import { LARGEST_PAGE } from './lists';
import type { StripeObject } from './objects';
import { type EventsPlace, type Pull, readCursor } from './place';

/** Events are kept for 30 days; an hour is left for the clocks. https://docs.stripe.com/api/events */
const EVENTS_REACH_BACK_MS = 30 * 86_400_000 - 3_600_000;

export const TOO_OLD_NOTE =
	'The last pull was longer ago than the 30 days for which Stripe keeps events, so everything is read again. ' +
	'What was deleted in between is not told by Stripe and stays until it is erased by hand';

/**
 * Reads one kind of object. The first run lists everything, newest first, which is the only order there is. After that the list of
 * events tells what changed, oldest change first. A cursor that is older than the events reach starts a full listing again; the
 * cursor's `note` then says so, until the listing is done.
 * `since` without a cursor begins with the events where they reach that far, and lists everything where they don't.
 */
export async function* pullObject(client: HttpClient, object: StripeObject, options: PullOptions): AsyncGenerator<PullPage, void, undefined> {
	const now = options.now ?? Date.now;
	const pull: Pull = {
		client,
		object,
		overlapSeconds: Math.ceil(options.overlapMs / 1000),
		pageSize: Math.min(Math.max(1, options.pageSize ?? LARGEST_PAGE), LARGEST_PAGE),
		now,
	};
	const reachable = (seconds: number): boolean => seconds * 1000 >= now() - EVENTS_REACH_BACK_MS;
	let place = readCursor(options.cursor, object) ?? sincePlace(options.since);
	if (!place || !reachable(place.from)) place = await startListing(pull, options.cursor ? TOO_OLD_NOTE : undefined);
	yield* place.phase === 'listing' ? pullListing(pull, place) : pullChanges(pull, place);
}

function sincePlace(since: string | undefined): EventsPlace | undefined {
	const time = Date.parse(since ?? '');
	return Number.isNaN(time) ? undefined : { phase: 'events', from: Math.floor(time / 1000), after: null };
}
