/** Most values that are remembered of one attribute. */
const MOST = 10_000;
/** Characters of a value by which it is told from others. */
const LONGEST = 200;

/** Counts different values, up to a limit, so that a long column does not fill the memory. */
export class DistinctValues {
	private readonly counts = new Map<string, number>();
	private overflow = false;

	constructor(private readonly limit = MOST) {}

	add(whole: string): void {
		// A copy: a part of a string keeps all of it in the memory.
		const value = whole.length > LONGEST ? Buffer.from(`${whole.slice(0, LONGEST)}…`).toString() : whole;
		const count = this.counts.get(value);
		if (count !== undefined) this.counts.set(value, count + 1);
		else if (this.counts.size < this.limit) this.counts.set(value, 1);
		else this.overflow = true;
	}

	get distinct(): number {
		return this.counts.size;
	}

	/** There were more different values than the limit. */
	get more(): boolean {
		return this.overflow;
	}

	/** The most frequent ones, with equal counts in order of their text. */
	most(count: number): string[] {
		return [...this.counts].sort(([x, xs], [y, ys]) => ys - xs || (x < y ? -1 : 1)).slice(0, count).map(([value]) => value);
	}
}
