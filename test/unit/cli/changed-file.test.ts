import { copyFileSync, writeFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { runCommandLine } from '../../../cli/program';
import { Desk, run } from './command';

const desk = new Desk();
afterAll(() => desk.clear());

const NAMES = 'id,email\n';
const ANN = '1,ann@acme.io\n';
const BOB = '2,bob@acme.io\n';

/** Runs a command that loads with the weights as they are, and does something when all files are checked and none of their rows is stored. */
async function runWith(between: () => void, ...args: string[]): Promise<{ code: number; err: string }> {
	let err = '';
	let done = false;
	const stdout = new Writable({ write: (_chunk, _encoding, next) => next() });
	const stderr = new Writable({
		write(chunk: Buffer, _encoding, next) {
			err += chunk.toString();
			if (!done && err.includes('The shipped weights are used')) {
				done = true;
				between();
			}
			next();
		},
	});
	const code = await runCommandLine([...args, '--no-train'], { stdout, stderr });
	expect(done).toBe(true);
	return { code, err };
}

describe('a file that is written to between its checking and its reading is not believed, and nothing of it is stored:', () => {
	it.each([
		['a row more', NAMES + ANN + BOB + '3,cy@acme.io\n'],
		// By their numbers Ann's row would be stored as Bob's.
		['its rows in another order', NAMES + BOB + ANN],
		['a row less', NAMES + ANN],
		['nothing left', ''],
	])('%s', async (_, content) => {
		const file = desk.write('crm.csv', NAMES + ANN + BOB);
		const store = desk.path(`store-${content.length}-${content.indexOf(ANN)}.sqlite`);
		const { code, err } = await runWith(() => writeFileSync(file, content), 'ingest', file, '--store', store);
		expect([code, err]).toEqual([2, expect.stringMatching(/crm\.csv was written to while it was read.*Run the same command again/)]);
		const { err: checked, out } = await run('check', '--store', store);
		expect(`${checked}${out}`).toContain('has no records');

		desk.write('crm.csv', NAMES + ANN + BOB);
		expect((await run('ingest', file, '--store', store, '--no-train')).code).toBe(0);
		expect((await run('check', '--store', store)).out).toContain('2 records and 2 profiles are in order');
	});

	it('but one that is only copied meanwhile is', async () => {
		const file = desk.write('copied.csv', NAMES + ANN + BOB);
		expect((await runWith(() => copyFileSync(file, desk.path('copy.csv')), 'resolve', file)).code).toBe(0);
	});
});
