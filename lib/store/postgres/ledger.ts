import type { LedgerEntry, LedgerStatus } from '../../domain';
import type { LedgerPlace, LedgerWriter } from '../interface';
import { type LedgerRow, toEntry } from '../ledger-row';
import { rowLimit } from '../row-limit';
import type { Connection } from './connection';

/** Nothing but the names of fields that were to be written. Text, because JSON with a NUL in it can't be looked into. */
const NEVER_ACKNOWLEDGED = `l.acknowledged ~ '^\\{("#due":"([^"\\\\]|\\\\.)*")?\\}$'`;
/**
 * A page of entries, and whether each can be forgotten. A profile that has records or waits for them, or the target as a record, makes a sync look at it again.
 * Looked up row by row: for an EXISTS the planner would read both tables whole for each page.
 */
const PAGE = `WITH page AS MATERIALIZED (
		SELECT * FROM @ledger WHERE (destination, target) > ($2, $3) ORDER BY destination, target LIMIT $4
	)
	SELECT l.destination, l.target,
		l.at < $1 AND l.status NOT IN ('pending', 'retry', 'watched')
			AND ((l.status <> 'acknowledged' AND ${NEVER_ACKNOWLEDGED}) OR (profile.no IS NULL AND promised.id IS NULL AND record.no IS NULL)) AS over
	FROM page l
	LEFT JOIN LATERAL (
		SELECT p.no FROM @canonical_ids i JOIN @profiles p ON p.no = i.profile_no WHERE i.canonical_id = l.canonical_id AND NOT p.empty LIMIT 1
	) profile ON true
	LEFT JOIN LATERAL (SELECT i.canonical_id AS id FROM @promised_ids i WHERE i.canonical_id = l.canonical_id LIMIT 1) promised ON true
	LEFT JOIN LATERAL (SELECT r.no FROM @records r WHERE r.source_id = l.target AND NOT r.deleted LIMIT 1) record ON true
	ORDER BY l.destination, l.target`;

export class PostgresLedger implements LedgerWriter {
	constructor(private readonly db: Connection) {}

	async get(destination: string, targets: readonly string[]): Promise<Map<string, LedgerEntry>> {
		if (targets.length === 0) return new Map();
		const sql = 'SELECT l.* FROM unnest($2::text[]) n (target) JOIN @ledger l ON l.destination = $1 AND l.target = n.target';
		return new Map((await this.db.all<LedgerRow>(sql, destination, targets)).map((row) => [row.target, toEntry(row)]));
	}

	/** In order of target: an entry's time changes while a caller works through the pages, its target doesn't, so each entry is met exactly once. */
	async byStatus(destination: string, statuses: readonly LedgerStatus[], afterTarget: string, limit: number): Promise<LedgerEntry[]> {
		const rows = await this.db.all<LedgerRow>(
			`SELECT l.* FROM unnest($2::text[]) n (status) CROSS JOIN LATERAL (
				SELECT * FROM @ledger WHERE destination = $1 AND status = n.status AND target > $3 ORDER BY target LIMIT $4
			) l ORDER BY l.target LIMIT $4`,
			destination,
			[...new Set(statuses)],
			afterTarget,
			rowLimit(limit),
		);
		return rows.map(toEntry);
	}

	async counts(destination: string): Promise<Record<LedgerStatus, number>> {
		const counts: Record<LedgerStatus, number> = { pending: 0, acknowledged: 0, retry: 0, failed: 0, skipped: 0, watched: 0 };
		const sql = 'SELECT status, count(*) AS entries FROM @ledger WHERE destination = $1 GROUP BY status';
		for (const { status, entries } of await this.db.all<{ status: LedgerStatus; entries: number }>(sql, destination)) counts[status] = entries;
		return counts;
	}

	/** Of a target that is listed twice the last entry counts. */
	async put(entries: readonly LedgerEntry[]): Promise<void> {
		if (entries.length === 0) return;
		const last = [...new Map(entries.map((entry) => [JSON.stringify([entry.destination, entry.target]), entry])).values()];
		await this.db.run(
			`INSERT INTO @ledger (destination, target, canonical_id, acknowledged, status, reason, attempts, at)
			SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[])
			ON CONFLICT (destination, target) DO UPDATE SET canonical_id = excluded.canonical_id, acknowledged = excluded.acknowledged,
			status = excluded.status, reason = excluded.reason, attempts = excluded.attempts, at = excluded.at`,
			last.map(({ destination }) => destination),
			last.map(({ target }) => target),
			last.map(({ canonicalId }) => canonicalId),
			last.map(({ acknowledged }) => JSON.stringify(acknowledged)),
			last.map(({ status }) => status),
			last.map(({ reason }) => reason ?? null),
			last.map(({ attempts }) => attempts),
			last.map(({ at }) => at),
		);
	}

	async remove(destination: string, targets: readonly string[]): Promise<void> {
		if (targets.length === 0) return;
		await this.db.run('DELETE FROM @ledger WHERE destination = $1 AND target = ANY ($2::text[])', destination, targets);
	}

	async prune(before: string, after: LedgerPlace | null, limit: number): Promise<{ removed: number; last: LedgerPlace | null }> {
		const page = await this.db.all<LedgerPlace & { over: boolean }>(
			PAGE,
			before,
			after?.destination ?? '',
			after?.target ?? '',
			rowLimit(limit),
		);
		const over = page.filter((row) => row.over);
		const last = page.at(-1);
		if (over.length > 0) {
			await this.db.run(
				'DELETE FROM @ledger l USING unnest($1::text[], $2::text[]) n (destination, target) WHERE l.destination = n.destination AND l.target = n.target',
				over.map(({ destination }) => destination),
				over.map(({ target }) => target),
			);
		}
		return { removed: over.length, last: last ? { destination: last.destination, target: last.target } : null };
	}
}
