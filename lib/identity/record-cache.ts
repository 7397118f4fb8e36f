import type { IdentityModel, RecordNo } from '../domain';
import { type Comparable, toComparable } from '../match';
import type { RecordHead, StoredRecord, StoreReader, WrittenRecord } from '../store';

interface Entry {
	hash: string;
	/** Which may be of an earlier version with the same content. */
	record?: StoredRecord;
	compared?: { model: IdentityModel; comparable: Comparable };
}

/**
 * Records and what they are compared by, kept for as long as one run lasts. What is handed out is always that of the record as it stands in the store:
 * an entry counts only where the store has the same hash.
 */
export class RecordCache {
	private readonly entries = new Map<RecordNo, Entry>();

	/** @param most how many are kept; some 4 kB each */
	constructor(private readonly most = 20_000) {}

	/** Takes up what was just written. */
	keep(written: readonly WrittenRecord[]): void {
		for (const record of written) this.put(record.no, { hash: record.hash, record });
	}

	/** The records of these heads, in the same order. */
	async records(tx: StoreReader, heads: readonly RecordHead[]): Promise<StoredRecord[]> {
		const missing = heads.filter(({ no, hash }) => this.entryOf(no, hash)?.record === undefined);
		const read = new Map((await tx.records.byNo(missing.map(({ no }) => no))).map((record) => [record.no, record]));
		for (const { no, hash } of missing) {
			const record = read.get(no);
			if (record) this.put(no, { ...this.entryOf(no, hash), hash, record });
		}
		return heads.flatMap((head) => {
			const known = read.get(head.no) ?? this.entryOf(head.no, head.hash)?.record;
			return known ? [withHead(known, head)] : [];
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
			this.put(no, { hash, record, compared: { model, comparable } });
		};
		for (const [no, hash] of hashes) {
			const entry = this.entryOf(no, hash);
			if (entry?.compared?.model === model) found.set(no, entry.compared.comparable);
			else if (entry?.record) add(no, hash, entry.record);
			else missing.set(no, hash);
		}
		for (const record of await tx.records.byNo([...missing.keys()])) add(record.no, missing.get(record.no) ?? '', record);
		return found;
	}

	private entryOf(no: RecordNo, hash: string): Entry | undefined {
		const entry = this.entries.get(no);
		return entry?.hash === hash ? entry : undefined;
	}

	private put(no: RecordNo, entry: Entry): void {
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
