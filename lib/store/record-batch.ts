import { refKey, type RecordNo, type SourceRecord } from '../domain';
import type { PutOutcome, PutResult, RecordHead, StoredRecord, WrittenRecord } from './interface';
import { PackedRecord } from './packed-record';
import { compareRecordVersions, recordContent, type RecordVersion } from './record-version';
import { writtenRecord } from './written-record';

/** A version of a record with its content as it is stored. */
export interface Written {
	record: SourceRecord;
	json: string;
	hash: string;
}

/** What a batch leaves to be written: new records in order of arrival, and stored ones with their last version. */
export interface RecordChanges {
	added: Written[];
	changed: { no: RecordNo; written: Written; before: StoredRecord | undefined; sameContent: boolean }[];
}

/** One reference on its way through the batch. */
interface State {
	stored: RecordHead | undefined;
	/** Place among the new records, from 1; 0 for a stored one. */
	place: number;
	latest: Written | undefined;
}

/**
 * Puts records one after the other against what is known of them, without the database: the same reference may come several times in a batch,
 * and every put is answered as if it were alone.
 */
export class RecordBatch {
	readonly #states = new Map<string, State>();
	readonly #answers: { state: State; outcome: PutOutcome; written: Written; before: Written | 'stored' | undefined }[] = [];
	#added = 0;

	constructor(
		private readonly at: string,
		known: readonly RecordHead[],
	) {
		for (const stored of known) this.#states.set(refKey(stored), { stored, place: 0, latest: undefined });
	}

	put(record: SourceRecord): void {
		const written = { record, ...recordContent(record) };
		const key = refKey(record);
		const state = this.#states.get(key);
		if (!state) {
			const fresh = { stored: undefined, place: (this.#added += 1), latest: written };
			this.#states.set(key, fresh);
			this.#answers.push({ state: fresh, outcome: 'new', written, before: undefined });
			return;
		}
		const present = versionOf(state);
		const outcome = compare(written, present);
		const before = outcome === 'changed' ? (state.latest ?? 'stored') : undefined;
		if (outcome === 'changed') state.latest = written;
		this.#answers.push({ state, outcome, written, before });
	}

	/** Stored records that get another version, whose content is to be read before. */
	overwritten(): RecordNo[] {
		return [...this.#states.values()].flatMap(({ stored, latest }) => (stored && latest ? [stored.no] : []));
	}

	changes(before: ReadonlyMap<RecordNo, StoredRecord>): RecordChanges {
		const changes: RecordChanges = { added: [], changed: [] };
		for (const { stored, latest } of this.#states.values()) {
			if (latest && stored) {
				changes.changed.push({ no: stored.no, written: latest, before: before.get(stored.no), sameContent: stored.hash === latest.hash });
			} else if (latest) changes.added.push(latest);
		}
		return changes;
	}

	/** @param base the number in front of the first new record's */
	results(base: number, before: ReadonlyMap<RecordNo, StoredRecord>): PutResult[] {
		return this.#answers.map(({ state, outcome, written, before: was }) => {
			const no = state.stored?.no ?? base + state.place;
			if (outcome === 'unchanged' || outcome === 'stale') return { no, outcome };
			const record = this.#asStored(written, no, state.stored);
			if (was === undefined) return { no, outcome, record };
			const stood = was === 'stored' ? before.get(no) : withoutHash(this.#asStored(was, no, state.stored));
			return { no, outcome, record, ...(stood && { before: stood }) };
		});
	}

	#asStored({ record, hash }: Written, no: RecordNo, stored: RecordHead | undefined): WrittenRecord {
		return writtenRecord(record, { no, profileNo: stored?.profileNo ?? null, firstSeenAt: stored?.firstSeenAt ?? this.at, hash });
	}
}

function withoutHash(written: WrittenRecord): StoredRecord {
	if (written instanceof PackedRecord) return written;
	const { hash: _hash, ...record } = written;
	return record;
}

function versionOf({ stored, latest }: State): RecordVersion | undefined {
	if (latest) return labelOf(latest);
	return stored;
}

function labelOf({ record: { updatedAt, version, deleted }, hash }: Written): RecordVersion {
	return { updatedAt, version, deleted, hash };
}

function compare(written: Written, present: RecordVersion | undefined): PutOutcome {
	if (!present) return 'new';
	const { record, hash } = written;
	if (present.hash === hash && present.version === record.version && present.updatedAt === record.updatedAt) return 'unchanged';
	return compareRecordVersions(labelOf(written), present) < 0 ? 'stale' : 'changed';
}
