import { asBuffer, sharedBytes } from './shared-memory';

/** Memory that is taken from the machine in large pieces and given out in small ones, beside the heap; another thread reads in the same pieces. */
export class Chunks {
	private readonly all: Buffer[];
	/** Where the last piece is still free. */
	private free = 0;

	/**
	 * @param size bytes of a piece
	 * @param shared pieces of another thread, to read in
	 */
	constructor(
		private readonly size: number,
		shared: readonly Uint8Array[] = [],
	) {
		this.all = shared.map(asBuffer);
	}

	shared(): Uint8Array[] {
		return this.all;
	}

	get bytes(): number {
		return this.all.reduce((sum, { length }) => sum + length, 0);
	}

	at(place: number): Buffer | undefined {
		return this.all[place];
	}

	/**
	 * Has something written where there is room for it.
	 * @param most bytes that it may take
	 * @param write into the piece, from a byte on; returns how many bytes it took
	 */
	put(most: number, write: (chunk: Buffer, start: number) => number): { place: number; start: number } {
		let chunk = this.all.at(-1);
		if (!chunk || this.free + most > chunk.length) {
			chunk = asBuffer(sharedBytes(Math.max(this.size, most)));
			this.all.push(chunk);
			this.free = 0;
		}
		const start = this.free;
		this.free += write(chunk, start);
		return { place: this.all.length - 1, start };
	}
}
