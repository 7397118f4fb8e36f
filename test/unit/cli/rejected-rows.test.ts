import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { build, startBuilt } from './built';
import { clustersIn, Desk, run } from './command';
import { madePeople } from './people';

const desk = new Desk();
afterAll(() => desk.clear());

const NOBODY = 'the person has no usable email, phone or other identifier, and not two of name, birth date and place';

interface Table {
	file: string;
	line: string;
	source: string;
	source_id: string;
	reason: string;
}

const tableIn = (name: string) => parse<Table>(desk.read(name), { columns: true });
const figuresIn = (name: string) => JSON.parse(desk.read(name)) as { rejected: number; reasons: { reason: string; rows: number; listed: { file: string; line: number; source: string; id: string }[]; more: number }[] };

/** So many rows, of which those with these numbers have nothing to recognise anyone by. */
function peopleBut(count: number, nobodies: (no: number) => boolean): string {
	return `id,email\n${Array.from({ length: count }, (_, index) => `p${index + 1},${nobodies(index + 1) ? '' : `p${index + 1}@acme.io`}\n`).join('')}`;
}

describe('a rejected row is named with its file, the line in which it begins, and its ID', () => {
	it.each([
		['a plain file', 'id,name,email\n1,Ann Hill,ann@acme.io\n2,Bo,\n', 3],
		['a file of Windows with a byte order mark', '\uFEFFid,name,email\r\n1,Ann Hill,ann@acme.io\r\n2,Bo,\r\n', 3],
		['a file with line breaks in cells', 'id,name,email\r\n1,"Ann\r\nHill",ann@acme.io\r\n2,"Bo\r\n",\r\n', 4],
		['a file with empty lines', 'id,name,email\n\n1,Ann Hill,ann@acme.io\n\n\n2,Bo,\n', 6],
		['a file with a first line for Excel', 'sep=;\nid;name;email\n1;Ann Hill;ann@acme.io\n2;Bo;\n', 4],
		['a file without an end to its last line', 'id,name,email\n2,Bo,', 2],
	])('of %s', async (_, content, line) => {
		const file = desk.write('odd.csv', content);
		const { code, err } = await run('resolve', file, '--json', desk.path('odd.json'), '--rejected', desk.path('odd-rejected.csv'));
		expect(code).toBe(0);
		expect(err).toContain(`  rejected 1: ${NOBODY}.\n    ${file}, line ${line} (ID 2)\n`);
		expect(figuresIn('odd.json').reasons).toEqual([{ reason: `${NOBODY}.`, rows: 1, listed: [{ file, line, source: 'odd', id: '2' }], more: 0 }]);
		expect(tableIn('odd-rejected.csv')).toEqual([{ file, line: String(line), source: 'odd', source_id: '2', reason: `${NOBODY}.` }]);
	});

	it('of two files of one name in different folders', async () => {
		const files = ['north', 'south'].map((folder) => {
			mkdirSync(desk.path(folder));
			return desk.write(`${folder}/people.csv`, 'id,email\n1,ann@acme.io\n2,\n');
		});
		const { err } = await run('resolve', ...files, '--source', 'north', '--source', 'south', '--rejected', desk.path('both.csv'));
		for (const file of files) expect(err).toContain(`    ${file}, line 3 (ID 2)\n`);
		expect(tableIn('both.csv').map(({ file, source }) => [file, source])).toEqual(files.map((file, index) => [file, ['north', 'south'][index]]));
	});

	it('without an ID that is an email address, or would disturb what is on the screen', async () => {
		const ids = ['eve@acme.io', 'two\nlines', '\u001b[31mred', 'x'.repeat(300)];
		const rows = [['id', 'email'], ...ids.map((id) => [id, '']), ['last', 'no mailbox']];
		const { err } = await run('resolve', desk.write('ids.csv', stringify(rows)), '--rejected', desk.path('ids-rejected.csv'));
		expect(err).toMatch(/ids\.csv, line 2\n.*ids\.csv, line 3\n.*ids\.csv, line 5\n +and 1 more\n.*has no @\.\n.*ids\.csv, line 7 \(ID last\)\n/);
		expect(tableIn('ids-rejected.csv').map(({ source_id }) => source_id)).toEqual([...ids, 'last']);
	});
});

