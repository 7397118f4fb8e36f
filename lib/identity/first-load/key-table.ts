import { digestOf, halfOf } from './digest-numbers';
import { orderOfDigests } from './digest-order';

/** In which way a record holds a key. */
export const HOLDS = {
	/** A blocking value. */
	value: 0,
	/** An identifier, under the name of its holder. */
	identifier: 1,
	/** An identifier, as a copy of another record that counts in its place. */
	asCopy: 2,
	/** The key by which copies find each other, under the record's reference. */
	copies: 3,
} as const;
export type Holds = (typeof HOLDS)[keyof typeof HOLDS];

/** A run of rows that hold the same key: places in the order. */
export interface KeyGroup {
	from: number;
	/** Behind the last one. */
	until: number;
}

/**
 * Who holds which key, of all records of a first load: a row a key of a record, in columns of numbers. Records are named by their place among them;
 * rows come in order of these.
 */
export class KeyTable {
	private first = new Float64Array(1024);
	private second = new Float64Array(1024);
	private place = new Uint32Array(1024);
	private role = new Uint8Array(1024);
	private rows = 0;
	/** Where the rows of each record begin; one more for the end. */
	private readonly begin: number[] = [0];
	private order: Uint32Array = new Uint32Array();
	/** Of each row its place in the order. */
	private rank = new Uint32Array();
	/** By place in the order: where a group begins; and rows of a key that is too common, which propose nobody. */
	private isFirst = new Uint8Array();
	private common = new Uint8Array();

	get size(): number {
		return this.rows;
	}

	/** Adds the keys of the next record. */
	add(keys: readonly { digest: string; holds: Holds }[]): void {
		const place = this.begin.length - 1;
		for (const { digest, holds } of keys) {
			if (this.rows === this.place.length) this.grow();
			this.first[this.rows] = halfOf(digest, 0);
			this.second[this.rows] = halfOf(digest, 1);
			this.place[this.rows] = place;
			this.role[this.rows] = holds;
			this.rows += 1;
		}
		this.begin.push(this.rows);
	}

	/** To be done once all are there, before anything is asked. */
	sort(): void {
		this.order = orderOfDigests(this.first, this.second, this.rows);
		this.rank = new Uint32Array(this.rows);
		this.isFirst = new Uint8Array(this.rows + 1);
		this.common = new Uint8Array(this.rows);
		for (const [at, row] of this.order.entries()) {
			this.rank[row] = at;
			const before = at === 0 ? undefined : (this.order[at - 1] as number);
			if (before === undefined || this.first[before] !== this.first[row] || this.second[before] !== this.second[row]) this.isFirst[at] = 1;
		}
		this.isFirst[this.rows] = 1;
	}

	/** What stands at a place of the order. */
	at(place: number): { digest: string; record: number; holds: Holds } {
		const row = this.order[place] as number;
		return { digest: digestOf(this.first[row] as number, this.second[row] as number), record: this.place[row] as number, holds: this.role[row] as Holds };
	}

	/** Keys that at least so many records hold, in order of digest. */
	*groups(least: number): Generator<KeyGroup> {
		for (let from = 0, at = 1; at <= this.rows; at += 1) {
			if (this.isFirst[at] !== 1) continue;
			if (at - from >= least) yield { from, until: at };
			from = at;
		}
	}

	/** From now on this key proposes nobody. */
	markCommon({ from, until }: KeyGroup): void {
		this.common.fill(1, from, until);
	}

	/** Records behind this one that share a key with it that proposes them, each once. */
	partners(record: number, into: Set<number>): void {
		for (let row = this.begin[record] as number; row < (this.begin[record + 1] as number); row += 1) {
			const at = this.rank[row] as number;
			if ((this.role[row] as number) > HOLDS.identifier || this.common[at] === 1) continue;
			for (let next = at + 1; this.isFirst[next] !== 1; next += 1) {
				const other = this.order[next] as number;
				if ((this.role[other] as number) <= HOLDS.identifier) into.add(this.place[other] as number);
			}
		}
	}

	private grow(): void {
		const most = this.rows * 2;
		this.first = copied(this.first, new Float64Array(most));
		this.second = copied(this.second, new Float64Array(most));
		this.place = copied(this.place, new Uint32Array(most));
		this.role = copied(this.role, new Uint8Array(most));
	}
}

function copied<Column extends { set(from: Column): void }>(column: Column, longer: Column): Column {
	longer.set(column);
	return longer;
}
