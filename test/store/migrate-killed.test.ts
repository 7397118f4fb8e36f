import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { closeAllStores, openStore, type IdentityStore } from '../../lib/store';
import { temporarySchemas } from '../postgres/schemas';
import { everythingIn } from './everything-in';
import { fillStore } from './full-store';

const folder = mkdtempSync(join(tmpdir(), 'customer360-migrate-'));
const full = join(folder, 'full.sqlite');
const bundled = join(folder, 'migrate.cjs');

beforeAll(async () => {
	await fillStore(await openStore({ file: full }));
	await closeAllStores();
	const flags = ['--bundle', '--platform=node', '--log-level=error', `--outfile=${bundled}`];
	execFileSync(resolve('node_modules', '.bin', 'esbuild'), [resolve('test', 'store', 'migrate-process.ts'), ...flags]);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function contentOf(store: IdentityStore): Promise<Record<string, unknown>> {
	return await everythingIn(store, ['source:crm', 'lease:crm'], ['crm:contact']);
}

describe('a migration in a process of its own', () => {
	const newSchema = temporarySchemas();

	test('killed ten times at any moment it goes on each time, and ends with all that there was', async () => {
		const before = await contentOf(await openStore({ file: full }));
		let target = await newSchema();
		for (let round = 0; round < 10; round++) {
			const child = spawn(process.execPath, [bundled, full, target.url, target.schema], { stdio: ['ignore', 'pipe', 'inherit'] });
			const ended = once(child, 'exit');
			await Promise.race([once(child.stdout, 'data'), ended]);
			await new Promise((tick) => setTimeout(tick, Math.random() * 200));
			child.kill('SIGKILL');
			await ended;
			const found: unknown = await openStore(target).catch((error: unknown) => error);
			if (found instanceof Error) expect(found).toMatchObject({ name: 'StoreError', code: 'migrating' });
			else {
				// It had come to its end before the signal did.
				expect(await contentOf(found as IdentityStore)).toEqual(before);
				target = await newSchema();
			}
		}
		const [code] = (await once(spawn(process.execPath, [bundled, full, target.url, target.schema], { stdio: 'ignore' }), 'exit')) as [number];
		expect(code).toBe(0);
		expect(await contentOf(await openStore(target))).toEqual(before);
	});
});
