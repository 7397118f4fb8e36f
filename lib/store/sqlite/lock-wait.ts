import { setTimeout as wait } from 'node:timers/promises';
import { isBusy, lockedError, toStoreError } from './sqlite-errors';

/** Milliseconds to the next try, at most; the least is 1. */
const LONGEST_PAUSE = 25;

/**
 * Runs `operation` until no other process stands in the way, without blocking the thread meanwhile (SQLite's own waiting would).
 * Pauses differ at random, so that two processes don't keep step.
 * @throws StoreError `locked` after `timeoutMs`; what else `operation` throws, in the store's terms
 */
export async function untilFree(operation: () => void, location: string, timeoutMs: number): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		try {
			operation();
			return;
		} catch (error) {
			if (!isBusy(error)) throw toStoreError(error, location);
			if (Date.now() >= deadline) throw lockedError(location, { cause: error });
		}
		await wait(1 + Math.random() * LONGEST_PAUSE);
	}
}
