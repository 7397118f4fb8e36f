import type { Compacted, IdentityStore } from '../../store';
import { type BuildOptions, buildProfiles, tidyStore } from '../../identity';
import type { Task } from '../task';

/** How long Merge goes on with what is to be forgotten; the next Merge takes up the rest. Milliseconds. */
const TIDY_MS = 500;

/** Gives back room that the store no longer needs. */
export const compact: Task<Record<string, never>, Compacted> = async (store) => store.compact();

/** Once a day, forgets what the model keeps no longer, and builds the profiles whose activities went. */
export async function tidyUp(store: IdentityStore, options: BuildOptions): Promise<{ built: number; changed: number }> {
	// Whoever asked has what he asked for; what is wrong with the store meets whoever writes next.
	const tidied = await tidyStore(store, { now: options.now, budgetMs: TIDY_MS }).catch(() => undefined);
	return tidied?.activities ? await buildProfiles(store, options) : { built: 0, changed: 0 };
}
