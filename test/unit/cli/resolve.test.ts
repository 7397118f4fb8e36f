import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { stringify } from 'csv-stringify/sync';
import { clustersIn, Desk, groupsIn, run } from './command';

const desk = new Desk();
afterAll(() => desk.clear());

const PEOPLE = [
	'id,first_name,last_name,email',
	'1,Robert,Smith,rs@acme.io',
	'2,Bo,Jones,bo@initech.io',
	'3,Bob,Smith,RS@acme.io',
	'',
].join('\n');

describe('clusters', () => {
	it('have a row for each input row, in input order, with one ID for one person', async () => {
		const { code, out } = await run('resolve', desk.write('people.csv', PEOPLE));
		expect(code).toBe(0);
		expect(out.split('\n')[0]).toBe('source,source_id,canonical_id');
		expect(clustersIn(out).map(({ source, source_id }) => [source, source_id])).toEqual([['people', '1'], ['people', '2'], ['people', '3']]);
		expect(groupsIn(out)).toEqual([['1', '3'], ['2']]);
	});

	it('go to the file that --out names, which is whole or not there', async () => {
		const folder = desk.path('');
		const before = readdirSync(folder);
		const failed = await run('resolve', desk.write('bad.csv', `${PEOPLE}4,"Eve\n`), '--out', desk.path('out.csv'));
		expect(failed.code).toBe(2);
		expect(readdirSync(folder).sort()).toEqual([...new Set([...before, 'bad.csv'])].sort());

		const { code, out } = await run('resolve', desk.write('people.csv', PEOPLE), '--out', desk.path('out.csv'));
		expect([code, out]).toEqual([0, '']);
		expect(groupsIn(desk.read('out.csv'))).toEqual([['1', '3'], ['2']]);
	});

	it('give a row that cannot be used an ID of its own and say why, without its values', async () => {
		const file = desk.write('thin.csv', 'id,first_name,email\n7,Xenia,xenia(at)acme\n8,Zoe,zoe@acme.io\n9,Yves,\n');
		const { code, out, err } = await run('resolve', file);
		expect(code).toBe(0);
		expect(clustersIn(out).map(({ canonical_id }) => canonical_id)).toEqual(['rejected:thin:7', expect.stringMatching(/^per_/), 'rejected:thin:9']);
		expect(err).toMatch(/rejected\s+2/);
		expect(err).toContain('field "email" has no @');
		expect(err).not.toMatch(/xenia/i);
	});

	it('span several files, each a source with the name of its file', async () => {
		const crm = desk.write('crm.csv', 'id,email\n1,ann@acme.io\n2,bo@initech.io\n');
		const shop = desk.write('shop.csv', 'id,email\n1,bo@initech.io\n');
		const { out } = await run('resolve', crm, shop);
		const [first, second, third] = clustersIn(out);
		expect([first?.source, third?.source]).toEqual(['crm', 'shop']);
		expect(third?.canonical_id).toBe(second?.canonical_id);
		expect(third?.canonical_id).not.toBe(first?.canonical_id);
	});

	it('name the sources as told, for all files, for each, or by a column', async () => {
		const one = desk.write('one.csv', 'id,system,email\n1,crm,ann@acme.io\n2,shop,bo@initech.io\n');
		const two = desk.write('two.csv', 'id,email\n3,eve@hooli.io\n');
		const sources = async (...args: string[]) => clustersIn((await run('resolve', one, two, ...args)).out).map(({ source }) => source);
		expect(await sources('--source', 'all')).toEqual(['all', 'all', 'all']);
		expect(await sources('--source', 'a', '--source', 'b')).toEqual(['a', 'a', 'b']);
		expect(await sources('--source-column', 'system')).toEqual(['crm', 'shop', 'two']);
	});

	it('use the number of the row where no column gives an ID, and say so', async () => {
		const { out, err } = await run('resolve', desk.write('noid.csv', 'email\nann@acme.io\nbo@initech.io\n'));
		expect(clustersIn(out).map(({ source_id }) => source_id)).toEqual(['1', '2']);
		expect(err).toContain('the number of the row is used');
	});

	it('keep whatever stands in an ID, row by row, whatever the delimiter', async () => {
		const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
		const id = text.filter((own) => own.trim() === own && own !== '' && !own.includes('\r'));
		await fc.assert(
			fc.asyncProperty(fc.uniqueArray(id, { minLength: 1, maxLength: 8 }), fc.constantFrom(',', ';', '\t', '|'), async (ids, delimiter) => {
				const rows = [['id', 'email'], ...ids.map((own, index) => [own, `p${index}@acme.io`])];
				const { out } = await run('resolve', desk.write('any.csv', stringify(rows, { delimiter, quoted: true })));
				expect(clustersIn(out).map(({ source_id }) => source_id)).toEqual(ids);
			}),
			{ numRuns: 10 },
		);
	});
});

