import { once } from 'node:events';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import { seededRandom } from '../../../lib/match/random';
import { build, startBuilt } from './built';
import { Desk, run } from './command';
import { madePeople } from './people';
import { contentsOf } from './store-contents';

const desk = new Desk();
afterAll(() => desk.clear());

const PEOPLE = 'id,name,email\n1,Ann Smith,ann@acme.io\n2,Bo Jones,bo@initech.io\n3,Ann Smith,ann@acme.io\n4,Nobody,\n';
const figures = (name: string) => JSON.parse(desk.read(name)) as Record<string, unknown>;

describe('ingest', () => {
	it('loads rows into a store and says what they came to, without a line on stdout', async () => {
		const store = desk.path('first.sqlite');
		const { code, out, err } = await run('ingest', desk.write('people.csv', PEOPLE), '--store', store, '--json', desk.path('first.json'));
		expect([code, out]).toEqual([0, '']);
		expect(err).toMatch(/rows read +4\n +records +3\n +already in the store +0\n +rejected +1\n +profiles in the store +2\n +golden records built +2\n/);
		expect(err).toContain('rejected 1: the person has no usable email');
		expect(figures('first.json')).toMatchObject({ rows: 4, records: 3, unchanged: 0, rejected: 1, profiles: 2, golden: 2, reasons: [{ rows: 1 }], rowsPerSecond: expect.any(Number), steps: expect.any(Array) });
		expect(await run('check', '--store', store)).toMatchObject({ code: 0, out: '3 records and 2 profiles are in order.\n' });
	});

	it('running again finds every row there and changes nothing', async () => {
		const store = desk.path('again.sqlite');
		const args = ['ingest', desk.write('people.csv', PEOPLE), '--store', store, '--json', desk.path('again.json')];
		await run(...args);
		const before = await contentsOf(store);
		expect((await run(...args)).code).toBe(0);
		expect(figures('again.json')).toMatchObject({ rows: 4, records: 3, unchanged: 3, golden: 0, profiles: 2 });
		expect(await contentsOf(store)).toBe(before);
	});

	it('a file that is written anew changes nothing but the rows that differ', async () => {
		const store = desk.path('nightly.sqlite');
		const args = ['ingest', desk.write('nightly.csv', PEOPLE), '--store', store, '--json', desk.path('nightly.json')];
		await run(...args);
		const file = desk.write('nightly.csv', PEOPLE.replace('bo@initech.io', 'bo.jones@initech.io'));
		utimesSync(file, new Date(), new Date(Date.now() + 3_600_000));
		await run(...args);
		expect(figures('nightly.json')).toMatchObject({ records: 3, unchanged: 2, golden: 1 });
		// What was changed, and then is as it was, is changed once more.
		desk.write('nightly.csv', PEOPLE);
		utimesSync(file, new Date(), new Date(Date.now() + 7_200_000));
		await run(...args);
		expect(figures('nightly.json')).toMatchObject({ records: 3, unchanged: 2, golden: 1 });
		expect((await run('check', '--store', store)).code).toBe(0);
	});

	it('a row that is read in another way than before is changed', async () => {
		const store = desk.path('otherwise.sqlite');
		const file = desk.write('otherwise.csv', 'id,email,contact\n1,ann@acme.io,020 7946 0018\n2,bo@acme.io,\n');
		const args = ['ingest', file, '--store', store, '--default-country', 'GB', '--json', desk.path('otherwise.json')];
		await run(...args);
		utimesSync(file, new Date(), new Date(Date.now() + 3_600_000));
		await run(...args, '--map', 'contact=phone');
		expect(figures('otherwise.json')).toMatchObject({ records: 2, unchanged: 1, golden: 1 });
	});

	it('gives the store that resolve gives, with the same columns, sources and training', async () => {
		const file = desk.write('made.csv', stringify(madePeople(600).map(({ last_name, ...rest }) => ({ ...rest, surname_of: last_name })), { header: true }));
		const args = [file, '--map', 'surname_of=family_name', '--source', 'crm', '--seed', '3'];
		await run('resolve', ...args, '--out', desk.path('out.csv'), '--store', desk.path('resolve.sqlite'));
		const { err } = await run('ingest', ...args, '--store', desk.path('ingest.sqlite'));
		expect(err).toContain('Trained on');
		expect(await contentsOf(desk.path('ingest.sqlite'))).toBe(await contentsOf(desk.path('resolve.sqlite')));
	});

	it.each([
		['no store', [], /required option '--store/],
		['figures over the input', ['--store', desk.path('x.sqlite'), '--json', desk.path('fault.csv')], /an input file and as --json/],
		['a fault in a row', ['--store', desk.path('x.sqlite'), '--id-column', 'email'], /two rows have the same "email"/],
	])('%s is refused before a store is made', async (_, args, message) => {
		const { code, err } = await run('ingest', desk.write('fault.csv', PEOPLE), ...args);
		expect([code, err]).toEqual([2, expect.stringMatching(message)]);
		expect(existsSync(desk.path('x.sqlite'))).toBe(false);
	});
});

describe('a load that was stopped', () => {
	const place = new Desk();
	let files: string[];
	let whole: string;

	beforeAll(async () => {
		build();
		// A batch never spans two files, so that these are six transactions.
		const people = madePeople(1500);
		files = Array.from({ length: 6 }, (_, index) => place.write(`part${index}.csv`, stringify(people.slice(index * 250, (index + 1) * 250), { header: true })));
		await run('ingest', ...files, '--source', 'crm', '--store', place.path('whole.sqlite'));
		whole = await contentsOf(place.path('whole.sqlite'));
	}, 120_000);
	afterAll(() => place.clear());

	const ingest = (store: string) => startBuilt(['ingest', ...files, '--source', 'crm', '--store', store], { TMPDIR: place.folder, SQLITE_TMPDIR: place.folder });

	it('by Ctrl-C ends after its batch with code 130, says how to go on, and goes on to the same store', async () => {
		const store = place.path('stopped.sqlite');
		const child = ingest(store);
		let err = '';
		child.stderr?.on('data', (chunk: Buffer) => {
			err += chunk.toString();
			if (chunk.toString().includes('Phone numbers and dates')) child.kill('SIGINT');
		});
		expect(await once(child, 'close')).toEqual([130, null]);
		expect(err).toMatch(/\nStopped\. [\d,]+ of 1,500 rows are in the store\. Run the same command again to go on/);
		expect(readdirSync(place.folder).filter((name) => name.startsWith('customer360-'))).toEqual([]);
		const again = await run('ingest', ...files, '--source', 'crm', '--store', store, '--json', place.path('again.json'));
		expect(again.code).toBe(0);
		expect((JSON.parse(place.read('again.json')) as { unchanged: number }).unchanged).toBeGreaterThanOrEqual(250);
		expect(await contentsOf(store)).toBe(whole);
	});

	it('by kill -9, again and again, gives the same store once it could end', async () => {
		const store = place.path('killed.sqlite');
		const random = seededRandom(11);
		for (let kill = 0; kill < 6; kill += 1) {
			const child = ingest(store);
			const closed = once(child, 'close');
			await Promise.race([closed, wait(300 + random() * 1500)]);
			child.kill('SIGKILL');
			await closed;
		}
		expect(readdirSync(place.folder).filter((name) => /^(customer360-|etilqs)/.test(name))).toEqual([]);
		expect((await run('ingest', ...files, '--source', 'crm', '--store', store)).code).toBe(0);
		expect(await run('check', '--store', store)).toMatchObject({ code: 0 });
		expect(await contentsOf(store)).toBe(whole);
	}, 120_000);
});
