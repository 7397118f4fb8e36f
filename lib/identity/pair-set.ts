import type { RecordNo } from '../domain';

/** Unordered pairs of distinct records, each once. */
export class PairSet {
	private readonly seen = new Map<RecordNo, Set<RecordNo>>();

	add(x: RecordNo, y: RecordNo): void {
		if (x === y) return;
		const [a, b] = x < y ? [x, y] : [y, x];
		const others = this.seen.get(a);
		if (others) others.add(b);
		else this.seen.set(a, new Set([b]));
	}

	/** Every two of these. */
	addAll(nos: readonly RecordNo[]): void {
		for (const [index, a] of nos.entries()) for (const b of nos.slice(index + 1)) this.add(a, b);
	}

	/** @param a smaller than `b` */
	has(a: RecordNo, b: RecordNo): boolean {
		return this.seen.get(a)?.has(b) ?? false;
	}

	/** Smaller number first. */
	list(): [RecordNo, RecordNo][] {
		return [...this.seen].flatMap(([a, others]) => [...others].map((b): [RecordNo, RecordNo] => [a, b]));
	}
}
