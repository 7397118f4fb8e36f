import { closeSync, openSync } from 'node:fs';
import { build, runBuilt, runBuiltInto, startBuilt } from './built';
import { Desk } from './command';

beforeAll(build, 120_000);

test('a reader that stops early, as head does, is no error', async () => {
	const command = startBuilt(['resolve', '--help']);
	command.stdout?.destroy();
	let err = '';
	command.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
	const code = await new Promise((resolve) => command.on('close', resolve));
	expect([code, err]).toEqual([0, '']);
});

const desk = new Desk();
afterAll(() => desk.clear());

test('a load goes on when nobody hears any more how far it is', async () => {
	const rows = Array.from({ length: 3000 }, (_, index) => `${index},Ann,Person${index},p${index}@larkmill.com`);
	const file = desk.write('rows.csv', ['id,first_name,last_name,email', ...rows, ''].join('\n'));
	const command = startBuilt(['ingest', file, '--no-train', '--store', desk.path('identity.sqlite')]);
	command.stderr?.destroy();
	expect(await new Promise((resolve) => command.on('close', resolve))).toBe(0);
	expect((await runBuilt('check', '--store', desk.path('identity.sqlite'))).out).toContain('3,000 records and 3,000 profiles are in order');
});

test('output that cannot be written ends with one sentence and 2', async () => {
	const file = desk.write('one.csv', 'id,email\n1,ann@larkmill.com\n');
	const store = desk.path('small.sqlite');
	expect((await runBuilt('ingest', file, '--no-train', '--store', store)).code).toBe(0);
	const unwritable = openSync(file, 'r');
	try {
		const { code, err } = await runBuiltInto(unwritable, 'check', '--store', store);
		expect([code, err]).toEqual([2, expect.stringMatching(/customer360: The output could not be written: its file cannot be used \(EBADF\)\.\n$/)]);
		expect(err).not.toMatch(/\n\s+at /);
	} finally {
		closeSync(unwritable);
	}
});
