import { copiesKey, copyKeys } from '../../match';
import { type StoreWriter, writeListedKeys } from '../../store';
import type { AllKeys } from '../at-once/group-all';
import { holdAll } from '../at-once/hold-all';
import type { LoadedRecords } from '../at-once/loaded-records';
import type { Turns } from '../at-once/turns';

const BATCH = 2500;

/** Gives every record its keys: what {@link updateEvidence} gives them batch by batch. Those of records that stand for themselves are listed already. */
export async function keyAll(tx: StoreWriter, records: LoadedRecords, { table, generic, copies }: AllKeys, turns: Turns): Promise<void> {
	const copied = copies.flatMap((group) => group.slice(1));
	for (let from = 0; from < copied.length; from += BATCH) {
		await tx.keys.list(copied.slice(from, from + BATCH).map((copy) => ({ no: records.nos[copy] as number, listed: listedOfCopy(records, copy) })));
		await turns.next('keys', 0);
	}
	await holdAll(tx, records, table, turns);
	await tx.keys.markGeneric([...generic], true);
}

function listedOfCopy(records: LoadedRecords, place: number): string {
	const record = records.comparable(place);
	return writeListedKeys([...copyKeys(record), { key: copiesKey(record), who: record.ref }]);
}
