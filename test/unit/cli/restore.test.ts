import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { build, runBuilt, startBuilt } from './built';
import { Desk, run } from './command';

const desk = new Desk();
const [store, backup] = [desk.path('identity.sqlite'), desk.path('backup.sqlite')];
/** As much as takes a moment to copy. */
const MEGABYTES = 200;

beforeAll(async () => {
	build();
	const head = 'id,first_name,last_name,email\n';
	expect((await run('ingest', desk.write('crm.csv', `${head}1,Ann,Hill,ann.hill@larkmill.com\n`), '--no-train', '--store', store)).code).toBe(0);
	expect((await run('backup', '--store', store, '--out', backup)).code).toBe(0);
	expect((await run('ingest', desk.write('shop.csv', `${head}2,Bob,Moss,bob@mossmill.com\n`), '--no-train', '--store', store)).code).toBe(0);
	const file = new DatabaseSync(backup);
	file.exec(`CREATE TABLE ballast (x); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MEGABYTES}) INSERT INTO ballast SELECT zeroblob(1000000) FROM n`);
	file.close();
}, 120_000);
afterAll(() => desk.clear());

const unfinished = () => readdirSync(desk.folder).filter((name) => name.endsWith('.unfinished'));
const former = () => readdirSync(desk.folder).filter((name) => name.includes('.before-'));

test.each([
	['SIGINT', 130, 'Stopped; nothing was changed.\n', 0],
	['SIGKILL', null, '', 1],
] as const)('%s while the backup is copied leaves the store as it was', async (signal, code, words, left) => {
	const child = startBuilt(['restore', '--from', backup, '--store', store]);
	let err = '';
	child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
	while (unfinished().length === 0) await setTimeout(1);
	child.kill(signal);
	expect(await once(child, 'close')).toEqual([code, code === null ? signal : null]);
	expect(err).toBe(words);
	expect([unfinished().length, former()]).toEqual([left, []]);
	expect((await run('check', '--store', store)).out).toMatch(/^2 records and 2 profiles are in order/);
});

test('says what stands there now, where the former store is, and what comes next', async () => {
	const { code, err } = await runBuilt('restore', '--from', backup, '--store', store);
	expect(code).toBe(0);
	expect(err).toMatch(/^\S+identity\.sqlite holds what \S+backup\.sqlite holds: 1 profile, last changed at \d{4}-\d\d-\d\dT[\d:.]+Z\.\nThe former store is kept as \S+identity\.sqlite\.before-\w+;/);
	expect(err).toContain('Run "customer360 check" on it, then start n8n again.');
	expect(err).toContain('questions that were answered since then to be answered again');
	expect((await run('check', '--store', store)).out).toMatch(/^1 record and 1 profile are in order/);
	expect((await run('check', '--store', desk.path(former()[0] ?? ''))).out).toMatch(/^2 records and 2 profiles are in order/);
});

test.each<[string, string[], string]>([
	['a backup that is not there', ['--from', desk.path('nowhere.sqlite'), '--store', store], 'There is no backup'],
	['a backup without a byte', ['--from', desk.write('empty.sqlite', ''), '--store', store], 'empty.sqlite is empty'],
	['a store in PostgreSQL', ['--from', backup, '--store', 'postgres://loader@127.0.0.1:1/customers'], '--store takes a file; a store in PostgreSQL is restored with pg_restore'],
	['a dump of PostgreSQL', ['--from', 'postgres://loader@127.0.0.1:1/customers', '--store', store], '--from takes a file; a store in PostgreSQL is restored with pg_restore'],
])('refuses %s', async (_, args, message) => {
	const { code, err } = await run('restore', ...args);
	expect([code, err]).toEqual([2, expect.stringContaining(message)]);
});
