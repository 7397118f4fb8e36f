import fc from 'fast-check';
import type { Comparable } from '../../../lib/match';
import { seededRandom } from '../../../lib/match/random';
import { pairsOf } from '../../../lib/match/training-pairs';

const block = (size: number) => Array.from({ length: size }, (_, no) => ({ no }) as Comparable);
const pairs = (size: number, most: number, seed = 1) => [...pairsOf(block(size), most, seededRandom(seed))].map(([a, b]) => [a.no, b.no] as const);

describe('pairs of a block', () => {
	test('are all of them, each once, where there are no more than asked for', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 30 }), (size) => {
				const found = pairs(size, (size * (size - 1)) / 2);
				expect(new Set(found.map(String)).size).toBe((size * (size - 1)) / 2);
				for (const [a, b] of found) expect(a).toBeLessThan(b);
			}),
		);
	});

	test('are drawn where there are more: of two different records each, the same for a seed, from all of the block', () => {
		fc.assert(
			fc.property(fc.integer({ min: 50, max: 200 }), fc.integer({ min: 300, max: 1000 }), fc.integer(), (size, most, seed) => {
				const found = pairs(size, most, seed);
				expect(found).toHaveLength(most);
				for (const [a, b] of found) expect(a).toBeLessThan(b);
				expect(pairs(size, most, seed)).toEqual(found);
				expect(new Set(found.flat()).size).toBeGreaterThan(size * 0.8);
			}),
		);
	});

	test('cost what they are, not what the block is: a block of a million records', () => {
		expect(pairs(1_000_000, 40_000)).toHaveLength(40_000);
	});
});