describe('of many rejected rows', () => {
	it('the first three are said, and how many more there are and what lists them', async () => {
		const file = desk.write('many.csv', peopleBut(40, (no) => no % 5 === 0));
		const { err } = await run('resolve', file);
		expect(err).toContain(`  rejected 8: ${NOBODY}.\n    ${file}, line 6 (ID p5)\n    ${file}, line 11 (ID p10)\n    ${file}, line 16 (ID p15)\n    and 5 more\n  --rejected FILE lists all rejected rows`);
	});

	it('--rejected has all in the order of the input, under the names that the clusters have', async () => {
		const files = ['one', 'two'].map((name) => desk.write(`${name}.csv`, peopleBut(3000, (no) => no % 2 === 0)));
		const { out, err } = await run('resolve', ...files, '--no-train', '--rejected', desk.path('all.csv'));
		const rows = tableIn('all.csv');
		expect(rows.map(({ source, source_id }) => `rejected:${source}:${source_id}`)).toEqual(clustersIn(out).map(({ canonical_id }) => canonical_id).filter((id) => id.startsWith('rejected:')));
		expect(rows).toHaveLength(3000);
		expect(rows.at(-1)).toMatchObject({ file: files[1], line: '3001', source_id: 'p3000' });
		expect(err).toContain(`  All rejected rows are in ${desk.path('all.csv')}, each with its file and line.\n`);
		expect(err).not.toContain('--rejected FILE');
	});

	it('--json lists a thousand, also of a reason that comes last and seldom, and counts the rest', async () => {
		const [many, few] = [peopleBut(2500, () => true), 'last1,no mailbox\nlast2,no mailbox\n'];
		await run('resolve', desk.write('bounded.csv', many + few), '--json', desk.path('bounded.json'));
		const { rejected, reasons } = figuresIn('bounded.json');
		expect(rejected).toBe(2502);
		expect(reasons.map(({ rows, listed, more }) => [rows, listed.length, more])).toEqual([[2500, 998, 1502], [2, 2, 0]]);
		expect(reasons[0]?.listed.at(-1)).toMatchObject({ line: 999, id: 'p998' });
		expect(reasons[1]?.listed.map(({ line, id }) => [line, id])).toEqual([[2502, 'last1'], [2503, 'last2']]);
	});

	it('an ID that is too long is cut in the figures, so that they stay short', async () => {
		await run('resolve', desk.write('long.csv', `id,email\n${'x'.repeat(100_000)},ann@acme.io\n`), '--json', desk.path('long.json'));
		expect(figuresIn('long.json').reasons[0]).toMatchObject({ rows: 1, listed: [{ line: 2, id: expect.stringMatching(/^x{60}\.\.\./) }] });
		expect(desk.read('long.json').length).toBeLessThan(3000);
	});
});

test('where no row is rejected the file has the names of its columns and nothing is said of it', async () => {
	const { err } = await run('resolve', desk.write('good.csv', 'id,email\n1,ann@acme.io\n'), '--rejected', desk.path('none.csv'));
	expect(desk.read('none.csv')).toBe('file,line,source,source_id,reason\n');
	expect(err).not.toContain('ejected rows');
});

test('a row is listed each time it is loaded, also one that the store has as it was before', async () => {
	const store = desk.path('later.sqlite');
	const load = async (content: string) => {
		expect((await run('ingest', desk.write('later.csv', content), '--store', store, '--rejected', desk.path('later-rejected.csv'))).code).toBe(0);
		return tableIn('later-rejected.csv').map(({ line, source_id }) => [line, source_id]);
	};
	const [good, bad] = ['id,email\n1,ann@acme.io\n2,bo@acme.io\n3,\n', 'id,email\n1,ann@acme.io\n2,\n3,\n'];
	expect(await load(good)).toEqual([['4', '3']]);
	expect(await load(good)).toEqual([['4', '3']]);
	expect(await load(bad)).toEqual([['3', '2'], ['4', '3']]);
	expect(await load(bad)).toEqual([['3', '2'], ['4', '3']]);
	expect(await load(good)).toEqual([['4', '3']]);
});

describe('a file for rejected rows that cannot be written is refused before anything is stored:', () => {
	const file = desk.write('refused.csv', 'id,email\n1,ann@acme.io\n2,\n');
	const store = desk.path('refused.sqlite');

	it.each([
		['in a folder that is not there', desk.path('no/where.csv'), /where\.csv cannot be written: .*no does not exist\. Name another file\./],
		['a folder', desk.folder, /is a folder\. Name a file in it\./],
		['an input file', file, /is named as an input file and as --rejected\. Give --rejected another file\./],
		['the store', store, /is named as --store and as --rejected\. Give --rejected another file\./],
		['the figures', desk.path('figures.json'), /is named as --json and as --rejected\. Give --rejected another file\./],
	])('%s', async (_, path, message) => {
		for (const command of ['ingest', 'resolve']) {
			const { code, err } = await run(command, file, '--store', store, '--json', desk.path('figures.json'), '--rejected', path);
			expect([code, err]).toEqual([2, expect.stringMatching(message)]);
			expect([existsSync(store), existsSync(desk.path('figures.json'))]).toEqual([false, false]);
		}
	});
});

describe('a load that is stopped by Ctrl-C', () => {
	const place = new Desk();
	beforeAll(build, 120_000);
	afterAll(() => place.clear());

	it('leaves the file for rejected rows as it was, and the next one writes all of them', async () => {
		const people = madePeople(1500).map((person, index) => (index % 10 === 0 ? { ...person, email: '', birth_date: '', street: '' } : person));
		const files = Array.from({ length: 6 }, (_, index) => place.write(`part${index}.csv`, stringify(people.slice(index * 250, (index + 1) * 250), { header: true })));
		const rejected = place.write('rejected.csv', 'of yesterday\n');
		const args = ['ingest', ...files, '--source', 'crm', '--store', place.path('stopped.sqlite'), '--rejected', rejected];
		const child = startBuilt(args);
		child.stderr?.on('data', (chunk: Buffer) => {
			if (chunk.toString().includes('Phone numbers and dates')) child.kill('SIGINT');
		});
		expect(await once(child, 'close')).toEqual([130, null]);
		expect(place.read('rejected.csv')).toBe('of yesterday\n');
		expect(readdirSync(place.folder).filter((name) => name.includes('rejected'))).toEqual(['rejected.csv']);
		expect((await run(...args)).code).toBe(0);
		const rows = parse<Table>(place.read('rejected.csv'), { columns: true });
		expect(rows.map(({ file, line }) => [file, line])).toEqual(Array.from({ length: 150 }, (_, index) => [files[Math.floor(index / 25)], String(((index * 10) % 250) + 2)]));
	});
});
