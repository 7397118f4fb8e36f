import type { CursorReader, CursorWriter, LedgerReader, LedgerWriter, ModelReader, ModelWriter, RejectionReader, RejectionWriter } from './bookkeeping';
import type { DepartureReader, DepartureWriter } from './departures';
import type { DecisionReader, DecisionWriter, EvidenceReader, EvidenceWriter } from './evidence';
import type { EventReader, EventWriter, ReviewReader, ReviewWriter } from './feed';
import type { KeyReader, KeyWriter } from './keys';
import type { ProfileReader, ProfileWriter } from './profiles';
import type { PromiseReader, PromiseWriter } from './promises';
import type { RecordReader, RecordWriter } from './records';
import type { TextReader } from './texts';

/** Everything that can be read; one consistent snapshot for the time of the call it was handed to. */
export interface StoreReader {
	records: RecordReader;
	keys: KeyReader;
	evidence: EvidenceReader;
	decisions: DecisionReader;
	profiles: ProfileReader;
	promises: PromiseReader;
	departures: DepartureReader;
	events: EventReader;
	reviews: ReviewReader;
	cursors: CursorReader;
	ledger: LedgerReader;
	rejections: RejectionReader;
	models: ModelReader;
	texts: TextReader;
}

/** The same with writing; sees its own writes. */
export interface StoreWriter extends StoreReader {
	records: RecordWriter;
	keys: KeyWriter;
	evidence: EvidenceWriter;
	decisions: DecisionWriter;
	profiles: ProfileWriter;
	promises: PromiseWriter;
	departures: DepartureWriter;
	events: EventWriter;
	reviews: ReviewWriter;
	cursors: CursorWriter;
	ledger: LedgerWriter;
	rejections: RejectionWriter;
	models: ModelWriter;
}

/** Bytes that the store takes, before and after it was compacted. */
export interface Compacted {
	before: number;
	after: number;
}

/**
 * The identity store. Every operation takes a batch.
 * Invariants that it keeps by itself: a record number belongs to one reference for ever; a canonical ID is unique among current and retired ones;
 * event numbers only grow; what a transaction wrote is seen wholly or not at all, also after `kill -9`.
 */
export interface IdentityStore {
	readonly kind: 'sqlite' | 'postgres';
	/** Where it is, fit for a message: a file's path, or a database's host and name without credentials. */
	readonly location: string;
	/** One writer at a time; when `work` throws, nothing of it is kept. `work` must not wait for the network. */
	write<T>(work: (tx: StoreWriter) => Promise<T>): Promise<T>;
	read<T>(work: (tx: StoreReader) => Promise<T>): Promise<T>;
	/** Writes a consistent copy while the store is in use. */
	backup(to: string): Promise<void>;
	/**
	 * Gives room that is no longer needed back: the embedded store's to the disk, a database's to its own tables. Others can read meanwhile,
	 * and with PostgreSQL write. Takes a while; for the one who asks for it.
	 * @throws StoreError `disk_full` when the disk has not the room that this takes for a while; nothing was changed then
	 */
	compact(): Promise<Compacted>;
	close(): Promise<void>;
}
