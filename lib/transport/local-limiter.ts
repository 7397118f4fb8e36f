import { AxiosError } from 'axios';
import type { Limiter, RateLimit } from './limits';

/** A call that stands in line. */
interface Waiting {
	start: () => void;
	fail: (error: Error) => void;
}

/**
 * One account's rate limit for all that runs in this process. All times are those of `performance.now()`, which nobody sets back: where the machine's
 * clock is put right by an hour, a count by that clock would hold every call for an hour.
 */
export class LocalLimiter implements Limiter {
	/** The first one is next. */
	private readonly line: Waiting[] = [];
	private underWay = 0;
	/** Of the window that ends at `windowEnds`; the next one begins with the first call behind it. */
	private started = 0;
	private windowEnds = 0;
	private pauseEnds = 0;
	private timer: NodeJS.Timeout | undefined;
	private disconnected = false;

	constructor(private readonly limit: RateLimit) {}

	async schedule<T>(work: () => Promise<T>): Promise<T> {
		await new Promise<void>((start, fail) => {
			this.line.push({ start, fail });
			this.go();
		});
		try {
			return await work();
		} finally {
			this.underWay -= 1;
			this.go();
		}
	}

	pause(milliseconds: number): Promise<void> {
		this.pauseEnds = Math.max(this.pauseEnds, performance.now() + milliseconds);
		return Promise.resolve();
	}

	/** Ends the timer; calls that would have to wait for a window or for the end of a pause fail. */
	disconnect(): Promise<void> {
		this.disconnected = true;
		clearTimeout(this.timer);
		this.go();
		return Promise.resolve();
	}

	/** Starts the calls whose turn it is, and comes back when it can be that of the next one. */
	private go(): void {
		while (this.underWay < this.limit.maxConcurrent) {
			const [next] = this.line;
			if (!next) return;
			const waitMs = this.waitMs(performance.now());
			if (waitMs > 0) return this.comeBackIn(waitMs);
			this.line.shift();
			this.started += 1;
			this.underWay += 1;
			next.start();
		}
	}

	/** Until the next call may start; 0 for at once. */
	private waitMs(now: number): number {
		if (now < this.pauseEnds) return this.pauseEnds - now;
		if (now >= this.windowEnds) [this.started, this.windowEnds] = [0, now + this.limit.windowMs];
		return this.started < this.limit.perWindow ? 0 : this.windowEnds - now;
	}

	private comeBackIn(milliseconds: number): void {
		clearTimeout(this.timer);
		if (!this.disconnected) {
			this.timer = setTimeout(() => this.go(), Math.ceil(milliseconds));
			return;
		}
		for (const { fail } of this.line.splice(0)) fail(new AxiosError('this process disconnected', AxiosError.ECONNABORTED));
	}
}
