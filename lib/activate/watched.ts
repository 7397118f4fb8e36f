import type { LedgerEntry } from '../domain';
import { askedFor } from './known-state';

/** By then a pull has brought what was created, also where somebody reads that system once a week. Milliseconds. */
const LONGEST_WATCH_MS = 30 * 24 * 60 * 60_000;

/**
 * Closes an entry of a record that is not to be sent, or has it watched: a new one that was asked for without an answer, and is not to be asked for again since
 * consent was withdrawn, or the destination says that somebody is there already. The first call may have made a record all the same, and a pull may bring it
 * into another profile. Nobody else would tell, so each run looks, and sends nothing, until the record is found or can't come any more.
 */
export function closed(entry: LedgerEntry, reason: string, at: string): LedgerEntry {
	const asked = askedFor(entry.acknowledged);
	const canCome = asked !== undefined && Date.parse(at) - Date.parse(asked.last) <= LONGEST_WATCH_MS;
	return { ...entry, status: canCome ? 'watched' : 'skipped', reason, at };
}
