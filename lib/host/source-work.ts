import type { SourceWork } from '../sources';
import type { HostedStore } from './hosted-store';
import type { IngestInput } from './tasks';

/** A source's work, done where the store lives. */
export function sourceWork(store: HostedStore, source: Pick<IngestInput, 'system' | 'object' | 'systems' | 'defaultCountry'>): SourceWork {
	return {
		ingest: async (items, cursor, now) => store.run('ingest', { ...source, items, cursor, now }),
		build: async (onBatch, onProgress) =>
			store.run('build', { systems: source.systems, each: false }, { part: onBatch, progress: ({ done, total }) => onProgress?.(done, total) }),
	};
}
