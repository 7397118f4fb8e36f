import { type Entity, refKey } from '../../domain';
import type { ComingRecord, Departure, DeparturePlace, DepartureWriter, ListedDeparture } from '../interface';
import { rowLimit } from '../row-limit';
import type { Connection } from './connection';

const LISTED = 'unnest($1::text[], $2::text[], $3::text[], $4::text[])';
const SAME = 'd.source_id = n.source_id AND d.object = n.object AND d.system = n.system AND d.entity = n.entity';
const OF = `SELECT n.place, i.profile_no AS no FROM ${LISTED} WITH ORDINALITY n (source_id, object, system, entity, place)
	JOIN @departures d ON ${SAME} LEFT JOIN @canonical_ids i ON i.canonical_id = d.canonical_id`;
const BEHIND = `FROM @departures d WHERE (d.source_id, d.object, d.system, d.entity) > ($1, $2, $3, $4)
	ORDER BY d.source_id, d.object, d.system, d.entity LIMIT $5`;
const SCAN = `SELECT d.source_id AS "sourceId", d.object, d.system, d.entity, d.canonical_id AS "canonicalId",
	EXISTS (SELECT 1 FROM @canonical_ids i WHERE i.canonical_id = d.canonical_id)
		OR EXISTS (SELECT 1 FROM @promised_ids p WHERE p.canonical_id = d.canonical_id) AS known ${BEHIND}`;
const REMOVE = `DELETE FROM @departures d USING ${LISTED} n (source_id, object, system, entity) WHERE ${SAME}`;

export class PostgresDepartures implements DepartureWriter {
	constructor(private readonly db: Connection) {}

	async of(records: readonly ComingRecord[]): Promise<Map<string, number | null>> {
		if (records.length === 0) return new Map();
		const rows = await this.db.all<{ place: number; no: number | null }>(OF, ...columnsOf(records.map(({ kind, ...ref }) => ({ ...ref, entity: kind }))));
		return new Map(rows.map(({ place, no }) => [refKey(records[place - 1] as ComingRecord), no]));
	}

	async scan(after: DeparturePlace | null, limit: number): Promise<ListedDeparture[]> {
		return (await this.db.all<ListedDeparture>(SCAN, ...behind(after), rowLimit(limit))).map((row) => ({ ...row }));
	}

	async add(departures: readonly Departure[], at: string): Promise<void> {
		if (departures.length === 0) return;
		const last = [...new Map(departures.map((one) => [`${one.entity} ${refKey(one)}`, one])).values()];
		await this.db.run(
			`INSERT INTO @departures (source_id, object, system, entity, canonical_id, at)
			SELECT n.*, $6 FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) n
			ON CONFLICT (source_id, object, system, entity) DO UPDATE SET canonical_id = excluded.canonical_id, at = excluded.at`,
			...columnsOf(last),
			last.map(({ canonicalId }) => canonicalId),
			at,
		);
	}

	async remove(records: readonly ComingRecord[]): Promise<void> {
		if (records.length > 0) await this.db.run(REMOVE, ...columnsOf(records.map(({ kind, ...ref }) => ({ ...ref, entity: kind }))));
	}

	async prune(before: string, after: DeparturePlace | null, limit: number): Promise<{ removed: number; last: DeparturePlace | null }> {
		const sql = `SELECT d.source_id AS "sourceId", d.object, d.system, d.entity, d.at < $6 AS "isOld" ${BEHIND}`;
		const page = await this.db.all<DeparturePlace & { isOld: boolean }>(sql, ...behind(after), rowLimit(limit), before);
		const old = page.filter(({ isOld }) => isOld);
		if (old.length > 0) await this.db.run(REMOVE, ...columnsOf(old));
		const last = page.at(-1);
		return { removed: old.length, last: last ? { sourceId: last.sourceId, object: last.object, system: last.system, entity: last.entity } : null };
	}
}

function behind(after: DeparturePlace | null): [string, string, string, string] {
	return after === null ? ['', '', '', ''] : [after.sourceId, after.object, after.system, after.entity];
}

function columnsOf(keys: readonly { sourceId: string; object: string; system: string; entity: Entity | 'activity' }[]): string[][] {
	return [keys.map(({ sourceId }) => sourceId), keys.map(({ object }) => object), keys.map(({ system }) => system), keys.map(({ entity }) => entity)];
}
