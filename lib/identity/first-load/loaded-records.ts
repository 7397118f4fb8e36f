import { type Entity, type IdentityModel, refKey, type RecordNo } from '../../domain';
import { type Comparable, packComparable, type PackedComparable, toComparable, unpackComparable } from '../../match';
import type { RecordHead, StoreReader } from '../../store';
import { RecentMap } from '../recent-map';
import type { ReadyRecords } from './ready-records';

const PAGE = 5000;
/** Records that are kept as objects at a time: some 2 kB each. */
const OPEN = 20_000;

/** All people and companies of a store, each named by its place among them, in order of number. */
export class LoadedRecords {
	readonly nos: RecordNo[] = [];
	readonly refs: string[] = [];
	private readonly companies = new Set<number>();
	private readonly open = new RecentMap<number, Comparable>(OPEN);

	private constructor(
		private readonly ready: ReadyRecords,
		private readonly model: IdentityModel,
	) {}

	/**
	 * @param ready what is known of the records already; what is missing is read and added
	 * @param onPage told how many were read
	 */
	static async read(tx: StoreReader, model: IdentityModel, ready: ReadyRecords, onPage: (records: number) => Promise<void>): Promise<LoadedRecords> {
		const all = new LoadedRecords(ready, model);
		for (let last: RecordNo | undefined = 0; last !== undefined; ) {
			const page: RecordHead[] = await tx.records.scanHeads(last, PAGE);
			const living = page.filter(({ kind, deleted }) => kind !== 'activity' && deleted !== true);
			const missing = living.filter(({ no, hash }) => !ready.has(no, hash));
			for (const record of missing.length === 0 ? [] : await tx.records.written(missing.map(({ no }) => no))) {
				ready.keep(record.no, record.hash, JSON.stringify(packComparable(toComparable(record, record.no, model), model)));
			}
			for (const head of living) {
				if (head.kind === 'company') all.companies.add(all.nos.length);
				all.nos.push(head.no);
				all.refs.push(refKey(head));
			}
			last = page.at(-1)?.no;
			if (living.length > 0) await onPage(all.nos.length);
		}
		return all;
	}

	get size(): number {
		return this.nos.length;
	}

	entity(place: number): Entity {
		return this.companies.has(place) ? 'company' : 'person';
	}

	/** What the record is compared by. */
	comparable(place: number): Comparable {
		let record = this.open.get(place);
		if (!record) {
			const no = this.nos[place] as RecordNo;
			record = unpackComparable(JSON.parse(this.ready.text(no)) as PackedComparable, no, this.refs[place] as string, this.model);
			this.open.set(place, record);
		}
		return record;
	}
}
