import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { build, runBuilt, startBuilt } from './built';
import { Desk, run } from './command';

const desk = new Desk();
const [store, backup] = [desk.path('identity.sqlite'), desk.path('backup.sqlite')];
/** As much as takes a moment to copy. */
const MEGABYTES = 200;
/** As many as take a moment to take over. */
const ACKNOWLEDGED = 100_000;
let bob = '';

beforeAll(async () => {
	build();
	const head = 'id,first_name,last_name,email\n';
	expect((await run('ingest', desk.write('crm.csv', `${head}1,Ann,Hill,ann.hill@larkmill.com\n`), '--no-train', '--store', store)).code).toBe(0);
	expect((await run('backup', '--store', store, '--out', backup)).code).toBe(0);
	expect((await run('ingest', desk.write('shop.csv', `${head}2,Bob,Moss,bob@mossmill.com\n`), '--no-train', '--store', store)).code).toBe(0);
	bob = idOf('shop');
	inFile(
		store,
		`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ACKNOWLEDGED}) INSERT INTO ledger (destination, target, canonical_id, acknowledged, status, attempts, at)
		SELECT 'crm:contact@1', i, '${bob}', '{}', 'acknowledged', 0, '2026-01-01T00:00:00.000Z' FROM n`,
	);
	inFile(
		backup,
		`CREATE TABLE ballast (x); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MEGABYTES}) INSERT INTO ballast SELECT zeroblob(1000000) FROM n`,
	);
}, 120_000);
afterAll(() => desk.clear());

function inFile(file: string, sql: string): void {
	const database = new DatabaseSync(file);
	database.exec(sql);
	database.close();
}

/** The canonical ID of the only record of a source. */
function idOf(source: string): string {
	const database = new DatabaseSync(store, { readOnly: true });
	const row = database.prepare('SELECT canonical_id FROM profiles p JOIN records r ON r.profile_no = p.no WHERE r.system = ?').get(source);
	database.close();
	return String(row?.['canonical_id']);
}

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

test('SIGKILL while the former store is taken over leaves the store as it was', async () => {
	const before = [unfinished().length, former().length];
	const child = startBuilt(['restore', '--from', backup, '--store', store]);
	const logs = () => unfinished().map((folder) => join(desk.folder, folder, 'copy.sqlite-wal')).filter((log) => existsSync(log) && statSync(log).size > 0);
	while (logs().length === 0) await setTimeout(1);
	child.kill('SIGKILL');
	expect(await once(child, 'close')).toEqual([null, 'SIGKILL']);
	expect([unfinished().length, former().length]).toEqual([(before[0] ?? 0) + 1, before[1]]);
	expect((await run('check', '--store', store)).out).toMatch(/^2 records and 2 profiles are in order/);
	expect(idOf('shop')).toBe(bob);
});

