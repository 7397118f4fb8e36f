import { type Entity, type IdentityModel, refKey, type RecordNo } from '../../domain';
import type { Comparable } from '../../match';
import type { RecordHead, StoreReader } from '../../store';
import { faceOf } from '../prepare/prepared';
import { type ReadyRecord, readyRecord } from '../prepare/ready-record';
import { RecordCache } from '../record-cache';
import { ComparedRecords } from './compared-records';
import { KeyTable } from './key-table';
import { ReadyRecords } from './ready-records';
import { TextList } from './text-list';
import type { Turns } from './turns';

const PAGE = 5000;

/** What becomes of records on the way; nothing where left out. */
export interface LoadOptions {
	/** What is known of the records already. */
	ready?: ReadyRecords;
	/** What decisions in force say of the records that one names, by reference, as `decidedAbout` tells it. */
	decided?: ReadonlyMap<string, string>;
	/** Told, page by page, of records of which nothing was known, */
	onMade?: (made: readonly MadeReady[]) => Promise<void>;
	/** and of those that are not matched: activities, and what was deleted. */
	onPassed?: (nos: readonly RecordNo[]) => Promise<void>;
}

export interface MadeReady {
	head: RecordHead;
	comparable: Comparable;
	ready: ReadyRecord;
}

/** All people and companies of a store, each named by its place among them, in order of number. */
export class LoadedRecords {
	readonly nos: RecordNo[] = [];
	readonly refs = new TextList();
	/** 0 where it is in none. */
	readonly profiles: number[] = [];
	private readonly companies = new Set<number>();
	/** What they are compared by. */
	readonly compared: ComparedRecords;
	/** What was not ready. */
	private readonly own: ReadyRecords;
	/** Keeps nothing: each record is made ready once. */
	private readonly cache = new RecordCache(0);

	private constructor(
		ready: ReadyRecords,
		private readonly model: IdentityModel,
		private readonly options: LoadOptions,
	) {
		this.own = new ReadyRecords(ready.face);
		this.compared = new ComparedRecords(this.nos, this.refs, [this.own, ready], model);
	}

	/** Reads which records there are, and what is not known of them yet. */
	static async read(tx: StoreReader, model: IdentityModel, turns: Turns, options: LoadOptions = {}): Promise<LoadedRecords> {
		const face = faceOf(model);
		const ready = options.ready?.face === face ? options.ready : new ReadyRecords(face);
		const all = new LoadedRecords(ready, model, options);
		for (let last: RecordNo | undefined = 0; last !== undefined; ) {
			const page: RecordHead[] = await tx.records.scanHeads(last, PAGE);
			const living = page.filter(isMatched);
			await all.makeReady(tx, living.filter(({ no, hash }) => !ready.has(no, hash)));
			const passed = page.filter((head) => !isMatched(head)).map(({ no }) => no);
			if (passed.length > 0) await options.onPassed?.(passed);
			for (const head of living) {
				if (head.kind === 'company') all.companies.add(all.nos.length);
				all.nos.push(head.no);
				all.refs.push(refKey(head));
				all.profiles.push(head.profileNo ?? 0);
			}
			last = page.at(-1)?.no;
			await turns.next('reading', all.nos.length);
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
		return this.compared.comparable(place);
	}

	/** The name that stands beside its identifiers. */
	who(place: number): string {
		const no = this.nos[place] as RecordNo;
		return this.compared.readyOf(no).who(no);
	}

	/** The keys of all, each record standing for itself. */
	keyTable(): KeyTable {
		const table = new KeyTable(this.nos.reduce((sum, no) => sum + this.compared.readyOf(no).keys(no), 0), this.size);
		for (const no of this.nos) {
			this.compared.readyOf(no).eachKey(no, (holds, first, second) => table.add(holds, first, second));
			table.endRecord();
		}
		table.sort();
		return table;
	}

	private async makeReady(tx: StoreReader, heads: readonly RecordHead[]): Promise<void> {
		if (heads.length === 0) return;
		const comparables = await this.cache.of(tx, heads, this.model);
		const made = heads.flatMap((head): MadeReady[] => {
			const comparable = comparables.get(head.no);
			return comparable ? [{ head, comparable, ready: readyRecord(comparable, head, this.model, this.options.decided?.get(refKey(head))) }] : [];
		});
		for (const { head, ready } of made) this.own.keep(head.no, head.hash, ready);
		await this.options.onMade?.(made);
	}
}

function isMatched({ kind, deleted }: RecordHead): boolean {
	return kind !== 'activity' && deleted !== true;
}
