import { compareInstants, type IdentityStore, type Prepared, recordContent, refKey, withTimeOfChange } from '../../lib';

/**
 * For rows that have no time of change of their own: one that the store has in this very form was not changed since, however new its file is.
 * So an export that is written anew each night changes nothing but what differs in it. A row that is read in another way than before,
 * by another mapping for instance, is taken for changed.
 */
export async function keepTimesOfChange(store: IdentityStore, results: readonly Prepared[]): Promise<Prepared[]> {
	const records = results.flatMap(({ record }) => (record ? [record] : []));
	const known = await store.read((tx) => tx.records.headsByRef(records));
	return results.map((result) => {
		const { record } = result;
		const stored = record && known.get(refKey(record));
		if (!stored || stored.deleted || stored.version !== record.version || compareInstants(stored.updatedAt, record.updatedAt) >= 0) return result;
		return stored.hash === recordContent(record).hash ? { ...result, record: withTimeOfChange(record, stored.updatedAt) } : result;
	});
}
