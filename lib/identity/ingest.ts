import type { Normalized } from '../normalize';
import { type HeldLease, type IdentityStore, refuseLost } from '../store';
import { currentModel } from './current-model';
import { matchOutcomes, type MatchOutcome } from './match-records';
import { type MatchRun, writeRemembering } from './match-run';

/** Where a source stands after a page. */
export interface SourceCursor {
	scope: string;
	value: unknown;
	/** The page is kept only as long as this lease is held. */
	lease?: HeldLease;
}

/** What a stream of records came to. */
export interface IngestSummary {
	read: number;
	rejected: number;
	outcomes: Record<MatchOutcome, number>;
}

export function emptySummary(): IngestSummary {
	return { read: 0, rejected: 0, outcomes: { matched: 0, new: 0, review: 0, activity: 0, deleted: 0, unchanged: 0, stale: 0 } };
}

/**
 * Stores one page of normalized records and, in the same transaction, the cursor that stands behind it: whatever happens,
 * a page that the cursor has passed is in the store. Adds to `summary`.
 */
export async function ingestPage(
	store: IdentityStore,
	page: readonly Normalized[],
	options: {
		systems: readonly string[];
		cursor?: SourceCursor;
		now: number;
		summary: IngestSummary;
		/** What the pages of one run share. */
		run?: MatchRun;
	},
): Promise<void> {
	const { run } = options;
	const records = page.flatMap((one) => (one.record ? [one.record] : []));
	const rejected = page.flatMap((one) => (one.rejected ? [one.rejected] : []));
	const at = new Date(options.now).toISOString();
	run?.steps.enter('write');
	const outcomes = await writeRemembering(store, run, async (tx) => {
		if (options.cursor?.lease) await refuseLost(tx, options.cursor.lease);
		const model = await currentModel(tx, options.systems, at);
		const outcomes = await matchOutcomes(tx, records, model, options.now, run);
		run?.steps.enter('write');
		await tx.rejections.put(rejected, at);
		if (options.cursor) await tx.cursors.set(options.cursor.scope, options.cursor.value, at);
		return outcomes;
	});
	options.summary.read += page.length;
	options.summary.rejected += rejected.length;
	for (const outcome of outcomes) options.summary.outcomes[outcome] += 1;
}
