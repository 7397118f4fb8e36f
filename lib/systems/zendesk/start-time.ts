import { type HttpReply, TerminalError } from '../../transport';
import type { PullOptions } from '../definition';
import { START_TIME_TOO_RECENT } from './errors';

/** The export refuses a start time less than a minute old and holds back what changed in the latest minute; one second for rounding. */
const HELD_BACK_S = 61;

/** Where a first run begins, in seconds since 1970: at the beginning, or at `since` as far as the export allows it. */
export function firstStartTime(options: Pick<PullOptions, 'since' | 'now'>): number {
	if (!options.since) return 0;
	const latest = Math.floor((options.now ?? Date.now)() / 1000) - HELD_BACK_S;
	return Math.max(0, Math.min(latest, Math.floor(Date.parse(options.since) / 1000)));
}

/**
 * Up to when an export that ended with this answer told everything, in seconds since 1970 by the vendor's own clock (the Date header);
 * null when the answer has none. Our clock is not used: were it ahead, changes would be left out.
 */
export function toldUntil(reply: HttpReply<unknown>): number | null {
	const date = Date.parse(reply.headers['date'] ?? '');
	return Number.isNaN(date) ? null : Math.floor(date / 1000) - HELD_BACK_S;
}

/** Whether the vendor said that this start time is too young to be read: nothing is new yet. */
export function isTooRecent(error: unknown): boolean {
	return error instanceof TerminalError && error.context.code === START_TIME_TOO_RECENT;
}

export function numberOrNull(value: string | number | boolean | null | undefined): number | null {
	return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function textOrNull(value: string | number | boolean | null | undefined): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}
