import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Desk } from './command';

const desk = new Desk();
afterAll(() => desk.clear());

const root = join(__dirname, '../../..');

/** Starts the program itself, and sends the signal as soon as it says that it is matching. */
function interrupted(signal: NodeJS.Signals, args: string[]): Promise<{ code: number | null; err: string }> {
	const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'cli/customer360.ts'), ...args], {
		cwd: root,
		env: { ...process.env, TMPDIR: desk.folder, TSX_DISABLE_CACHE: '1' },
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	let err = '';
	child.stderr.on('data', (chunk: Buffer) => {
		err += chunk.toString();
		if (err.includes('Phone numbers and dates')) child.kill(signal);
	});
	return new Promise((resolve) => child.on('close', (code) => resolve({ code, err })));
}

it.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('%s leaves no temporary file and no half output', async (signal, code) => {
	const rows = Array.from({ length: 20_000 }, (_, index) => `${index},Ann,Person${index},p${index}@acme.io`);
	const file = desk.write('long.csv', `id,first_name,last_name,email\n${rows.join('\n')}\n`);
	const ended = await interrupted(signal, ['resolve', file, '--no-train', '--out', desk.path('clusters.csv')]);
	expect(ended).toMatchObject({ code });
	expect(readdirSync(desk.folder)).toEqual(['long.csv']);
});
