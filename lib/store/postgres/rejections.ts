import { refKey, type RecordRef, type RejectedRecord } from '../../domain';
import type { RejectionWriter } from '../interface';
import { rowLimit } from '../row-limit';
import type { Connection } from './connection';
import { taken } from './counters';

interface RejectionRow {
	system: string;
	object: string;
	source_id: string;
	reason: string;
	field: string | null;
	remedy: string;
	at: string;
}

export class PostgresRejections implements RejectionWriter {
	constructor(private readonly db: Connection) {}

	async list(limit: number): Promise<(Omit<RejectedRecord, 'raw'> & { at: string })[]> {
		const rows = await this.db.all<RejectionRow>('SELECT * FROM @rejections ORDER BY at DESC, id DESC LIMIT $1', rowLimit(limit));
		return rows.map(({ system, object, source_id: sourceId, reason, field, remedy, at }) => {
			return { system, object, sourceId, reason, ...(field === null ? {} : { field }), remedy, at };
		});
	}

	async count(): Promise<number> {
		return (await this.db.get<{ rejections: number }>('SELECT count(*) AS rejections FROM @rejections'))?.rejections ?? 0;
	}

	/** Of a record that is listed twice the last rejection counts, at its later place. */
	async put(rejected: readonly RejectedRecord[], at: string): Promise<void> {
		if (rejected.length === 0) return;
		const last = [...new Map([...rejected].reverse().map((one) => [refKey(one), one])).values()].reverse();
		await this.db.run(
			`WITH ${taken('rejections', '$1')}
			INSERT INTO @rejections (id, system, object, source_id, reason, field, remedy, at)
			SELECT taken.base + n.place, n.system, n.object, n.source_id, n.reason, n.field, n.remedy, $8
			FROM taken, unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
				WITH ORDINALITY n (system, object, source_id, reason, field, remedy, place)
			ON CONFLICT (source_id, object, system) DO UPDATE SET id = excluded.id, reason = excluded.reason, field = excluded.field,
				remedy = excluded.remedy, at = excluded.at`,
			last.length,
			last.map(({ system }) => system),
			last.map(({ object }) => object),
			last.map(({ sourceId }) => sourceId),
			last.map(({ reason }) => reason),
			last.map(({ field }) => field ?? null),
			last.map(({ remedy }) => remedy),
			at,
		);
	}

	async remove(refs: readonly RecordRef[]): Promise<void> {
		if (refs.length === 0) return;
		await this.db.run(
			`DELETE FROM @rejections r USING unnest($1::text[], $2::text[], $3::text[]) n (source_id, object, system)
			WHERE r.source_id = n.source_id AND r.object = n.object AND r.system = n.system AND EXISTS (SELECT 1 FROM @rejections)`,
			refs.map(({ sourceId }) => sourceId),
			refs.map(({ object }) => object),
			refs.map(({ system }) => system),
		);
	}
	async prune(before: string, limit: number): Promise<number> {
		const sql = 'DELETE FROM @rejections WHERE id IN (SELECT id FROM @rejections WHERE at < $1 ORDER BY at, id LIMIT $2)';
		return await this.db.run(sql, before, rowLimit(limit));
	}
}
