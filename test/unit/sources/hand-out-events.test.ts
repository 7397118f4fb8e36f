import { type ChangeEvent, type FeedGap, handOutEvents, type IdentityStore, type NewChangeEvent } from '../../../lib';
import { newStore, tidyUp } from '../walk';

const COUNT = 1_300;

afterEach(tidyUp);

/** The same store, in which somebody else does something after each read. */
function withOthers(store: IdentityStore, between: () => Promise<unknown>): IdentityStore {
	return {
		kind: store.kind,
		location: store.location,
		write: (work) => store.write(work),
		read: async (work) => {
			const result = await store.read(work);
			await between();
			return result;
		},
		backup: (to) => store.backup(to),
		compact: () => store.compact(),
		close: () => store.close(),
	};
}

async function newFeed(): Promise<IdentityStore> {
	const store = await newStore();
	const event = (index: number): NewChangeEvent => ({ type: index % 2 === 0 ? 'profile.created' : 'profile.changed', canonicalId: `per_${index}`, entity: 'person', at: '2026-01-01T00:00:00.000Z', data: {} });
	await store.write((tx) => tx.events.append(Array.from({ length: COUNT }, (_, index) => event(index))));
	return store;
}

test.each([[[], 2], [['profile.changed' as const], 1]])('events that are forgotten while they are read in pages are told as missing, those of %j', async (types, least) => {
	const store = await newFeed();
	await store.write((tx) => tx.cursors.set('trigger', 0, '2026-01-01T00:00:00.000Z'));
	// More than a page at a time, so that it overtakes the reader.
	const busy = withOthers(store, () => store.write((tx) => tx.events.prune('9999', 600)));
	const handed: ChangeEvent[] = [];
	const gaps: FeedGap[] = [];
	const emit = (events: readonly ChangeEvent[], gap?: FeedGap): Promise<boolean> => {
		handed.push(...events);
		if (gap) gaps.push(gap);
		return Promise.resolve(true);
	};
	await handOutEvents({ store: busy, scope: 'trigger', types, start: 'beginning', batchSize: COUNT, mostBatches: 10, now: Date.now, emit });
	const wanted = Array.from({ length: COUNT }, (_, index) => index + 1).filter((seq) => types.length === 0 || seq % 2 === 0);
	const isTold = (seq: number) => gaps.some(({ from, to }) => from <= seq && seq <= to);
	const seqs = handed.map(({ seq }) => seq);
	expect(gaps.length).toBeGreaterThanOrEqual(least);
	expect(seqs).toEqual(wanted.filter((seq) => seqs.includes(seq)));
	expect(wanted.filter((seq) => !seqs.includes(seq) && !isTold(seq))).toEqual([]);
	expect(seqs.filter(isTold)).toEqual([]);
});
