/**
 * Random choices that are the same for the same seed on every machine.
 * The generator is mulberry32 (32 bits of state, public domain): good enough for made-up data, for nothing else.
 */
export class Random {
	private state: number;

	constructor(private readonly seed: number) {
		this.state = seed >>> 0;
	}

	/** A generator of its own for one part of the work, so that a change in one part leaves the others as they were. */
	fork(label: string): Random {
		let hash = 2166136261 ^ this.seed;
		for (const character of label) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
		return new Random(hash);
	}

	/** At least 0, below 1. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	}

	/** Both ends included. */
	integer(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** @throws RangeError when there is nothing to pick from. */
	pick<T>(list: readonly T[]): T {
		if (list.length === 0) throw new RangeError('There is nothing to pick from: the list is empty.');
		return list[Math.floor(this.next() * list.length)] as T;
	}

	/** @throws RangeError when there is nothing to pick from. */
	weighted<T>(entries: readonly (readonly [T, number])[]): T {
		let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
		for (const [value, weight] of entries) {
			left -= weight;
			if (left < 0) return value;
		}
		return this.pick(entries)[0];
	}

	shuffled<T>(list: readonly T[]): T[] {
		const result = [...list];
		for (let last = result.length - 1; last > 0; last--) {
			const other = this.integer(0, last);
			[result[last], result[other]] = [result[other] as T, result[last] as T];
		}
		return result;
	}

	/** Fills a pattern: `#` becomes a digit, `+` a digit from 2 to 9, `@` a capital letter; anything else stays. */
	fill(pattern: string): string {
		return pattern.replace(/[#+@]/g, (sign) =>
			sign === '@' ? this.text('ABCDEFGHJKLPRSTW', 1) : String(this.integer(sign === '+' ? 2 : 0, 9)),
		);
	}

	text(alphabet: string, length: number): string {
		return Array.from({ length }, () => alphabet[Math.floor(this.next() * alphabet.length)]).join('');
	}
}
