import type { StoreReader, StoreWriter } from '../../store';

/** Where it stands that all records of a store came by a first load and wait to be matched. */
const SCOPE = 'first load';

/** Whether the records of this store wait to be matched; then all of them do. */
export async function isLoading(tx: StoreReader): Promise<boolean> {
	return (await tx.cursors.get(SCOPE)) === true;
}

export async function setLoading(tx: StoreWriter, loading: boolean, at: string): Promise<void> {
	await tx.cursors.set(SCOPE, loading ? true : null, at);
}
