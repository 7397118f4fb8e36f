import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { build, runBuilt, startBuilt } from './built';
import { Desk, run } from './command';

const desk = new Desk();
const [store, copy] = [desk.path('identity.sqlite'), desk.path('copy.sqlite')];
/** As much as takes a moment to copy. */
const MEGABYTES = 200;

beforeAll(async () => {
	build();
	const rows = desk.write('people.csv', 'id,first_name,last_name,email\n1,Ann,Hill,ann.hill@larkmill.com\n');
	expect((await run('ingest', rows, '--no-train', '--store', store)).code).toBe(0);
	const file = new DatabaseSync(store);
	file.exec(`CREATE TABLE ballast (x); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MEGABYTES}) INSERT INTO ballast SELECT zeroblob(1000000) FROM n`);
	file.close();
}, 120_000);
afterAll(() => desk.clear());

const copies = () => readdirSync(desk.folder).filter((name) => name === 'copy.sqlite' || name.endsWith('.unfinished'));

/** Sends the signal as soon as something of the copy is there. */
async function stopped(signal: NodeJS.Signals) {
	const child = startBuilt(['backup', '--store', store, '--out', copy]);
	let err = '';
	child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
	while (copies().length === 0) await setTimeout(1);
	child.kill(signal);
	const [code] = (await once(child, 'close')) as [number | null];
	return { code, err };
}

test.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('%s while a store is copied says so and leaves nothing', async (signal, code) => {
	expect(await stopped(signal)).toEqual({ code, err: 'Stopped; no copy was made.\n' });
	expect(copies()).toEqual([]);
});

test('killed while a store is copied: nothing has the name of the copy, and the next run makes it', async () => {
	await stopped('SIGKILL');
	expect(copies()).toEqual([expect.stringMatching(/^customer360-backup-\w+\.unfinished$/)]);
	expect(await runBuilt('backup', '--store', store, '--out', copy)).toMatchObject({ code: 0 });
	expect((await runBuilt('check', '--store', copy)).out).toMatch(/^1 record and 1 profile are in order/);
});
