import { SmallDisk } from '../../store/small-disk';
import { build, startBuilt } from './built';
import { Desk } from './command';

const desk = new Desk();
beforeAll(build, 120_000);
afterAll(() => desk.clear());

test('no room for temporary files: a sentence that says what to do, before anything is stored', async () => {
	const rows = Array.from({ length: 40_000 }, (_, index) => `${'x'.repeat(60)}${index},person${index}@acorn-mail.com`);
	const file = desk.write('long.csv', `id,email\n${rows.join('\n')}\n`);
	const disk = SmallDisk.mount(1);
	try {
		const child = startBuilt(['ingest', file, '--no-train', '--type', 'person', '--store', desk.path('none.sqlite')], { SQLITE_TMPDIR: disk.folder });
		let err = '';
		child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
		expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2);
		expect(err).toMatch(/\ncustomer360: The disk for temporary files is full\. Make room there, or name a folder on another one in the environment variable SQLITE_TMPDIR\.\n$/);
	} finally {
		disk.end();
	}
});
