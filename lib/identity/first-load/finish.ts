import type { VersionedModel } from '../../domain';
import type { StoreWriter } from '../../store';
import { isLoading, setLoading } from './loading';
import { type AtOnce, type FirstOutcomes, matchAtOnce } from './match-at-once';

/**
 * Matches what a first load has put, if there is such: whoever matches, decides or builds does this first, so that a load that was stopped
 * takes nothing away from those who come after it.
 * @returns undefined where nothing waited
 */
export async function finishFirstLoad(tx: StoreWriter, model: VersionedModel, now: number, how: AtOnce = {}): Promise<FirstOutcomes | undefined> {
	if (!(await isLoading(tx))) return undefined;
	await setLoading(tx, false, new Date(now).toISOString());
	return matchAtOnce(tx, model, now, how);
}
