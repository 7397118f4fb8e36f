import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Entity, IdentityModel } from '../domain';
import { refKey } from '../domain';
import { type Comparable, toComparable } from '../match';
import type { StoreReader } from '../store';

/** More records than this tell training nothing new. */
const MOST_RECORDS = 100_000;
const PAGE = 1000;

export interface Sample {
	records: Comparable[];
	/** People and companies in the whole store. */
	total: Record<Entity, number>;
}

/**
 * People and companies to train on: all of them, or as many as `most`, spread evenly over the store. Which ones depends on their references alone,
 * so that the order in which records came has no say.
 */
export async function sampleRecords(tx: StoreReader, model: IdentityModel, most = MOST_RECORDS, onRead: (records: number) => void = () => undefined): Promise<Sample> {
	const total: Record<Entity, number> = { person: 0, company: 0 };
	let kept: { lot: number; record: Comparable }[] = [];
	let highest = Infinity;
	for (let last = 0; ; ) {
		const page = await tx.records.scan(last, PAGE);
		const final = page.at(-1);
		if (!final) break;
		last = final.no;
		for (const record of page) {
			if (record.kind === 'activity' || record.deleted) continue;
			total[record.kind] += 1;
			const lot = Number.parseInt(hash('sha256', refKey(record), 'hex').slice(0, 12), 16);
			if (lot <= highest) kept.push({ lot, record: toComparable(record, record.no, model) });
		}
		onRead(total.person + total.company);
		// A file answers at once: nobody else would have a turn before the last page.
		await setImmediate();
		if (kept.length > most * 1.25) ({ kept, highest } = lowest(kept, most));
	}
	return { records: lowest(kept, most).kept.map(({ record }) => record), total };
}

function lowest(kept: { lot: number; record: Comparable }[], most: number): { kept: typeof kept; highest: number } {
	if (kept.length <= most) return { kept, highest: Infinity };
	const sorted = [...kept].sort((x, y) => x.lot - y.lot).slice(0, most);
	return { kept: sorted, highest: sorted.at(-1)?.lot ?? Infinity };
}
