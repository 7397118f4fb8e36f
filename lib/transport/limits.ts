import Bottleneck from 'bottleneck';

/** A vendor's rate limit, for one account. */
export interface RateLimit {
	/** Calls that may be under way at once. */
	maxConcurrent: number;
	/** Calls in one window. */
	perWindow: number;
	/** Length of the window in milliseconds; a multiple of 250. */
	windowMs: number;
}

/** One limiter an account in this process, so that nodes and executions that run side by side share one window. */
const limiters = new Map<string, Bottleneck>();

export function limiterFor(account: string, limit: RateLimit): Bottleneck {
	let limiter = limiters.get(account);
	if (!limiter) {
		limiter = new Bottleneck({
			maxConcurrent: limit.maxConcurrent,
			reservoir: limit.perWindow,
			reservoirRefreshAmount: limit.perWindow,
			reservoirRefreshInterval: limit.windowMs,
		});
		limiters.set(account, limiter);
	}
	return limiter;
}

/** Ends the timers of all limiters, so that a program can exit and a test leaves nothing behind. */
export async function disconnectLimiters(): Promise<void> {
	const all = [...limiters.values()];
	limiters.clear();
	await Promise.all(all.map((limiter) => limiter.disconnect()));
}
