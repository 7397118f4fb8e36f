import { Client, escapeIdentifier } from 'pg';
import { closeAllStores, openStore } from '../../lib';
import { PLANNER } from '../../lib/store/postgres/open-schema';

type Row = Record<string, unknown>;
interface Column {
	name: string;
	type: string;
}

/** Tables with the column that says which record, or which profile, a row belongs to. */
const OF_RECORDS = { records: 'no', record_contents: 'no', record_keys: 'no', keys: 'no', evidence: 'b' } as const;
const OF_PROFILES = { profiles: 'no', goldens: 'no', profile_search: 'no', household_keys: 'profile_no', canonical_ids: 'profile_no' } as const;
/** Numbers of records at which the planner is told how large the tables are, as the store does it; it plans for empty ones until then. */
const ANALYZED_AT = [500, 5_000, 50_000, 500_000];

/**
 * The floor in PostgreSQL: the rows of the store in `schema`, written once more into the empty store `into` by bare statements of `batch` records each
 * (one INSERT from arrays a table), with the look-ups that no way of matching can do without.
 * @returns milliseconds, without the reading of the rows
 */
export async function floorOfPostgres(url: string, schema: string, into: string, batch: number): Promise<number> {
	await openStore({ url, schema: into });
	await closeAllStores();
	const client = new Client(url);
	await client.connect();
	try {
		const columns = await columnsOf(client, schema);
		const last = async (table: string, column: string) => Number((await client.query<{ last: string | null }>(`SELECT max(${column}) AS last FROM ${at(schema, table)}`)).rows[0]?.last ?? 0);
		const until = { record: await last('records', 'no'), profile: await last('profiles', 'no'), event: await last('events', 'seq') };
		let milliseconds = 0;
		for (let done = 0; done < until.record; done += batch) {
			const end = Math.min(until.record, done + batch);
			const part = (total: number) => [Math.floor((done / until.record) * total), Math.floor((end / until.record) * total)] as const;
			const rows = await read(client, schema, [done, end], part(until.profile), part(until.event));
			const begun = performance.now();
			// Without the store's settings a look-up reads all keys there are each time.
			await client.query(`BEGIN; ${PLANNER}`);
			await lookUp(client, into, rows);
			for (const [table, own] of Object.entries(rows)) await insert(client, at(into, table), columns.get(table) ?? [], own);
			if (ANALYZED_AT.some((step) => done < step && step <= end)) await client.query(`ANALYZE ${Object.keys(rows).map((table) => at(into, table)).join(', ')}`);
			await client.query('COMMIT');
			milliseconds += performance.now() - begun;
		}
		return milliseconds;
	} finally {
		await client.end();
	}
}

const at = (schema: string, table: string) => `${escapeIdentifier(schema)}.${table}`;

async function columnsOf(client: Client, schema: string): Promise<Map<string, Column[]>> {
	const sql = 'SELECT table_name, column_name AS name, udt_name AS type FROM information_schema.columns WHERE table_schema = $1 ORDER BY ordinal_position';
	const tables = new Map<string, Column[]>();
	for (const { table_name: table, ...column } of (await client.query<Column & { table_name: string }>(sql, [schema])).rows) {
		tables.set(table, [...(tables.get(table) ?? []), column]);
	}
	return tables;
}

async function read(client: Client, schema: string, records: readonly [number, number], profiles: readonly [number, number], events: readonly [number, number]): Promise<Record<string, Row[]>> {
	const rows: Record<string, Row[]> = {};
	const add = async (table: string, column: string, [after, last]: readonly [number, number]) => {
		rows[table] = (await client.query<Row>(`SELECT * FROM ${at(schema, table)} WHERE ${column} > $1 AND ${column} <= $2`, [after, last])).rows;
	};
	for (const [table, column] of Object.entries(OF_RECORDS)) await add(table, column, records);
	for (const [table, column] of Object.entries(OF_PROFILES)) await add(table, column, profiles);
	await add('events', 'seq', events);
	for (const row of rows.records ?? []) row.profile_no = null;
	return rows;
}

async function lookUp(client: Client, schema: string, { records = [], keys = [] }: Record<string, Row[]>): Promise<void> {
	const of = (rows: Row[], column: string) => rows.map((row) => row[column]);
	await client.query(
		`SELECT r.* FROM unnest($1::text[], $2::text[], $3::text[]) AS n (source_id, object, system) JOIN ${at(schema, 'records')} r USING (source_id, object, system)`,
		[of(records, 'source_id'), of(records, 'object'), of(records, 'system')],
	);
	await client.query(`SELECT k.* FROM unnest($1::text[]) AS n (key) JOIN ${at(schema, 'keys')} k USING (key)`, [[...new Set(of(keys, 'key'))]]);
	await client.query(`SELECT e.* FROM unnest($1::bigint[]) AS n (a) JOIN ${at(schema, 'evidence')} e USING (a)`, [of(records, 'no')]);
}

async function insert(client: Client, table: string, columns: readonly Column[], rows: readonly Row[]): Promise<void> {
	if (rows.length === 0) return;
	const names = columns.map(({ name }) => name).join(', ');
	// A column of words has no array type of its own use here: it goes over as text.
	const arrays = columns.map(({ type }, index) => `$${index + 1}::${type === 'tsvector' ? 'text' : type}[]`).join(', ');
	const values = columns.map(({ name, type }) => (type === 'tsvector' ? `u.${name}::tsvector` : `u.${name}`)).join(', ');
	await client.query(`INSERT INTO ${table} (${names}) SELECT ${values} FROM unnest(${arrays}) AS u (${names})`, columns.map(({ name }) => rows.map((row) => row[name])));
}
