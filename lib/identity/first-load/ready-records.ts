import type { RecordNo } from '../../domain';

/** Bytes that are taken from the machine at a time. */
const CHUNK = 16 * 1024 * 1024;

/**
 * What records are compared by, as text beside the heap: a million of them as objects would be a gigabyte for the garbage collector to walk through.
 * A text counts for the hash that it was kept with.
 */
export class ReadyRecords {
	private readonly chunks: Buffer[] = [];
	private free = 0;
	/** By number of the record: chunk, place in it, bytes, and the beginning of the hash. Numbers begin with 1 and have few gaps. */
	private readonly chunkOf: number[] = [];
	private readonly startOf: number[] = [];
	private readonly bytesOf: number[] = [];
	private readonly stampOf: number[] = [];

	/** @param face of the model that they are made ready by */
	constructor(readonly face: string) {}

	keep(no: RecordNo, hash: string, text: string): void {
		// No character of a text takes more than three bytes.
		const most = text.length * 3;
		let chunk = this.chunks.at(-1);
		if (!chunk || this.free + most > chunk.length) {
			chunk = Buffer.allocUnsafe(Math.max(CHUNK, most));
			this.chunks.push(chunk);
			this.free = 0;
		}
		const bytes = chunk.write(text, this.free);
		this.chunkOf[no] = this.chunks.length - 1;
		this.startOf[no] = this.free;
		this.bytesOf[no] = bytes;
		this.stampOf[no] = stampOf(hash);
		this.free += bytes;
	}

	has(no: RecordNo, hash: string): boolean {
		return this.stampOf[no] === stampOf(hash);
	}

	/** @throws Error for a record of which nothing was kept */
	text(no: RecordNo): string {
		const [chunk, start, bytes] = [this.chunks[this.chunkOf[no] ?? -1], this.startOf[no], this.bytesOf[no]];
		if (!chunk || start === undefined || bytes === undefined) throw new Error(`nothing was kept of record number ${no}`);
		return chunk.toString('utf8', start, start + bytes);
	}
}

/** 48 bits tell two versions of one record apart. */
function stampOf(hash: string): number {
	return Number.parseInt(hash.slice(0, 12), 16);
}
