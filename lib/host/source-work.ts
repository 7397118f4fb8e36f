import type { SourceWork } from '../sources';
import type { HostedStore } from './hosted-store';
import type { IngestInput } from './tasks';

/**
 * A source's work, done where the store lives.
 * @param onUntidied told in words where the store could not forget what it keeps no longer, which stops no source
 */
export function sourceWork(
	store: HostedStore,
	source: Pick<IngestInput, 'system' | 'object' | 'systems' | 'defaultCountry'>,
	onUntidied: (why: string) => void = () => undefined,
): SourceWork {
	return {
		ingest: async (items, cursor, now) => store.run('ingest', { ...source, items, cursor, now }),
		build: async (onBatch, onProgress) => {
			const { untidied, ...totals } = await store.run('build', { systems: source.systems, each: false }, { part: onBatch, progress: ({ done, total }) => onProgress?.(done, total) });
			if (untidied !== undefined) onUntidied(untidied);
			return totals;
		},
	};
}
