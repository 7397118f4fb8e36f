import type { IdentityModel, RecordNo } from '../domain';
import { type Comparable, toComparable } from '../match';
import type { RecordHead, StoreReader } from '../store';

interface Entry {
	hash: string;
	model: IdentityModel;
	comparable: Comparable;
}

/** Records ready for comparison, kept for as long as one run lasts. What is handed out is always that of the record as it stands in the store. */
export class ComparableCache {
	private readonly entries = new Map<RecordNo, Entry>();

	/** @param most how many are kept; some 2 kB each */
	constructor(private readonly most = 20_000) {}

	/** Those of living people and companies among these records. */
	async read(tx: StoreReader, nos: readonly RecordNo[], model: IdentityModel): Promise<Map<RecordNo, Comparable>> {
		return this.find(tx, await tx.records.hashes(nos), model);
	}

	async of(tx: StoreReader, heads: readonly RecordHead[], model: IdentityModel): Promise<Map<RecordNo, Comparable>> {
		return this.find(tx, heads.map(({ no, hash }) => [no, hash] as const), model);
	}

	private async find(tx: StoreReader, hashes: Iterable<readonly [RecordNo, string]>, model: IdentityModel): Promise<Map<RecordNo, Comparable>> {
		const found = new Map<RecordNo, Comparable>();
		const missing = new Map<RecordNo, string>();
		for (const [no, hash] of hashes) {
			const entry = this.entries.get(no);
			if (entry?.hash === hash && entry.model === model) found.set(no, entry.comparable);
			else missing.set(no, hash);
		}
		for (const record of await tx.records.byNo([...missing.keys()])) {
			if (record.deleted || record.kind === 'activity') continue;
			const comparable = toComparable(record, record.no, model);
			found.set(record.no, comparable);
			this.keep(record.no, { hash: missing.get(record.no) ?? '', model, comparable });
		}
		return found;
	}

	private keep(no: RecordNo, entry: Entry): void {
		this.entries.delete(no);
		this.entries.set(no, entry);
		if (this.entries.size <= this.most) return;
		const [oldest] = this.entries.keys();
		if (oldest !== undefined) this.entries.delete(oldest);
	}
}
