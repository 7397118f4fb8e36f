import { setImmediate } from 'node:timers/promises';

/** Milliseconds for which calls may follow one another before everything else on the thread gets its turn. */
const LONGEST = 2;

let last = 0;

/**
 * SQLite answers without a wait, so a loop of calls would keep timers and sockets waiting until its end. Waits for a turn of the event loop,
 * unless there was one a moment ago: a turn costs as much as a short read.
 */
export async function giveTurn(): Promise<void> {
	if (performance.now() - last < LONGEST) return;
	await setImmediate();
	last = performance.now();
}
