import { setTimeout as sleep } from 'node:timers/promises';
import { AxiosError } from 'axios';
import Bottleneck from 'bottleneck';
import type { Limiter, RateLimit } from './limits';

/** One account's rate limit for all that runs in this process. */
export class LocalLimiter implements Limiter {
	private readonly bottleneck: Bottleneck;
	private readonly disconnected = new AbortController();
	/** When the pause ends, on the clock of `performance.now()`, which nobody sets back. */
	private pauseEnds = 0;
	private waking: Promise<void> | undefined;

	constructor({ maxConcurrent, perWindow, windowMs }: RateLimit) {
		this.bottleneck = new Bottleneck({
			maxConcurrent,
			reservoir: perWindow,
			reservoirRefreshAmount: perWindow,
			reservoirRefreshInterval: windowMs,
		});
	}

	schedule<T>(work: () => Promise<T>): Promise<T> {
		return this.bottleneck.schedule(async () => {
			// Waited for in the call's place, where nobody is kept by it: until the pause is over, there is no call that could use the place.
			// So at most as many calls wait here as have places, and the others stay in line. Bottleneck itself cannot be held: it starts
			// no new window after a change of its settings.
			await this.pauseOver();
			return await work();
		});
	}

	pause(milliseconds: number): Promise<void> {
		this.pauseEnds = Math.max(this.pauseEnds, performance.now() + milliseconds);
		return Promise.resolve();
	}

	/** Ends the timers; calls that wait for the end of a pause fail. */
	async disconnect(): Promise<void> {
		this.disconnected.abort();
		await this.bottleneck.disconnect();
	}

	private async pauseOver(): Promise<void> {
		// Looked at again: meanwhile another call may have been told to wait longer.
		while (performance.now() < this.pauseEnds) await (this.waking ??= this.wakeIn(this.pauseEnds - performance.now()));
	}

	private async wakeIn(milliseconds: number): Promise<void> {
		try {
			await sleep(milliseconds, undefined, { signal: this.disconnected.signal });
		} catch {
			throw new AxiosError('this process disconnected', AxiosError.ECONNABORTED);
		} finally {
			this.waking = undefined;
		}
	}
}
