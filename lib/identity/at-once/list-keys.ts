import type { IdentityModel, RecordNo } from '../../domain';
import type { StoreWriter } from '../../store';
import type { MadeReady } from './loaded-records';
import { madeOf } from '../kept-forms';

/** Lists the keys of records that stand for themselves, with what they are compared by. */
export async function listKeys(tx: StoreWriter, made: readonly MadeReady[], model: IdentityModel): Promise<void> {
	await tx.keys.list(made.map(({ head: { no, hash }, ready }) => ({ no, listed: ready.listed, forms: { forms: ready.said, of: madeOf(hash, model) } })));
}

/** Takes away the keys of records that no longer have any. */
export async function unlistKeys(tx: StoreWriter, nos: readonly RecordNo[]): Promise<void> {
	const before = await tx.keys.ofRecords(nos);
	await tx.keys.replace(nos.filter((no) => (before.get(no)?.length ?? 0) > 0).map((no) => ({ no, keys: [] })), before);
}