test('says what stands there now, where the former store is, and what comes next', async () => {
	const { code, err } = await runBuilt('restore', '--from', backup, '--store', store);
	expect(code).toBe(0);
	expect(err).toMatch(/^\S+identity\.sqlite holds what \S+backup\.sqlite holds: 1 profile, last changed at \d{4}-\d\d-\d\dT[\d:.]+Z\.\nThe former store is kept as \S+identity\.sqlite\.before-\w+;/);
	expect(err).toContain('Run "customer360 check" on it, then start n8n again.');
	expect(err).toContain('Taken over from the former store: 1 canonical ID (1 waits for records to be read again), 0 answers, 100,000 entries of what destinations hold.');
	expect(err).toContain('customers who were new since then get the canonical IDs that they had');
	expect((await run('check', '--store', store)).out).toMatch(/^1 record and 1 profile are in order/);
	const { code: unknown, err: words } = await run('explain', 'crm:person:1', bob, '--store', store);
	expect([unknown, words]).toEqual([2, expect.stringContaining(`The canonical ID ${bob} was issued before this store went back to a backup, and waits for its records to be read again: shop:person:2.`)]);
	expect((await run('ingest', desk.path('shop.csv'), '--no-train', '--store', store)).code).toBe(0);
	expect(idOf('shop')).toBe(bob);
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

test.each<[string, string[], string[]]>([
	['without answers', ['--without-answers'], ['1 canonical ID (1 waits for records to be read again), 100,000 entries', 'Questions that were answered since then are to be answered again.']],
	['with nothing from the former store', ['--nothing-from-former'], ['Nothing was taken over from the former store. Customers who were new since then get other canonical IDs', 'Syncs send again']],
])('says what goes missing %s', async (_, options, lines) => {
	const [file, copy] = [desk.path(`other-${options.join()}.sqlite`), desk.path(`copy-${options.join()}.sqlite`)];
	expect((await run('ingest', desk.path('crm.csv'), '--no-train', '--store', file)).code).toBe(0);
	expect((await run('backup', '--store', file, '--out', copy)).code).toBe(0);
	expect((await run('ingest', desk.path('shop.csv'), '--no-train', '--store', file)).code).toBe(0);
	inFile(file, `ATTACH '${desk.path(former()[0] ?? '')}' AS former; INSERT INTO ledger SELECT * FROM former.ledger`);
	const { code, err } = await run('restore', '--from', copy, '--store', file, ...options);
	expect(code).toBe(0);
	for (const line of lines) expect(err).toContain(line);
	expect((await run('check', '--store', file)).out).toMatch(/^1 record and 1 profile are in order/);
});

test('a page of the former store that is damaged keeps nothing else from being taken over, and is spoken of', async () => {
	const [file, copy] = [desk.path('spoilt.sqlite'), desk.path('whole.sqlite')];
	const rows = Array.from({ length: 3000 }, (_, i) => `${i},Given${i},Family${i},person${i}@firm${i}.com`);
	expect((await run('ingest', desk.path('crm.csv'), '--no-train', '--store', file)).code).toBe(0);
	expect((await run('backup', '--store', file, '--out', copy)).code).toBe(0);
	const many = desk.write('many.csv', ['id,first_name,last_name,email', ...rows].join('\n'));
	expect((await run('ingest', many, '--no-train', '--store', file)).code).toBe(0);
	const before = idsOf(file);
	for (const table of ['profiles', 'canonical_ids', 'records', 'records_by_profile']) spoilLeafOf(table, file);
	const { code, err } = await run('restore', '--from', copy, '--store', file);
	expect(code).toBe(0);
	expect(err).toMatch(/Taken over from the former store: 2,9\d\d canonical IDs \(2,9\d\d wait for records to be read again, \d+ ha(s|ve) no record that could be read\)/);
	expect(err).toMatch(/At least \d+ canonical IDs of the former store could not be read\. Customers who had one of them/);
	expect(err).toMatch(/Up to \d+ records of the former store could not be read/);
	expect((await run('check', '--store', file)).out).toMatch(/^1 record and 1 profile are in order/);
	expect((await run('ingest', many, '--no-train', '--store', file)).code).toBe(0);
	const after = idsOf(file);
	const kept = [...before].filter(([ref, id]) => after.get(ref) === id).length;
	expect(kept).toBeGreaterThan(2700);
	expect(kept).toBeLessThan(3001);
	expect((await run('check', '--store', file)).out).toMatch(/are in order/);
}, 60_000);

/** The canonical ID of every record. */
function idsOf(file: string): Map<string, string> {
	const database = new DatabaseSync(file, { readOnly: true });
	const rows = database.prepare('SELECT r.system, r.source_id, p.canonical_id FROM profiles p JOIN records r ON r.profile_no = p.no').all();
	database.close();
	return new Map(rows.map((row) => [`${String(row['system'])}:${String(row['source_id'])}`, String(row['canonical_id'])]));
}

/** Writes over one page in the middle of a table or index. */
function spoilLeafOf(name: string, file: string): void {
	const database = new DatabaseSync(file);
	const pages = database.prepare("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path").all(name);
	database.close();
	const page = Number(pages[Math.floor(pages.length / 2)]?.['pageno']);
	expect(pages.length).toBeGreaterThan(3);
	const bytes = readFileSync(file);
	bytes.fill(0, (page - 1) * 4096, page * 4096);
	writeFileSync(file, bytes);
}
