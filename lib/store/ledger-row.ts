import type { LedgerEntry, LedgerStatus } from '../domain';

/** A row of the table `ledger`, its texts as they were put. */
export interface LedgerRow {
	destination: string;
	target: string;
	canonical_id: string;
	acknowledged: string;
	status: LedgerStatus;
	reason: string | null;
	attempts: number;
	at: string;
}

export function toEntry(row: LedgerRow): LedgerEntry {
	return {
		destination: row.destination,
		target: row.target,
		canonicalId: row.canonical_id,
		acknowledged: JSON.parse(row.acknowledged) as LedgerEntry['acknowledged'],
		status: row.status,
		...(row.reason === null ? {} : { reason: row.reason }),
		attempts: row.attempts,
		at: row.at,
	};
}
