import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { PassThrough } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { threadsBeside } from '../../../cli/resolve/threads';
import { build, runBuilt, startBuilt } from './built';
import { Desk, run } from './command';
import { madePeople } from './people';
import { contentsOf, withoutIds } from './store-contents';

const desk = new Desk();
beforeAll(build, 120_000);
afterAll(() => desk.clear());

/** Two files of three sources, with rows that are rejected for several reasons all over them. */
function manyRows(): string[] {
	const people = madePeople(4000).map((person, index) => {
		const from = { ...person, source: index % 2 === 0 ? 'crm' : 'shop' };
		if (index % 97 === 0) return { ...from, email: '', birth_date: '', street: '' };
		return index % 101 === 0 ? { ...from, email: `no mailbox ${index}`, birth_date: '', street: '' } : from;
	});
	const files = [people.slice(0, 3600), people.slice(3600).map((row) => ({ ...row, source: 'web' }))];
	return files.map((rows, index) => desk.write(`rows${index}.csv`, stringify(rows, { header: true })));
}

/** Times are another's in each run, and so is which steps take long enough to be spoken of. */
function comparable(text: string): string {
	return withoutIds(text)
		.replaceAll(/"seconds": [0-9.]+/g, '"seconds": 0')
		.replaceAll(/\bseconds +[0-9.]+/g, 'seconds 0')
		.replaceAll(/slowest step: .*/g, 'slowest step')
		.replaceAll(/^(--threads .*|[A-Z][a-z ]+: .* a second)\n/gm, '')
		.replaceAll(/\bthreads\d\b/g, 'threads');
}

test('any number of threads gives the same clusters, figures, words, rejections and store', async () => {
	const files = manyRows();
	const results = [];
	for (const threads of [1, 2, 4]) {
		const name = (ending: string) => desk.path(`threads${threads}.${ending}`);
		const options = ['--out', name('csv'), '--json', name('json'), '--rejected', name('rejected.csv'), '--store', name('sqlite'), '--threads', String(threads)];
		const { code, err } = await runBuilt('resolve', ...files, ...options);
		const [csv, json] = ['csv', 'json'].map((ending) => comparable(desk.read(`threads${threads}.${ending}`)));
		results.push({ code, err: comparable(err), csv, json, rejected: desk.read(`threads${threads}.rejected.csv`), store: await contentsOf(name('sqlite')) });
	}
	const [one, two, four] = results;
	expect(one).toMatchObject({ code: 0, err: expect.stringMatching(/Trained on .*\n[^]*rejected \d+: the person has no usable email/) });
	expect(one?.rejected.split('\n').length).toBeGreaterThan(80);
	// Fewer golden records than this are made before a thread has begun.
	expect((JSON.parse(one?.json ?? '') as { profiles: number }).profiles).toBeGreaterThan(2000);
	expect(two).toEqual(one);
	expect(four).toEqual(one);
}, 120_000);

test('somebody with so many copies that no thread may hold all of them gets a golden record as well', async () => {
	const words = 'x'.repeat(5000);
	const ann = Array.from({ length: 20_000 }, (_, index) => `a${index},Ann,Hill,ann.hill@larkmill.com,${words}`);
	const others = Array.from({ length: 2100 }, (_, index) => `o${index},Bo,Wood,bo${index}@larkmill.com,boss`);
	const file = desk.write('copies.csv', ['id,first_name,last_name,email,job_title', ...ann, ...others, ''].join('\n'));
	const { code, err } = await runBuilt('ingest', file, '--no-train', '--store', desk.path('copies.sqlite'), '--threads', '2');
	expect({ code, profiles: /profiles in the store +([\d,]+)/.exec(err)?.[1] }).toEqual({ code: 0, profiles: '2,101' });
}, 120_000);

test.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('%s ends a run with its threads and leaves nothing behind', async (signal, code) => {
	const rows = Array.from({ length: 20_000 }, (_, index) => `${index},Ann,Person${index},p${index}@acme.io`);
	const place = new Desk();
	const file = place.write('long.csv', `id,first_name,last_name,email\n${rows.join('\n')}\n`);
	const child = startBuilt(['resolve', file, '--no-train', '--out', place.path('clusters.csv'), '--threads', '3'], { TMPDIR: place.folder });
	child.stderr?.on('data', (chunk: Buffer) => {
		if (chunk.toString().includes('Phone numbers and dates')) child.kill(signal);
	});
	expect(await new Promise((resolve) => child.on('close', resolve))).toBe(code);
	expect(readdirSync(place.folder)).toEqual(['long.csv']);
	place.clear();
});

test('more threads than cores are said to gain nothing', async () => {
	const file = desk.write('few.csv', 'id,email\n1,ann@acme.io\n');
	expect((await run('resolve', file, '--threads', String(availableParallelism() + 1))).err).toMatch(/--threads \d+ is more than .* the result is the same/);
	expect((await run('resolve', file, '--threads', String(availableParallelism()))).err).not.toContain('--threads');
});

test.each([
	['two where nothing is said', undefined, 2e9, Math.min(2, availableParallelism()) - 1],
	['one where memory is short', undefined, 3e8, 0],
	['as many as are asked for, also where memory is short', 3, 3e8, 2],
])('threads are %s', (_, asked, room, beside) => {
	const terminal = { stdout: new PassThrough(), stderr: new PassThrough() };
	expect(threadsBeside(asked, 100_000, terminal, room)).toBe(beside);
});

test.each(['0', '-1', '1.5', 'two', '257', ''])('--threads %j is refused', async (value) => {
	const { code, err } = await run('resolve', desk.write('few.csv', 'id,email\n1,ann@acme.io\n'), `--threads=${value}`);
	expect([code, err]).toEqual([2, expect.stringContaining('--threads takes a whole number from 1 to 256')]);
});
