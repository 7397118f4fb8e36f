import type { IdentityModel, RecordNo } from '../domain';
import { type Comparable, toComparable } from '../match';
import type { RecordHead, StoredRecord, StoreReader, WrittenRecord } from '../store';

/** Records in full are wanted again soon or not at all: those of the batch under way. */
const MOST_RECORDS = 5_000;

interface Entry {
	/** Of the content that it was made of. */
	hash: string;
}

/**
 * Records and what they are compared by, kept for as long as one run lasts. What is handed out is always that of the record as it stands in the store:
 * an entry counts only where the store has the same hash.
 */
export class RecordCache {
	private readonly kept: Recent<Entry & { record: StoredRecord }>;
	private readonly compared: Recent<Entry & { model: IdentityModel; comparable: Comparable }>;

	/**
	 * @param most how many are kept ready for comparison; some 2 kB each
	 * @param mostRecords how many are kept in full
	 */
	constructor(most = 20_000, mostRecords = MOST_RECORDS) {
		this.kept = new Recent(mostRecords);
		this.compared = new Recent(most);
	}

	/** Takes up what was just written. */
	keep(written: readonly WrittenRecord[]): void {
		for (const record of written) this.kept.put(record.no, { hash: record.hash, record });
	}

	clear(): void {
		this.kept.clear();
		this.compared.clear();
	}

	/** The records of these heads, in the same order. */
	async records(tx: StoreReader, heads: readonly RecordHead[]): Promise<StoredRecord[]> {
		const known = new Map<RecordNo, StoredRecord>();
		for (const { no, hash } of heads) {
			const entry = this.kept.get(no, hash);
			if (entry) known.set(no, entry.record);
		}
		for (const record of await tx.records.byNo(heads.map(({ no }) => no).filter((no) => !known.has(no)))) known.set(record.no, record);
		return heads.flatMap((head) => {
			const record = known.get(head.no);
			return record ? [withHead(record, head)] : [];
		});
	}

	/** What living people and companies among these records are compared by. */
	async read(tx: StoreReader, nos: readonly RecordNo[], model: IdentityModel): Promise<Map<RecordNo, Comparable>> {
		return this.find(tx, await tx.records.hashes(nos), model);
	}

	async of(tx: StoreReader, heads: readonly RecordHead[], model: IdentityModel): Promise<Map<RecordNo, Comparable>> {
		return this.find(tx, heads.map(({ no, hash }) => [no, hash] as const), model);
	}

	private async find(tx: StoreReader, hashes: Iterable<readonly [RecordNo, string]>, model: IdentityModel): Promise<Map<RecordNo, Comparable>> {
		const found = new Map<RecordNo, Comparable>();
		const missing = new Map<RecordNo, string>();
		const add = (no: RecordNo, hash: string, record: StoredRecord) => {
			if (record.deleted || record.kind === 'activity') return;
			const comparable = toComparable(record, no, model);
			found.set(no, comparable);
			this.compared.put(no, { hash, model, comparable });
		};
		for (const [no, hash] of hashes) {
			const entry = this.compared.get(no, hash);
			const record = this.kept.get(no, hash)?.record;
			if (entry?.model === model) found.set(no, entry.comparable);
			else if (record) add(no, hash, record);
			else missing.set(no, hash);
		}
		for (const record of await tx.records.byNo([...missing.keys()])) add(record.no, missing.get(record.no) ?? '', record);
		return found;
	}
}

/** The newest entries by record; when there are too many, the oldest goes. */
class Recent<Value extends Entry> {
	private readonly entries = new Map<RecordNo, Value>();

	constructor(private readonly most: number) {}

	get(no: RecordNo, hash: string): Value | undefined {
		const entry = this.entries.get(no);
		return entry?.hash === hash ? entry : undefined;
	}

	clear(): void {
		this.entries.clear();
	}

	put(no: RecordNo, entry: Value): void {
		this.entries.delete(no);
		this.entries.set(no, entry);
		if (this.entries.size <= this.most) return;
		const [oldest] = this.entries.keys();
		if (oldest !== undefined) this.entries.delete(oldest);
	}
}

/** The content of a record with everything else as the store has it now. */
function withHead({ attributes, identifiers, consent, links, activity }: StoredRecord, { hash: _hash, ...head }: RecordHead): StoredRecord {
	return { ...head, attributes, identifiers, consent, links, ...(activity && { activity }) };
}
