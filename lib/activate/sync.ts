import { type IdentityStore, withLease } from '../store';
import type { Settings } from '../systems/definition';
import type { HttpClient } from '../transport';
import { type Destination, destinationName } from './destination';
import { SyncRun } from './sync-run';

/** What became of one record of the destination. */
export interface SyncResult {
	canonicalId: string;
	/** Null for a record that was not added. */
	targetId: string | null;
	/**
	 * `retry`: it failed for now and is tried again by the next run. `planned`: a dry run. `unchanged` and `absent`, only of profiles that were named:
	 * nothing is to be sent, or there is no record to send it to and none is to be added.
	 */
	status: 'synced' | 'skipped' | 'failed' | 'retry' | 'planned' | 'unchanged' | 'absent';
	reason?: string;
	/** Names of the fields that were sent; with their values in a dry run. */
	fields: string[];
	values?: Record<string, unknown>;
	/** Of profiles that were named: by which IDs. A merge while the run went on can have given the profile another one. */
	namedAs?: string[];
}

export interface SyncSummary {
	synced: number;
	skipped: number;
	failed: number;
	retry: number;
	planned: number;
	unchanged: number;
	absent: number;
	fieldsCreated: string[];
	/** Another run was writing to this destination; nothing was done. */
	busy: boolean;
}

export interface SyncOptions {
	/** Everything that changed since the last run, or these profiles (current or retired IDs). */
	what: 'pending' | { canonicalIds: readonly string[] };
	dryRun: boolean;
	settings?: Settings;
	/** How long to wait for another run to the same destination to end, milliseconds; 0 when left out. */
	patienceMs?: number;
	/** Milliseconds since 1970. */
	now: () => number;
	onResults?: (results: readonly SyncResult[]) => void | Promise<void>;
}

/**
 * Writes profiles to a destination: only differences from what the destination last acknowledged, in its largest batches, a result for each.
 *
 * What is due is marked in the ledger as `pending` when it is found. Right before a batch is sent, consent, canonical ID and values are read
 * again in one transaction; none is open while the network is waited for. A stop between sending and recording leaves `pending` entries,
 * which the next run sends again (every write is an upsert, so that repeating one is harmless); nothing is forgotten. Profiles say what Merge last
 * built: where adding somebody needs consent, one whose records have changed since waits for Merge.
 *
 * When another run writes to the same destination and patience runs out, nothing is done (`busy`); profiles that were named are then reported as `retry`,
 * since only their caller knows of them.
 * @throws TerminalError when the destination refuses the whole call (wrong credentials, missing scope); what was to be sent stays due.
 * @throws TransientError when the destination is down for several batches in a row, or asks to wait for long; likewise.
 * @throws LeaseLostError when the run stood still for so long that another one took over.
 */
export async function syncDestination(
	store: IdentityStore,
	client: HttpClient,
	destination: Destination,
	options: SyncOptions,
): Promise<SyncSummary> {
	const summary = emptySummary();
	const run = (renew: () => Promise<void>) => new SyncRun(store, client, destination, options, summary, renew).execute();
	if (options.dryRun) {
		await run(() => Promise.resolve());
		return summary;
	}
	const done = await withLease(store, `lease:${destinationName(destination)}`, options.now, run, options.patienceMs);
	if (!done) await reportBusy(options, summary);
	return summary;
}

async function reportBusy({ what, onResults }: SyncOptions, summary: SyncSummary): Promise<void> {
	summary.busy = true;
	if (what === 'pending' || what.canonicalIds.length === 0) return;
	const reason = 'another run is writing to this destination right now; run this one again when it has ended';
	summary.retry = what.canonicalIds.length;
	await onResults?.(what.canonicalIds.map((canonicalId) => ({ canonicalId, targetId: null, status: 'retry', reason, fields: [], namedAs: [canonicalId] })));
}

function emptySummary(): SyncSummary {
	return { synced: 0, skipped: 0, failed: 0, retry: 0, planned: 0, unchanged: 0, absent: 0, fieldsCreated: [], busy: false };
}
