import { type RawRecord, refKey } from '../domain';
import { buildProfiles, emptySummary, ingestPage, type IngestSummary, type SourceCursor, type MatchOutcome } from '../identity';
import { normalizeRecord } from '../normalize';
import { type HeldLease, type IdentityStore, refuseLost, withLease } from '../store';
import type { Cursor, PullPage, Settings, SourceObject } from '../systems/definition';
import { type HttpClient, slices } from '../transport';
import { gatherPages } from './gather-pages';
import { PagesUntilFailure } from './until-failure';

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
	/** Told how many records of this run are in the store or were handed out, and then how many profiles are built. */
	onProgress?: (step: 'reading' | 'building', done: number, total?: number) => void;
	/**
	 * Hands records to the workflow and resolves to true once they were worked through. Only then the cursor moves on:
	 * a workflow that failed, or a process that was killed, gets the same records again.
	 */
	emit: (records: readonly RawRecord[]) => Promise<boolean>;
}

/** What is done in the store with what was read. */
export interface SourceWork {
	/** Reads records by the preset of their source, stores and resolves them, and saves the cursor behind them, all or nothing. */
	ingest(records: readonly RawRecord[], cursor: SourceCursor, now: number): Promise<IngestSummary>;
	/** Builds all profiles that wait for it. What `onBatch` throws ends that. */
	build(onBatch: () => Promise<void>, onProgress?: (done: number, total?: number) => void): Promise<{ built: number; changed: number }>;
}

export interface PullSourceResult {
	/** Set when records went straight into the store. */
	stored?: IngestSummary & { profilesBuilt: number; profilesChanged: number };
	emitted: number;
	/** Another execution is pulling the same source; nothing was done. */
	busy: boolean;
	/** All there was has been read; false when the budget ran out or the workflow failed. */
	caughtUp: boolean;
	/** The workflow did not work through what was emitted. */
	refused: boolean;
}

interface PullState {
	cursor: Cursor | null;
	/** The back-fill has come to its end once. */
	backfilled: boolean;
	/** What was handed out last, as `reference@version`: the safety window brings it again, and it may not be in the store (rejected, filtered). */
	recent: string[];
}

/** More than one safety window holds in a busy account. */
const MOST_RECENT = 2000;

/** Records looked up at a time; each brings its content along. */
const LOOK_UP = 200;

/** A transaction of so many costs several times less than ten of a tenth. */
const STORE_SIZE = 1000;

/** What was read is stored after so long, though there could be more of it. Milliseconds. */
const STORE_AFTER_MS = 5000;

/** Items of one emission; larger ones strain n8n's memory, smaller ones make many executions. */
const EMIT_SIZE = 500;

/**
 * One run of a source: reads what is new since its cursor and delivers it. Safe to stop anywhere.
 * @throws TransientError, TerminalError what the system said, once all that was read before is delivered and built; the next run goes on from there
 * @throws LeaseLostError when the run stood still for so long that another one took over
 */
export async function pullSource(options: PullSourceOptions): Promise<PullSourceResult> {
	const { store, scope } = options;
	const done = await withLease(store, `lease:${scope}`, options.now, async (renew, lease) => {
		const saved = (await store.read((tx) => tx.cursors.get(scope))) as Partial<PullState> | null | undefined;
		const state: PullState = { cursor: null, backfilled: false, recent: [], ...saved };
		const delivery = state.backfilled ? options.delivery.later : options.delivery.firstRun;
		return await (delivery === 'store' ? pullIntoStore(options, state, renew, lease) : pullAsItems(options, state, renew, lease));
	});
	return done?.result ?? { emitted: 0, busy: true, caughtUp: false, refused: false };
}

function pages({ source, client, overlapMs, since, settings, now }: PullSourceOptions, { cursor }: PullState) {
	return source.pull(client, { cursor, overlapMs, since, settings, now });
}

