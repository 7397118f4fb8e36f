import type { LedgerEntry, LedgerStatus } from '../domain';
import { isFields, isListOfTexts, isScalar, isText, readStored } from './stored-json';

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

/** What the destination is known to hold. @throws StoreError `damaged` */
export function readAcknowledged({ acknowledged, destination, target }: Pick<LedgerRow, 'acknowledged' | 'destination' | 'target'>): LedgerEntry['acknowledged'] {
	return readStored(acknowledged, () => `the entry of the sync ledger for ${target} at ${destination}`, isAcknowledged) as LedgerEntry['acknowledged'];
}

function isAcknowledged(value: unknown): boolean {
	return isFields(value) && Object.values(value).every((one) => one === null || isScalar(one)) && areDue(value['#due']);
}

/** Fields that are due stand in it as a text of their own. */
function areDue(text: unknown): boolean {
	if (!isText(text)) return true;
	try {
		return isListOfTexts(JSON.parse(text));
	} catch {
		return false;
	}
}

/** @throws StoreError `damaged` */
export function toEntry(row: LedgerRow): LedgerEntry {
	return {
		destination: row.destination,
		target: row.target,
		canonicalId: row.canonical_id,
		acknowledged: readAcknowledged(row),
		status: row.status,
		...(row.reason === null ? {} : { reason: row.reason }),
		attempts: row.attempts,
		at: row.at,
	};
}
