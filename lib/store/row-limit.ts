/** A limit as SQL takes it: a whole number that is not negative. */
export function rowLimit(limit: number): number {
	return Math.max(0, Math.min(Math.floor(limit), Number.MAX_SAFE_INTEGER));
}
