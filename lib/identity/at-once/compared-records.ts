import type { IdentityModel, RecordNo } from '../../domain';
import { type Comparable, type PackedComparable, unpackComparable } from '../../match';
import { RecentMap } from '../recent-map';
import { ReadyRecords, type SharedReadyRecords } from './ready-records';
import { sharedNumbers } from './shared-memory';
import { type SharedTexts, TextList } from './text-list';

/** Records that are kept as objects at a time: some kB each. */
const OPEN = 10_000;

/** What another thread compares the same records by. */
export interface SharedComparedRecords {
	nos: Float64Array;
	refs: SharedTexts;
	ready: SharedReadyRecords[];
}

/** What records are compared by, each named by its place among them. */
export class ComparedRecords {
	private readonly open = new RecentMap<number, Comparable>(OPEN);

	/** @param ready what is known of the records, the first that knows one counts */
	constructor(
		private readonly nos: ArrayLike<RecordNo>,
		private readonly refs: TextList,
		private readonly ready: readonly ReadyRecords[],
		private readonly model: Pick<IdentityModel, 'identifiers'>,
	) {}

	static of({ nos, refs, ready }: SharedComparedRecords, model: Pick<IdentityModel, 'identifiers'>): ComparedRecords {
		return new ComparedRecords(nos, new TextList(refs), ready.map(({ face, ...shared }) => new ReadyRecords(face, shared)), model);
	}

	shared(): SharedComparedRecords {
		const nos = sharedNumbers(this.nos.length);
		nos.set(this.nos);
		return { nos, refs: this.refs.shared(), ready: this.ready.map((ready) => ready.shared()) };
	}

	/** @throws Error for a record of which nothing is known */
	comparable(place: number): Comparable {
		let record = this.open.get(place);
		if (!record) {
			const no = this.nos[place] as RecordNo;
			record = unpackComparable(JSON.parse(this.readyOf(no).said(no)) as PackedComparable, no, this.refs.at(place), this.model);
			this.open.set(place, record);
		}
		return record;
	}

	/** @throws Error for a record of which nothing is known */
	readyOf(no: RecordNo): ReadyRecords {
		const ready = this.ready.find((one) => one.knows(no));
		if (!ready) throw new Error(`nothing was kept of record number ${no}`);
		return ready;
	}
}
