import type { VersionedModel } from '../domain';
import type { StoreWriter } from '../store';
import type { LoadStep } from './at-once/turns';
import { compareAgain } from './compare-again';
import { clusterInPages, compareInPages } from './match-in-pages';
import { MatchRun } from './match-run';
import { countRecords, freeRoom, roomToMatch } from './room';

/** Told now and then how many people and companies a step has done. */
export type MatchingAgain = (step: Exclude<LoadStep, 'profiles'>, records: number) => void;

/**
 * Matches every record again under another model. Evidence first, for all of them, and clusters only then.
 * @param room bytes that may be taken for it; what the machine has where left out
 */
export async function matchAgain(tx: StoreWriter, model: VersionedModel, now: number, onProgress: MatchingAgain = () => undefined, room = freeRoom()): Promise<void> {
	const pass = { tx, model, now, run: new MatchRun() };
	if (roomToMatch(await countRecords(tx)) <= room) {
		await compareAgain(tx, model, new Date(now).toISOString(), (step, records) => {
			if (step !== 'profiles') onProgress(step, records);
		});
	} else await compareInPages({ ...pass, onPage: (records) => onProgress('comparing', records) }, true);
	await clusterInPages({ ...pass, onPage: (records) => onProgress('clustering', records) });
}
