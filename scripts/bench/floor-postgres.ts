import { Client, escapeIdentifier } from 'pg';
import { closeAllStores, openStore } from '../../lib';
import { PLANNER } from '../../lib/store/postgres/begin';

type Row = Record<string, unknown>;
interface Column {
	name: string;
	type: string;
}

/** Tables with the column that says which record, or which profile, whose rows come first, a row belongs to. */
const OF_RECORDS = { records: 'no', record_contents: 'no', record_keys: 'no', keys: 'no', evidence: 'b' } as const;
const OF_PROFILES = { profiles: 'no', goldens: 'no', profile_search: 'no', household_keys: 'profile_no', canonical_ids: 'profile_no' } as const;
const CHANGES_OF_GROWN = { goldens: ['golden', 'companies', 'name', 'home', 'segments', 'search_text'], profiles: ['revision', 'updated_at'] } as const;
/** Numbers of records at which the planner is told how large the tables are, as the store does it; it plans for empty ones until then. */
const ANALYZED_AT = [500, 5_000, 50_000, 500_000];

/**
 * The floor in PostgreSQL: the rows of the store in `schema`, written once more into the empty store `into` by bare statements of `batch` records each
 * (one INSERT from arrays a table, and one UPDATE for profiles and golden records that gained a record), with the look-ups that no way of matching can do without.
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
		const until = { record: await last('records', 'no'), event: await last('events', 'seq') };
		const seen = new Set<string>();
		let milliseconds = 0;
		for (let done = 0; done < until.record; done += batch) {
			const end = Math.min(until.record, done + batch);
			const event = (no: number) => Math.floor((no / until.record) * until.event);
			const { rows, grown } = await read(client, schema, [done, end], [event(done), event(end)], seen);
			const begun = performance.now();
			// Without the store's settings a look-up reads all keys there are each time.
			await client.query(`BEGIN; ${PLANNER}`);
			await lookUp(client, into, rows);
			for (const [table, own] of Object.entries(rows)) await insert(client, at(into, table), columns.get(table) ?? [], own);
			await change(client, into, grown);
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

/** What the records above the first number up to and with the last brought; a profile comes with the first of its records. */
async function read(client: Client, schema: string, records: readonly [number, number], events: readonly [number, number], seen: Set<string>): Promise<{ rows: Record<string, Row[]>; grown: Row[] }> {
	const between = async (table: string, column: string, [after, last]: readonly [number, number]) =>
		(await client.query<Row>(`SELECT * FROM ${at(schema, table)} WHERE ${column} > $1 AND ${column} <= $2`, [after, last])).rows;
	const ofRecords: Record<string, Row[]> = {};
	for (const [table, column] of Object.entries(OF_RECORDS)) ofRecords[table] = await between(table, column, records);
	const profiles = [...new Set((ofRecords.records ?? []).flatMap((row) => (typeof row.profile_no === 'string' ? [row.profile_no] : [])))];
	const made = profiles.filter((no) => !seen.has(no));
	const grown = profiles.filter((no) => seen.has(no));
	for (const no of made) seen.add(no);
	const ofProfiles: Record<string, Row[]> = {};
	for (const [table, column] of Object.entries(OF_PROFILES)) {
		ofProfiles[table] = (await client.query<Row>(`SELECT * FROM ${at(schema, table)} WHERE ${column} = ANY ($1::bigint[])`, [made])).rows;
	}
	const changed = `SELECT * FROM ${at(schema, 'goldens')} JOIN ${at(schema, 'profiles')} USING (no) WHERE no = ANY ($1::bigint[])`;
	// Events name no record: they come as records do, some before and some after.
	return { rows: { ...ofProfiles, ...ofRecords, events: await between('events', 'seq', events) }, grown: (await client.query<Row>(changed, [grown])).rows };
}

async function lookUp(client: Client, schema: string, { records = [], keys = [], evidence = [] }: Record<string, Row[]>): Promise<void> {
	await client.query(
		`SELECT r.* FROM unnest($1::text[], $2::text[], $3::text[]) AS n (source_id, object, system) JOIN ${at(schema, 'records')} r USING (source_id, object, system)`,
		[of(records, 'source_id'), of(records, 'object'), of(records, 'system')],
	);
	await client.query(`SELECT k.* FROM unnest($1::text[]) AS n (key) JOIN ${at(schema, 'keys')} k USING (key)`, [[...new Set(of(keys, 'key'))]]);
	await client.query(`SELECT e.* FROM unnest($1::bigint[]) AS n (a) JOIN ${at(schema, 'evidence')} e USING (a)`, [of(records, 'no')]);
	await client.query(`SELECT k.forms FROM unnest($1::bigint[]) AS n (no) JOIN ${at(schema, 'record_keys')} k USING (no)`, [[...new Set(of(evidence, 'a'))]]);
}

/** Golden records anew, of all records that their profiles have now. */
async function change(client: Client, schema: string, grown: readonly Row[]): Promise<void> {
	const nos = of(grown, 'no');
	await client.query(
		`SELECT r.*, c.content FROM unnest($1::bigint[]) AS n (no) JOIN ${at(schema, 'records')} r ON r.profile_no = n.no JOIN ${at(schema, 'record_contents')} c ON c.no = r.no`,
		[nos],
	);
	for (const [table, columns] of Object.entries(CHANGES_OF_GROWN)) {
		const types = columns.map((column) => (column === 'revision' ? 'bigint' : 'text'));
		const arrays = types.map((type, index) => `$${index + 2}::${type}[]`).join(', ');
		const sets = columns.map((column) => `${column} = n.${column}`).join(', ');
		await client.query(
			`UPDATE ${at(schema, table)} t SET ${sets} FROM unnest($1::bigint[], ${arrays}) AS n (no, ${columns.join(', ')}) WHERE t.no = n.no`,
			[nos, ...columns.map((column) => of(grown, column))],
		);
	}
}

const of = (rows: readonly Row[], column: string) => rows.map((row) => row[column]);

async function insert(client: Client, table: string, columns: readonly Column[], rows: readonly Row[]): Promise<void> {
	if (rows.length === 0) return;
	const names = columns.map(({ name }) => name).join(', ');
	// A column of words has no array type of its own use here: it goes over as text.
	const arrays = columns.map(({ type }, index) => `$${index + 1}::${type === 'tsvector' ? 'text' : type}[]`).join(', ');
	const values = columns.map(({ name, type }) => (type === 'tsvector' ? `u.${name}::tsvector` : `u.${name}`)).join(', ');
	await client.query(`INSERT INTO ${table} (${names}) SELECT ${values} FROM unnest(${arrays}) AS u (${names})`, columns.map(({ name }) => rows.map((row) => row[name])));
}
