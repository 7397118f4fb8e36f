import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { closeAllStores, StoreMigration, openStore } from '../../../lib';
import { Schema } from '../../../lib/store/postgres/schema';
import { changedUrl, postgresUrl, runSql } from '../../postgres/server';
import { Desk, run } from './command';

const desk = new Desk();
const schemas: string[] = [];
let url: string;

const ROWS = 'id,first_name,last_name,email\n1,Ann,Hill,ann@acorn-mail.com\n2,Ann,Hill,ann@acorn-mail.com\n3,Bob,Hill,ann@acorn-mail.com\n4,Otto,Quast,otto@acorn-mail.com\n';

beforeAll(async () => {
	url = await postgresUrl();
}, 60_000);
afterAll(async () => {
	desk.clear();
	await closeAllStores();
	for (const schema of schemas) await runSql(url, `DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
});

function newSchema(): string {
	const schema = `migrate_${randomBytes(6).toString('hex')}`;
	schemas.push(schema);
	return schema;
}

let made = 0;
/** A store of four records in a file. */
async function newFile(): Promise<string> {
	const file = desk.path(`store${(made += 1)}.sqlite`);
	expect(await run('ingest', desk.write('crm.csv', ROWS), '--store', file)).toMatchObject({ code: 0 });
	return file;
}

/** Until another writer of this store waits for its lock. */
async function someoneWaits(schema: string): Promise<void> {
	const sql = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND (classid::bigint << 32) | objid::bigint = ${new Schema(schema).lock}`;
	while ((await runSql(url, sql)).length === 0) await wait(5);
}

const inSchema = (schema: string): string => `${url}?schema=${schema}`;

test('a store is moved, says so without a password, and says what to do next; afterwards it is used like any other', async () => {
	const [file, schema] = [await newFile(), newSchema()];
	const { code, out, err } = await run('migrate', '--from', file, '--to', url, '--schema', schema);
	expect([code, out]).toEqual([0, expect.stringMatching(/^Moved \d+ rows, with 4 records and 3 profiles\. Every table has all its rows, 7 records and profiles were compared/)]);
	for (const text of [`From ${file} to ${new URL(url).host}`, 'Stop n8n', 'choose PostgreSQL in the Customer 360 Store API credential', `Keep ${file} as a backup`]) expect(err).toContain(text);
	expect(err + out).not.toContain(new URL(url).password);
	expect(await run('check', '--store', inSchema(schema))).toMatchObject({ code: 0, out: '4 records and 3 profiles are in order.\n' });
	expect((await run('ingest', desk.path('crm.csv'), '--store', inSchema(schema), '--json', desk.path('again.json'))).code).toBe(0);
	expect(JSON.parse(desk.read('again.json'))).toMatchObject({ rows: 4, unchanged: 4, profiles: 3, golden: 0 });
	const again = await run('migrate', '--from', file, '--to', inSchema(schema));
	expect([again.code, again.err]).toEqual([2, expect.stringContaining('is in use: it has records')]);
});

test('an interrupted one is named by every command, and gone on with', async () => {
	const [file, schema] = [await newFile(), newSchema()];
	const migration = await StoreMigration.open(file, { url, schema });
	await expect(
		migration.moveRows((moved) => {
			if (moved > 5) throw new Error('interrupted');
		}),
	).rejects.toThrow('interrupted');
	await migration.close();
	const check = await run('check', '--store', inSchema(schema));
	expect([check.code, check.err]).toEqual([2, expect.stringContaining('customer360 migrate')]);
	const { code, err } = await run('migrate', '--from', file, '--to', inSchema(schema));
	expect([code, err]).toEqual([0, expect.stringMatching(/Going on where it was: \d+ rows of \d+ are there/)]);
});

test('a file that changed between two runs is moved from the beginning, and that is said', async () => {
	const [file, schema] = [await newFile(), newSchema()];
	const migration = await StoreMigration.open(file, { url, schema });
	await migration.moveRows(() => undefined);
	await migration.close();
	expect((await run('ingest', desk.write('more.csv', 'id,email\n9,new@acorn-mail.com\n'), '--store', file)).code).toBe(0);
	const { code, out, err } = await run('migrate', '--from', file, '--to', inSchema(schema));
	expect([code, out, err]).toEqual([0, expect.stringContaining('5 records'), expect.stringContaining('has changed since the last run')]);
});

test('a file that is written to meanwhile ends it with 1 and says how to move the rest', async () => {
	const [file, schema] = [await newFile(), newSchema()];
	const store = await openStore({ file });
	const blocking = await openStore({ url, schema });
	let moving = Promise.resolve({ code: -1, out: '', err: '' });
	await blocking.write(async () => {
		moving = run('migrate', '--from', file, '--to', inSchema(schema));
		await someoneWaits(schema);
		// What is moved is settled by now.
		await store.write(async (tx) => await tx.cursors.set('source:crm', 1, '2026-01-01T00:00:00.000Z'));
	});
	await blocking.close();
	const { code, err } = await moving;
	await store.close();
	expect([code, err]).toEqual([1, expect.stringContaining('was written to meanwhile, and that is not in the new store')]);
	expect(err).toContain(`DROP SCHEMA "${schema}" CASCADE`);
});

test('Ctrl-C ends it after the step under way, with the code of the signal, and says how to go on', async () => {
	const [file, schema] = [await newFile(), newSchema()];
	const blocking = await openStore({ url, schema });
	let moving = Promise.resolve({ code: -1, out: '', err: '' });
	await blocking.write(async () => {
		moving = run('migrate', '--from', file, '--to', inSchema(schema));
		await someoneWaits(schema);
		process.emit('SIGINT');
	});
	await blocking.close();
	const { code, err } = await moving;
	expect([code, err]).toEqual([130, expect.stringMatching(/Stopped\. 0 rows of \d+ are there\. Run the same command again to go on/)]);
	expect((await run('migrate', '--from', file, '--to', inSchema(schema))).code).toBe(0);
});

test('what the old store has of problems is listed, and ends it with 1', async () => {
	const [file, schema] = [await newFile(), newSchema()];
	const database = new DatabaseSync(file);
	database.exec("UPDATE records SET profile_no = NULL WHERE source_id = '4'");
	database.close();
	const { code, out, err } = await run('migrate', '--from', file, '--to', inSchema(schema));
	expect([code, out]).toEqual([1, expect.stringContaining('crm:person:4 is in no profile')]);
	expect(err).toMatch(/problems? of the old store (is|are) in the new one too/);
	expect(out + err).not.toMatch(/Quast|acorn/);
});

describe('what can not be moved', () => {
	const database = 'postgres://ann:s3cret@127.0.0.1:1/customers';

	it.each([
		['a file that is not there', () => ['--from', desk.path('nothing.sqlite'), '--to', database], 'There is no identity store'],
		['a CSV file', () => ['--from', desk.write('people.csv', ROWS), '--to', database], 'is a CSV file, and --from takes an identity store'],
		['a store in PostgreSQL', () => ['--from', database, '--to', database], '--from takes the file of an embedded store'],
		['a place that is a file', () => ['--from', desk.path('store1.sqlite'), '--to', desk.path('copy.sqlite')], '--to takes the URL of a PostgreSQL database'],
		['another database', () => ['--from', desk.path('store1.sqlite'), '--to', 'mysql://ann:s3cret@db/customers'], '--to takes a file or the URL of a PostgreSQL database'],
		['two schemas', () => ['--from', desk.path('store1.sqlite'), '--to', `${database}?schema=a`, '--schema', 'b'], 'names the schema a, and --schema names b'],
		['a URL that can not be read', () => ['--from', desk.path('store1.sqlite'), '--to', 'postgres://ann:s3#cret@h/d'], 'postgres://USER:PASSWORD@HOST:5432/DATABASE'],
		['a file of something else', () => ['--from', desk.write('notes.txt', 'some notes'), '--to', database], 'is damaged, or is no identity store'],
	])('%s', async (_, args, says) => {
		await newFile();
		const { code, err } = await run('migrate', ...args());
		expect([code, err]).toEqual([2, expect.stringContaining(says)]);
		expect(err).not.toMatch(/s3|cret/);
		expect([existsSync(desk.path('nothing.sqlite')), existsSync(desk.path('copy.sqlite'))]).toEqual([false, false]);
	});

	it('a wrong password is told, and not repeated', async () => {
		const { code, err } = await run('migrate', '--from', await newFile(), '--to', changedUrl(url, { password: 'not-the-password' }), '--schema', newSchema());
		expect([code, err]).toEqual([2, expect.stringContaining('refused the connection')]);
		expect(err).not.toContain('not-the-password');
	});

	it('a file of a newer version', async () => {
		const file = await newFile();
		const raised = new DatabaseSync(file);
		raised.exec('PRAGMA user_version = 999');
		raised.close();
		const { code, err } = await run('migrate', '--from', file, '--to', url, '--schema', newSchema());
		expect([code, err]).toEqual([2, expect.stringContaining('Update n8n-nodes-customer360')]);
	});

	it('a file with a page that is damaged', async () => {
		const [file, schema] = [await newFile(), newSchema()];
		await closeAllStores();
		const damaged = new DatabaseSync(file);
		const place = damaged.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'record_contents'").get()?.rootpage;
		damaged.exec('PRAGMA wal_checkpoint(TRUNCATE)');
		damaged.close();
		const handle = openSync(file, 'r+');
		writeSync(handle, Buffer.alloc(4096, 0x5a), 0, 4096, (Number(place) - 1) * 4096);
		closeSync(handle);
		const { code, err } = await run('migrate', '--from', file, '--to', inSchema(schema));
		expect([code, err]).toEqual([2, expect.stringContaining('is damaged')]);
	});
});
