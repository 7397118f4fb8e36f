import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { checkStore } from '../../lib/identity';
import { openStore } from '../../lib/store';
import { AT, person, putPersons } from '../store/samples';
import { run } from '../unit/cli/command';
import { ingestRecords } from './ingest-records';
import { overlappingRecords } from './overlapping-people';
import { temporarySchemas } from './schemas';
import { changedUrl, postgresUrl, runSql } from './server';

/** Older servers know no such limit, so nobody can have set it. */
const FIRST_WITH_TRANSACTION_TIMEOUT = 170_000;

describe('a server as somebody else has set it up', () => {
	const newSchema = temporarySchemas();
	const roles: string[] = [];
	const databases: string[] = [];

	/** A role with these settings, and a schema of its own. */
	async function asRole(...settings: string[]): Promise<{ url: string; schema: string; role: string }> {
		const { url, schema } = await newSchema();
		const role = `role_${randomUUID().replaceAll('-', '')}`;
		await runSql(url, `CREATE ROLE ${role} LOGIN PASSWORD 'pw'`, `CREATE SCHEMA "${schema}" AUTHORIZATION ${role}`, ...settings.map((one) => `ALTER ROLE ${role} SET ${one}`));
		roles.push(role);
		return { url: changedUrl(url, { username: role, password: 'pw' }), schema, role };
	}

	async function databaseIn(encoding: string): Promise<string> {
		const name = `db_${randomUUID().replaceAll('-', '')}`;
		await runSql(await postgresUrl(), `CREATE DATABASE ${name} TEMPLATE template0 ENCODING '${encoding}' LOCALE 'C'`);
		databases.push(name);
		return changedUrl(await postgresUrl(), { pathname: `/${name}` });
	}

	afterEach(async () => {
		for (const name of databases.splice(0)) await runSql(await postgresUrl(), `DROP DATABASE ${name}`);
		for (const role of roles.splice(0)) await runSql(await postgresUrl(), `DROP OWNED BY ${role} CASCADE`, `DROP ROLE ${role}`);
	});

	test('a database in LATIN1 is refused while it is empty, and not with the first name that it has no letters for', async () => {
		const url = await databaseIn('LATIN1');
		await expect(openStore({ url })).rejects.toMatchObject({ code: 'unsupported', message: expect.stringMatching(/keeps texts in LATIN1.*ENCODING 'UTF8'/) });
		expect(await runSql(url, "SELECT 1 FROM pg_namespace WHERE nspname = 'customer360'")).toEqual([]);
	});

	test('one in SQL_ASCII keeps every letter', async () => {
		const url = await databaseIn('SQL_ASCII');
		const store = await openStore({ url });
		await putPersons(store, 'Łódź 東京 😀');
		expect(await store.read(async (tx) => (await tx.records.scan(0, 9)).map(({ sourceId }) => sourceId))).toEqual(['Łódź 東京 😀']);
		await store.close();
	});

	test('settings of a role that bend how texts, numbers and names are read change nothing', async () => {
		const store = await openStore(await asRole(
			"search_path = 'nowhere'", "DateStyle = 'SQL, DMY'", 'bytea_output = escape', 'extra_float_digits = -5', 'standard_conforming_strings = off',
			'default_transaction_isolation = serializable', "client_encoding = 'LATIN1'", 'array_nulls = off', 'transform_null_equals = on', "lock_timeout = '1ms'",
		));
		const records = overlappingRecords(20);
		await ingestRecords(store, records, 25);
		expect(await checkStore(store, Date.now())).toMatchObject({ records: records.length, waiting: 0, problems: [] });
	});

	test('a role whose idle transactions are ended at once reads as it writes', async () => {
		const store = await openStore(await asRole("idle_in_transaction_session_timeout = '20ms'"));
		await putPersons(store, '1');
		const counts = await store.read(async (tx) => {
			await new Promise((resolve) => setTimeout(resolve, 200));
			return await tx.records.counts();
		});
		expect(counts).toMatchObject([{ records: 1 }]);
	});

	test('a read that stands still for very long is ended, so that the server can clean up behind it', async () => {
		const store = await openStore(await newSchema(), { standstillMs: 100 });
		const still = store.read(async (tx) => {
			await new Promise((resolve) => setTimeout(resolve, 1_000));
			return await tx.records.counts();
		});
		await expect(still).rejects.toMatchObject({ code: 'locked', message: expect.stringContaining('stood still for too long') });
	});

	test('a limit that the role has for a transaction is named, with what to set', async () => {
		const { url, schema, role } = await asRole();
		await (await openStore({ url, schema })).close();
		const [{ version } = {}] = await runSql(url, "SELECT current_setting('server_version_num')::int AS version");
		const limiting = runSql(await postgresUrl(), `ALTER ROLE ${role} SET transaction_timeout = '300ms'`);
		if (Number(version) < FIRST_WITH_TRANSACTION_TIMEOUT) return await expect(limiting).rejects.toThrow('unrecognized configuration parameter');
		await limiting;
		const slow = await openStore({ url, schema });
		const written = slow.write(async (tx) => {
			await tx.records.put([person('1')], AT);
			await new Promise((resolve) => setTimeout(resolve, 600));
			await tx.records.put([person('2')], AT);
		});
		await expect(written).rejects.toMatchObject({ code: 'locked', message: expect.stringMatching(/nothing of this step was kept.*transaction_timeout to 0/) });
	});

	test.each([
		['XX001', 'invalid page in block 3', 'not_a_store', /invalid page in block 3.*put a backup in its place/],
		['53200', 'out of memory', 'disk_full', /too little memory.*nothing of this step was kept/],
		['53400', 'temporary file size exceeds', 'disk_full', /too low a limit.*Raise this limit for the role/],
		['22P05', 'character with byte sequence', 'unsupported', /encoding must be UTF8/],
	])('the server says %s: %s', async (state, words, code, message) => {
		const target = await newSchema();
		const store = await openStore(target);
		await runSql(
			target.url,
			`CREATE FUNCTION "${target.schema}".fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '${words}' USING ERRCODE = '${state}'; END $$`,
			`CREATE TRIGGER fail BEFORE INSERT ON "${target.schema}".records EXECUTE FUNCTION "${target.schema}".fail()`,
		);
		await expect(putPersons(store, '1')).rejects.toMatchObject({ name: 'StoreError', code, message: expect.stringMatching(message) });
	});

	test('rows that a policy hides are not missed in silence', async () => {
		const { url, schema } = await asRole();
		const store = await openStore({ url, schema });
		await putPersons(store, '1');
		await runSql(url, `ALTER TABLE "${schema}".records ENABLE ROW LEVEL SECURITY`, `ALTER TABLE "${schema}".records FORCE ROW LEVEL SECURITY`);
		const counting = store.read(async (tx) => await tx.records.counts());
		await expect(counting).rejects.toMatchObject({ code: 'not_writable', message: expect.stringContaining('row-level security') });
	});

	test('a table that somebody has locked is not waited for without end, whether one reads, writes or opens', async () => {
		const target = await newSchema();
		const store = await openStore(target, { lockTimeoutMs: 200 });
		const locked = { code: 'locked', message: expect.stringMatching(/locked its tables.*pg_stat_activity/) };
		const attempts = async () => {
			await expect(store.read(async (tx) => await tx.records.counts())).rejects.toMatchObject(locked);
			await expect(putPersons(store, '1')).rejects.toMatchObject(locked);
			// Another parameter makes another store of it, as another process has one.
			await expect(openStore({ ...target, url: `${target.url}?application_name=other` }, { lockTimeoutMs: 200 })).rejects.toMatchObject(locked);
		};
		await whileLocked(target.url, ['meta', 'records'].map((table) => `"${target.schema}".${table}`), attempts);
		expect(await putPersons(store, '2')).toEqual([1]);
	});

	test('the command line says what it waits for', async () => {
		const target = await newSchema();
		await (await openStore(target)).close();
		let checking: ReturnType<typeof run> | undefined;
		await whileLocked(target.url, [`"${target.schema}".meta`], async () => {
			checking = run('check', '--store', `${target.url}?schema=${target.schema}`);
			await new Promise((resolve) => setTimeout(resolve, 4_000));
		});
		expect(await checking).toMatchObject({ code: 0, err: expect.stringMatching(/^Waiting for other processes that write .*, or have locked its tables \.\.\.$/m) });
	}, 20_000);

	test('a role that has all its connections is told whose limits those are', async () => {
		const { url, schema, role } = await asRole();
		await runSql(await postgresUrl(), `ALTER ROLE ${role} CONNECTION LIMIT 0`);
		await expect(openStore({ url, schema }, { patienceMs: 0 })).rejects.toMatchObject({ code: 'unreachable', message: expect.stringMatching(/too many connections.*CONNECTION LIMIT/) });
	});

	test('a URL whose query_timeout runs out says that the database does not answer', async () => {
		const target = await newSchema();
		await openStore(target);
		await whileLocked(target.url, [`"${target.schema}".meta`], async () => {
			await expect(openStore({ ...target, url: `${target.url}?query_timeout=100` }, { patienceMs: 0 })).rejects.toMatchObject({ code: 'unreachable', message: expect.stringContaining('Query read timeout') });
		});
	});
});

/** Does something while another session has these tables locked. */
async function whileLocked(url: string, tables: readonly string[], work: () => Promise<void>): Promise<void> {
	const client = new Client(url);
	await client.connect();
	try {
		await client.query(`BEGIN; LOCK TABLE ${tables.join(', ')} IN ACCESS EXCLUSIVE MODE`);
		await work();
	} finally {
		await client.end();
	}
}
