import type { IdentityModel, RecordNo } from '../domain';
import { type Comparable, toComparable } from '../match';
import { readyComparable } from './prepare/prepared';
import type { RecordHead, StoredRecord, StoreReader, WrittenRecord } from '../store';

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
	/** The newest entries, and those before them, which go all at once: taking the oldest out of a long Map one by one takes ever longer. */
	private recent = new Map<RecordNo, Entry>();
	private older = new Map<RecordNo, Entry>();
	/** Of the batch under way, so that nothing of it is read again. */
	private written: ReadonlyMap<RecordNo, WrittenRecord> = new Map();

	/** @param most how many are kept at most; some 2 kB each */
	constructor(private readonly most = 20_000) {}

	/** Takes up what was just written, in place of the batch before. */
	keep(written: ReadonlyMap<RecordNo, WrittenRecord>): void {
		this.written = written;
	}

	clear(): void {
		this.written = new Map();
		this.recent = new Map();
		this.older = new Map();
	}

	/** What living people and companies among these records are compared by. */
	async read(tx: StoreReader, nos: readonly RecordNo[], model: IdentityModel): Promise<Map<RecordNo, Comparable>> {
		return this.find(tx, nos.length === 0 ? [] : await tx.records.hashes(nos), model);
	}

	async of(tx: StoreReader, heads: readonly Pick<RecordHead, 'no' | 'hash'>[], model: IdentityModel): Promise<Map<RecordNo, Comparable>> {
		return this.find(tx, heads.map(({ no, hash }) => [no, hash] as const), model);
	}

	private async find(tx: StoreReader, hashes: Iterable<readonly [RecordNo, string]>, model: IdentityModel): Promise<Map<RecordNo, Comparable>> {
		const found = new Map<RecordNo, Comparable>();
		const missing = new Map<RecordNo, string>();
		const add = (no: RecordNo, hash: string, record: StoredRecord) => {
			if (record.deleted || record.kind === 'activity') return;
			const comparable = readyComparable(record, no, model) ?? toComparable(record, no, model);
			found.set(no, comparable);
			this.remember(no, { hash, model, comparable });
		};
		for (const [no, hash] of hashes) {
			const entry = this.recent.get(no) ?? this.older.get(no);
			const record = this.written.get(no);
			if (entry?.hash === hash && entry.model === model) found.set(no, this.remember(no, entry).comparable);
			else if (record?.hash === hash) add(no, hash, record);
			else missing.set(no, hash);
		}
		if (missing.size > 0) for (const record of await tx.records.byNo([...missing.keys()])) add(record.no, missing.get(record.no) ?? '', record);
		return found;
	}

	private remember(no: RecordNo, entry: Entry): Entry {
		this.recent.set(no, entry);
		if (this.recent.size * 2 > this.most) {
			this.older = this.recent;
			this.recent = new Map();
		}
		return entry;
	}
}
