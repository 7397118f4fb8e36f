import { createHash } from 'node:crypto';
import { LocalLimiter } from './local-limiter';
import { queueModeRedis } from './queue-mode';
import { SharedLimiter } from './shared-limiter';
import { SharedRedis } from './shared-redis';

/** A vendor's rate limit, for one account. */
export interface RateLimit {
	/** Calls that may be under way at once. */
	maxConcurrent: number;
	/** Calls in one window. */
	perWindow: number;
	/** Length of the window in milliseconds; a multiple of 250. */
	windowMs: number;
}

/** Lets calls of one account through as its rate limit allows. */
export interface Limiter {
	/**
	 * Runs `work` when it is its turn.
	 * @param timeoutMs how long the call may take. Where the limit is shared, the signal ends it then, because its place goes to others.
	 * @throws what `work` throws; SharedLimitUnavailable when Redis fails while it waits
	 */
	schedule<T>(work: (signal?: AbortSignal) => Promise<T>, timeoutMs: number): Promise<T>;
	/**
	 * No call starts for so many milliseconds from now, or until a longer pause that stands is over. Calls under way go on.
	 * Resolves when all that share the limit heed it; never rejects.
	 */
	pause(milliseconds: number): Promise<void>;
	disconnect(): Promise<void>;
}

/** One limiter an account in this process, so that nodes and executions that run side by side share one window. */
const limiters = new Map<string, Limiter>();
let redis: SharedRedis | undefined;

/** The account's limiter: shared by all processes of an n8n in queue mode, else by all that runs in this process. */
export function limiterFor(account: string, limit: RateLimit): Limiter {
	let limiter = limiters.get(account);
	if (!limiter) {
		limiter = sharedLimiter(account, limit) ?? new LocalLimiter(limit);
		limiters.set(account, limiter);
	}
	return limiter;
}

function sharedLimiter(account: string, limit: RateLimit): Limiter | undefined {
	const settings = queueModeRedis();
	if (!settings) return undefined;
	redis ??= new SharedRedis(settings);
	// The figures are part of the name, so that two versions of this package with other figures don't share a window.
	const { maxConcurrent, perWindow, windowMs } = limit;
	const name = createHash('sha256').update(JSON.stringify([account, maxConcurrent, perWindow, windowMs])).digest('hex').slice(0, 32);
	// Braces keep all keys of a limiter on one node of a Redis Cluster.
	return new SharedLimiter(redis, `{${settings.prefix.replace(/[{}]/g, '')}:customer360:${name}}`, limit);
}

/** Ends the timers and connections of all limiters, so that a program can exit and a test leaves nothing behind. */
export async function disconnectLimiters(): Promise<void> {
	const all = [...limiters.values()];
	const shared = redis;
	limiters.clear();
	redis = undefined;
	await Promise.all(all.map((limiter) => limiter.disconnect()));
	await shared?.disconnect();
}
