import { StoreError, type StoreReader, type StoreWriter } from '../../store';

/** Where it stands that all records of a store came by a first load and wait to be matched. */
const SCOPE = 'first load';

/** Whether the records of this store wait to be matched; then all of them do. */
export async function isLoading(tx: StoreReader): Promise<boolean> {
	return (await tx.cursors.get(SCOPE)) === true;
}

export async function setLoading(tx: StoreWriter, loading: boolean, at: string): Promise<void> {
	await tx.cursors.set(SCOPE, loading ? true : null, at);
}

/**
 * For what looks at matches and changes nothing.
 * @throws StoreError `conflict` where records wait to be matched
 */
export async function refuseWhileLoading(tx: StoreReader): Promise<void> {
	if (await isLoading(tx)) throw new StoreError('conflict', `The records of this store wait to be matched: its first load was stopped. ${HOW_TO_FINISH}`);
}

export const HOW_TO_FINISH = 'Run customer360 ingest on it once more with the same files, or a Match or Merge step of n8n; either matches them, and nothing is lost.';
