import { spawnSync } from 'node:child_process';
import { fileOf, shownStore, storePlace } from '../../../cli/store-place';
import { Desk, run } from './command';

const desk = new Desk();
afterAll(() => desk.clear());

describe('what --store names is', () => {
	it.each(['postgres://ann@db.example.com/customers', 'postgresql://ann:s3cret@db.example.com:6432/customers?sslmode=require', 'POSTGRES://db/customers', ' postgres://db/customers '])('a database: %s', (text) => {
		expect(storePlace(text)).toEqual({ url: text.trim() });
		expect(fileOf(storePlace(text))).toBeUndefined();
	});

	it('a database and a schema in it', () => {
		expect(storePlace('postgres://ann:s%23x@db:6432/customers?sslmode=require&schema=crm%20eu')).toEqual({ url: 'postgres://ann:s%23x@db:6432/customers?sslmode=require', schema: 'crm eu' });
		expect(storePlace('postgres://db/customers?schema=crm')).toEqual({ url: 'postgres://db/customers', schema: 'crm' });
	});

	it.each(['identity.sqlite', '/data/identity.sqlite', './postgres', 'postgres', 'C:\\data\\identity.sqlite', 'folder:with/colon.sqlite'])('a file: %s', (text) => {
		expect(storePlace(text)).toEqual({ file: text });
	});

	it.each(['mysql://ann:s3cret@db/customers', 'https://ann:s3cret@db.example.com', 'sqlite://identity.sqlite'])('refused, and its password not repeated: %s', (text) => {
		expect(() => storePlace(text)).toThrow(/--store takes a file or the URL of a PostgreSQL database/);
		expect(() => storePlace(text)).not.toThrow(/s3cret/);
	});
});

describe('a URL of a database whose parameters cannot be meant is refused, before anything goes to another schema or an open connection:', () => {
	it.each([
		['a slip of the pen', 'postgres://ann:s3cret@db/customers?shema=crm', 'has a parameter "shema", which there is not'],
		['another slip', 'postgres://ann:s3cret@db/customers?sslmod=require', 'has a parameter "sslmod", which there is not'],
		['one given twice', 'postgres://ann:s3cret@db/customers?schema=crm&schema=eu', 'has the parameter "schema" more than once'],
		['a mode that there is not', 'postgres://ann:s3cret@db/customers?sslmode=required', 'has "sslmode=required", which there is not. Choose one of disable, prefer, require'],
	])('%s', (_, text, message) => {
		expect(() => storePlace(text)).toThrow(message);
		expect(() => storePlace(text)).not.toThrow(/s3cret/);
	});

	it('what providers put into theirs is let through', () => {
		const url = 'postgres://ann@db/customers?sslmode=require&channel_binding=require&connect_timeout=10&target_session_attrs=read-write';
		expect(storePlace(url)).toEqual({ url });
	});
});

test('a database is spoken of without user and password', () => {
	expect(shownStore('postgres://ann:s3cret@db.example.com:6432/customers?sslmode=require')).toBe('db.example.com:6432/customers');
	expect(shownStore('postgres://ann:s3#cret@db/customers')).not.toContain('cret');
	expect(shownStore('identity.sqlite')).toBe('identity.sqlite');
});

test('a pipe in the place of the store is refused, and not waited for', async () => {
	const pipe = desk.path('pipe');
	expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
	expect(await run('restore', '--from', desk.write('backup.sqlite', 'x'), '--store', pipe)).toMatchObject({ code: 2, err: expect.stringContaining('pipe is not a file') as string });
});

describe('a CSV file in the place of the store', () => {
	const file = desk.write('contacts.csv', 'id,email\n1,ann@acme.io\n');
	const table = desk.write('export.dat', 'id;email\n1;ann@acme.io\n');
	const rows = desk.write('rows.csv', 'id,email\n2,bo@acme.io\n');

	it.each([
		['resolve', ['resolve', rows, '--store', file], file],
		['ingest', ['ingest', rows, '--store', table], table],
		['explain', ['explain', '1', '2', '--store', file], file],
		['train', ['train', '--store', file], file],
		['check', ['check', '--store', table], table],
		['review list', ['review', 'list', '--store', file], file],
	])('%s says what it is, where it belongs, and leaves it as it is', async (_, args, named) => {
		const { code, err } = await run(...args);
		expect([code, err]).toEqual([2, expect.stringContaining(`${named} is a CSV file, and --store takes an identity store. Files with rows stand without an option: customer360 ingest ${named}`)]);
		expect(desk.read('contacts.csv')).toBe('id,email\n1,ann@acme.io\n');
	});
});

test.each([['resolve'], ['ingest'], ['check']])('%s repeats no password of a URL that cannot be read', async (command) => {
	const rows = desk.write('rows.csv', 'id,email\n2,bo@acme.io\n');
	const { code, err } = await run(command, ...(command === 'check' ? [] : [rows]), '--store', 'postgres://ann:s3#cret@127.0.0.1/customers');
	expect(code).toBe(2);
	expect(err).toContain('postgres://USER:PASSWORD@HOST:5432/DATABASE');
	expect(err).not.toMatch(/cret|s3/);
});
