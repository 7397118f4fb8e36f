import fc from 'fast-check';
import { openCsv, readRows } from '../../../cli/csv/rows';
import { Desk, run } from './command';

const desk = new Desk();
afterAll(() => desk.clear());

/** The line of a place in a text, from 1, as an editor shows it. */
const lineOf = (text: string, place: number) => text.slice(0, place).split(/\r\n|\r|\n/).length;

async function linesRead(content: string): Promise<number[]> {
	const lines: number[] = [];
	for await (const { line } of readRows(await openCsv(desk.write('rows.csv', content)))) lines.push(line);
	return lines;
}

describe('the line of a row is the one in which an editor shows its beginning', () => {
	it.each([
		['with line feeds', 'id,note\nA,x\nB,y\n', [2, 3]],
		['with line feeds within quotes', 'id,note\nA,"x\n\ny"\nB,z\n', [2, 5]],
		['as Windows writes it', 'id,note\r\nA,"x\r\n\r\ny"\r\nB,z\r\n', [2, 5]],
		['as Windows writes it, with line feeds within quotes, as Excel does', 'id,note\r\nA,"x\n\ny"\r\nB,z\r\n', [2, 5]],
		['with returns', 'id,note\rA,"x\r\ry"\rB,z\r', [2, 5]],
		['with a line break in the name of a column', 'id,"no\r\nte"\r\nA,x\r\nB,y', [3, 4]],
		['with a byte order mark', '\uFEFFid,note\r\nA,x\r\nB,y', [2, 3]],
		['with a first line for Excel', 'sep=;\r\nid;note\r\nA;"x\r\ny"\r\nB;z', [3, 5]],
		['with empty lines, also above the names', '\r\n\r\nid,note\r\n\r\nA,x\r\n  \r\nB,y', [5, 7]],
	])('in a file %s', async (_, content, lines) => {
		expect(await linesRead(content)).toEqual(lines);
	});

	it('whatever stands within quotes and between rows', async () => {
		const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
		const written = fc.string({ unit: 'grapheme-ascii', maxLength: 3 }).map((text) => text.replaceAll('"', '""'));
		const cell = fc.array(fc.oneof(lineEnd, fc.constantFrom('""', ',', ' '), written), { maxLength: 6 }).map((pieces) => `"${pieces.join('')}"`);
		const row = fc.record({ cells: fc.tuple(cell, cell), end: lineEnd, empty: fc.array(lineEnd, { maxLength: 2 }) });
		await fc.assert(
			fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
				let text = 'id,note\n';
				const begins = rows.map(({ cells, end, empty }) => {
					const begin = text.length;
					text += `${cells.join(',')}${end}${empty.join('')}`;
					return begin;
				});
				expect(await linesRead(text)).toEqual(begins.map((place) => lineOf(text, place)));
			}),
		);
	});

	it('wherever the file is cut in reading it', async () => {
		// A file is read in pieces of a megabyte. The first of them ends between any two characters of the line breaks below so many rows.
		const rows = `A,${'x'.repeat(1020)}\r\n`.repeat(1023);
		for (let room = 4; room <= 12; room += 1) {
			const names = `id,${'n'.repeat((1 << 20) - room - rows.length - 5)}\r\n`;
			const lines = await linesRead(`${names}${rows}B,"x\r\ny"\r\n\r\nC,z\r\n`);
			expect([room, lines.slice(-2)]).toEqual([room, [1025, 1028]]);
		}
	});
});

describe('a fault is told with the line in which its row begins', () => {
	it.each([
		['a missing cell below line breaks of Windows', 'id,name\r\nA,"x\r\ny"\r\nB\r\n', /line 4: 1 cell where/],
		['a quote in the wrong place below line breaks of Windows', 'id,name\r\nA,"x\r\ny"\r\nB,"x"y\r\n', /line 4: the row that begins here has a double quote/],
		['a quote in the wrong place in the next line of a row', 'id,name\r\nA,"x\r\ny"z\r\n', /line 2: the row that begins here and goes on below has a double quote/],
		['an open quote below empty lines', 'id,name\n\n\nA,"x\n', /line 4: a double quote is opened in the row that begins here/],
		['an open quote in the names of the columns', 'sep=;\nid;"name\n', /line 2: a double quote is opened/],
	])('%s', async (_, content, message) => {
		const { code, err } = await run('resolve', desk.write('fault.csv', content));
		expect([code, err]).toEqual([2, expect.stringMatching(message)]);
	});
});

it('a line that names the columns once more is no row, and is told', async () => {
	const file = desk.write('both.csv', 'id,first name,last name,city\n1,Ann,Hill,Austin\nid,first name,last name,city\n2,Bob,Wood,Boston\nid,first name,last name,city\n');
	const { code, out, err } = await run('resolve', file);
	expect(code).toBe(0);
	expect(out.split('\n').map((line) => line.split(',')[1])).toEqual(['source_id', '1', '2', undefined]);
	expect(err).toContain(`stand once more in 2 rows (first: ${file}, line 3)`);
	expect(err).toMatch(/rows read +2\n/);
});
