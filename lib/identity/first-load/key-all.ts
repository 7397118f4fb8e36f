import type { IdentityModel } from '../../domain';
import { COPY_HOLDER, copiesKey, copyKeys, isTooCommon, keyLimit, matchKeys, RECORD_HOLDER } from '../../match';
import { type HeldDigest, keyDigest, type StoreWriter, writeListedKeys } from '../../store';
import { type Holds, HOLDS } from '../prepare/ready-record';
import type { KeyRow, KeyTable } from './key-table';
import type { LoadedRecords } from './loaded-records';
import type { Turns } from './turns';

const BATCH = 2500;

/** All keys of a first load, as the store has them now. */
export interface AllKeys {
	/** Without the digests. */
	table: KeyTable;
	/** Values that are too common to be evidence. */
	generic: ReadonlySet<string>;
	/** Records that say the same, of groups with more than one; the first stands for the others. */
	copies: readonly (readonly number[])[];
}

/** Gives every record its keys: what {@link updateEvidence} gives them batch by batch. They are listed already. */
export async function keyAll(tx: StoreWriter, records: LoadedRecords, model: IdentityModel, turns: Turns): Promise<AllKeys> {
	const table = records.keyTable();
	const copies = copiesIn(table, records);
	const copied = copies.flatMap((group) => group.slice(1));
	for (const copy of copied) table.makeCopy(copy);
	for (let from = 0; from < copied.length; from += BATCH) {
		await tx.keys.list(copied.slice(from, from + BATCH).map((copy) => ({ no: records.nos[copy] as number, listed: listedOfCopy(records, copy) })));
		await turns.next('keys', 0);
	}
	const whoIn = ({ holds, record }: KeyRow) => whoHolds(records, record, holds);
	for (let from = 0; from < table.size; from += BATCH) {
		const rows = table.rowsOf({ from, until: Math.min(table.size, from + BATCH) }).filter(({ holds }) => holds !== HOLDS.not);
		await tx.keys.addHolders(rows.map((row): HeldDigest => ({ digest: row.digest, no: records.nos[row.record] as number, who: whoIn(row) })));
		await turns.next('keys', Math.floor((from / table.size) * records.size));
	}
	const generic = await markCommon(table, records, model, whoIn, turns);
	await tx.keys.markGeneric([...generic], true);
	table.dropDigests();
	return { table, generic, copies };
}

function whoHolds(records: LoadedRecords, record: number, holds: Holds): string {
	if (holds === HOLDS.identifier) return records.who(record);
	if (holds === HOLDS.copies) return records.refs[record] as string;
	return holds === HOLDS.asCopy ? COPY_HOLDER : RECORD_HOLDER;
}

function listedOfCopy(records: LoadedRecords, place: number): string {
	const record = records.comparable(place);
	return writeListedKeys([...copyKeys(record), { key: copiesKey(record), who: record.ref }]);
}

/** Groups of records that say the same, each in order of reference. */
function copiesIn(table: KeyTable, records: LoadedRecords): number[][] {
	const order = (x: number, y: number) => ((records.refs[x] as string) < (records.refs[y] as string) ? -1 : 1);
	return Array.from(table.groups(2), (group) => (table.at(group.from).holds === HOLDS.copies ? table.rowsOf(group).map(({ record }) => record).sort(order) : [])).filter((group) => group.length > 0);
}

/** Marks what too many distinct people hold, and says what it is. */
async function markCommon(table: KeyTable, records: LoadedRecords, model: IdentityModel, whoIn: (row: KeyRow) => string, turns: Turns): Promise<Set<string>> {
	const generic = new Set<string>();
	const limits = Object.keys(model.identifiers).map((kind) => keyLimit(`person|${kind}:`, model));
	// Of what fewer hold nobody has to ask what it is.
	for (const group of table.groups(Math.min(...limits, keyLimit('', model)) + 1)) {
		const { digest, record, holds } = table.at(group.from);
		if (holds === HOLDS.copies) continue;
		await turns.next('keys', records.size);
		const key = matchKeys(records.comparable(record), model).find((own) => keyDigest(own.key) === digest)?.key;
		if (key === undefined) throw new Error(`record number ${records.nos[record]} holds a key that is not its own`);
		const holders = table.rowsOf(group).filter((row) => row.holds !== HOLDS.not).map((row) => ({ who: whoIn(row) }));
		if (!isTooCommon(holders, keyLimit(key, model))) continue;
		generic.add(key);
		table.markCommon(group);
	}
	return generic;
}
