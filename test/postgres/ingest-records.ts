import type { SourceRecord } from '../../lib/domain';
import { buildProfiles, emptySummary, ingestPage } from '../../lib/identity';
import type { IdentityStore } from '../../lib/store';
import { SYSTEMS } from './overlapping-people';

/** Ingests normalized records page by page, and builds profiles after every fourth page and at the end. */
export async function ingestRecords(
	store: IdentityStore,
	records: readonly SourceRecord[],
	size: number,
	onPage: () => void = () => undefined,
): Promise<void> {
	const summary = emptySummary();
	for (let from = 0; from < records.length; from += size) {
		const page = records.slice(from, from + size);
		await ingestPage(store, page.map((record) => ({ record })), { systems: SYSTEMS, now: Date.now(), summary });
		if ((from / size) % 4 === 3) await buildProfiles(store, { now: Date.now, systems: SYSTEMS });
		onPage();
	}
	await buildProfiles(store, { now: Date.now, systems: SYSTEMS });
}
