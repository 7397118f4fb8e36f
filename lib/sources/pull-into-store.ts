import { emptySummary, type IngestSummary, type MatchOutcome } from '../identity';
import type { PullPage } from '../systems/definition';
import { gatherPages } from './gather-pages';
import type { PullRun, PullState } from './pull-run';
import type { PullSourceResult } from './pull-source';
import { PagesUntilFailure } from './until-failure';

/** A transaction of so many costs several times less than ten of a tenth. */
const STORE_SIZE = 1000;

/** What was read is stored after so long, though there could be more of it. Milliseconds. */
const STORE_AFTER_MS = 5000;

/** Puts what comes into the store, and builds its profiles. A run that is ended leaves the building to whoever has time for it. */
export async function pullIntoStore(run: PullRun): Promise<PullSourceResult> {
	const { options, state, work, renew } = run;
	let summary = emptySummary();
	let caughtUp = true;
	let ended = false;
	let profiles = { built: 0, changed: 0 };
	const soFar = (): PullSourceResult => ({
		stored: { ...summary, profilesBuilt: profiles.built, profilesChanged: profiles.changed },
		...{ emitted: 0, busy: false, caughtUp, ended, refused: false },
	});
	let cursor = state.cursor;
	const gathering = { records: options.batchSize ?? STORE_SIZE, waitMs: STORE_AFTER_MS, hurry: () => run.isOver() };
	// A page is kept only while this run has the lease, which is renewed by the clock: to renew it here would be one more write to wait for.
	const store = async (page: PullPage) => {
		const place = { scope: options.scope, value: { ...state, cursor: page.cursor } satisfies PullState, lease: run.lease };
		summary = sumOf(summary, await work.ingest(page.records, place, options.now()));
		options.onProgress?.('reading', summary.read);
	};
	/** The last page, which is stored while the next one is read. That one is stored only when this one is. */
	let storing: Promise<void> = Promise.resolve();
	const reading = new PagesUntilFailure(gatherPages(run.pages(), gathering));
	try {
		try {
			for await (const page of reading) {
				await storing;
				storing = store(page);
				// Heard when it is waited for.
				storing.catch(() => undefined);
				cursor = page.cursor;
				ended = run.isEnded();
				if (run.isOver()) {
					caughtUp = false;
					break;
				}
			}
		} finally {
			// It belongs to this run, whatever became of the reading.
			await storing;
		}
		if (caughtUp && !reading.hasFailed && !state.backfilled) await run.save({ ...state, cursor, backfilled: true });
		if (!ended) profiles = await work.build(renew, (done, total) => options.onProgress?.('building', done, total));
		reading.throwFailure();
		return soFar();
	} catch (error) {
		caughtUp = false;
		options.onFailure?.(soFar());
		throw error;
	}
}

/** What two pages came to together. */
function sumOf(one: IngestSummary, other: IngestSummary): IngestSummary {
	const outcomes = { ...one.outcomes };
	for (const [outcome, records] of Object.entries(other.outcomes)) outcomes[outcome as MatchOutcome] += records;
	return { read: one.read + other.read, rejected: one.rejected + other.rejected, outcomes };
}
