import type { ChangeEvent, ChangeEventType, NewChangeEvent } from '../../domain';
import { readEventData } from '../stored-texts';
import type { EventWriter } from '../interface';
import { rowLimit } from '../row-limit';
import type { Connection } from './connection';
import type { Immediate } from './transaction';

interface EventRow {
	seq: number;
	type: ChangeEventType;
	canonical_id: string;
	entity: ChangeEvent['entity'];
	at: string;
	data: string;
}

export class SqliteEvents implements Immediate<EventWriter> {
	constructor(private readonly db: Connection) {}

	since(after: number, types: readonly ChangeEventType[], limit: number): ChangeEvent[] {
		const wanted = rowLimit(limit);
		if (types.length === 0) return this.db.all<EventRow>('SELECT * FROM events WHERE seq > ? ORDER BY seq LIMIT ? + 0', after, wanted).map(toEvent);
		// One look into the index a type: a rare type must not cost a walk through all the others.
		const rows = [...new Set(types)].flatMap((type) =>
			this.db.all<EventRow>('SELECT * FROM events WHERE type = ? AND seq > ? ORDER BY seq LIMIT ? + 0', type, after, wanted),
		);
		return rows.sort((x, y) => x.seq - y.seq).slice(0, wanted).map(toEvent);
	}

	idsSince(after: number, limit: number): Pick<ChangeEvent, 'seq' | 'canonicalId'>[] {
		const sql = 'SELECT seq, canonical_id AS canonicalId FROM events WHERE seq > ? ORDER BY seq LIMIT ? + 0';
		return this.db.all<Pick<ChangeEvent, 'seq' | 'canonicalId'>>(sql, after, rowLimit(limit)).map((row) => ({ ...row }));
	}

	ofProfile(canonicalIds: readonly string[], limit: number): ChangeEvent[] {
		const wanted = rowLimit(limit);
		const rows = [...new Set(canonicalIds)].flatMap((canonicalId) =>
			this.db.all<EventRow>('SELECT * FROM events WHERE canonical_id = ? ORDER BY seq DESC LIMIT ? + 0', canonicalId, wanted),
		);
		return rows.sort((x, y) => y.seq - x.seq).slice(0, wanted).map(toEvent);
	}

	lastSeq(): number {
		// SQLite's own note of the last number given, which stays when rows go.
		return this.db.get<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'events'")?.seq ?? 0;
	}

	firstSeq(): number {
		return this.db.get<{ seq: number }>('SELECT seq FROM events ORDER BY seq LIMIT 1')?.seq ?? this.lastSeq() + 1;
	}

	append(events: readonly NewChangeEvent[]): number[] {
		const sql = 'INSERT INTO events (type, canonical_id, entity, at, data) VALUES (?, ?, ?, ?, ?)';
		return events.map(({ type, canonicalId, entity, at, data }) => this.db.run(sql, type, canonicalId, entity, at, JSON.stringify(data)).lastNo);
	}

	prune(before: string, limit: number): number {
		const sql = `WITH oldest AS MATERIALIZED (SELECT seq, at FROM events ORDER BY seq LIMIT ? + 0)
			DELETE FROM events WHERE seq < coalesce((SELECT min(seq) FROM oldest WHERE at >= ?), (SELECT max(seq) + 1 FROM oldest))`;
		return this.db.run(sql, rowLimit(limit), before).changes;
	}
}

function toEvent(row: EventRow): ChangeEvent {
	return {
		seq: row.seq,
		type: row.type,
		canonicalId: row.canonical_id,
		entity: row.entity,
		at: row.at,
		data: readEventData(row.data, row.seq),
	};
}
