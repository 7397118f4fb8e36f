import type { Compacted, IdentityStore } from '../../store';
import { type BuildOptions, buildProfiles, leavesToBuild, type Tidied, tidyStore } from '../../identity';
import type { Task } from '../task';

/** How long Merge goes on with what is to be forgotten; the next Merge takes up the rest. Milliseconds. */
const TIDY_MS = 500;

/** Gives back room that the store no longer needs. */
export const compact: Task<Record<string, never>, Compacted> = async (store) => store.compact();

/** What came of tidying up. */
export interface TidiedUp {
	/** Profiles that were built because of what went. */
	built: number;
	changed: number;
	/** In words for a person: why not all went that should have. */
	untidied?: string;
}

/**
 * Once a day, forgets what the model keeps no longer, and builds the profiles that this concerns. Whoever asked for something else has it by now, so
 * what stands in the way of forgetting is told instead of thrown: damage that nothing else meets would otherwise keep the store growing unseen.
 */
export async function tidyUp(store: IdentityStore, options: BuildOptions): Promise<TidiedUp> {
	let tidied: Tidied | undefined;
	try {
		tidied = await tidyStore(store, { now: options.now, budgetMs: TIDY_MS });
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return { built: 0, changed: 0, untidied: `All profiles are built, but what the store keeps no longer could not be forgotten; the next time tries again. ${why}` };
	}
	return tidied && leavesToBuild(tidied) ? await buildProfiles(store, options) : { built: 0, changed: 0 };
}
