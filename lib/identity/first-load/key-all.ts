import { copiesKey, copyKeys } from '../../match';
import { type HeldDigest, type StoreWriter, writeListedKeys } from '../../store';
import { type AllKeys, whoHolds } from '../at-once/group-all';
import type { LoadedRecords } from '../at-once/loaded-records';
import type { Turns } from '../at-once/turns';
import { HOLDS } from '../prepare/ready-record';

const BATCH = 2500;

/** Gives every record its keys: what {@link updateEvidence} gives them batch by batch. Those of records that stand for themselves are listed already. */
export async function keyAll(tx: StoreWriter, records: LoadedRecords, { table, generic, copies }: AllKeys, turns: Turns): Promise<void> {
	const copied = copies.flatMap((group) => group.slice(1));
	for (let from = 0; from < copied.length; from += BATCH) {
		await tx.keys.list(copied.slice(from, from + BATCH).map((copy) => ({ no: records.nos[copy] as number, listed: listedOfCopy(records, copy) })));
		await turns.next('keys', 0);
	}
	for (let from = 0; from < table.size; from += BATCH) {
		const rows = table.rowsOf({ from, until: Math.min(table.size, from + BATCH) }).filter(({ holds }) => holds !== HOLDS.not);
		await tx.keys.addHolders(rows.map((row): HeldDigest => ({ digest: row.digest, no: records.nos[row.record] as number, who: whoHolds(records, row.record, row.holds) })));
		await turns.next('keys', Math.floor((from / table.size) * records.size));
	}
	await tx.keys.markGeneric([...generic], true);
}

function listedOfCopy(records: LoadedRecords, place: number): string {
	const record = records.comparable(place);
	return writeListedKeys([...copyKeys(record), { key: copiesKey(record), who: record.ref }]);
}
