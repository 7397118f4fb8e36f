import { symlinkSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import manifest from '../../../package.json';
import { Desk, run } from './command';

const desk = new Desk();
afterAll(() => desk.clear());

const HEADER = 'id,email\n1,ann@acme.io\n';

describe('a fault ends with one sentence, exit code 2, no rows and no stack trace:', () => {
	it.each([
		['an empty file', '', [], /is empty/],
		['a file of blank lines', '\n\n\n', [], /is empty/],
		['a quote that is never closed', `${HEADER}2,bo@acme.io\n3,"eve@acme.io\n4,x\n`, [], /line 4: a double quote .* never closed/],
		['text behind a closing quote', `${HEADER}2,"bo"@acme.io\n`, [], /line 3: .*double quote in the wrong place/],
		['a quote inside a bare cell', `${HEADER}2,bo "b" bo\n`, [], /line 3: .*double quote in the wrong place/],
		['a row with too many cells', `${HEADER}2,bo@acme.io,x\n`, [], /line 3: 3 cells where the first line names 2 columns.*quotes/],
		['a row with too few cells', `${HEADER}2\n`, [], /line 3: 1 cell where/],
		['the wrong delimiter', 'id;email;name\n1;ann@acme.io;Ann\n', ['--delimiter', ','], /Use --delimiter semicolon/],
		['a first line that names the wrong delimiter', 'sep=;\nid,email,name\n1,ann@acme.io,Ann\n', [], /cut at semicolon, as its first line says.*Use --delimiter comma\./],
		['a fault below a line for Excel', 'sep=;\nid;email\n1;ann@acme.io;Ann\n', [], /line 3: 3 cells where the second line names 2 columns/],
		['nothing below a line for Excel', 'sep=;\n', [], /is empty/],
		['a delimiter that is none', HEADER, ['--delimiter', 'ab'], /one character/],
		['an encoding that does not exist', HEADER, ['--encoding', 'utf-99'], /no text encoding "utf-99"/],
		['one ID twice', `${HEADER}1,bo@acme.io\n`, [], /lines 2 and 3: .*--id-column/],
		['an empty ID', `${HEADER},bo@acme.io\n`, [], /line 3: the column "id" is empty.*--id-column/],
		['an ID of which a spreadsheet left the first digits', `${HEADER}1.23E+15,bo@acme.io\n`, [], /line 3: "id" is 1\.23E\+15, .*spreadsheet.*--map "id=-"/],
		['no known column', 'foo,bar\n1,2\n', [], /no column was recognised among foo, bar.*--map/],
		['an unknown attribute', HEADER, ['--map', 'email=shoe_size'], /no attribute "shoe_size".*birth_date.*postal_code/],
		['a --map without attribute', HEADER, ['--map', 'email'], /--map takes column=attribute/],
		['an unknown column in --map', HEADER, ['--map', 'mail=email'], /no column "mail".* has id, email/],
		['an unknown --id-column', HEADER, ['--id-column', 'nr'], /no column "nr".* has id, email/],
		['an unknown --source-column', HEADER, ['--source-column', 'sys'], /no column "sys".* has id, email/],
		['a source with a colon', HEADER, ['--source', 'a:b'], /colon/],
		['two words on the source', HEADER, ['--source', 'a', '--source-column', 'id'], /not both/],
		['a country that is none', HEADER, ['--default-country', 'Utopia'], /ISO 3166/],
		['an output folder that is not there', HEADER, ['--out', desk.path('no/where.csv')], /cannot be written.*does not exist/],
		['an output that is a folder', HEADER, ['--out', desk.folder], /is a folder/],
		['output over the input', HEADER, ['--out', desk.path('fault.csv')], /an input file and as --out/],
		['a store that is no store', HEADER, ['--store', desk.write('notes.txt', 'x'.repeat(5000))], /notes\.txt/],
		['a truth without its columns', HEADER, ['--truth', desk.write('truth.csv', 'a,b\n1,2\n')], /no truth file/],
		['a missing truth', HEADER, ['--truth', desk.path('none.csv')], /none\.csv does not exist/],
		['a title above the names of the columns', `Export of today,,\n\n${HEADER}`, [], /no column was recognised among Export of today.*Line 3 seems to name the columns: take out the lines above/],
		['a title without the delimiter of the rows', 'Export of today\nid;email;name\n1;ann@acme.io;Ann\n', [], /Line 2 seems to name the columns/],
		['a delimiter that nobody guesses', 'id^email\n1^ann@acme.io\n', [], /no column was recognised among id\^email.*name it with --delimiter/],
		['more sources than files', HEADER, ['--source', 'a', '--source', 'b'], /There is 1 file and 2 times --source/],
		['an option and its opposite', HEADER, ['--no-train', '--train'], /--train and --no-train contradict each other/],
		['JSON', '[\n  {"id": 1, "email": "ann@acme.io"}\n]\n', [], /is JSON, not a CSV file/],
		['a page', '<!DOCTYPE html><table><tr><td>ann@acme.io</td></tr></table>', [], /is an HTML or XML document, not a CSV file/],
		['a byte 0 in a cell', `${HEADER}2,b\0o@acme.io\n`, [], /line 3: there is a byte 0/],
		['an unknown option', HEADER, ['--bogus'], /unknown option/],
	])('%s', async (_, content, args, message) => {
		const { code, out, err } = await run('resolve', desk.write('fault.csv', content), ...args);
		expect(err).toMatch(message);
		expect(code).toBe(2);
		expect(out).toBe('');
		expect(err).not.toMatch(/\n\s+at /);
		expect(err).not.toContain('@acme.io');
	});

	it.each([
		['a missing file', desk.path('missing.csv'), /does not exist/],
		['a folder', desk.folder, /is a folder/],
		['a device', '/dev/null', /is not a file/],
		['standard input', '-', /standard input.*Save its content as a file/],
		['a gzip archive', desk.write('rows.csv.gz', gzipSync(HEADER)), /gzip archive.*gunzip/],
		['a workbook', desk.write('book.xlsx', Buffer.from([0x50, 0x4b, 3, 4, 0, 0])), /Excel workbook/],
		['a binary file', desk.write('binary.csv', Buffer.from([1, 2, 0, 4, 5, 6, 7, 8, 9])), /binary data/],
	])('%s in place of a CSV file', async (_, path, message) => {
		const { code, err } = await run('resolve', path);
		expect([code, err]).toEqual([2, expect.stringMatching(message)]);
	});

	it.each([
		['Latin-1 that is said to be UTF-8', Buffer.from('id,name\r\n1,Ann\r\n2,André\r\n', 'latin1'), ['--encoding', 'utf-8'], /line 3: .* no text in UTF-8\. Use --encoding windows-1252, or leave/],
		['a fault far behind', Buffer.from(`id,name\n${'1,Ann\n'.repeat(400_000)}2,André\n`, 'latin1'), ['--encoding', 'utf8'], /line 400002: /],
		['UTF-16 that is said to be UTF-8', Buffer.from('\uFEFFid,name\n1,Ann\n', 'utf16le'), ['--encoding', 'utf-8'], /line 1: .*Use --encoding utf-16le/],
		['UTF-8 that is said to be Japanese', Buffer.from('id,name\n1,Ann\n2,Là\n'), ['--encoding', 'shift_jis'], /line 3: .* no text in SHIFT_JIS\. Use --encoding utf-8/],
		['a row in Latin-1 below a mark of UTF-8', Buffer.concat([Buffer.from('\uFEFFid,name\r1,Zoé\r'), Buffer.from('2,André\r', 'latin1')]), [], /line 3: .*UTF-8, in which the file begins\. Put the line right, or save the whole file as UTF-8/],
		['UTF-16 with its end cut off', Buffer.from('\uFEFFid,name\n1,Ann\n', 'utf16le').subarray(0, -1), [], /line 2: .*UTF-16LE/],
	])('%s', async (_, content, args, message) => {
		const { code, err } = await run('resolve', desk.write('bytes.csv', content), ...args);
		expect([code, err]).toEqual([2, expect.stringMatching(message)]);
	});

	it('one ID in two files of one source', async () => {
		const [a, b] = [desk.write('a.csv', HEADER), desk.write('b.csv', HEADER)];
		const { code, err } = await run('resolve', a, b, '--source', 'crm');
		expect(code).toBe(2);
		expect(err).toMatch(/a\.csv, line 2, and .*b\.csv, line 2, have the same "id".*--source/);
	});
});

describe('one file', () => {
	const file = desk.write('once.csv', HEADER);
	symlinkSync(file, desk.path('link.csv'));

	it.each([
		['the same name', file, /once\.csv is given twice\. Give it once\.\n$/],
		['another spelling', `${desk.folder}/./once.csv`, /once\.csv is given twice, also as .*\/\.\/once\.csv\. Give it once\.\n$/],
		['a link', desk.path('link.csv'), /once\.csv is given twice, also as .*link\.csv\. Give it once\.\n$/],
	])('is given once, and not again by %s', async (_, other, message) => {
		for (const args of [[], ['--source', 'crm'], ['--source', 'crm', '--source', 'crm']]) {
			const { code, err } = await run('resolve', file, other, ...args);
			expect([code, err]).toEqual([2, expect.stringMatching(message)]);
		}
	});

	it('is not written over under another spelling', async () => {
		symlinkSync(desk.folder, desk.path('folder'));
		for (const other of [desk.path('link.csv'), desk.path('folder/once.csv')]) {
			const { code, err } = await run('resolve', file, '--out', other);
			expect([code, err]).toEqual([2, expect.stringMatching(/is named as an input file and as --out/)]);
		}
		const { err } = await run('resolve', file, '--out', desk.path('new.csv'), '--json', desk.path('folder/new.csv'));
		expect(err).toMatch(/is named as --out and as --json/);
		expect(desk.read('once.csv')).toBe(HEADER);
	});

	it('may stand for two sources', async () => {
		expect((await run('resolve', file, file, '--source', 'crm', '--source', 'shop')).code).toBe(0);
	});
});

describe('help', () => {
	it.each([
		[['help'], ['resolve']],
		[['help', 'tidy'], ['retention', '--compact']],
		[['--version'], [manifest.version]],
		[['--help'], ['resolve', 'ingest', 'explain', 'train', 'check', 'backup', 'migrate']],
		[['resolve', '--help'], ['--map', '--threads', '--rejected', '--id-column', '--store', '--default-country', 'canonical_id']],
		[['ingest', '--help'], ['--map', '--id-column', '--store', '--default-country', '--train', '--seed', '--threads', '--rejected', 'run again', '130']],
		[['explain', '--help'], ['--store', '--json', '--svg', 'system:object:id', 'canonical ID']],
		[['train', '--help'], ['--store', '--seed', '--apply', '--out', '--splink', 'without --apply']],
		[['check', '--help'], ['--store']],
		[['backup', '--help'], ['--store', '--out']],
		[['migrate', '--help'], ['--from', '--to', '--schema']],
	])('%j names what there is', async (args, words) => {
		const { code, out } = await run(...args);
		expect(code).toBe(0);
		for (const word of words) expect(out).toContain(word);
	});

	it('is pointed at after a command that does not exist', async () => {
		expect(await run('resolv')).toMatchObject({ code: 2, err: expect.stringContaining('customer360 --help') as string });
	});
});
