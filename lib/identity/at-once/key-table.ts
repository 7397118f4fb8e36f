import { type Holds, HOLDS } from '../prepare/ready-record';
import { orderOfDigests } from './digest-order';
import { Digests } from './digests';
import { Proposals } from './proposals';
import { sharedBytes, sharedWords } from './shared-memory';

/** A run of rows that hold the same key: places in the order. */
export interface KeyGroup {
	from: number;
	/** Behind the last one. */
	until: number;
}

/** A row, by its place in the order. */
export interface KeyRow {
	digest: string;
	record: number;
	holds: Holds;
}

/**
 * Who holds which key, of all records of a first load: a row a key of a record, in columns of numbers. Records are named by their place among them;
 * rows come in order of these.
 */
export class KeyTable {
	private digests: Digests;
	private readonly record: Uint32Array;
	private readonly holds: Uint8Array;
	private rows = 0;
	private records = 0;
	/** Where the rows of each record begin; one more for the end. */
	private readonly begin: Uint32Array;
	private order: Uint32Array = new Uint32Array();
	/** By place in the order: where a group begins; and rows of a key that is too common, which propose nobody. */
	private isFirst: Uint8Array = new Uint8Array();
	private common: Uint8Array = new Uint8Array();

	/** @param most rows, of so many records */
	constructor(most: number, records: number) {
		this.digests = new Digests(most);
		this.record = sharedWords(most);
		this.holds = sharedBytes(most);
		this.begin = sharedWords(records + 1);
	}

	get size(): number {
		return this.rows;
	}

	/** Adds a key of the record that comes next. @param first and `second` halves of its digest */
	add(holds: Holds, first: number, second: number): void {
		if (this.rows === this.record.length) throw new Error(`there is room for ${this.rows} keys only`);
		this.digests.set(this.rows, first, second);
		this.record[this.rows] = this.records;
		this.holds[this.rows] = holds;
		this.rows += 1;
	}

	/** All keys of a record are there. */
	endRecord(): void {
		this.records += 1;
		this.begin[this.records] = this.rows;
	}

	/** To be done once all are there, before anything is asked. */
	sort(): void {
		this.order = orderOfDigests(this.digests, this.rows);
		this.isFirst = sharedBytes(this.rows + 1);
		this.common = sharedBytes(this.rows);
		let before: number | undefined;
		for (let at = 0; at < this.rows; at += 1) {
			const row = this.order[at] as number;
			if (before === undefined || this.digests.compare(before, row) !== 0) this.isFirst[at] = 1;
			before = row;
		}
		this.isFirst[this.rows] = 1;
	}

	/** What stands at a place of the order. */
	at(place: number): KeyRow {
		const row = this.order[place] as number;
		return { digest: this.digests.text(row), record: this.record[row] as number, holds: this.holds[row] as Holds };
	}

	/** Keys that at least so many records hold, in order of digest. */
	*groups(least: number): Generator<KeyGroup> {
		for (let from = 0, at = 1; at <= this.rows; at += 1) {
			if (this.isFirst[at] !== 1) continue;
			if (at - from >= least) yield { from, until: at };
			from = at;
		}
	}

	rowsOf({ from, until }: KeyGroup): KeyRow[] {
		return Array.from({ length: until - from }, (_, index) => this.at(from + index));
	}

	/** From now on the record is a copy of another one: it keeps its identifiers, which don't count, and no blocking value. */
	makeCopy(record: number): void {
		for (let row = this.begin[record] as number; row < (this.begin[record + 1] as number); row += 1) {
			if (this.holds[row] === HOLDS.identifier) this.holds[row] = HOLDS.asCopy;
			if (this.holds[row] === HOLDS.value) this.holds[row] = HOLDS.not;
		}
	}

	/** From now on this key proposes nobody. */
	markCommon({ from, until }: KeyGroup): void {
		this.common.fill(1, from, until);
	}

	/** Lets go of the digests, a third of the table, once nobody asks for them; {@link proposals} are told without. */
	dropDigests(): void {
		this.digests = new Digests(0);
	}

	/** Who is worth comparing with whom. Nothing may change behind this. */
	proposals(): Proposals {
		const { record, holds, begin, order, isFirst, common } = this;
		const rank = sharedWords(this.rows);
		for (let at = 0; at < this.rows; at += 1) rank[order[at] as number] = at;
		return new Proposals({ record, holds, begin, order, rank, isFirst, common });
	}
}
