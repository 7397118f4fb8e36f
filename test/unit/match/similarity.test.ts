import fc from 'fast-check';
import { editDistance, jaroWinkler, plainEditDistance } from '../../../lib/match/similarity';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), maxLength: 9 });
const limits = fc.constantFrom(0, 1, 2, 3);

/** The textbook's table, whole and without short cuts. */
function slowDistance(a: string, b: string, swaps: boolean): number {
	const table = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)));
	const at = (i: number, j: number) => table[i]?.[j] ?? 0;
	for (let i = 1; i <= a.length; i += 1) {
		for (let j = 1; j <= b.length; j += 1) {
			const steps = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)];
			if (swaps && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps.push(at(i - 2, j - 2) + 1);
			(table[i] as number[])[j] = Math.min(...steps);
		}
	}
	return at(a.length, b.length);
}

test('the number of edits is that of the whole table, or one more than the limit', () => {
	fc.assert(
		fc.property(word, word, limits, (a, b, limit) => {
			expect(editDistance(a, b, limit)).toBe(Math.min(slowDistance(a, b, true), limit + 1));
			expect(plainEditDistance(a, b, limit)).toBe(Math.min(slowDistance(a, b, false), limit + 1));
		}),
		{ numRuns: 2000 },
	);
});

test('what begins and ends alike counts only what is between', () => {
	fc.assert(
		fc.property(word, word, word, word, (start, x, y, end) => {
			expect(editDistance(start + x + end, start + y + end, 3)).toBe(Math.min(slowDistance(start + x + end, start + y + end, true), 4));
		}),
		{ numRuns: 1000 },
	);
});

test('likeness lies between 0 and 1, is 1 for equal words only, and does not depend on what was asked before', () => {
	fc.assert(
		fc.property(word, word, word, (a, b, other) => {
			const first = jaroWinkler(a, b);
			jaroWinkler(other, b);
			expect(jaroWinkler(a, b)).toBe(first);
			expect(first).toBeGreaterThanOrEqual(0);
			expect(first).toBeLessThanOrEqual(1);
			expect(first === 1).toBe(a === b);
		}),
		{ numRuns: 1000 },
	);
});

test('words longer than any name are compared, too', () => {
	const long = 'abcdefgh'.repeat(200);
	expect(editDistance(`x${long}y`, `z${long}`, 3)).toBe(2);
	expect(jaroWinkler(long, `${long}x`)).toBeGreaterThan(jaroWinkler(long, `x${long}x`));
});