async function pullIntoStore(options: PullSourceOptions, state: PullState, renew: () => Promise<void>, lease: HeldLease): Promise<PullSourceResult> {
	const { scope, now } = options;
	const work = options.work ?? workHere(options);
	const started = now();
	let summary = emptySummary();
	let caughtUp = true;
	let cursor = state.cursor;
	const isOver = () => now() - started > options.budgetMs;
	const gathering = { records: options.batchSize ?? STORE_SIZE, waitMs: STORE_AFTER_MS, hurry: isOver };
	// A page is kept only while this run has the lease, which is renewed by the clock: to renew it here would be one more write to wait for.
	const store = async (page: PullPage) => {
		summary = sumOf(summary, await work.ingest(page.records, { scope, value: { ...state, cursor: page.cursor } satisfies PullState, lease }, now()));
		options.onProgress?.('reading', summary.read);
	};
	/** The last page, which is stored while the next one is read. That one is stored only when this one is. */
	let storing: Promise<void> = Promise.resolve();
	const reading = new PagesUntilFailure(gatherPages(pages(options, state), gathering));
	try {
		for await (const page of reading) {
			await storing;
			storing = store(page);
			// Heard when it is waited for.
			storing.catch(() => undefined);
			cursor = page.cursor;
			if (isOver()) {
				caughtUp = false;
				break;
			}
		}
	} finally {
		// It belongs to this run, whatever became of the reading.
		await storing;
	}
	if (caughtUp && !reading.hasFailed && !state.backfilled) await saveState(options, { ...state, cursor, backfilled: true }, lease);
	const { built, changed } = await work.build(renew, (done, total) => options.onProgress?.('building', done, total));
	reading.throwFailure();
	return { stored: { ...summary, profilesBuilt: built, profilesChanged: changed }, emitted: 0, busy: false, caughtUp, refused: false };
}

async function pullAsItems(options: PullSourceOptions, state: PullState, renew: () => Promise<void>, lease: HeldLease): Promise<PullSourceResult> {
	const started = options.now();
	let { recent } = state;
	const handedOut = new Set(recent);
	let waiting: RawRecord[] = [];
	let cursor = state.cursor;
	let emitted = 0;
	const flush = async (backfilled: boolean): Promise<boolean> => {
		await renew();
		for (const some of slices(waiting, EMIT_SIZE)) if (!(await options.emit(some))) return false;
		emitted += waiting.length;
		options.onProgress?.('reading', emitted);
		recent = [...recent, ...waiting.map(nameOf)].slice(-MOST_RECENT);
		waiting = [];
		await renew();
		await saveState(options, { cursor, backfilled, recent }, lease);
		return true;
	};
	const end = (caughtUp: boolean, refused: boolean): PullSourceResult => ({ emitted, busy: false, caughtUp, refused });
	const reading = new PagesUntilFailure(pages(options, state));
	for await (const page of reading) {
		const fresh = page.records.filter((record) => !handedOut.has(nameOf(record)));
		for (const record of fresh) handedOut.add(nameOf(record));
		waiting.push(...(await notYetStored(options.store, fresh)));
		cursor = page.cursor;
		if (waiting.length >= EMIT_SIZE && !(await flush(state.backfilled))) return end(false, true);
		if (options.now() - started > options.budgetMs) return end(false, !(await flush(state.backfilled)));
	}
	const done = await flush(reading.hasFailed ? state.backfilled : true);
	// Nothing else would start a build on a quiet day: figures that go by the date, and what a stop between Match and Merge left over.
	await (options.work ?? workHere(options)).build(renew);
	reading.throwFailure();
	return end(done, !done);
}

function workHere({ store, source, systems, defaultCountry, now }: PullSourceOptions): SourceWork {
	const normalize = (raw: RawRecord) => normalizeRecord(raw, source.mapping, { defaultCountry, activity: source.activity?.bind(source) });
	return {
		ingest: async (page, cursor, at) => {
			const summary = emptySummary();
			await ingestPage(store, page.map(normalize), { systems, cursor, now: at, summary });
			return summary;
		},
		build: async (onBatch, onProgress) => {
			let done = 0;
			return buildProfiles(store, {
				...{ systems, now },
				onBatch: async (built) => {
					onProgress?.((done += built.length));
					await onBatch();
				},
			});
		},
	};
}

/** What two pages came to together. */
function sumOf(one: IngestSummary, other: IngestSummary): IngestSummary {
	const outcomes = { ...one.outcomes };
	for (const [outcome, records] of Object.entries(other.outcomes)) outcomes[outcome as MatchOutcome] += records;
	return { read: one.read + other.read, rejected: one.rejected + other.rejected, outcomes };
}

function nameOf(record: RawRecord): string {
	return `${refKey(record)}@${record.version}`;
}

/** The safety window brings records again; those that the store has in this very version need not be worked through once more. */
async function notYetStored(store: IdentityStore, records: readonly RawRecord[]): Promise<RawRecord[]> {
	const open: RawRecord[] = [];
	for (const some of slices(records, LOOK_UP)) {
		const stored = await store.read((tx) => tx.records.byRef(some));
		open.push(...some.filter((record) => stored.get(refKey(record))?.version !== record.version));
	}
	return open;
}

async function saveState({ store, scope, now }: PullSourceOptions, state: PullState, lease: HeldLease): Promise<void> {
	await store.write(async (tx) => {
		await refuseLost(tx, lease);
		await tx.cursors.set(scope, state, new Date(now()).toISOString());
	});
}
