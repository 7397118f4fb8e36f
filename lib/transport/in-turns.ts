import { setImmediate } from 'node:timers/promises';

/** Longer than this nobody on the thread has to wait for work in turns. Milliseconds. */
const TURN_MS = 4;

/** Works through many items, a few milliseconds at a time: timers and sockets of the thread get their turn in between. */
export async function inTurns<Item>(items: Iterable<Item>, work: (item: Item, index: number) => void): Promise<void> {
	let index = 0;
	let began = performance.now();
	for (const item of items) {
		work(item, index);
		index += 1;
		if (performance.now() - began < TURN_MS) continue;
		await setImmediate();
		began = performance.now();
	}
}

/** Slices of a list, in order. */
export function slices<Item>(items: readonly Item[], size: number): Item[][] {
	return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
