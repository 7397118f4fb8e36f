import type { IdentityModel, RecordNo } from '../domain';
import { type Comparable, toComparable } from '../match';
import { readyComparable } from './prepare/prepared';
import { RecentMap } from './recent-map';
import type { KeptForms, RecordHead, StoreReader, WrittenRecord } from '../store';
import { keptForms, readForms } from './kept-forms';

interface Entry {
	/** Of the content that it was made of. */
	hash: string;
	model: IdentityModel;
	comparable: Comparable;
}

/**
 * What records are compared by, kept for as long as one run lasts. What is handed out is always that of the record as it stands in the store:
 * an entry counts only where the store has the same hash.
 */
export class RecordCache {
	private readonly entries: RecentMap<RecordNo, Entry>;
	/** Of the batch under way, so that nothing of it is read again. */
	private written: ReadonlyMap<RecordNo, WrittenRecord> = new Map();

	/**
	 * @param most how many are kept at most; some 2 kB each
	 * @param trusting whether the forms that the store keeps are taken as they are; who checks them makes them again
	 */
	constructor(
		most = 10_000,
		private readonly trusting = true,
	) {
		this.entries = new RecentMap(most);
	}

	/** Takes up what was just written, in place of the batch before. */
	keep(written: ReadonlyMap<RecordNo, WrittenRecord>): void {
		this.written = written;
	}

	clear(): void {
		this.written = new Map();
		this.entries.clear();
	}

	/** What living people and companies among these records are compared by. */
	async read(tx: StoreReader, nos: readonly RecordNo[], model: IdentityModel): Promise<Map<RecordNo, Comparable>> {
		const known: RecordNo[] = [];
		const others: RecordNo[] = [];
		for (const no of nos) (this.entries.get(no) || this.written.has(no) ? known : others).push(no);
		const found = this.find(known.length === 0 ? [] : await tx.records.hashes(known), model);
		return this.fetch(tx, [...others, ...found.missing], model, found.comparables);
	}

	async of(tx: StoreReader, heads: readonly Pick<RecordHead, 'no' | 'hash'>[], model: IdentityModel): Promise<Map<RecordNo, Comparable>> {
		const { comparables, missing } = this.find(heads.map(({ no, hash }) => [no, hash] as const), model);
		return this.fetch(tx, missing, model, comparables);
	}

	/** What the store is to keep of a record that was handed out; undefined where it was forgotten meanwhile. */
	formsOf(no: RecordNo): KeptForms | undefined {
		const entry = this.entries.get(no);
		return entry && keptForms(entry.comparable, entry.hash, entry.model);
	}

	private find(hashes: Iterable<readonly [RecordNo, string]>, model: IdentityModel): { comparables: Map<RecordNo, Comparable>; missing: RecordNo[] } {
		const comparables = new Map<RecordNo, Comparable>();
		const missing: RecordNo[] = [];
		for (const [no, hash] of hashes) {
			const [entry, record] = [this.entries.get(no), this.written.get(no)];
			if (entry?.hash === hash && entry.model === model) comparables.set(no, this.remember(no, entry).comparable);
			else if (record?.hash === hash) this.make(record, model, comparables);
			else missing.push(no);
		}
		return { comparables, missing };
	}

	private async fetch(tx: StoreReader, nos: readonly RecordNo[], model: IdentityModel, into: Map<RecordNo, Comparable>): Promise<Map<RecordNo, Comparable>> {
		if (nos.length === 0) return into;
		const unread = this.trusting ? await this.readForms(tx, nos, model, into) : nos;
		if (unread.length > 0) for (const record of await tx.records.written(unread)) this.make(record, model, into);
		return into;
	}

	/** Returns the records of which no forms are kept that count. */
	private async readForms(tx: StoreReader, nos: readonly RecordNo[], model: IdentityModel, into: Map<RecordNo, Comparable>): Promise<RecordNo[]> {
		const kept = await tx.keys.forms(nos);
		if (kept.size === 0) return [...nos];
		const unread: RecordNo[] = [];
		for (const head of await tx.records.heads(nos)) {
			if (head.deleted || head.kind === 'activity') continue;
			const comparable = readForms(kept.get(head.no), head, model);
			if (!comparable) unread.push(head.no);
			else into.set(head.no, this.remember(head.no, { hash: head.hash, model, comparable }).comparable);
		}
		return unread;
	}

	private make(record: WrittenRecord, model: IdentityModel, into: Map<RecordNo, Comparable>): void {
		if (record.deleted || record.kind === 'activity') return;
		const comparable = readyComparable(record, record.no, model) ?? toComparable(record, record.no, model);
		this.remember(record.no, { hash: record.hash, model, comparable });
		into.set(record.no, comparable);
	}

	private remember(no: RecordNo, entry: Entry): Entry {
		this.entries.set(no, entry);
		return entry;
	}
}