describe('cells', () => {
	it('may hold several emails', async () => {
		const { out } = await run('resolve', desk.write('several.csv', 'id,email\n1,ann@acme.io; ann@home.io\n2,ann@home.io\n3,"bo@acme.io;"\n'));
		expect(groupsIn(out)).toEqual([['1', '2'], ['3']]);
	});

	it('may hold several phones, read as in the default country', async () => {
		const file = desk.write('phones.csv', 'id,name,phone\n1,Ann Smith,020 7946 0018;0161 715 6000\n2,Ann Smith,+44 161 715 6000\n');
		expect(groupsIn((await run('resolve', file, '--default-country', 'GB')).out)).toEqual([['1', '2']]);
		expect(clustersIn((await run('resolve', file, '--default-country', 'US')).out)[0]?.canonical_id).toMatch(/^rejected:/);
	});

	it('of a column record_type tell people from organisations', async () => {
		const rows = ['id,record_type,name,website', '1,ORGANIZATION,Acme Ltd,acme.io', '2,person,Ann Acme,acme.io', '3,Company,ACME,www.acme.io', ''];
		const file = desk.write('types.csv', rows.join('\n'));
		const { out } = await run('resolve', file);
		const [first, second, third] = clustersIn(out);
		expect(first?.canonical_id).toMatch(/^com_/);
		expect(third?.canonical_id).toBe(first?.canonical_id);
		expect(second?.canonical_id).toBe('rejected:types:2');
	});

	it.each([
		['UTF-8 with a byte order mark', Buffer.from('\uFEFFid,name,email\r\n1,Jürgen Müller,jm@acme.io\r\n')],
		['UTF-16 with a byte order mark', Buffer.from('\uFEFFid,name,email\r\n1,Jürgen Müller,jm@acme.io\r\n', 'utf16le')],
		['UTF-16 without one', Buffer.from('id,name,email\r\n1,Jürgen Müller,jm@acme.io\r\n', 'utf16le')],
		['Latin-1', Buffer.from('id,name,email\r\n1,Jürgen Müller,jm@acme.io\r\n', 'latin1')],
	])('are read from a file in %s', async (_, content) => {
		const other = desk.write('other.csv', 'id,name,birth_date,email\n2,Jurgen Muller,,jm@acme.io\n');
		const { out, err } = await run('resolve', desk.write('encoded.csv', content), other);
		expect(groupsIn(out)).toEqual([['1', '2']]);
		expect(err).toContain('id     -> ID of the record');
	});

	it.each([
		['sep=;', ';'],
		['"SEP=|"', '|'],
		// The names alone would be cut at the semicolon.
		['sep=,', ',', 'a;b;c'],
		['sep=\t', '\t'],
	])('are cut as a first line for Excel says, %j', async (first, delimiter, column = 'note') => {
		const rows = [['id', 'name', 'email', column], ['1', 'Ann Hill', 'ann@acme.io', ''], ['2', 'A. Hill', 'ann@acme.io', '']];
		const file = desk.write('excel.csv', Buffer.from(`\uFEFF${[[first], ...rows].map((cells) => cells.join(delimiter)).join('\r\n')}\r\n`));
		const { out, err } = await run('resolve', file);
		expect(groupsIn(out)).toEqual([['1', '2']]);
		expect(err).toContain('its first line (sep=) is for Excel and no row');
	});

	it('with line breaks and delimiters in quotes stay one cell', async () => {
		const file = desk.write('breaks.csv', 'id,address,email\r\n1,"1 High St\r\nFlat 2, rear",a1@acme.io\r\n2,x,b2@acme.io\r\n');
		const { code, out } = await run('resolve', file);
		expect([code, groupsIn(out)]).toEqual([0, [['1'], ['2']]]);
	});
});

describe('values that cannot be read', () => {
	const german = 'Kundennummer;Vorname;Name;Geburtsdatum;Telefon\n1;Jürgen;Weiß;31.12.1970;030 901820\n2;Juergen;Weiss;31.12.1970;030 901820\n3;Eva;Bauer;1.2.1980;030 901821\n';

	it('are counted, with what to do about phone numbers from another country', async () => {
		const { code, err } = await run('resolve', desk.write('kunden.csv', german));
		expect(code).toBe(0);
		expect(err).toMatch(/In 3 rows \(first: .*kunden\.csv, line 2\) the phone cannot be read and does not count\./);
		expect(err).toContain('Phone numbers that are not from US need their country: give it with --default-country or in a column.');
	});

	it('are not spoken of when all can be read', async () => {
		const { err, out } = await run('resolve', desk.write('kunden.csv', german), '--default-country', 'DE');
		expect(err).not.toMatch(/cannot be read|need their country/);
		expect(groupsIn(out)).toEqual([['1', '2'], ['3']]);
	});

	it('that cost rows their place are spoken of, too', async () => {
		const { err } = await run('resolve', desk.write('phones.csv', 'id,phone\n1,030 901820\n'));
		expect(err).toContain('rejected 1: ');
		expect(err).toContain('Phone numbers that are not from US need their country');
		expect(err).toContain('Rejected rows are in the output as rejected:<source>:<id>; they join nobody.');
	});
});
