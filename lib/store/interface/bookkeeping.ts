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
export interface LedgerWriter extends LedgerReader {
	put(entries: readonly LedgerEntry[]): Promise<void>;
	remove(destination: string, targets: readonly string[]): Promise<void>;
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
