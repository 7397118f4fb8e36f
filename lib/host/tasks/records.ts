import type { RawRecord, SourceRecord } from '../../domain';
import { type BuildOptions, type BuiltProfile, buildProfiles, currentModel, emptySummary, ingestPage, type IngestSummary, type SourceCursor, matchRecords, type MatchResult, MatchRun, writeRemembering } from '../../identity';
import { normalizeRecord } from '../../normalize';
import type { IdentityStore } from '../../store';
import { SYSTEMS } from '../../systems';
import { slices } from '../../transport';
import type { Task } from '../task';
import { tellBuilding } from './tell-building';
import { type TidiedUp, tidyUp } from './upkeep';

/** Records that a store's thread keeps ready for comparison from one task to the next: some 20 MB. */
const READY = 10_000;

const runs = new WeakMap<IdentityStore, MatchRun>();

/** What all batches of one store share; they come one after the other. */
function runOf(store: IdentityStore): MatchRun {
	let run = runs.get(store);
	if (!run) runs.set(store, (run = new MatchRun(READY)));
	return run;
}

/** Results of matching that are handed over at a time; each carries its reasons. */
const RESULTS = 100;

export interface MatchInput {
	items: readonly SourceRecord[];
	systems: readonly string[];
	/** Milliseconds since 1970. */
	now: number;
}

/** Stores and resolves one batch in one transaction; hands over one result a record, in order. */
export const match: Task<MatchInput, void, MatchResult> = async (store, { items, systems, now }, outlet) => {
	const run = runOf(store);
	const at = new Date(now).toISOString();
	const results = await writeRemembering(store, run, async (tx) => matchRecords(tx, items, await currentModel(tx, systems, at), now, run));
	for (const part of slices(results, RESULTS)) await outlet.hand(part);
};

export interface BuildInput {
	systems: readonly string[];
	/** Whether the profiles are handed over; otherwise an empty part tells of each batch. */
	each: boolean;
}

/** Builds everything that waits for it, batch by batch; once a day forgets what is kept no longer, and says so where that fails. */
export const build: Task<BuildInput, TidiedUp, BuiltProfile> = async (store, { systems, each }, outlet) => {
	const tell = tellBuilding(store, outlet);
	const options: BuildOptions = {
		systems,
		now: Date.now,
		onBatch: async (built) => {
			await tell(built);
			await outlet.hand(each ? built : []);
		},
	};
	const first = await buildProfiles(store, options);
	const then = await tidyUp(store, options);
	return { ...then, built: first.built + then.built, changed: first.changed + then.changed };
};

export interface IngestInput {
	system: string;
	object: string;
	items: readonly RawRecord[];
	systems: readonly string[];
	defaultCountry?: string;
	cursor?: SourceCursor;
	/** Milliseconds since 1970. */
	now: number;
}

/** Reads one page of a source by the source's preset, stores and resolves it, and saves the cursor behind it, in one transaction. */
export const ingest: Task<IngestInput, IngestSummary> = async (store, { system, object, items, systems, defaultCountry, cursor, now }) => {
	const source = SYSTEMS[system]?.sources[object];
	if (!source) throw new Error(`There is no source "${object}" of the system "${system}".`);
	const normalize = (raw: RawRecord) => normalizeRecord(raw, source.mapping, { defaultCountry, activity: source.activity?.bind(source) });
	const summary = emptySummary();
	await ingestPage(store, items.map(normalize), { systems, cursor, now, summary, run: runOf(store) });
	return summary;
};
