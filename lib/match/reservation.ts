import type { LevelFound } from './scoring';

/**
 * What the weights can't say because comparisons are taken for independent: a family shares name, house and telephone for one reason, not three.
 * `review`: not joined without a person; `none`: not even asked.
 */
export interface Reservation {
	limit: 'review' | 'none';
	level: string;
}

/** Less than this is not worth speaking of. */
export const SUPPORT = 1.5;

/** Columns that speak for the pair. */
export function supporters(found: readonly LevelFound[]): Set<string> {
	return new Set(found.filter(({ weight }) => weight > SUPPORT).map(({ comparison }) => comparison.column));
}
