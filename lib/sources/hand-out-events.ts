import type { ChangeEvent, ChangeEventType } from '../domain';
import { type IdentityStore, withLease } from '../store';

/** Events of one read. */
const PAGE = 500;

export interface HandOutOptions {
	store: IdentityStore;
	/** Names this reader of the change feed: its cursor and lease. */
	scope: string;
	/** Empty means all. */
	types: readonly ChangeEventType[];
	/** Where a reader without a cursor begins. */
	start: 'beginning' | 'now';
	/** Events of one hand-out. */
	batchSize: number;
	/** Hand-outs of one call; the rest follows with the next one. */
	mostBatches: number;
	now: () => number;
	/**
	 * Resolves to true once the events were worked through; only then the cursor moves on. `gap` says what went missing right before them;
	 * then there may be no event at all.
	 */
	emit: (events: readonly ChangeEvent[], gap?: FeedGap) => Promise<boolean>;
}

/** Events that were forgotten before their reader came to them. */
export interface FeedGap {
	/** Their numbers, both included. */
	from: number;
	to: number;
}

/** Hands out what is new in the change feed, in order. When another call is at it, nothing is done: no event goes out twice. */
export async function handOutEvents(options: HandOutOptions): Promise<void> {
	const { store, scope, types, batchSize, now } = options;
	await withLease(store, `lease:${scope}`, now, async (renew) => {
		const save = (seq: number) => store.write((tx) => tx.cursors.set(scope, seq, new Date(now()).toISOString()));
		const saved = await store.read((tx) => tx.cursors.get(scope));
		let cursor = typeof saved === 'number' ? saved : await firstPlace(store, options.start);
		if (typeof saved !== 'number') await save(cursor);
		for (let batch = 0; batch < options.mostBatches; batch += 1) {
			const { events, looked, gap } = await eventsAfter(store, cursor, types, batchSize);
			if (events.length > 0 || gap) {
				await renew();
				if (!(await options.emit(events, gap))) return;
			}
			// Also past events of other types: those are forgotten one day, and nothing is missing then.
			if (looked > cursor) await save(looked);
			cursor = looked;
			if (events.length === 0) return;
		}
	});
}

async function firstPlace(store: IdentityStore, start: HandOutOptions['start']): Promise<number> {
	return await store.read(async (tx) => (start === 'beginning' ? (await tx.events.firstSeq()) - 1 : await tx.events.lastSeq()));
}

interface Looked {
	events: ChangeEvent[];
	/** Up to where there is nothing else. */
	looked: number;
	/** What is no longer kept of the events right behind `after`. */
	gap: FeedGap | undefined;
}

/**
 * Read in pages: others on the thread get their turn in between, and may forget what is next. Where the feed begins is seen by each page for itself;
 * what went missing behind a page is told with the next hand-out.
 */
async function eventsAfter(store: IdentityStore, after: number, types: readonly ChangeEventType[], limit: number): Promise<Looked> {
	const events: ChangeEvent[] = [];
	let gap: FeedGap | undefined;
	for (let looked = after; ; ) {
		const wanted = Math.min(PAGE, limit - events.length);
		const { page, first, last } = await store.read(async (tx) => ({
			page: await tx.events.since(looked, types, wanted),
			first: await tx.events.firstSeq(),
			last: await tx.events.lastSeq(),
		}));
		if (first > looked + 1) {
			if (events.length > 0) return { events, looked, gap };
			gap = { from: looked + 1, to: first - 1 };
		}
		events.push(...page);
		if (page.length < wanted) return { events, looked: Math.max(looked, last), gap };
		looked = page.at(-1)?.seq ?? looked;
		if (events.length >= limit) return { events, looked, gap };
	}
}
