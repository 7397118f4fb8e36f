import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './built';
import { Desk, run } from './command';

const desk = new Desk();
beforeAll(build, 120_000);
afterAll(() => desk.clear());

/** So many rows, under IDs that take room. */
function rows(count: number): string {
	return Array.from({ length: count }, (_, index) => `${'x'.repeat(60)}${index},person${index}@acorn-mail.com`).join('\n');
}

test('a store that reaches the largest file that its user may write: a sentence that says so, and what is in it is whole', async () => {
	const [file, store] = [desk.write('many.csv', `id,email\n${rows(6_000)}\n`), desk.path('limited.sqlite')];
	const program = join(__dirname, '../../../dist/cli/customer360.js');
	const command = `ulimit -f 6000; exec "${process.execPath}" "${program}" ingest "${file}" --no-train --type person --store "${store}"`;
	const { status, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
	expect(status).toBe(2);
	expect(stderr).toMatch(/\ncustomer360: The system could not read or write the identity store .*limited\.sqlite .*; nothing of this step was kept\. .*"ulimit -f"/);
	expect((await run('ingest', file, '--no-train', '--type', 'person', '--store', store)).code).toBe(0);
	expect((await run('check', '--store', store)).out).toMatch(/^6,000 records and 6,000 profiles are in order/);
}, 60_000);
