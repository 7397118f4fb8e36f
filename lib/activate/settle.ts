import type { LedgerEntry } from '../domain';
import type { StoredProfile } from '../store';
import { isUncertain } from './known-state';
import type { Plan } from './plan';
import { closed } from './watched';

/**
 * What becomes of open entries for which the plan holds no write, so that none stays open for ever: those that turned out to be right,
 * and those that have nobody to be written for any more. An entry that waits for Merge or for its records, or that another sync left open, stays, and so does
 * one whose record may be there unseen.
 * @param profiles by canonical ID as the entries name it
 * @param awaited IDs of which no record was read again since the store went back to a backup
 */
export function settleEntries(entries: readonly LedgerEntry[], plan: Plan, profiles: ReadonlyMap<string, StoredProfile>, awaited: ReadonlySet<string>, at: string): LedgerEntry[] {
	const written = new Set(plan.writes.map(({ entry }) => entry.target));
	const skips = new Map(plan.skips.map(({ target, reason }) => [target, reason]));
	const waiting = new Set(plan.skips.flatMap(({ target, open }) => (open ? [target] : [])));
	const learned = new Set(plan.learned.map(({ target }) => target));
	const unchanged = new Set(plan.unchanged);
	const gone = new Set(plan.gone);
	const absent = new Set(plan.absent.filter((target) => !gone.has(target)));
	return entries.flatMap((entry): LedgerEntry[] => {
		const profile = profiles.get(entry.canonicalId);
		const skipped = (reason: string): LedgerEntry[] => [{ ...entry, status: 'skipped', reason, at }];
		const close = (reason: string): LedgerEntry[] => {
			const next = closed(entry, reason, at);
			return next.status === entry.status && next.reason === entry.reason ? [] : [next];
		};
		if (entry.status === 'watched' && written.has(entry.target)) return close(entry.reason ?? '');
		if (written.has(entry.target) || absent.has(entry.target) || waiting.has(entry.target) || learned.has(entry.target) || awaited.has(entry.canonicalId)) return [];
		if (!profile || profile.empty) return skipped('its profile has no record any more');
		if (profile.golden === null) return [];
		if (unchanged.has(entry.target)) {
			return isUncertain(entry.acknowledged) ? [] : [{ ...entry, status: 'acknowledged', reason: undefined, attempts: 0, at }];
		}
		if (gone.has(entry.target)) return skipped('the record that was created for it was deleted, or is another profile\'s now');
		return close(skips.get(entry.target) ?? 'it belongs to another profile now, or the profile got a record there in another way');
	});
}
