import axios from 'axios';
import { exponentialDelay, retryAfter } from 'axios-retry';
import type { VendorError } from './vendor-error';

/** A wait that is longer than this is left to the caller (as a TransientError with `retryAfterMs`). Milliseconds. */
export const LONGEST_WAIT_MS = 60_000;

const TOO_MANY_REQUESTS = 429;

/** How a client repeats its calls and reads refusals. */
export interface Repeats {
	retries: number;
	/** First wait before a repeat, doubled each time with jitter. */
	retryDelayMs: number;
	/** Reads the vendor's error answer. */
	readError?: (status: number, body: unknown) => VendorError;
}

/**
 * For how long no call of the account may start after one was refused, in milliseconds: as long as Retry-After says, else as long as
 * the back-off of the call that was refused. 0 when others need not wait.
 */
export function pauseAfter(error: unknown, { retries, retryDelayMs, readError }: Repeats): number {
	if (!axios.isAxiosError(error) || error.response?.status !== TOO_MANY_REQUESTS) return 0;
	const askedMs = retryAfter(error);
	// Nobody waits so long, as for the next day's allowance: a pause would only put off what each caller has to be told, and cutting it
	// to a minute would keep them for nothing. The callers stop at that answer, so few calls are lost on it.
	if (askedMs > LONGEST_WAIT_MS) return 0;
	if (readError?.(TOO_MANY_REQUESTS, bodyOf(error.response.data)).pausesAccount === false) return 0;
	if (askedMs > 0) return askedMs;
	const nextRepeat = (error.config?.['axios-retry']?.retryCount ?? 0) + 1;
	return Math.min(exponentialDelay(Math.min(nextRepeat, retries), error, retryDelayMs), LONGEST_WAIT_MS);
}

/** The answer is looked at before axios has read its JSON. */
function bodyOf(data: unknown): unknown {
	if (typeof data !== 'string') return data;
	try {
		return JSON.parse(data) as unknown;
	} catch {
		return data;
	}
}
