import { build, startBuilt } from './built';

beforeAll(build, 120_000);

test('a reader that stops early, as head does, is no error', async () => {
	const command = startBuilt(['resolve', '--help']);
	command.stdout?.destroy();
	let err = '';
	command.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
	const code = await new Promise((resolve) => command.on('close', resolve));
	expect([code, err]).toEqual([0, '']);
});
