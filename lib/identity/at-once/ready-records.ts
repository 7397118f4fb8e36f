import type { RecordNo } from '../../domain';
import { type Holds, KEY_BYTES, keyIn, type ReadyRecord } from '../prepare/ready-record';
import { Column } from './column';

/** Bytes that are taken from the machine at a time. */
const CHUNK = 16 * 1024 * 1024;

/**
 * What matching needs of records, beside the heap: a million of them as objects would be a gigabyte for the garbage collector to walk through.
 * It counts for the hash that it was kept with.
 */
export class ReadyRecords {
	private readonly chunks: Buffer[] = [];
	private free = 0;
	/** By number of the record: chunk, place in it, bytes of the name and of the text behind it, keys behind these, and the beginning of the hash, counted from 1. Numbers have few gaps. */
	private readonly chunkOf = new Column(Uint32Array);
	private readonly startOf = new Column(Uint32Array);
	private readonly whoOf = new Column(Uint32Array);
	private readonly textOf = new Column(Uint32Array);
	private readonly keysOf = new Column(Uint32Array);
	private readonly stampOf = new Column(Float64Array);

	/** @param face of the model that they are made ready by */
	constructor(readonly face: string) {}

	keep(no: RecordNo, hash: string, { said, who, digests }: Omit<ReadyRecord, 'listed'>): void {
		// As JSON, which has no half of a character either.
		const holder = JSON.stringify(who);
		// No character of a text takes more than three bytes.
		const most = (holder.length + said.length) * 3 + digests.length;
		let chunk = this.chunks.at(-1);
		if (!chunk || this.free + most > chunk.length) {
			chunk = Buffer.allocUnsafe(Math.max(CHUNK, most));
			this.chunks.push(chunk);
			this.free = 0;
		}
		const name = chunk.write(holder, this.free);
		const text = chunk.write(said, this.free + name);
		chunk.set(digests, this.free + name + text);
		this.chunkOf.set(no, this.chunks.length - 1);
		this.startOf.set(no, this.free);
		this.whoOf.set(no, name);
		this.textOf.set(no, text);
		this.keysOf.set(no, digests.length / KEY_BYTES);
		this.stampOf.set(no, stampOf(hash));
		this.free += name + text + digests.length;
	}

	/** Whether anything was kept of the record, whatever its version. */
	knows(no: RecordNo): boolean {
		return this.stampOf.get(no) !== 0;
	}

	has(no: RecordNo, hash: string): boolean {
		return this.stampOf.get(no) === stampOf(hash);
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
		for (let index = 0; index < this.keysOf.get(no); index += 1) {
			const { holds, first, second } = keyIn(chunk, start + name + text, index);
			tell(holds, first, second);
		}
	}

	/** How many keys the record has. */
	keys(no: RecordNo): number {
		return this.keysOf.get(no);
	}

	private place(no: RecordNo): { chunk: Buffer; start: number; name: number; text: number } {
		const chunk = this.knows(no) ? this.chunks[this.chunkOf.get(no)] : undefined;
		if (!chunk) throw new Error(`nothing was kept of record number ${no}`);
		const [start, name, text] = [this.startOf.get(no), this.whoOf.get(no), this.textOf.get(no)];
		return { chunk, start, name, text };
	}
}

/** 48 bits tell two versions of one record apart; never 0. */
function stampOf(hash: string): number {
	return Number.parseInt(hash.slice(0, 12), 16) + 1;
}
