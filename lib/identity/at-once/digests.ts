import { digestOf } from '../../store';

const WORD = 2 ** 32;
const HALF_WORD = 2 ** 16;

/** Digests in rows, 96 bits each, in three columns of 32. */
export class Digests {
	/** The first 32 bits of each, by which most are in order already. */
	readonly prefix: Uint32Array;
	private readonly middle: Uint32Array;
	private readonly last: Uint32Array;

	constructor(rows: number) {
		this.prefix = new Uint32Array(rows);
		this.middle = new Uint32Array(rows);
		this.last = new Uint32Array(rows);
	}

	/** @param first and `second` halves of the digest, numbers of 48 bits */
	set(row: number, first: number, second: number): void {
		this.prefix[row] = Math.floor(first / HALF_WORD);
		this.middle[row] = (first % HALF_WORD) * HALF_WORD + Math.floor(second / WORD);
		this.last[row] = second % WORD;
	}

	text(row: number): string {
		const middle = this.middle[row] as number;
		return digestOf((this.prefix[row] as number) * HALF_WORD + (middle >>> 16), (middle & (HALF_WORD - 1)) * WORD + (this.last[row] as number));
	}

	/** Negative where the digest of row `x` comes before that of row `y`, 0 where they are equal. */
	compare(x: number, y: number): number {
		return (
			(this.prefix[x] as number) - (this.prefix[y] as number) ||
			(this.middle[x] as number) - (this.middle[y] as number) ||
			(this.last[x] as number) - (this.last[y] as number)
		);
	}
}
