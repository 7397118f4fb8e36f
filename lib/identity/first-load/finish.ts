import type { VersionedModel } from '../../domain';
import type { StoreWriter } from '../../store';
import { countRecords, freeRoom, roomToMatch } from '../room';
import { isLoading, setLoading } from './loading';
import { type AtOnce, type FirstOutcomes, matchAtOnce } from './match-at-once';
import { matchFirstInPages } from './match-first-in-pages';

export interface Finishing extends AtOnce {
	/** Bytes that matching may take beside what is ready; what the machine has where left out. */
	room?: number;
	/** Told where there is less room than all at once would take: bytes. */
	onTooLittleRoom?: (needed: number, room: number) => void;
}

/**
 * Matches what a first load has put, if there is such: whoever matches, decides or builds does this first, so that a load that was stopped
 * takes nothing away from those who come after it. Where there is no room for all at once, page by page: a process that the kernel ends would begin anew for ever.
 * @returns undefined where nothing waited
 */
export async function finishFirstLoad(tx: StoreWriter, model: VersionedModel, now: number, how: Finishing = {}): Promise<FirstOutcomes | undefined> {
	if (!(await isLoading(tx))) return undefined;
	await setLoading(tx, false, new Date(now).toISOString());
	const needed = roomToMatch(await countRecords(tx)) - (how.ready?.bytes ?? 0);
	const { room = freeRoom() } = how;
	if (needed <= room) return matchAtOnce(tx, model, now, how);
	how.onTooLittleRoom?.(needed, room);
	return matchFirstInPages(tx, model, now, how);
}
