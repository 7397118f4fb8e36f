import { type Entity, refKey } from '../../domain';
import type { ComingRecord, Departure, DeparturePlace, DepartureWriter, ListedDeparture } from '../interface';
import { rowLimit } from '../row-limit';
import { fromStoredText, toStoredText } from '../text';
import type { Connection } from './connection';
import type { Immediate } from './transaction';

const OF = `SELECT n.key, i.profile_no FROM json_each(?) n
	CROSS JOIN departures d ON d.source_id = n.value ->> 0 AND d.object = n.value ->> 1 AND d.system = n.value ->> 2 AND d.entity = n.value ->> 3
	LEFT JOIN canonical_ids i ON i.canonical_id = d.canonical_id`;
const BEHIND = `FROM departures d WHERE (d.source_id, d.object, d.system, d.entity) > (?, ?, ?, ?)
	ORDER BY d.source_id, d.object, d.system, d.entity LIMIT ? + 0`;
const SCAN = `SELECT d.source_id, d.object, d.system, d.entity, d.canonical_id, EXISTS (SELECT 1 FROM canonical_ids i WHERE i.canonical_id = d.canonical_id)
	OR EXISTS (SELECT 1 FROM promised_ids p WHERE p.canonical_id = d.canonical_id) ${BEHIND}`;

type Key = [sourceId: string, object: string, system: string, entity: Entity];

export class SqliteDepartures implements Immediate<DepartureWriter> {
	constructor(private readonly db: Connection) {}

	of(records: readonly ComingRecord[]): Map<string, number | null> {
		const asked = JSON.stringify(records.map(({ sourceId, object, system, kind }) => [toStoredText(sourceId), object, system, kind]));
		const rows = this.db.lists<[place: number, no: number | null]>(OF, asked);
		return new Map(rows.map(([place, no]) => [refKey(records[place] as ComingRecord), no]));
	}

	scan(after: DeparturePlace | null, limit: number): ListedDeparture[] {
		const rows = this.db.lists<[...Key, canonicalId: string, known: number]>(SCAN, ...behind(after), rowLimit(limit));
		return rows.map(([sourceId, object, system, entity, id, known]) => ({
			...{ system, object, sourceId: fromStoredText(sourceId), entity },
			...{ canonicalId: fromStoredText(id), known: known === 1 },
		}));
	}

	add(departures: readonly Departure[], at: string): void {
		const sql = 'INSERT OR REPLACE INTO departures (source_id, object, system, entity, canonical_id, at) VALUES (?, ?, ?, ?, ?, ?)';
		for (const { system, object, sourceId, entity, canonicalId } of departures) {
			this.db.run(sql, toStoredText(sourceId), object, system, entity, toStoredText(canonicalId), at);
		}
	}

	remove(records: readonly ComingRecord[]): void {
		for (const { system, object, sourceId, kind } of records) this.#remove([toStoredText(sourceId), object, system, kind]);
	}

	prune(before: string, after: DeparturePlace | null, limit: number): { removed: number; last: DeparturePlace | null } {
		const sql = `SELECT d.source_id, d.object, d.system, d.entity, d.at < ? ${BEHIND}`;
		const page = this.db.lists<[...Key, old: number]>(sql, before, ...behind(after), rowLimit(limit));
		const old = page.filter(([, , , , isOld]) => isOld === 1);
		for (const [sourceId, object, system, entity] of old) this.#remove([sourceId, object, system, entity]);
		const [sourceId, object, system, entity] = page.at(-1) ?? [];
		if (sourceId === undefined || object === undefined || system === undefined || entity === undefined) return { removed: 0, last: null };
		return { removed: old.length, last: { sourceId: fromStoredText(sourceId), object, system, entity } };
	}

	#remove(key: readonly [string, string, string, string]): void {
		this.db.run('DELETE FROM departures WHERE source_id = ? AND object = ? AND system = ? AND entity = ?', ...key);
	}
}

function behind(after: DeparturePlace | null): [string, string, string, string] {
	return after === null ? ['', '', '', ''] : [toStoredText(after.sourceId), after.object, after.system, after.entity];
}
