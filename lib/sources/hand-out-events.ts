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
	/** Resolves to true once the events were worked through; only then the cursor moves on. */
	emit: (events: readonly ChangeEvent[]) => Promise<boolean>;
}

/** Hands out what is new in the change feed, in order. When another call is at it, nothing is done: no event goes out twice. */
export async function handOutEvents(options: HandOutOptions): Promise<void> {
	const { store, scope, types, batchSize, now } = options;
	await withLease(store, `lease:${scope}`, now, async (renew) => {
		const save = (seq: number) => store.write((tx) => tx.cursors.set(scope, seq, new Date(now()).toISOString()));
		const saved = await store.read((tx) => tx.cursors.get(scope));
		let cursor = typeof saved === 'number' ? saved : options.start === 'beginning' ? 0 : await store.read((tx) => tx.events.lastSeq());
		if (typeof saved !== 'number') await save(cursor);
		for (let batch = 0; batch < options.mostBatches; batch += 1) {
			const after = cursor;
			const events = await eventsAfter(store, after, types, batchSize);
			const last = events.at(-1);
			if (!last) return;
			await renew();
			if (!(await options.emit(events))) return;
			cursor = last.seq;
			await save(cursor);
		}
	});
}

/** Read in pages: others on the thread get their turn in between. */
async function eventsAfter(store: IdentityStore, after: number, types: readonly ChangeEventType[], limit: number): Promise<ChangeEvent[]> {
	const events: ChangeEvent[] = [];
	while (events.length < limit) {
		const page = await store.read((tx) => tx.events.since(events.at(-1)?.seq ?? after, types, Math.min(PAGE, limit - events.length)));
		events.push(...page);
		if (page.length === 0) break;
	}
	return events;
}
