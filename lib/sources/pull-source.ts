import type { RawRecord } from '../domain';
import type { IngestSummary } from '../identity';
import { type IdentityStore, withLease } from '../store';
import type { Settings, SourceObject } from '../systems/definition';
import type { HttpClient } from '../transport';
import { pullAsItems } from './pull-as-items';
import { pullIntoStore } from './pull-into-store';
import { PullRun, type PullState } from './pull-run';
import type { SourceWork } from './source-work';

/**
 * Where records go.
 * `store`: straight into the identity store, some pages at a time, so that nothing sits in n8n's memory; ends with a summary.
 * `items`: to the workflow, as items.
 */
export type Delivery = 'store' | 'items';

export interface PullSourceOptions {
	store: IdentityStore;
	client: HttpClient;
	system: string;
	object: string;
	source: SourceObject;
	/** Names this pull's cursor: system, object, account, workflow and node. */
	scope: string;
	/** How the first run (the back-fill) and every later one deliver. */
	delivery: { firstRun: Delivery; later: Delivery };
	systems: readonly string[];
	defaultCountry?: string;
	settings?: Settings;
	/** How far an incremental pull looks back, milliseconds. */
	overlapMs: number;
	since?: string;
	/** Does the heavy part elsewhere; in the calling thread when left out. */
	work?: SourceWork;
	/** Stop pulling after so long; the next call goes on from the cursor. Milliseconds. */
	budgetMs: number;
	/** Records that are stored in one transaction, more or less; a vendor's pages are put together. 1000 when left out. */
	batchSize?: number;
	now: () => number;
	/** Asked after each page: true ends the run there. What was read is kept, and the next call goes on from the cursor. */
	isOver?: () => boolean;
	/** How long to wait for another run of the same source to end, milliseconds; 0 when left out. */
	patienceMs?: number;
	/** Told how far the run had come, right before the failure is thrown that ended it. */
	onFailure?: (soFar: PullSourceResult) => void;
	/** Told how many records of this run are in the store or were handed out, and then how many profiles are built. */
	onProgress?: (step: 'reading' | 'building', done: number, total?: number) => void;
	/**
	 * Hands records to the workflow and resolves to true once they were worked through. Only then the cursor moves on:
	 * a workflow that failed, or a process that was killed, gets the same records again.
	 */
	emit: (records: readonly RawRecord[]) => Promise<boolean>;
}

export interface PullSourceResult {
	/** Set when records went straight into the store. */
	stored?: IngestSummary & { profilesBuilt: number; profilesChanged: number };
	emitted: number;
	/** Another execution is pulling the same source; nothing was done. */
	busy: boolean;
	/** All there was has been read; false when the budget ran out, the run was ended or the workflow failed. */
	caughtUp: boolean;
	/** It was ended by `isOver`. */
	ended: boolean;
	/** The workflow did not work through what was emitted. */
	refused: boolean;
}

/**
 * One run of a source: reads what is new since its cursor and delivers it. Safe to stop anywhere.
 * @throws TransientError, TerminalError what the system said, once all that was read before is delivered and built; the next run goes on from there
 * @throws LeaseLostError when the run stood still for so long that another one took over
 */
export async function pullSource(options: PullSourceOptions): Promise<PullSourceResult> {
	const { store, scope } = options;
	let run: PullRun | undefined;
	const pull = async (...[renew, lease]: Parameters<Parameters<typeof withLease>[3]>): Promise<PullSourceResult> => {
		const saved = (await store.read((tx) => tx.cursors.get(scope))) as Partial<PullState> | null | undefined;
		run = new PullRun(options, { cursor: null, backfilled: false, recent: [], ...saved }, renew, lease);
		const delivery = run.state.backfilled ? options.delivery.later : options.delivery.firstRun;
		return await (delivery === 'store' ? pullIntoStore(run) : pullAsItems(run));
	};
	const done = await withLease(store, `lease:${scope}`, options.now, pull, options.patienceMs);
	if (!done) return { emitted: 0, busy: true, caughtUp: false, ended: false, refused: false };
	const { result } = done;
	if (!result.ended || !result.stored || !run) return result;
	// The lease is given back by now: whoever goes on reading need not wait for it.
	const { built, changed } = await run.work.build(() => Promise.resolve());
	return { ...result, stored: { ...result.stored, profilesBuilt: built, profilesChanged: changed } };
}
