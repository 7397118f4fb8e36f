import type { ChangeEvent, ChangeEventType, NewChangeEvent } from '../../domain';
import { readEventData } from '../stored-texts';
import type { EventWriter } from '../interface';
import { rowLimit } from '../row-limit';
import { wholeNumber, type Connection } from './connection';
import { taken } from './counters';

type EventRow = Omit<ChangeEvent, 'data' | 'canonicalId'> & { canonical_id: string; data: string };

export class PostgresEvents implements EventWriter {
	constructor(private readonly db: Connection) {}

	async since(after: number, types: readonly ChangeEventType[], limit: number): Promise<ChangeEvent[]> {
		const [from, wanted] = [wholeNumber(after), rowLimit(limit)];
		if (types.length === 0) {
			return (await this.db.all<EventRow>('SELECT * FROM @events WHERE seq > $1 ORDER BY seq LIMIT $2', from, wanted)).map(toEvent);
		}
		// One look into the index a type: a rare type must not cost a walk through all the others.
		const rows = await this.db.all<EventRow>(
			`SELECT e.* FROM unnest($1::text[]) n (type)
			CROSS JOIN LATERAL (SELECT * FROM @events WHERE type = n.type AND seq > $2 ORDER BY seq LIMIT $3) e ORDER BY e.seq LIMIT $3`,
			[...new Set(types)],
			from,
			wanted,
		);
		return rows.map(toEvent);
	}

	async idsSince(after: number, limit: number): Promise<Pick<ChangeEvent, 'seq' | 'canonicalId'>[]> {
		return await this.db.all('SELECT seq, canonical_id AS "canonicalId" FROM @events WHERE seq > $1 ORDER BY seq LIMIT $2', wholeNumber(after), rowLimit(limit));
	}

	async ofProfile(canonicalIds: readonly string[], limit: number): Promise<ChangeEvent[]> {
		if (canonicalIds.length === 0) return [];
		const rows = await this.db.all<EventRow>(
			`SELECT e.* FROM unnest($1::text[]) n (id)
			CROSS JOIN LATERAL (SELECT * FROM @events WHERE canonical_id = n.id ORDER BY seq DESC LIMIT $2) e ORDER BY e.seq DESC LIMIT $2`,
			[...new Set(canonicalIds)],
			rowLimit(limit),
		);
		return rows.map(toEvent);
	}

	async lastSeq(): Promise<number> {
		return (await this.db.get<{ seq: number }>("SELECT last AS seq FROM @counters WHERE name = 'events'"))?.seq ?? 0;
	}

	async firstSeq(): Promise<number> {
		return (await this.db.get<{ seq: number }>('SELECT seq FROM @events ORDER BY seq LIMIT 1'))?.seq ?? (await this.lastSeq()) + 1;
	}

	async append(events: readonly NewChangeEvent[]): Promise<number[]> {
		if (events.length === 0) return [];
		const row = await this.db.get<{ base: number }>(
			`WITH ${taken('events', '$1')},
			added AS (
				INSERT INTO @events (seq, type, canonical_id, entity, at, data) SELECT taken.base + n.place, n.type, n.id, n.entity, n.at, n.data
				FROM taken, unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) WITH ORDINALITY n (type, id, entity, at, data, place)
				ORDER BY n.place
			)
			SELECT base FROM taken`,
			events.length,
			events.map(({ type }) => type),
			events.map(({ canonicalId }) => canonicalId),
			events.map(({ entity }) => entity),
			events.map(({ at }) => at),
			events.map(({ data }) => JSON.stringify(data)),
		);
		const base = row?.base ?? 0;
		this.db.growth.note(base, events.length);
		return events.map((_, index) => base + index + 1);
	}

	async prune(before: string, limit: number): Promise<number> {
		return await this.db.run(
			`WITH oldest AS MATERIALIZED (SELECT seq, at FROM @events ORDER BY seq LIMIT $1)
			DELETE FROM @events WHERE seq < coalesce((SELECT min(seq) FROM oldest WHERE at >= $2), (SELECT max(seq) + 1 FROM oldest))`,
			rowLimit(limit),
			before,
		);
	}
}

function toEvent({ canonical_id: canonicalId, data, seq, type, entity, at }: EventRow): ChangeEvent {
	return { seq, type, canonicalId, entity, at, data: readEventData(data, seq) };
}
