import { closeSync, existsSync, openSync, utimesSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { clustersIn, Desk, groupsIn, run } from './command';

const desk = new Desk();
afterAll(() => desk.clear());

const PEOPLE = 'id,name,email\n1,Ann Smith,ann@acme.io\n2,Bo Jones,bo@initech.io\n3,Ann Smith,ann@acme.io\n4,Nobody,\n';
const figures = (name: string) => JSON.parse(desk.read(name)) as Record<string, unknown>;

describe('with --store', () => {
	it('running again changes nothing: the same clusters, every row already there', async () => {
		const file = desk.write('people.csv', PEOPLE);
		const args = ['resolve', file, '--store', desk.path('twice.sqlite'), '--json'];
		const first = await run(...args, desk.path('first.json'));
		const second = await run(...args, desk.path('second.json'));
		expect(second.out).toBe(first.out);
		expect(figures('first.json')).toMatchObject({ rows: 4, records: 3, profiles: 2, merged: 1, rejected: 1, unchanged: 0 });
		expect(figures('second.json')).toMatchObject({ rows: 4, records: 3, profiles: 2, merged: 1, rejected: 1, unchanged: 3, stale: 0 });
	});

	it('a file that comes later joins what is there, under the ID that was given first', async () => {
		const store = desk.path('grow.sqlite');
		const before = clustersIn((await run('resolve', desk.write('crm.csv', PEOPLE), '--store', store)).out);
		const after = clustersIn((await run('resolve', desk.write('shop.csv', 'id,email\n9,bo@initech.io\n'), '--store', store)).out);
		expect(after[0]?.canonical_id).toBe(before[1]?.canonical_id);
	});

	it('a row that changed in a newer file is taken over; an older file does not undo it', async () => {
		const store = desk.path('newer.sqlite');
		const file = desk.write('moving.csv', 'id,email\n1,ann@acme.io\n2,bo@initech.io\n');
		await run('resolve', file, '--store', store);
		desk.write('moving.csv', 'id,email\n1,ann@acme.io\n2,ann@acme.io\n');
		utimesSync(file, new Date(), new Date(Date.now() + 60_000));
		expect(groupsIn((await run('resolve', file, '--store', store)).out)).toEqual([['1', '2']]);
		desk.write('moving.csv', 'id,email\n1,ann@acme.io\n2,bo@initech.io\n');
		utimesSync(file, new Date(), new Date(0));
		const { out, err } = await run('resolve', file, '--store', store);
		expect(groupsIn(out)).toEqual([['1', '2']]);
		expect(err).toContain('the store keeps another version');
	});

	it('a column with the time of change decides, not the file', async () => {
		const store = desk.path('times.sqlite');
		const file = desk.write('times.csv', 'id,email,updated_at\n1,ann@acme.io,2024-05-01T10:00:00Z\n2,bo@initech.io,\n3,eve@hooli.io,soon\n');
		const { err } = await run('resolve', file, '--store', store);
		expect(err).toMatch(/In 1 row \(.*times\.csv, line 4\) the time of change cannot be read/);
		desk.write('times.csv', 'id,email,updated_at\n1,zoe@acme.io,2023-01-01T10:00:00Z\n');
		await run('resolve', file, '--store', store, '--json', desk.path('times.json'));
		expect(figures('times.json')).toMatchObject({ stale: 1 });
	});

	it('nothing is stored when any file has a fault', async () => {
		const good = desk.write('good.csv', PEOPLE);
		const bad = desk.write('bad.csv', `${PEOPLE}5,too,many,cells\n`);
		const { code } = await run('resolve', good, bad, '--store', desk.path('clean.sqlite'));
		expect(code).toBe(2);
		expect(existsSync(desk.path('clean.sqlite'))).toBe(false);
	});
});

describe('check', () => {
	it('says that all is in order', async () => {
		const store = desk.path('check.sqlite');
		await run('resolve', desk.write('people.csv', PEOPLE), '--store', store);
		expect(await run('check', '--store', store)).toMatchObject({ code: 0, out: '3 records and 2 profiles are in order.\n' });
	});

	it('lists what is broken and ends with 1, without values of people', async () => {
		const store = desk.path('broken.sqlite');
		await run('resolve', desk.write('people.csv', PEOPLE), '--store', store);
		const database = new DatabaseSync(store);
		database.exec("UPDATE records SET profile_no = NULL WHERE source_id = '2'");
		database.close();
		const { code, out, err } = await run('check', '--store', store);
		expect(code).toBe(1);
		expect(out).toContain('people:person:2 is in no profile');
		expect(err).toMatch(/problems? in 3 records/);
		expect(out + err).not.toMatch(/Jones|initech/);
	});

	it('takes no empty file for a store in order, and leaves it empty', async () => {
		const empty = desk.write('cut-short.sqlite', '');
		for (const args of [['check', '--store', empty], ['backup', '--store', empty, '--out', desk.path('copy-of-nothing.sqlite')], ['migrate', '--from', empty, '--to', 'postgres://ann@127.0.0.1:1/customers']]) {
			const { code, err } = await run(...args);
			expect([code, err]).toEqual([2, expect.stringContaining(`${empty} is empty, and no identity store.`)]);
		}
		expect(desk.read('cut-short.sqlite')).toBe('');
	});

	it('says that a file is damaged where no record tells it, what to do, and ends with 1', async () => {
		const rows = desk.write('few.csv', 'id,email\n1,ann@larkmill.com\n2,bo@larkmill.com\n');
		const damaged = desk.path('damaged.sqlite');
		await run('ingest', rows, '--no-train', '--store', damaged);
		const database = new DatabaseSync(damaged);
		const { page } = database.prepare("SELECT rootpage AS page FROM sqlite_schema WHERE name LIKE 'events_by_%' LIMIT 1").get() as { page: number };
		database.close();
		// As a disk may leave a page that it lost.
		const file = openSync(damaged, 'r+');
		writeSync(file, Buffer.alloc(4096), 0, 4096, (page - 1) * 4096);
		closeSync(file);
		const { code, out, err } = await run('check', '--store', damaged);
		expect(code).toBe(1);
		expect(out).toMatch(/^the file is whole: .*damaged\.sqlite .+/);
		expect(err).toMatch(/The file is damaged\. To go back to a backup, stop n8n .*customer360 restore/);
	});

	it('does not make a store that is not there', async () => {
		const { code, err } = await run('check', '--store', desk.path('nothing.sqlite'));
		expect([code, err]).toEqual([2, expect.stringContaining('There is no identity store')]);
		expect(existsSync(desk.path('nothing.sqlite'))).toBe(false);
	});
});

describe('backup', () => {
	it('writes a copy that is a store of the same records, and overwrites nothing', async () => {
		const [store, copy] = [desk.path('origin.sqlite'), desk.path('copy.sqlite')];
		await run('resolve', desk.write('people.csv', PEOPLE), '--store', store);
		expect((await run('backup', '--store', store, '--out', copy)).code).toBe(0);
		expect((await run('check', '--store', copy)).out).toBe((await run('check', '--store', store)).out);
		const again = await run('backup', '--store', store, '--out', copy);
		expect([again.code, again.err]).toEqual([2, expect.stringContaining('is not overwritten')]);
	});
});
