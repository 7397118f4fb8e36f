import { setImmediate } from 'node:timers/promises';
import { buildProfiles, type IdentityStore, type MatchRun } from '../../lib';
import type { Terminal } from '../terminal';
import { during, Progress } from './progress';

export interface GoldenRun {
	/** What has the records in memory already. */
	run?: MatchRun;
	/** That work beside this one; 0 where left out. */
	threads?: number;
	/** Told after each transaction how many are built; throws to end it there. */
	onBatch?: (built: number) => void;
}

/**
 * Builds all golden records that wait for it, and says how far it is.
 * @param systems from the most to the least trusted, for the default model of a store that has none
 * @returns how many were built
 */
export async function buildGoldenRecords(store: IdentityStore, systems: readonly string[], terminal: Terminal, { run, threads, onBatch }: GoldenRun = {}): Promise<number> {
	const { waiting } = await store.read((tx) => tx.profiles.counts());
	let built = 0;
	await during(new Progress(terminal, 'Golden records', waiting, 'profiles'), (progress) =>
		buildProfiles(store, {
			systems,
			now: Date.now,
			run,
			threads,
			onBatch: async (batch) => {
				built += batch.length;
				progress.at(built);
				// Lets a signal through.
				await setImmediate();
				onBatch?.(built);
			},
		}),
	);
	return built;
}
