import type { IdentityModel } from '../../domain';
import { COPY_HOLDER, copiesKey, copyKeys, isBlockingKey, isTooCommon, keyLimit, type MatchKey, matchKeys, RECORD_HOLDER } from '../../match';
import { type HeldDigest, keyDigest, type StoreWriter } from '../../store';
import { type Holds, HOLDS, KeyTable } from './key-table';
import type { LoadedRecords } from './loaded-records';

const BATCH = 2500;

/** All keys of a first load, as the store has them now. */
export interface AllKeys {
	table: KeyTable;
	/** Values that are too common to be evidence. */
	generic: ReadonlySet<string>;
	/** Records that say the same, of groups with more than one; the first stands for the others. */
	copies: readonly (readonly number[])[];
}

/** Gives every record its keys: what {@link updateEvidence} gives them batch by batch. */
export async function keyAll(tx: StoreWriter, records: LoadedRecords, model: IdentityModel, pause: () => Promise<void>): Promise<AllKeys> {
	const copies = copiesAmong(records);
	const standsIn = new Set(copies.flatMap((group) => group.slice(1)));
	const table = new KeyTable();
	const holders: string[] = [];
	for (let from = 0; from < records.size; from += BATCH) {
		const lists: { no: number; keys: MatchKey[] }[] = [];
		for (let place = from; place < Math.min(records.size, from + BATCH); place += 1) {
			const record = records.comparable(place);
			const own = standsIn.has(place) ? copyKeys(record) : matchKeys(record, model);
			const keys = [...own, { key: copiesKey(record), who: record.ref }];
			table.add(keys.map(({ key, who }, index) => ({ digest: keyDigest(key), holds: index === own.length ? HOLDS.copies : holdsBy(key, who) })));
			holders.push(own.find(({ key, who }) => holdsBy(key, who) === HOLDS.identifier)?.who ?? '');
			lists.push({ no: record.no, keys });
		}
		await tx.keys.addLists(lists);
		await pause();
	}
	table.sort();
	const whoAt = (place: number, holds: Holds): string => [RECORD_HOLDER, holders[place] as string, COPY_HOLDER, records.refs[place] as string][holds] as string;
	for (let from = 0; from < table.size; from += BATCH) {
		const rows = Array.from({ length: Math.min(BATCH, table.size - from) }, (_, index): HeldDigest => {
			const { digest, record, holds } = table.at(from + index);
			return { digest, no: records.nos[record] as number, who: whoAt(record, holds) };
		});
		await tx.keys.addHolders(rows);
		await pause();
	}
	const generic = markCommon(table, records, model, whoAt);
	await tx.keys.markGeneric([...generic], true);
	return { table, generic, copies };
}

function holdsBy(key: string, who: string): Holds {
	if (who === COPY_HOLDER) return HOLDS.asCopy;
	return isBlockingKey(key) ? HOLDS.value : HOLDS.identifier;
}

/** Groups of records that say the same, each in order of reference. */
function copiesAmong(records: LoadedRecords): number[][] {
	const table = new KeyTable();
	for (let place = 0; place < records.size; place += 1) table.add([{ digest: keyDigest(copiesKey(records.comparable(place))), holds: HOLDS.copies }]);
	table.sort();
	const order = (x: number, y: number) => ((records.refs[x] as string) < (records.refs[y] as string) ? -1 : 1);
	return Array.from(table.groups(2), ({ from, until }) => Array.from({ length: until - from }, (_, index) => table.at(from + index).record).sort(order));
}

/** Marks what too many distinct people hold, and says what it is. */
function markCommon(table: KeyTable, records: LoadedRecords, model: IdentityModel, whoAt: (place: number, holds: Holds) => string): Set<string> {
	const generic = new Set<string>();
	const limits = Object.keys(model.identifiers).map((kind) => keyLimit(`person|${kind}:`, model));
	// Of what fewer hold nobody has to ask what it is.
	for (const group of table.groups(Math.min(...limits, keyLimit('', model)) + 1)) {
		const { digest, record, holds } = table.at(group.from);
		if (holds === HOLDS.copies) continue;
		const key = matchKeys(records.comparable(record), model).find((own) => keyDigest(own.key) === digest)?.key;
		if (key === undefined) throw new Error(`record number ${records.nos[record]} holds a key that is not its own`);
		const holders = Array.from({ length: group.until - group.from }, (_, index) => table.at(group.from + index)).map((one) => ({ who: whoAt(one.record, one.holds) }));
		if (!isTooCommon(holders, keyLimit(key, model))) continue;
		generic.add(key);
		table.markCommon(group);
	}
	return generic;
}
