import type { StoredRecord, StoreReader } from '../store';

/** A record and the others of its profile; itself alone where it is in none. */
export async function membersWith(tx: StoreReader, record: StoredRecord): Promise<StoredRecord[]> {
	return record.profileNo === null ? [record] : tx.records.ofProfiles([record.profileNo]);
}
