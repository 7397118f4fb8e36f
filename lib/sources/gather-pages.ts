import { setTimeout } from 'node:timers/promises';
import type { PullPage } from '../systems/definition';

export interface Gathering {
	/** Pages are put together until they have so many records. */
	records: number;
	/** No page waits longer than this for the next ones. Milliseconds. */
	waitMs: number;
	/** Asked after each page: true hands out at once what there is. */
	hurry?: () => boolean;
}

/**
 * Puts a source's pages together: one transaction for many records costs several times less than one for each page. A page is read when there is room
 * for it, so that no more than `records` and one page are in memory. The cursor is that of the last page. When the source fails, what was read before
 * is handed out first, and then it throws.
 */
export async function* gatherPages(pages: AsyncGenerator<PullPage, void, undefined>, { records: most, waitMs, hurry }: Gathering): AsyncGenerator<PullPage, void, undefined> {
	let gathered: PullPage | undefined;
	let since = 0;
	let coming: Promise<Arrival> | undefined;
	try {
		for (;;) {
			coming ??= arrivalOf(pages);
			const arrival = await (gathered ? within(coming, since + waitMs - performance.now()) : coming);
			if (arrival === LATE) {
				if (gathered) yield gathered;
				gathered = undefined;
				continue;
			}
			coming = undefined;
			if (!('page' in arrival)) {
				if (gathered) yield gathered;
				if ('error' in arrival) throw arrival.error;
				return;
			}
			if (!gathered) since = performance.now();
			gathered = gathered ? { ...arrival.page, records: [...gathered.records, ...arrival.page.records] } : arrival.page;
			if (gathered.records.length < most && !hurry?.()) continue;
			yield gathered;
			gathered = undefined;
		}
	} finally {
		await pages.return();
	}
}

type Arrival = { page: PullPage } | { error: unknown } | { ended: true };

/** Never rejects: nobody may be waiting when it comes. */
async function arrivalOf(pages: AsyncGenerator<PullPage, void, undefined>): Promise<Arrival> {
	try {
		const next = await pages.next();
		return next.done === true ? { ended: true } : { page: next.value };
	} catch (error) {
		return { error };
	}
}

const LATE: unique symbol = Symbol('late');

async function within(coming: Promise<Arrival>, ms: number): Promise<Arrival | typeof LATE> {
	const ended = new AbortController();
	const late = setTimeout<typeof LATE>(Math.max(0, ms), LATE, { signal: ended.signal }).catch((): typeof LATE => LATE);
	try {
		return await Promise.race([coming, late]);
	} finally {
		ended.abort();
	}
}
