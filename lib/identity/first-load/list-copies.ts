import { copiesKey, copyKeys } from '../../match';
import { type StoreWriter, writeListedKeys } from '../../store';
import type { AllKeys } from '../at-once/group-all';
import type { LoadedRecords } from '../at-once/loaded-records';
import type { Turns } from '../at-once/turns';

const BATCH = 2500;

/** Lists the keys of copies, which hold fewer than a record that stands for itself: those of all others are listed already. */
export async function listCopies(tx: StoreWriter, records: LoadedRecords, copies: AllKeys['copies'], turns: Turns): Promise<void> {
	const copied = copies.flatMap((group) => group.slice(1));
	for (let from = 0; from < copied.length; from += BATCH) {
		await tx.keys.list(copied.slice(from, from + BATCH).map((copy) => ({ no: records.nos[copy] as number, listed: listedOfCopy(records, copy) })));
		await turns.next('keys', 0);
	}
}

function listedOfCopy(records: LoadedRecords, place: number): string {
	const record = records.comparable(place);
	return writeListedKeys([...copyKeys(record), { key: copiesKey(record), who: record.ref }]);
}
