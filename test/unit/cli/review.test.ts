import { parse } from 'csv-parse/sync';
import { Desk, run } from './command';

const desk = new Desk();
afterAll(() => desk.clear());

/** Two first names on one mailbox: a couple, or one person with two names. */
const ALIKE = 'id,first_name,last_name,email\n1,Ann,Zbigniewska,hill@acorn-mail.com\n2,Bob,Zbigniewska,hill@acorn-mail.com\n3,Otto,Quast,otto@acorn-mail.com\n';

test('open questions are listed by reference, without values, and can be explained', async () => {
	const store = desk.path('store.sqlite');
	await run('ingest', desk.write('alike.csv', ALIKE), '--store', store);
	const { code, out, err } = await run('review', 'list', '--store', store);
	expect(code).toBe(0);
	const rows = parse<Record<string, string>>(out, { columns: true });
	expect(rows).toEqual([{ question: expect.any(String), entity: 'person', left: 'alike:person:1', right: 'alike:person:2', weight: '3.99', records: '2' }]);
	expect(err).toContain('1 question is open. "customer360 explain LEFT RIGHT --store STORE"');
	expect(out + err).not.toMatch(/Zbigniewska|acorn/i);
	expect((await run('explain', rows[0]?.left ?? '', rows[0]?.right ?? '', '--store', store)).code).toBe(0);
});

test('who finds pairs for review is told where to see them, also how to keep them where the store is gone afterwards', async () => {
	const file = desk.write('told.csv', ALIKE);
	const kept = await run('resolve', file, '--store', desk.path('told.sqlite'));
	expect(kept.err).toContain('1 pair waits for a person: "customer360 review list" and the Customer 360 Review node show it');
	const gone = await run('resolve', file);
	expect(gone.err).toContain('To see the pairs for review, keep the store with --store FILE: "customer360 review list" prints them');
	expect(gone.err).not.toContain('waits for a person');
});

test('a store without questions says so', async () => {
	const store = desk.path('none.sqlite');
	await run('ingest', desk.write('one.csv', 'id,email\n1,ann@acorn-mail.com\n'), '--store', store);
	expect(await run('review', 'list', '--store', store)).toMatchObject({ code: 0, out: 'question,entity,left,right,weight,records\n', err: expect.stringContaining('No question is open.') });
});

test('what is missing is named with the help of this very command, and --limit has to be a number', async () => {
	expect((await run('review', 'list')).err).toBe('customer360: required option \'--store <store>\' not specified\n(see customer360 review list --help)\n');
	expect(await run('review', 'list', '--store', desk.path('none.sqlite'), '--limit', '0')).toMatchObject({ code: 2, err: expect.stringContaining('--limit takes a whole number from 1 on') });
});
