import type { LedgerEntry } from '../domain';
import { askedFor } from './known-state';

/** By then a pull has brought what was created, also where somebody reads that system once a week. Milliseconds. */
const LONGEST_WATCH_MS = 30 * 24 * 60 * 60_000;

/**
 * An entry of a new record that was asked for without an answer, and that is not to be asked for again: consent was withdrawn, or the destination says that
 * somebody is there already. The first call may have made a record all the same, and a pull may bring it into another profile. Nobody else would tell, so
 * each run looks, and sends nothing, until the record is found or can't come any more.
 */
export function isWatched({ status, reason, acknowledged }: LedgerEntry): boolean {
	return status === 'pending' && reason !== undefined && askedFor(acknowledged) !== undefined;
}

/** Closes an entry, or has it watched where nobody knows yet what an unanswered call has made. */
export function closed(entry: LedgerEntry, reason: string, at: string): LedgerEntry {
	const asked = askedFor(entry.acknowledged);
	const canCome = asked !== undefined && Date.parse(at) - Date.parse(asked.last) <= LONGEST_WATCH_MS;
	return { ...entry, status: canCome ? 'pending' : 'skipped', reason, at };
}
