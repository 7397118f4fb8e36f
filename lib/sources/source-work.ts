import type { RawRecord } from '../domain';
import { buildProfiles, emptySummary, ingestPage, type IngestSummary, type SourceCursor } from '../identity';
import { normalizeRecord } from '../normalize';
import type { IdentityStore } from '../store';
import type { SourceObject } from '../systems/definition';

/** What is done in the store with what was read. */
export interface SourceWork {
	/** Reads records by the preset of their source, stores and resolves them, and saves the cursor behind them, all or nothing. */
	ingest(records: readonly RawRecord[], cursor: SourceCursor, now: number): Promise<IngestSummary>;
	/** Builds all profiles that wait for it. What `onBatch` throws ends that. */
	build(onBatch: () => Promise<void>, onProgress?: (done: number, total?: number) => void): Promise<{ built: number; changed: number }>;
}

interface Surroundings {
	store: IdentityStore;
	source: SourceObject;
	systems: readonly string[];
	defaultCountry?: string;
	now: () => number;
}

/** Does it in the calling thread. */
export function workHere({ store, source, systems, defaultCountry, now }: Surroundings): SourceWork {
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
