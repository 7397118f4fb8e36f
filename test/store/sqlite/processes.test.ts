import { execFileSync, spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { closeAllStores, openStore, type IdentityStore } from '../../../lib/store';
import { temporaryFolders } from '../describe-store';

const SIZE = 25;

/** The writing process as one file of plain JavaScript: it starts in a tenth of the time. */
const bundled = join(mkdtempSync(join(tmpdir(), 'customer360-writer-')), 'writer.cjs');

beforeAll(() => {
	const bundler = resolve('node_modules', '.bin', 'esbuild');
	const source = resolve('test', 'store', 'sqlite', 'writer-process.ts');
	execFileSync(bundler, [source, '--bundle', '--platform=node', '--log-level=error', `--outfile=${bundled}`]);
});
afterAll(() => rmSync(resolve(bundled, '..'), { recursive: true, force: true }));

interface Writer {
	child: ChildProcessByStdio<null, Readable, null>;
	acknowledged: string[];
	ended: Promise<unknown>;
}

function startWriter(file: string, name: string, batches: number): Writer {
	const child = spawn(process.execPath, [bundled, file, name, String(batches), String(SIZE)], { stdio: ['ignore', 'pipe', 'inherit'] });
	const acknowledged: string[] = [];
	createInterface(child.stdout).on('line', (line) => acknowledged.push(line));
	return { child, acknowledged, ended: once(child, 'close') };
}

/** Everything that one batch wrote, as far as it is there. */
async function batchParts(store: IdentityStore, batch: string): Promise<number[]> {
	return await store.read(async (tx) => {
		const profile = (await tx.profiles.byCanonicalId([`c-${batch}`])).get(`c-${batch}`);
		const refs = Array.from({ length: SIZE }, (_, i) => ({ system: 'crm', object: 'contact', sourceId: `${batch}-${i}` }));
		return [
			(await tx.records.byRef(refs)).size,
			(await tx.keys.holders([`batch:${batch}`])).get(`batch:${batch}`)?.length ?? 0,
			profile ? (await tx.records.ofProfiles([profile.no])).length : 0,
			(await tx.events.ofProfile([`c-${batch}`], 9)).length * SIZE,
		];
	});
}

describe('several processes and one file', () => {
	const newFolder = temporaryFolders();

	test('two that create the store at one time and write at one time lose nothing', async () => {
		const file = join(newFolder(), 'deep', 'identity.sqlite');
		const writers = ['one', 'two'].map((name) => startWriter(file, name, 40));
		await Promise.all(writers.map(async ({ ended }) => await ended));
		expect(writers.map(({ child, acknowledged }) => [child.exitCode, acknowledged.length])).toEqual([[0, 40], [0, 40]]);
		const store = await openStore({ file });
		await store.read(async (tx) => {
			expect(await tx.cursors.get('batches')).toBe(80);
			expect(await tx.records.counts()).toEqual([{ system: 'crm', object: 'contact', records: 80 * SIZE }]);
		});
		for (const batch of ['one-0', 'one-39', 'two-0', 'two-39']) expect(await batchParts(store, batch)).toEqual([SIZE, SIZE, SIZE, SIZE]);
	});

	test('kill -9 at any moment loses no acknowledged batch and leaves none half written', async () => {
		const file = join(newFolder(), 'identity.sqlite');
		let committed = 0;
		for (let round = 0; round < 10; round++) {
			const { child, acknowledged, ended } = startWriter(file, `round${round}`, 1_000_000);
			await once(child.stdout, 'data');
			await wait(Math.random() * 60);
			child.kill('SIGKILL');
			await ended;
			const store = await openStore({ file });
			for (const batch of acknowledged) expect([batch, ...(await batchParts(store, batch))]).toEqual([batch, SIZE, SIZE, SIZE, SIZE]);
			// The one after the last acknowledged may be there, wholly, or not at all.
			const next = await batchParts(store, `round${round}-${acknowledged.length}`);
			expect(new Set(next).size).toBe(1);
			committed += acknowledged.length + (next[0] === SIZE ? 1 : 0);
			await store.read(async (tx) => {
				expect(await tx.cursors.get('batches')).toBe(committed);
				expect(await tx.events.lastSeq()).toBe(committed);
				expect(await tx.records.counts()).toEqual([{ system: 'crm', object: 'contact', records: committed * SIZE }]);
			});
			await closeAllStores();
		}
	});
});
