import type { LedgerEntry, LedgerStatus } from '../../domain';
import type { LedgerPlace, LedgerWriter } from '../interface';
import { type LedgerRow, toEntry } from '../ledger-row';
import { rowLimit } from '../row-limit';
import type { Connection } from './connection';
import { fromStoredText, toStoredText } from '../text';
import type { Immediate } from './transaction';

/** A profile that has records or waits for them, or the target as a record: each makes a sync look here again. */
const IN_USE = `EXISTS (SELECT 1 FROM canonical_ids i JOIN profiles p ON p.no = i.profile_no WHERE i.canonical_id = l.canonical_id AND p.empty = 0)
	OR EXISTS (SELECT 1 FROM promised_ids i WHERE i.canonical_id = l.canonical_id)
	OR EXISTS (SELECT 1 FROM records r WHERE r.source_id = l.target AND r.deleted = 0)`;
/** Nothing but the names of fields that were to be written. Of a damaged text nobody knows; it stays. */
const NEVER_ACKNOWLEDGED = "CASE WHEN json_valid(l.acknowledged) THEN NOT EXISTS (SELECT 1 FROM json_each(l.acknowledged) WHERE key <> '#due') ELSE 0 END";
const OVER = `l.status NOT IN ('pending', 'retry', 'watched') AND ((l.status <> 'acknowledged' AND ${NEVER_ACKNOWLEDGED}) OR NOT (${IN_USE}))`;

export class SqliteLedger implements Immediate<LedgerWriter> {
	constructor(private readonly db: Connection) {}

	get(destination: string, targets: readonly string[]): Map<string, LedgerEntry> {
		const found = new Map<string, LedgerEntry>();
		for (const target of targets) {
			const row = this.db.get<LedgerRow>('SELECT * FROM ledger WHERE destination = ? AND target = ?', destination, toStoredText(target));
			if (row) found.set(target, read(row));
		}
		return found;
	}

	/**
	 * In order of target: an entry's time changes while a caller works through the pages, its target doesn't, so each entry is met exactly once.
	 */
	byStatus(destination: string, statuses: readonly LedgerStatus[], afterTarget: string, limit: number): LedgerEntry[] {
		const wanted = rowLimit(limit);
		const rows = [...new Set(statuses)].flatMap((status) => {
			const sql = 'SELECT * FROM ledger WHERE destination = ? AND status = ? AND target > ? ORDER BY target LIMIT ? + 0';
			return this.db.all<LedgerRow>(sql, destination, status, toStoredText(afterTarget), wanted);
		});
		return rows.sort(byTarget).slice(0, wanted).map(read);
	}

	counts(destination: string): Record<LedgerStatus, number> {
		const counts: Record<LedgerStatus, number> = { pending: 0, acknowledged: 0, retry: 0, failed: 0, skipped: 0, watched: 0 };
		const sql = 'SELECT status, count(*) AS entries FROM ledger WHERE destination = ? GROUP BY status';
		for (const { status, entries } of this.db.all<{ status: LedgerStatus; entries: number }>(sql, destination)) counts[status] = entries;
		return counts;
	}

	put(entries: readonly LedgerEntry[]): void {
		for (const entry of entries) {
			this.db.run(
				`INSERT INTO ledger (destination, target, canonical_id, acknowledged, status, reason, attempts, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT (destination, target) DO UPDATE SET canonical_id = excluded.canonical_id, acknowledged = excluded.acknowledged,
				status = excluded.status, reason = excluded.reason, attempts = excluded.attempts, at = excluded.at`,
				entry.destination,
				toStoredText(entry.target),
				entry.canonicalId,
				JSON.stringify(entry.acknowledged),
				entry.status,
				entry.reason ?? null,
				entry.attempts,
				entry.at,
			);
		}
	}

	remove(destination: string, targets: readonly string[]): void {
		for (const target of targets) this.db.run('DELETE FROM ledger WHERE destination = ? AND target = ?', destination, toStoredText(target));
	}

	prune(before: string, after: LedgerPlace | null, limit: number): { removed: number; last: LedgerPlace | null } {
		const page = this.db.all<{ id: number; destination: string; target: string; over: number }>(
			`SELECT l.id, l.destination, l.target, l.at < ? AND ${OVER} AS over FROM ledger l
			WHERE (l.destination, l.target) > (?, ?) ORDER BY l.destination, l.target LIMIT ? + 0`,
			before,
			after?.destination ?? '',
			toStoredText(after?.target ?? ''),
			rowLimit(limit),
		);
		const over = page.filter((row) => row.over === 1);
		for (const { id } of over) this.db.run('DELETE FROM ledger WHERE id = ?', id);
		const last = page.at(-1);
		return { removed: over.length, last: last ? { destination: last.destination, target: fromStoredText(last.target) } : null };
	}
}

/** SQLite's order: by the bytes of UTF-8. */
function byTarget(x: LedgerRow, y: LedgerRow): number {
	return Buffer.compare(Buffer.from(x.target), Buffer.from(y.target));
}

function read(row: LedgerRow): LedgerEntry {
	return toEntry({ ...row, target: fromStoredText(row.target) });
}
