import { refKey, type RecordRef } from '../../domain';
import type { DecidedPair } from '../../match';
import type { StoreReader } from '../../store';
import { decidedAbout } from '../copy-groups';
import type { LoadedRecords } from './loaded-records';

/** What people decided, for those who match all records. */
export interface AllDecisions {
	/** Records that any decision ever named. */
	named: readonly RecordRef[];
	/** What those in force say of each record, by reference. */
	about: ReadonlyMap<string, string>;
}

export async function allDecisions(tx: StoreReader): Promise<AllDecisions> {
	const named = [...new Map((await tx.decisions.all()).flatMap(({ a, b }) => [a, b]).map((ref) => [refKey(ref), ref])).values()];
	return { named, about: await decidedAbout(tx, named) };
}

/** Decisions in force with the records' numbers; those about records that aren't here have no effect. */
export async function decidedPairs(tx: StoreReader, { named, about }: AllDecisions, records: LoadedRecords): Promise<DecidedPair[]> {
	const numbers = new Map<string, number>();
	for (const [place, no] of about.size === 0 ? [] : records.nos.entries()) {
		const ref = records.refs.at(place);
		if (about.has(ref)) numbers.set(ref, no);
	}
	return (await tx.decisions.touching(named)).flatMap(({ a, b, verdict, at }) => {
		const [x, y] = [numbers.get(refKey(a)), numbers.get(refKey(b))];
		return x === undefined || y === undefined ? [] : [{ a: x, b: y, verdict, at }];
	});
}
