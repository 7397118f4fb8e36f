import { type IdentityStore, pullSource, type PullSourceOptions, type PullSourceResult, type RawRecord } from '../../../lib';
import { type hubspotBench, pullOptions } from '../walk';

type HubSpot = Awaited<ReturnType<typeof hubspotBench>>;
const ITEMS = { firstRun: 'items', later: 'items' } as const;

/** Pulls contacts as items and keeps what the workflow has worked through. */
export function reader(store: IdentityStore, hubspot: HubSpot, given: Partial<PullSourceOptions> = {}) {
	const handedOut: RawRecord[] = [];
	const read = (more: Partial<PullSourceOptions> = {}): Promise<PullSourceResult> =>
		pullSource(
			pullOptions(store, hubspot, 'contact', {
				delivery: ITEMS,
				emit: (records) => {
					handedOut.push(...records);
					return Promise.resolve(true);
				},
				...given,
				...more,
			}),
		);
	return { handedOut, read };
}
