import { setImmediate } from 'node:timers/promises';
import { type FieldMapping, type MatchRun, type PrepareBatch, type Prepared, type Preparer, type PreparingModel, type RawRecord, workAhead } from '../../lib';
import { mappingOf } from '../columns/fields';
import { readRows, type Row } from '../csv/rows';
import type { Input } from './input';
import type { LedgerRow, RowLedger } from './row-ledger';

/** Rows of one file as records, in input order. */
export interface RowBatch extends PrepareBatch {
	records: RawRecord[];
	mappings: FieldMapping[];
	mappingOf: number[];
	/** Number of each record's row among all rows. */
	nos: number[];
	/** The file that they come from. */
	input: Input;
}

export interface BatchOptions {
	ledger: RowLedger;
	defaultCountry: string;
	/** Where rows are made ready for comparison, too. */
	model?: PreparingModel;
	/** Most records of a batch. */
	size: number;
	/** Takes only each so-manieth row; 1 takes all. */
	every?: number;
	toRaw: (row: Row, entry: LedgerRow, input: Input, mapping: FieldMapping) => RawRecord;
	/** Told of rows that were passed, now and then. */
	onRead?: (rows: number) => void;
}

const PAUSE_EVERY = 1000;

/** Reads all files again, which the ledger knows already. A batch never spans two files. */
export async function* rowBatches(inputs: readonly Input[], { ledger, defaultCountry, model, size, every = 1, toRaw, onRead }: BatchOptions): AsyncGenerator<RowBatch> {
	let no = 0;
	for (const input of inputs) {
		const known = new Map<string, FieldMapping>();
		let batch = new BatchOfFile(input, known, defaultCountry, model);
		for await (const row of readRows(input.csv)) {
			no += 1;
			if (no % PAUSE_EVERY === 0) {
				onRead?.(no);
				// Lets signals and the answers of other threads through.
				await setImmediate();
			}
			if (no % every !== 0) continue;
			const entry = ledger.row(no);
			const mapping = batch.mappingOfRow(entry);
			batch.add(toRaw(row, entry, input, batch.mappings[mapping] as FieldMapping), mapping, no);
			if (batch.records.length < size) continue;
			yield batch;
			batch = new BatchOfFile(input, known, defaultCountry, model);
		}
		if (batch.records.length > 0) yield batch;
	}
}

class BatchOfFile implements RowBatch {
	readonly records: RawRecord[] = [];
	readonly mappings: FieldMapping[] = [];
	readonly mappingOf: number[] = [];
	readonly nos: number[] = [];
	private readonly indexOf = new Map<string, number>();

	/** @param known mappings of the file that were made before; each is prepared once for as long as it stays the same object */
	constructor(
		readonly input: Input,
		private readonly known: Map<string, FieldMapping>,
		readonly defaultCountry: string,
		readonly model: PreparingModel | undefined,
	) {}

	/** Place of the mapping that the row is read by. */
	mappingOfRow({ source, kind }: LedgerRow): number {
		const name = `${kind}:${source}`;
		let index = this.indexOf.get(name);
		if (index === undefined) {
			const mapping = this.known.get(name) ?? mappingOf(this.input.fields, source, kind, this.defaultCountry);
			this.known.set(name, mapping);
			index = this.mappings.push(mapping) - 1;
			this.indexOf.set(name, index);
		}
		return index;
	}

	add(record: RawRecord, mapping: number, no: number): void {
		this.records.push(record);
		this.mappingOf.push(mapping);
		this.nos.push(no);
	}
}

/** Batches in progress for each thread: twice what it takes in hand, so that this thread makes the others ready itself and doesn't wait. */
const AHEAD = 8;

/**
 * Makes batches ready and hands them on in their order. Where the preparer has threads, some batches that come next are read and worked on
 * meanwhile; an error of one comes when it is its turn.
 */
export async function* inReadiness<Batch extends PrepareBatch>(
	batches: AsyncIterable<Batch>,
	preparer: Preparer,
	steps?: MatchRun['steps'],
): AsyncGenerator<{ batch: Batch; results: Prepared[] }> {
	async function* reading(): AsyncGenerator<Batch> {
		steps?.enter('read');
		for await (const batch of batches) {
			yield batch;
			steps?.enter('read');
		}
	}
	const prepare = (batch: Batch) => {
		steps?.enter('normalize');
		return preparer.prepare(batch);
	};
	const all = workAhead(reading(), prepare, () => preparer.threads * AHEAD + 1, () => steps?.enter('normalize'));
	for await (const { item: batch, result: results } of all) yield { batch, results };
}
