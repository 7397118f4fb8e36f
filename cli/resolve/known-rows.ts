import { compareInstants, type IdentityStore, type Prepared, type RecordHead, recordContent, type RecordRef, refKey, type SourceRecord, withTimeOfChange } from '../../lib';
import type { RowBatch } from './batches';
import type { OtherKinds } from './other-kinds';
import { isSameRow, versionBehind } from './row-version';

/** A batch without the rows that the store has as they are. */
export interface NewRows extends RowBatch {
	/** What was taken out of it. */
	known: RecordRef[];
	/** Number of the last row of the whole batch. */
	until: number;
	/** What the store has under the reference of each record. */
	stored: (RecordHead | undefined)[];
}

/**
 * Takes out the rows that the store has as they are: they need not be read. The others come behind the version that the store has.
 * A file's IDs are distinct, so that no batch knows more than the store did when the files were opened.
 * @param store undefined where it is empty, and nothing has to be looked up
 */
export async function* newRows(batches: AsyncIterable<RowBatch>, store: IdentityStore | undefined, otherKinds: OtherKinds): AsyncGenerator<NewRows> {
	for await (const batch of batches) {
		const heads = await store?.read(async (tx) => {
			await otherKinds.note(tx, batch);
			return tx.records.headsByRef(batch.records);
		});
		const { input, defaultCountry, model, mappings } = batch;
		const left: NewRows = { input, defaultCountry, model, mappings, records: [], mappingOf: [], nos: [], stored: [], known: [], until: batch.nos.at(-1) ?? 0 };
		for (const [index, record] of batch.records.entries()) {
			const stored = heads?.get(refKey(record));
			const isSame = stored !== undefined && isSameRow(stored.version, record.version);
			if (isSame && !stored.deleted) {
				left.known.push(stored);
				continue;
			}
			left.records.push(stored ? { ...record, version: isSame ? stored.version : versionBehind(stored.version, record.version) } : record);
			left.mappingOf.push(batch.mappingOf[index] as number);
			left.nos.push(batch.nos[index] as number);
			left.stored.push(stored);
		}
		yield left;
	}
}

/**
 * Tells rows that say what they said before from those that don't, once they are read: a column that nothing is made of has changed, or the row is read in another way
 * and comes to the same. These keep their time of change, however new their file is: an export that is written anew each night changes nothing but what differs in it.
 */
export function sortOut(results: readonly Prepared[], { stored, input }: NewRows): { changed: Prepared[]; same: SourceRecord[] } {
	const [changed, same]: [Prepared[], SourceRecord[]] = [[], []];
	for (const [index, result] of results.entries()) {
		const [{ record }, before] = [result, stored[index]];
		const keepsTime = before && record && (!input.updatedColumn || compareInstants(before.updatedAt, record.updatedAt) === 0);
		if (keepsTime && !before.deleted && before.hash === recordContent(record).hash) same.push(withTimeOfChange(record, before.updatedAt));
		else changed.push(result);
	}
	return { changed, same };
}

/**
 * Notes the versions of rows that say what they said before, so that they are known the next time; nothing else of a record depends on its version.
 * @param known rows that need not even be read: if one was rejected in between, it no longer is
 */
export async function noteKnown(store: IdentityStore, records: readonly SourceRecord[], known: readonly RecordRef[], at: string): Promise<void> {
	if (records.length + known.length === 0) return;
	await store.write(async (tx) => {
		await tx.rejections.remove([...records, ...known]);
		const heads = await tx.records.headsByRef(records);
		// Another writer may have changed one since it was looked up.
		await tx.records.put(records.filter((record) => heads.get(refKey(record))?.hash === recordContent(record).hash), at);
	});
}
