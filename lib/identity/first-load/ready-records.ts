import type { RecordNo } from '../../domain';
import { type Holds, KEY_BYTES, keyIn, type ReadyRecord } from '../prepare/ready-record';

/** Bytes that are taken from the machine at a time. */
const CHUNK = 16 * 1024 * 1024;

/**
 * What matching needs of records, beside the heap: a million of them as objects would be a gigabyte for the garbage collector to walk through.
 * It counts for the hash that it was kept with.
 */
export class ReadyRecords {
	private readonly chunks: Buffer[] = [];
	private free = 0;
	/** By number of the record: chunk, place in it, bytes of the name and of the text behind it, keys behind these, and the beginning of the hash. Numbers begin with 1 and have few gaps. */
	private readonly chunkOf: number[] = [];
	private readonly startOf: number[] = [];
	private readonly whoOf: number[] = [];
	private readonly textOf: number[] = [];
	private readonly keysOf: number[] = [];
	private readonly stampOf: number[] = [];

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
		this.chunkOf[no] = this.chunks.length - 1;
		this.startOf[no] = this.free;
		this.whoOf[no] = name;
		this.textOf[no] = text;
		this.keysOf[no] = digests.length / KEY_BYTES;
		this.stampOf[no] = stampOf(hash);
		this.free += name + text + digests.length;
	}

	/** Whether anything was kept of the record, whatever its version. */
	knows(no: RecordNo): boolean {
		return this.stampOf[no] !== undefined;
	}

	has(no: RecordNo, hash: string): boolean {
		return this.stampOf[no] === stampOf(hash);
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
		for (let index = 0; index < (this.keysOf[no] as number); index += 1) {
			const { holds, first, second } = keyIn(chunk, start + name + text, index);
			tell(holds, first, second);
		}
	}

	/** How many keys the record has. */
	keys(no: RecordNo): number {
		return this.keysOf[no] ?? 0;
	}

	private place(no: RecordNo): { chunk: Buffer; start: number; name: number; text: number } {
		const [chunk, start, name, text] = [this.chunks[this.chunkOf[no] ?? -1], this.startOf[no], this.whoOf[no], this.textOf[no]];
		if (!chunk || start === undefined || name === undefined || text === undefined) throw new Error(`nothing was kept of record number ${no}`);
		return { chunk, start, name, text };
	}
}

/** 48 bits tell two versions of one record apart. */
function stampOf(hash: string): number {
	return Number.parseInt(hash.slice(0, 12), 16);
}
