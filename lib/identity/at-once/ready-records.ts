import type { RecordNo } from '../../domain';
import { type Holds, KEY_BYTES, keyIn, type ReadyRecord } from '../prepare/ready-record';
import { Chunks } from './chunks';
import { Column, type SharedColumn } from './column';

/** Bytes that are taken from the machine at a time. */
const CHUNK = 16 * 1024 * 1024;

/** By number of the record: chunk, place in it, bytes of the name and of the text behind it, keys behind these, and the beginning of the hash, counted from 1. */
const COLUMNS = { chunk: 'words', start: 'words', who: 'words', text: 'words', keys: 'words', stamp: 'numbers' } as const;
type Columns = Record<keyof typeof COLUMNS, Column>;

/** What another thread reads the same records in. */
export interface SharedReadyRecords {
	face: string;
	chunks: Uint8Array[];
	columns: Record<keyof typeof COLUMNS, SharedColumn>;
}

/**
 * What matching needs of records, beside the heap: a million of them as objects would be a gigabyte for the garbage collector to walk through.
 * It counts for the hash that it was kept with.
 */
export class ReadyRecords {
	private readonly chunks: Chunks;
	/** Numbers have few gaps. */
	private readonly of: Columns;
	private kept = 0;

	/** @param face of the model that they are made ready by */
	constructor(
		readonly face: string,
		shared?: Omit<SharedReadyRecords, 'face'>,
	) {
		this.chunks = new Chunks(CHUNK, shared?.chunks);
		this.of = each((name) => (shared ? Column.of(shared.columns[name]) : new Column(COLUMNS[name])));
	}

	shared(): SharedReadyRecords {
		return { face: this.face, chunks: this.chunks.shared(), columns: each((name) => this.of[name].shared()) };
	}

	keep(no: RecordNo, hash: string, { said, who, digests }: Omit<ReadyRecord, 'listed'>): void {
		// As JSON, which has no half of a character either.
		const holder = JSON.stringify(who);
		// No character of a text takes more than three bytes.
		const most = (holder.length + said.length) * 3 + digests.length;
		let [name, text] = [0, 0];
		const { place, start } = this.chunks.put(most, (chunk, from) => {
			name = chunk.write(holder, from);
			text = chunk.write(said, from + name);
			chunk.set(digests, from + name + text);
			return name + text + digests.length;
		});
		this.of.chunk.set(no, place);
		this.of.start.set(no, start);
		this.of.who.set(no, name);
		this.of.text.set(no, text);
		this.of.keys.set(no, digests.length / KEY_BYTES);
		this.of.stamp.set(no, stampOf(hash));
		this.kept += 1;
	}

	/** How often one was kept. */
	get size(): number {
		return this.kept;
	}

	/** What they take. */
	get bytes(): number {
		return this.chunks.bytes;
	}

	/** Whether anything was kept of the record, whatever its version. */
	knows(no: RecordNo): boolean {
		return this.of.stamp.get(no) !== 0;
	}

	has(no: RecordNo, hash: string): boolean {
		return this.of.stamp.get(no) === stampOf(hash);
	}

	/** A PackedComparable as JSON. @throws Error for a record of which nothing was kept */
	said(no: RecordNo): string {
		const { chunk, start, name, text } = this.place(no);
		return chunk.toString('utf8', start + name, start + name + text);
	}

	/** The name that stands beside its identifiers. @throws Error for a record of which nothing was kept */
	who(no: RecordNo): string {
		const { chunk, start, name } = this.place(no);
		return JSON.parse(chunk.toString('utf8', start, start + name)) as string;
	}

	/** Tells each key of the record. @throws Error for a record of which nothing was kept */
	eachKey(no: RecordNo, tell: (holds: Holds, first: number, second: number) => void): void {
		const { chunk, start, name, text } = this.place(no);
		for (let index = 0; index < this.of.keys.get(no); index += 1) {
			const { holds, first, second } = keyIn(chunk, start + name + text, index);
			tell(holds, first, second);
		}
	}

	/** How many keys the record has. */
	keys(no: RecordNo): number {
		return this.of.keys.get(no);
	}

	private place(no: RecordNo): { chunk: Buffer; start: number; name: number; text: number } {
		const chunk = this.knows(no) ? this.chunks.at(this.of.chunk.get(no)) : undefined;
		if (!chunk) throw new Error(`nothing was kept of record number ${no}`);
		const [start, name, text] = [this.of.start.get(no), this.of.who.get(no), this.of.text.get(no)];
		return { chunk, start, name, text };
	}
}

/** 48 bits tell two versions of one record apart; never 0. */
function stampOf(hash: string): number {
	return Number.parseInt(hash.slice(0, 12), 16) + 1;
}

function each<Value>(make: (name: keyof typeof COLUMNS) => Value): Record<keyof typeof COLUMNS, Value> {
	const names = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
	return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<keyof typeof COLUMNS, Value>;
}
