import { fromStoredText, toStoredText } from '../../store/text';
import { Chunks } from './chunks';
import { Column, type SharedColumn } from './column';

/** Bytes that are taken from the machine at a time. */
const CHUNK = 4 * 1024 * 1024;

/** What another thread makes the same list of. */
export interface SharedTexts {
	length: number;
	chunks: Uint8Array[];
	chunkOf: SharedColumn;
	startOf: SharedColumn;
	lengthOf: SharedColumn;
}

/** Texts in the order in which they were put, beside the heap. */
export class TextList {
	private readonly chunks: Chunks;
	private readonly chunkOf: Column;
	private readonly startOf: Column;
	private readonly lengthOf: Column;
	private count: number;

	/** @param shared of another thread, to read in */
	constructor(shared?: SharedTexts) {
		this.chunks = new Chunks(CHUNK, shared?.chunks);
		this.chunkOf = shared ? Column.of(shared.chunkOf) : new Column('words');
		this.startOf = shared ? Column.of(shared.startOf) : new Column('words');
		this.lengthOf = shared ? Column.of(shared.lengthOf) : new Column('words');
		this.count = shared?.length ?? 0;
	}

	get length(): number {
		return this.count;
	}

	shared(): SharedTexts {
		const [chunkOf, startOf, lengthOf] = [this.chunkOf, this.startOf, this.lengthOf].map((column) => column.shared()) as [SharedColumn, SharedColumn, SharedColumn];
		return { length: this.count, chunks: this.chunks.shared(), chunkOf, startOf, lengthOf };
	}

	push(text: string): void {
		const stored = toStoredText(text);
		let bytes = 0;
		// No character of a text takes more than three bytes.
		const { place, start } = this.chunks.put(stored.length * 3, (chunk, from) => (bytes = chunk.write(stored, from)));
		this.chunkOf.set(this.count, place);
		this.startOf.set(this.count, start);
		this.lengthOf.set(this.count, bytes);
		this.count += 1;
	}

	/** @throws RangeError where there is no such text */
	at(place: number): string {
		const chunk = place < this.count ? this.chunks.at(this.chunkOf.get(place)) : undefined;
		if (!chunk) throw new RangeError(`there is no text at ${place}, of ${this.count}`);
		const start = this.startOf.get(place);
		return fromStoredText(chunk.toString('utf8', start, start + this.lengthOf.get(place)));
	}
}
