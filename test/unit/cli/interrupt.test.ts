import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { Desk, run } from './command';
import { madePeople } from './people';

const desk = new Desk();
afterAll(() => desk.clear());

const root = join(__dirname, '../../..');

/** Starts the program itself, as in a terminal where a person watches, and sends the signal as soon as it says this. */
function interrupted(signal: NodeJS.Signals, args: string[], said = 'Phone numbers and dates'): Promise<{ code: number | null; err: string }> {
	const watched = 'data:text/javascript,process.stderr.isTTY = true';
	const child = spawn(process.execPath, ['--import', 'tsx', '--import', watched, join(root, 'cli/customer360.ts'), ...args], {
		cwd: root,
		env: { ...process.env, TMPDIR: desk.folder, TSX_DISABLE_CACHE: '1' },
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	let [err, sent] = ['', false];
	child.stderr.on('data', (chunk: Buffer) => {
		err += chunk.toString();
		if (!sent && err.includes(said)) sent = child.kill(signal);
	});
	return new Promise((resolve) => child.on('close', (code) => resolve({ code, err })));
}

it.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('%s leaves no temporary file and no half output', async (signal, code) => {
	const rows = Array.from({ length: 20_000 }, (_, index) => `${index},Ann,Person${index},p${index}@acme.io`);
	const file = desk.write('long.csv', `id,first_name,last_name,email\n${rows.join('\n')}\n`);
	const ended = await interrupted(signal, ['resolve', file, '--no-train', '--out', desk.path('clusters.csv')]);
	expect(ended).toMatchObject({ code, err: expect.stringContaining('\u001b[KStopped while the rows were matched. Nothing was written.\n') as string });
	expect(readdirSync(desk.folder)).toEqual(['long.csv']);
});

describe('Ctrl-C while a model is trained stops it there and says what stands:', () => {
	const place = new Desk();
	const many = place.write('many.csv', stringify(madePeople(4000), { header: true }));
	const store = place.path('trained.sqlite');
	beforeAll(async () => {
		expect((await run('ingest', many, '--no-train', '--store', store)).code).toBe(0);
	}, 60_000);
	afterAll(() => place.clear());

	it.each([
		['train', () => ['train', '--store', store, '--apply'], 'Stopped while the weights were fitted. Nothing was changed.'],
		['ingest', () => ['ingest', many, '--store', place.path('new.sqlite')], 'Stopped while the weights were trained; no row was stored. Run the same command again to go on'],
		['resolve', () => ['resolve', many, '--out', place.path('out.csv')], 'Stopped while the weights were trained. Nothing was written.'],
	])('%s', async (_, args, stands) => {
		const { code, err } = await interrupted('SIGINT', args(), 'Fitting the weights to');
		expect(code).toBe(130);
		expect(err).toContain(`\r\u001b[K${stands}`);
		expect(err).not.toContain('Trained on');
		expect(existsSync(place.path('out.csv'))).toBe(false);
	});
});
