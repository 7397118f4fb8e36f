import type { IdentityModel } from '../../domain';
import { isTooCommon, keyLimit, COPY_HOLDER, matchKeys, RECORD_HOLDER } from '../../match';
import { keyDigest } from '../../store';
import { type Holds, HOLDS } from '../prepare/ready-record';
import type { KeyRow, KeyTable } from './key-table';
import type { LoadedRecords } from './loaded-records';
import type { Turns } from './turns';

/** Who holds which key, of all records. */
export interface AllKeys {
	table: KeyTable;
	/** Values that are too common to be evidence. */
	generic: ReadonlySet<string>;
	/** Records that say the same, of groups with more than one; the first stands for the others. By place, each in order of reference. */
	copies: readonly (readonly number[])[];
}

/** Finds copies of one record, and what too many distinct people hold: what `regroup` and `updateEvidence` find batch by batch. */
export async function groupAll(records: LoadedRecords, model: IdentityModel, turns: Turns): Promise<AllKeys> {
	const table = records.keyTable();
	const copies = copiesIn(table, records);
	for (const [, ...others] of copies) for (const copy of others) table.makeCopy(copy);
	return { table, copies, generic: await markCommon(table, records, model, turns) };
}

/** The word that the store has beside the key. */
export function whoHolds(records: LoadedRecords, record: number, holds: Holds): string {
	if (holds === HOLDS.identifier) return records.who(record);
	if (holds === HOLDS.copies) return records.refs.at(record);
	return holds === HOLDS.asCopy ? COPY_HOLDER : RECORD_HOLDER;
}

/** Groups of records that say the same, each in order of reference. */
function copiesIn(table: KeyTable, records: LoadedRecords): number[][] {
	const groups: number[][] = [];
	for (const group of table.groups(2)) {
		if (table.at(group.from).holds !== HOLDS.copies) continue;
		const named = table.rowsOf(group).map(({ record }) => [records.refs.at(record), record] as const);
		groups.push(named.sort(([x], [y]) => (x < y ? -1 : 1)).map(([, record]) => record));
	}
	return groups;
}

/** Marks what too many distinct people hold, and says what it is. */
async function markCommon(table: KeyTable, records: LoadedRecords, model: IdentityModel, turns: Turns): Promise<Set<string>> {
	const generic = new Set<string>();
	const whoIn = ({ holds, record }: KeyRow) => whoHolds(records, record, holds);
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
