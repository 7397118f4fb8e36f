import type { IdentityModel } from '../domain';
import { refKey } from '../domain';
import { contradiction, toComparable } from '../match';
import type { StoredRecord, StoreReader } from '../store';

/** Why two profiles are not one although evidence joins a record of each: in words, naming the records that stand in the way. */
export async function whatKeepsApart(tx: StoreReader, left: StoredRecord, right: StoredRecord, model: IdentityModel): Promise<string> {
	const gone = [left, right].find(({ deleted }) => deleted);
	if (gone) return `${refKey(gone)} was deleted in ${gone.system}`;
	const [here, there] = [await membersWith(tx, left), await membersWith(tx, right)];
	const [ours, theirs] = [new Set(here.map(refKey)), new Set(there.map(refKey))];
	for (const { a, b, verdict, actor } of await tx.decisions.touching(here)) {
		const [p, q] = [refKey(a), refKey(b)];
		const across = (ours.has(p) && theirs.has(q)) || (ours.has(q) && theirs.has(p));
		if (verdict === 'different' && across) return `${actor} decided that ${p} and ${q} are different`;
	}
	const others = there.map((record) => ({ record, view: toComparable(record, record.no, model) }));
	for (const record of here) {
		const view = toComparable(record, record.no, model);
		for (const other of others) {
			const found = contradiction(view, other.view);
			if (found) return `${refKey(record)} and ${refKey(other.record)} contradict each other (${found.comparison.replace('_', ' ')} ${found.level})`;
		}
	}
	return 'one of the two is tied as closely to another record that contradicts the other one, so that nothing says whose it is';
}

async function membersWith(tx: StoreReader, record: StoredRecord): Promise<StoredRecord[]> {
	return record.profileNo === null ? [record] : tx.records.ofProfiles([record.profileNo]);
}
