import { userFolder } from './user-folder';
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openThreadedStore } from '../../lib';
import { nodeBinary } from '../n8n/install';
import { Proxy } from '../postgres/proxy';
import { temporarySchemas } from '../postgres/schemas';
import { buyers, lastCursor, libraryFile, matchAll, newFile, SYSTEMS, threadedStores, threadFile } from './threads';

const openThread = threadedStores();

/** The real thread, but for what `before` does to it. */
function changedThread(before: string): string {
	const script = join(mkdtempSync(join(userFolder, 'frail-')), 'frail.js');
	writeFileSync(script, `const { parentPort } = require('node:worker_threads');\n${before}\nrequire(${JSON.stringify(threadFile)});`);
	return script;
}

/** Ends at once when somebody searches for "crash". */
const frail = () => changedThread(`parentPort.on('message', ({ name, input }) => { if (name === 'search' && input.text === 'crash') process.exit(3); });`);
/** Ends when it has done something, before anybody hears of that. */
const silent = () =>
	changedThread(`const say = parentPort.postMessage.bind(parentPort); parentPort.postMessage = (answer) => (answer.kind === 'done' ? process.exit(3) : say(answer));`);

describe('when the thread ends by itself', () => {
	const interrupted = { name: 'StoreError', code: 'interrupted', message: expect.stringMatching(/ended before its time.* Run the step again/) };

	test('all that was under way fails with a clear error, what was committed stays, and the next call works again', async () => {
		const store = await openThread(undefined, frail());
		await matchAll(store, buyers(30));
		const first = await store.threadId();
		let goOn: () => void = () => undefined;
		const paused = new Promise<void>((resolve) => (goOn = resolve));
		const outcomes: Promise<unknown>[] = [];
		await new Promise<void>((hasBegun) => {
			outcomes.push(
				store.write(async (tx) => {
					await tx.cursors.set('test', 'half', 'now');
					hasBegun();
					await paused;
					await tx.cursors.get('test');
				}),
			);
		});
		outcomes.push(store.run('count', {}).then(() => matchAll(store, buyers(60))), store.run('search', { text: 'crash', limit: 1 }));
		const settled = Promise.allSettled(outcomes);
		await outcomes.at(-1)?.catch(() => goOn());
		for (const outcome of await settled) expect(outcome).toEqual({ status: 'rejected', reason: expect.objectContaining(interrupted) });

		expect(await store.run('search', { text: 'ann', limit: 1 })).toEqual([]);
		expect(await store.threadId()).not.toBe(first);
		expect(await lastCursor(store)).toBeUndefined();
		expect((await matchAll(store, buyers(30))).map(({ outcome }) => outcome)).toEqual(new Array(30).fill('unchanged'));
	});

	test('closing goes through all the same', async () => {
		const store = await openThread(undefined, frail());
		await expect(store.run('search', { text: 'crash', limit: 1 })).rejects.toMatchObject(interrupted);
		await store.close();
		await expect(store.run('count', {})).rejects.toThrow('open it again');
	});

	test('after a step was kept, and before that is told: the message leaves it open, and the step can be run again', async () => {
		const file = newFile();
		const store = await openThread(file, silent());
		const failure: unknown = await matchAll(store, buyers(30)).catch((error: unknown) => error);
		expect(failure).toMatchObject(interrupted);
		expect((failure as Error).message).toContain('of the step under way either all was kept or nothing');
		expect(await store.read((tx) => tx.records.counts())).toMatchObject([{ records: 30 }]);
		await store.close();
		expect((await matchAll(await openThread(file), buyers(30))).map(({ outcome }) => outcome)).toEqual(new Array(30).fill('unchanged'));
	});

	describe('on PostgreSQL', () => {
		const newSchema = temporarySchemas();

		test('and the database is away just then: the next thread waits for it', async () => {
			const { url, schema } = await newSchema();
			const proxy = await Proxy.to(url);
			await proxy.open();
			const store = await openThreadedStore({ url: proxy.url, schema }, frail());
			await matchAll(store, buyers(3));
			await expect(store.run('search', { text: 'crash', limit: 1 })).rejects.toMatchObject(interrupted);
			await proxy.close();
			const counted = store.run('count', {});
			// Longer than for a database that was never reached.
			await wait(4_500);
			await proxy.open();
			expect(await counted).toEqual({ person: 2, company: 0 });
			await store.close();
			await proxy.close();
		});
	});
});

describe('holders', () => {
	test('share one thread by file, and the last one to close ends it', async () => {
		const file = newFile();
		const [one, other] = [await openThread(file), await openThread(join(file, '..', 'identity.sqlite'))];
		expect(await one.threadId()).toBe(await other.threadId());
		await one.close();
		await one.close();
		await expect(one.read(async () => undefined)).rejects.toThrow('This holder has closed');
		expect(await other.run('count', {})).toEqual({ person: 0, company: 0 });
		await other.close();
		// Nobody has it open now: another process's lock would be refused otherwise.
		const database = new DatabaseSync(file);
		database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
		database.close();
	});

	test('may close while work is under way, which comes to its end', async () => {
		const store = await openThread();
		const [results, trained] = [matchAll(store, buyers(600)), store.run('train', { seed: 1, systems: SYSTEMS, now: Date.now() })];
		// A task that has begun is heard of by its start only through what it needs: its thread.
		await store.threadId();
		await store.close();
		expect(await results).toHaveLength(600);
		expect(await trained).toMatchObject({ isNew: expect.any(Boolean) });
	});

	test('need not close: a process ends when its work is done', async () => {
		const script = `
			const { openHostedStore } = require(${JSON.stringify(libraryFile)});
			openHostedStore({ file: ${JSON.stringify(newFile())} }).then((store) => store.run('count', {})).then((counts) => console.log(JSON.stringify(counts)));
		`;
		const { stdout } = await promisify(execFile)(nodeBinary(), ['--no-warnings', '-e', script], { timeout: 20_000 });
		expect(stdout.trim()).toBe('{"person":0,"company":0}');
	});

	test('that close hear of it, also when the last work ends after they asked', async () => {
		const script = `
			const { openHostedStore } = require(${JSON.stringify(libraryFile)});
			openHostedStore({ file: ${JSON.stringify(newFile())} }).then((store) => {
				store.run('count', {}).then(() => console.log('done'));
				setImmediate(() => store.close().then(() => console.log('closed')));
			});
		`;
		const { stdout } = await promisify(execFile)(nodeBinary(), ['--no-warnings', '-e', script], { timeout: 20_000 });
		expect(stdout.trim().split('\n')).toEqual(['done', 'closed']);
	});
});
