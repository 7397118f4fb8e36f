import { z } from 'zod/v4';
import type { Scalar } from './attribute';

/**
 * What became of one record that was to be written. `pending`: due, or sent and not answered yet. `watched`: not to be sent any more, but an earlier call that
 * was never answered may have made it, and nobody else would tell.
 */
export const ledgerStatusSchema = z.enum(['pending', 'acknowledged', 'retry', 'failed', 'skipped', 'watched']);
export type LedgerStatus = z.infer<typeof ledgerStatusSchema>;

/** Last word on one target record of one destination. Unique by (destination, target). */
export interface LedgerEntry {
	/** `system:object@account`, e.g. `hubspot:contact@12345`. */
	destination: string;
	/** The record in the destination: its source ID, or `new:<canonicalId>` while it does not exist there. */
	target: string;
	canonicalId: string;
	/** Fields as last acknowledged: the basis of the next difference. Empty until something was acknowledged. Names that begin with `#` are bookkeeping. */
	acknowledged: Record<string, Scalar | null>;
	status: LedgerStatus;
	/** Why it was skipped, failed or is watched, in words. */
	reason?: string;
	attempts: number;
	/** ISO 8601. */
	at: string;
}
