import { base, en, Faker } from '@faker-js/faker';

/** Everything random of a made data set, from one seed. */
export class Chance {
	private readonly faker: Faker;

	constructor(seed: number) {
		this.faker = new Faker({ locale: [en, base], seed });
	}

	/** From 0 up to, but not including, 1. */
	unit(): number {
		return this.faker.number.float({ min: 0, max: 1 - Number.EPSILON });
	}

	hit(probability: number): boolean {
		return this.unit() < probability;
	}

	/** Both ends included. */
	int(from: number, to: number): number {
		return this.faker.number.int({ min: from, max: to });
	}

	/** @throws RangeError on an empty list */
	pick<T>(list: readonly T[]): T {
		return at(list, this.int(0, list.length - 1));
	}

	/** The first of a list are much likelier than the last, as names and towns are; `steepness` times at most. */
	skewed<T>(list: readonly T[], steepness = 30): T {
		const share = (Math.exp(this.unit() * Math.log(1 + steepness)) - 1) / steepness;
		return at(list, Math.min(list.length - 1, Math.floor(share * list.length)));
	}

	/** One of the keys; the values say how likely each is. */
	weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K {
		const entries = Object.entries(weights) as [K, number][];
		let left = this.unit() * entries.reduce((sum, [, weight]) => sum + weight, 0);
		for (const [key, weight] of entries) {
			left -= weight;
			if (left < 0) return key;
		}
		return at(entries, entries.length - 1)[0];
	}

	shuffled<T>(list: readonly T[]): T[] {
		return this.faker.helpers.shuffle(list);
	}

	/** `#` becomes any digit, `!` one from 2 to 9, `?` a capital letter. */
	digits(pattern: string): string {
		return pattern.replace(/[#!?]/g, (sign) => (sign === '?' ? String.fromCharCode(this.int(65, 90)) : String(this.int(sign === '#' ? 0 : 2, 9))));
	}

	/** A seed for another source of chance, so that a change in one place leaves the others alone. */
	seed(): number {
		return this.int(1, 2 ** 31);
	}
}

/** @throws RangeError when there is no such place */
export function at<T>(list: readonly T[], index: number): T {
	const value = list[index];
	if (value === undefined) throw new RangeError(`there is no number ${index} in a list of ${list.length}`);
	return value;
}
