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
	/** By number of the record: chunk, place in it, bytes of the text and of the keys behind it, and the beginning of the hash. Numbers begin with 1 and have few gaps. */
	private readonly chunkOf: number[] = [];
	private readonly startOf: number[] = [];
	private readonly textOf: number[] = [];
	private readonly keysOf: number[] = [];
	private readonly stampOf: number[] = [];

	/** @param face of the model that they are made ready by */
	constructor(readonly face: string) {}

	keep(no: RecordNo, hash: string, { said, digests }: Pick<ReadyRecord, 'said' | 'digests'>): void {
		// No character of a text takes more than three bytes.
		const most = said.length * 3 + digests.length;
		let chunk = this.chunks.at(-1);
		if (!chunk || this.free + most > chunk.length) {
			chunk = Buffer.allocUnsafe(Math.max(CHUNK, most));
			this.chunks.push(chunk);
			this.free = 0;
		}
		const bytes = chunk.write(said, this.free);
		chunk.set(digests, this.free + bytes);
		this.chunkOf[no] = this.chunks.length - 1;
		this.startOf[no] = this.free;
		this.textOf[no] = bytes;
		this.keysOf[no] = digests.length / KEY_BYTES;
		this.stampOf[no] = stampOf(hash);
		this.free += bytes + digests.length;
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
		const { chunk, start, text } = this.place(no);
		return chunk.toString('utf8', start, start + text);
	}

	/** Tells each key of the record. @throws Error for a record of which nothing was kept */
	eachKey(no: RecordNo, tell: (holds: Holds, first: number, second: number) => void): void {
		const { chunk, start, text } = this.place(no);
		for (let index = 0; index < (this.keysOf[no] as number); index += 1) {
			const { holds, first, second } = keyIn(chunk, start + text, index);
			tell(holds, first, second);
		}
	}

	/** How many keys the record has. */
	keys(no: RecordNo): number {
		return this.keysOf[no] ?? 0;
	}

	private place(no: RecordNo): { chunk: Buffer; start: number; text: number } {
		const [chunk, start, text] = [this.chunks[this.chunkOf[no] ?? -1], this.startOf[no], this.textOf[no]];
		if (!chunk || start === undefined || text === undefined) throw new Error(`nothing was kept of record number ${no}`);
		return { chunk, start, text };
	}
}

/** 48 bits tell two versions of one record apart. */
function stampOf(hash: string): number {
	return Number.parseInt(hash.slice(0, 12), 16);
}
