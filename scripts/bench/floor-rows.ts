import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { keyDigest } from '../../lib/store/key-digest';
import { readListedKeys } from '../../lib/store/listed-keys';

export type Row = Record<string, SQLInputValue>;

/** What a store held before; rows above these numbers were added since. */
export interface Mark {
	record: number;
	profile: number;
	event: number;
}

/** What a batch of records brought into a store. */
export interface BatchRows {
	/** New rows by their table; keys and homes stand in the tables for recent ones. */
	added: Record<string, Row[]>;
	/** Golden records, with their profile's `revision` and `updated_at`, of those who were there already and gained a record. */
	grown: Row[];
}

/** Tables whose rows belong to one record, and to one profile, whose rows come first: records refer to them. */
const OF_RECORDS = { records: 'no', record_contents: 'no', record_keys: 'no', evidence: 'b' } as const;
const OF_PROFILES = { profiles: 'no', goldens: 'no', household_keys: 'profile_no' } as const;
export const TABLES = [...Object.keys(OF_PROFILES), 'canonical_ids', ...Object.keys(OF_RECORDS), 'keys', 'recent_keys', 'recent_homes', 'events'];

/** Reads what batches of records added to a store since `mark`, in their order; a profile comes with the first of its records. */
export class FloorRows {
	readonly until: Mark;
	readonly #seen = new Set<number>();

	constructor(
		private readonly source: DatabaseSync,
		private readonly since: Mark,
	) {
		this.until = lastRows(source);
	}

	/** Of the records above `after` up to and with `last`. */
	of(after: number, last: number): BatchRows {
		const { source, since, until } = this;
		const between = (table: string, column: string, from: number, to: number) =>
			source.prepare(`SELECT * FROM ${table} WHERE ${column} > ? AND ${column} <= ?`).all(from, to) as Row[];
		const ofRecords = Object.fromEntries(Object.entries(OF_RECORDS).map(([table, column]) => [table, between(table, column, after, last)]));
		const profiles = [...new Set((ofRecords.records ?? []).flatMap((row) => (row.profile_no === null ? [] : [row.profile_no as number])))];
		const made = JSON.stringify(profiles.filter((no) => no > since.profile && !this.#seen.has(no)));
		const grown = JSON.stringify(profiles.filter((no) => no <= since.profile || this.#seen.has(no)));
		for (const no of profiles) this.#seen.add(no);
		const ofThese = (table: string, column: string) => source.prepare(`SELECT t.* FROM json_each(?) n CROSS JOIN ${table} t WHERE t.${column} = n.value`).all(made) as Row[];
		const ofProfiles = Object.fromEntries(Object.entries(OF_PROFILES).map(([table, column]) => [table, ofThese(table, column)]));
		const keys = (ofRecords.record_keys ?? []).flatMap((row) => readListedKeys(row.keys as string, 'of the floor').map(({ key, who }): Row => ({ key: keyDigest(key), no: row.no as number, who })));
		// Events name no record: they come as records do, some before and some after.
		const event = (no: number) => since.event + Math.floor(((no - since.record) / (until.record - since.record)) * (until.event - since.event));
		return {
			added: {
				...ofProfiles,
				canonical_ids: (ofProfiles.profiles ?? []).map(({ canonical_id, no }): Row => ({ canonical_id: canonical_id as string, profile_no: no as number, retired: 0 })),
				...ofRecords,
				recent_keys: keys.sort(byKey),
				recent_homes: (ofProfiles.household_keys ?? []).toSorted(byKey),
				events: between('events', 'seq', event(after), event(last)),
			},
			grown: source.prepare('SELECT g.*, p.revision, p.updated_at FROM json_each(?) n CROSS JOIN goldens g ON g.no = n.value CROSS JOIN profiles p ON p.no = g.no').all(grown),
		};
	}
}

export function lastRows(db: DatabaseSync): Mark {
	const last = (sql: string) => (db.prepare(sql).get() as { last: number | null }).last ?? 0;
	return { record: last('SELECT max(no) AS last FROM records'), profile: last('SELECT max(no) AS last FROM profiles'), event: last('SELECT max(seq) AS last FROM events') };
}

function byKey(x: Row, y: Row): number {
	return (x.key as string) < (y.key as string) ? -1 : 1;
}
