import { randomBytes } from 'node:crypto';
import { closeAllStores } from '../../../lib';
import { postgresUrl, runSql } from '../../postgres/server';
import { Desk, run } from './command';

const desk = new Desk();
const schema = `command_line_${randomBytes(6).toString('hex')}`;
let store: string;

beforeAll(async () => {
	const url = new URL(await postgresUrl());
	url.searchParams.set('schema', schema);
	store = url.href;
}, 60_000);
afterAll(async () => {
	desk.clear();
	await closeAllStores();
	await runSql(await postgresUrl(), `DROP SCHEMA IF EXISTS ${schema} CASCADE`);
});

test('every command that takes a store takes a database: load, load again, check, ask, list, resolve', async () => {
	const rows = desk.write('crm.csv', 'id,first_name,last_name,email\n1,Ann,Hill,ann@acorn-mail.com\n2,Ann,Hill,ann@acorn-mail.com\n3,Bob,Hill,ann@acorn-mail.com\n4,Otto,Quast,otto@acorn-mail.com\n');
	expect(await run('check', '--store', store)).toMatchObject({ code: 2 });

	const figures = async (...args: string[]) => {
		expect(await run(...args, '--store', store, '--json', desk.path('figures.json'))).toMatchObject({ code: 0 });
		return JSON.parse(desk.read('figures.json')) as Record<string, unknown>;
	};
	expect(await figures('ingest', rows)).toMatchObject({ rows: 4, records: 4, unchanged: 0, profiles: 3, golden: 3 });
	expect(await figures('ingest', rows)).toMatchObject({ rows: 4, records: 4, unchanged: 4, profiles: 3, golden: 0 });
	expect(await figures('resolve', rows, '--out', desk.path('clusters.csv'))).toMatchObject({ unchanged: 4, profiles: 3 });
	expect(await run('check', '--store', store)).toMatchObject({ code: 0, out: '4 records and 3 profiles are in order.\n' });
	expect(await run('explain', '1', '2', '--store', store)).toMatchObject({ code: 0, out: expect.stringContaining('These two records are one profile') });
	expect((await run('review', 'list', '--store', store)).out).toContain('crm:person:3');
	expect(await run('train', '--store', store)).toMatchObject({ code: 0, err: expect.stringContaining('too few to train on') });
});
