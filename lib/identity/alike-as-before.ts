import type { IdentityModel, RecordNo } from '../domain';
import { contentOf, toComparable } from '../match';
import type { PutResult, StoreReader, WrittenRecord } from '../store';
import type { RecordCache } from './record-cache';

/**
 * Those of the written records that say the same as before in all that is compared: a job title was changed, or our own write-back brought the record again.
 * Keys, evidence and clusters are functions of what is compared, so all that has to be done for them is to build their profiles anew.
 */
export async function alikeAsBefore(
	tx: StoreReader,
	puts: readonly PutResult[],
	written: ReadonlyMap<RecordNo, WrittenRecord>,
	model: IdentityModel,
	cache: RecordCache,
): Promise<Map<RecordNo, WrittenRecord>> {
	const before = new Map<RecordNo, PutResult['before']>();
	for (const put of puts) if ((put.outcome === 'new' || put.outcome === 'changed') && !before.has(put.no)) before.set(put.no, put.before);
	const candidates = [...written.values()].filter((record) => {
		const former = before.get(record.no);
		return former && !former.deleted && !record.deleted && record.kind !== 'activity' && record.kind === former.kind && record.profileNo !== null;
	});
	const comparables = await cache.of(tx, candidates, model);
	return new Map(
		candidates.flatMap((record) => {
			const [former, comparable] = [before.get(record.no), comparables.get(record.no)];
			return former && comparable && contentOf(toComparable(former, record.no, model)) === contentOf(comparable) ? [[record.no, record] as const] : [];
		}),
	);
}

/** Members of the profiles that these records are in and stay in, one list a profile, and which of the records a person is asked about. */
export async function placesOf(tx: StoreReader, records: readonly WrittenRecord[]): Promise<{ clusters: RecordNo[][]; asked: RecordNo[] }> {
	if (records.length === 0) return { clusters: [], asked: [] };
	const clusters = new Map<number, RecordNo[]>();
	for (const { profileNo } of records) if (profileNo !== null) clusters.set(profileNo, []);
	for (const { no, profileNo } of await tx.records.headsOfProfiles([...clusters.keys()])) clusters.get(profileNo ?? 0)?.push(no);
	const open = await tx.reviews.openTouching(records.map(({ no }) => no));
	return { clusters: [...clusters.values()], asked: open.flatMap(({ a, b }) => [a, b]) };
}
