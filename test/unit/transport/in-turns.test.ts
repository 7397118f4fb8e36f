import fc from 'fast-check';
import { inTurns, slices } from '../../../lib/transport';

test('works through all items in order, and timers get their turn before the end', async () => {
	let ticks = 0;
	const timer = setInterval(() => (ticks += 1), 1);
	const seen: [string, number][] = [];
	await inTurns(Array.from({ length: 100 }, (_, index) => `item ${index}`), (item, index) => {
		for (const until = performance.now() + 1; performance.now() < until; );
		seen.push([item, index]);
	});
	clearInterval(timer);
	expect(seen).toEqual(Array.from({ length: 100 }, (_, index) => [`item ${index}`, index]));
	expect(ticks).toBeGreaterThan(0);
});

test('passes on what the work throws, and goes no further', async () => {
	const seen: number[] = [];
	const work = inTurns([1, 2, 3], (item) => {
		seen.push(item);
		if (item === 2) throw new Error('no');
	});
	await expect(work).rejects.toThrow('no');
	expect(seen).toEqual([1, 2]);
});

test('slices hold every item once, in order, and none is too long', () => {
	fc.assert(
		fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 10 }), (items, size) => {
			const parts = slices(items, size);
			expect(parts.flat()).toEqual(items);
			for (const part of parts) expect(part.length > 0 && part.length <= size).toBe(true);
		}),
	);
});
