import type { HeldDigest, StoreWriter } from '../../store';
import { HOLDS } from '../prepare/ready-record';
import { whoHolds } from './group-all';
import type { KeyTable } from './key-table';
import type { LoadedRecords } from './loaded-records';
import type { StepTimes } from '../step-times';
import type { Turns } from './turns';

const BATCH = 2500;

/** Tells a store that knows of no holder who holds which key, in order of the digests. */
export async function holdAll(tx: StoreWriter, records: LoadedRecords, table: KeyTable, steps: StepTimes, turns: Turns): Promise<void> {
	for (let from = 0; from < table.size; from += BATCH) {
		steps.enter('keys');
		const rows = table.rowsOf({ from, until: Math.min(table.size, from + BATCH) }).filter(({ holds }) => holds !== HOLDS.not);
		await tx.keys.addHolders(rows.map((row): HeldDigest => ({ digest: row.digest, no: records.nos[row.record] as number, who: whoHolds(records, row.record, row.holds) })));
		await turns.next('keys', Math.floor((from / table.size) * records.size));
	}
}
