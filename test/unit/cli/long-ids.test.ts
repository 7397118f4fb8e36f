import { randomBytes } from 'node:crypto';
import { STORE_KINDS } from '../store-kinds';
import { temporarySchemas } from '../../postgres/schemas';
import { Desk, run } from './command';

const desk = new Desk();
afterAll(() => desk.clear());

/** Text that no index can make shorter. */
const letters = (length: number): string => randomBytes(length).toString('hex').slice(0, length);
const inUrl = ({ url, schema }: { url: string; schema?: string }): string => `${url}?schema=${schema}`;
const rows = (long: string) => desk.write('people.csv', `id,name,email\n1,Ann Smith,ann@acme.io\n${long},Bo Jones,bo@initech.io\n3,Cy Hill,cy@initech.io\n`);

describe.each(STORE_KINDS)('a row whose ID is too long ($name)', ({ temporary }) => {
	const newStore = temporary();

	it('is listed as rejected, and the others go in, also the second time', async () => {
		const target = await newStore();
		const store = 'file' in target ? target.file : inUrl(target);
		const long = letters(5000);
		for (const unchanged of [0, 2]) {
			const { code, err } = await run('ingest', rows(long), '--store', store, '--json', desk.path('figures.json'));
			expect([code, err]).toEqual([0, expect.stringContaining('rejected 1: the person has a source ID that is longer than 1,000 bytes.')]);
			expect(err).not.toContain(long.slice(0, 100));
			expect(JSON.parse(desk.read('figures.json'))).toMatchObject({ rows: 3, records: 2, rejected: 1, unchanged, reasons: [{ rows: 1 }] });
		}
		expect(await run('check', '--store', store)).toMatchObject({ code: 0, out: '2 records and 2 profiles are in order.\n' });
		for (const id of [long, `people:${long}`, `people:person:${long}`]) {
			const { code, err } = await run('explain', 'people:person:1', id, '--store', store);
			expect([code, err.length < 400, err]).toEqual([2, true, expect.stringContaining('is longer than that of any record')]);
		}
	});
});

describe('a store in a file', () => {
	const newSchema = temporarySchemas();

	it('in which such a row was read can be moved into PostgreSQL', async () => {
		const file = desk.path('moved.sqlite');
		await run('ingest', rows(letters(5000)), '--store', file);
		const moved = await run('migrate', '--from', file, '--to', inUrl(await newSchema()));
		expect([moved.code, moved.out]).toEqual([0, expect.stringContaining('with 2 records and 2 profiles')]);
	});
});

it.each([
	{ what: 'by --source', header: 'id,email', more: ['--source', 'x'.repeat(151)], says: /the source of .*people\.csv is longer than 150 bytes, .* Name it with --source/ },
	{ what: 'in a column', header: 'id,email,crm', more: ['--source-column', 'crm'], says: /people\.csv, line 2: the column "crm" is longer than 150 bytes, .* Put it right/ },
])('a source whose name $what is too long ends with one sentence', async ({ header, more, says }) => {
	const file = desk.write('people.csv', `${header}\n1,ann@acme.io${header.endsWith('crm') ? `,${'x'.repeat(151)}` : ''}\n`);
	const { code, err } = await run('ingest', file, '--store', desk.path('none.sqlite'), ...more);
	expect([code, err]).toEqual([2, expect.stringMatching(says)]);
});
