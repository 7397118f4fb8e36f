import type { IdentityModel, LedgerEntry, LedgerStatus, RejectedRecord, VersionedModel } from '../../domain';

/** Cursors of sources, triggers and syncs: small JSON values by scope. */
export interface CursorReader {
	get(scope: string): Promise<unknown>;
}
export interface CursorWriter extends CursorReader {
	set(scope: string, value: unknown, at: string): Promise<void>;
}

export interface LedgerReader {
	/** Entries of these targets, keyed by target. */
	get(destination: string, targets: readonly string[]): Promise<Map<string, LedgerEntry>>;
	/** Entries by status, in order of target, so that each is met once although its time changes meanwhile; `afterTarget` pages. */
	byStatus(destination: string, statuses: readonly LedgerStatus[], afterTarget: string, limit: number): Promise<LedgerEntry[]>;
	counts(destination: string): Promise<Record<LedgerStatus, number>>;
}
/** An entry's place in the order of the ledger. */
export type LedgerPlace = Pick<LedgerEntry, 'destination' | 'target'>;

export interface LedgerWriter extends LedgerReader {
	put(entries: readonly LedgerEntry[]): Promise<void>;
	remove(destination: string, targets: readonly string[]): Promise<void>;
	/**
	 * Looks at the next `limit` entries behind `after` and forgets those that are older than `before` and that no sync needs: failed and skipped ones
	 * of which nothing was ever acknowledged, and entries whose profile has no record any more and whose target is none either. What is due stays.
	 * Says how many went, and where to go on; null at the end.
	 */
	prune(before: string, after: LedgerPlace | null, limit: number): Promise<{ removed: number; last: LedgerPlace | null }>;
}

export interface RejectionReader {
	/** Newest first. */
	list(limit: number): Promise<(Omit<RejectedRecord, 'raw'> & { at: string })[]>;
	count(): Promise<number>;
}
export interface RejectionWriter extends RejectionReader {
	/** Keeps the reason by reference; the raw record stays with the system. */
	put(rejected: readonly RejectedRecord[], at: string): Promise<void>;
	/** Forgets a rejection once the record was accepted. */
	remove(refs: readonly { system: string; object: string; sourceId: string }[]): Promise<void>;
	/** Forgets at most `limit` rejections that are older than `before`; returns how many went. */
	prune(before: string, limit: number): Promise<number>;
}

export interface ModelReader {
	/** The newest version; undefined in a new store. */
	current(): Promise<VersionedModel | undefined>;
	version(version: number): Promise<VersionedModel | undefined>;
}
export interface ModelWriter extends ModelReader {
	/** Adds a version and returns its number, counting from 1. */
	add(model: IdentityModel, actor: string, at: string): Promise<number>;
}
