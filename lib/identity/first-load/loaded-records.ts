import { type Entity, type IdentityModel, refKey, type RecordNo } from '../../domain';
import { type Comparable, type PackedComparable, toComparable, unpackComparable } from '../../match';
import type { RecordHead, StoreWriter } from '../../store';
import { madeOf } from '../kept-forms';
import { readyRecord } from '../prepare/ready-record';
import { RecentMap } from '../recent-map';
import { KeyTable } from './key-table';
import { ReadyRecords } from './ready-records';
import type { Turns } from './turns';

const PAGE = 5000;
/** Records that are kept as objects at a time: some kB each. */
const OPEN = 10_000;

/** All people and companies of a store, each named by its place among them, in order of number. */
export class LoadedRecords {
	readonly nos: RecordNo[] = [];
	readonly refs: string[] = [];
	private readonly companies = new Set<number>();
	private readonly open = new RecentMap<number, Comparable>(OPEN);
	/** What was not ready. It is listed in a transaction that may fail, and so is nobody else's. */
	private readonly own: ReadyRecords;

	private constructor(
		private readonly ready: ReadyRecords,
		private readonly model: IdentityModel,
	) {
		this.own = new ReadyRecords(ready.face);
	}

	/**
	 * Reads which records there are. What is not known of them yet is read, too, and their keys are listed in the store; those of records that are gone no longer are.
	 * @param ready what is known of the records already, and listed
	 */
	static async read(tx: StoreWriter, model: IdentityModel, ready: ReadyRecords, turns: Turns): Promise<LoadedRecords> {
		const all = new LoadedRecords(ready, model);
		for (let last: RecordNo | undefined = 0; last !== undefined; ) {
			const page: RecordHead[] = await tx.records.scanHeads(last, PAGE);
			const living = page.filter(isMatched);
			await all.makeReady(tx, living.filter(({ no, hash }) => !ready.has(no, hash)).map(({ no }) => no));
			await unlist(tx, page.filter((head) => !isMatched(head)).map(({ no }) => no));
			for (const head of living) {
				if (head.kind === 'company') all.companies.add(all.nos.length);
				all.nos.push(head.no);
				all.refs.push(refKey(head));
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
		let record = this.open.get(place);
		if (!record) {
			const no = this.nos[place] as RecordNo;
			record = unpackComparable(JSON.parse(this.of(no).said(no)) as PackedComparable, no, this.refs[place] as string, this.model);
			this.open.set(place, record);
		}
		return record;
	}

	/** The name that stands beside its identifiers. */
	who(place: number): string {
		const no = this.nos[place] as RecordNo;
		return this.of(no).who(no);
	}

	/** The keys of all, each record standing for itself. */
	keyTable(): KeyTable {
		const table = new KeyTable(this.nos.reduce((sum, no) => sum + this.of(no).keys(no), 0));
		for (const no of this.nos) {
			this.of(no).eachKey(no, (holds, first, second) => table.add(holds, first, second));
			table.endRecord();
		}
		table.sort();
		return table;
	}

	private of(no: RecordNo): ReadyRecords {
		return this.own.knows(no) ? this.own : this.ready;
	}

	private async makeReady(tx: StoreWriter, nos: readonly RecordNo[]): Promise<void> {
		if (nos.length === 0) return;
		const records = await tx.records.written(nos);
		const made = records.map((record) => readyRecord(toComparable(record, record.no, this.model), record, this.model));
		for (const [index, record] of records.entries()) this.own.keep(record.no, record.hash, made[index] as (typeof made)[number]);
		const model = this.model;
		await tx.keys.list(
			records.map(({ no, hash }, index) => {
				const { listed, said } = made[index] as (typeof made)[number];
				return { no, listed, forms: { forms: said, of: madeOf(hash, model) } };
			}),
		);
	}
}

function isMatched({ kind, deleted }: RecordHead): boolean {
	return kind !== 'activity' && deleted !== true;
}

async function unlist(tx: StoreWriter, nos: readonly RecordNo[]): Promise<void> {
	if (nos.length === 0) return;
	const before = await tx.keys.ofRecords(nos);
	await tx.keys.replace(nos.filter((no) => (before.get(no)?.length ?? 0) > 0).map((no) => ({ no, keys: [] })), before);
}
