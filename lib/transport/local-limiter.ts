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

	/** Bottleneck itself cannot be held: it starts no new window after a change of its settings. So calls wait in front of it while there is a pause. */
	async schedule<T>(work: () => Promise<T>): Promise<T> {
		for (;;) {
			await this.pauseOver();
			const made = await this.bottleneck.schedule(async () => {
				// The pause began while it stood in line. To wait here would spend a place of this window on a call of a later one, which then had one too many;
				// so it gives the place back and comes again.
				if (this.isPaused()) {
					await this.bottleneck.incrementReservoir(1);
					return undefined;
				}
				return { result: await work() };
			});
			if (made) return made.result;
		}
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

	private isPaused(): boolean {
		return performance.now() < this.pauseEnds;
	}

	private async pauseOver(): Promise<void> {
		// Looked at again: meanwhile another call may have been told to wait longer.
		while (this.isPaused()) await (this.waking ??= this.wakeIn(this.pauseEnds - performance.now()));
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
