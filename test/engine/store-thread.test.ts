import { userFolder } from './user-folder';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { getPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { threadId } from 'node:worker_threads';
import { currentModel, LeaseLostError, type MatchResult, openHostedStore, openStore, openThreadedStore, refKey, type SourceRecord, StoreError, TransientError } from '../../lib';
import { packError, unpackError } from '../../lib/host/sent-error';
import { nodeBinary } from '../n8n/install';
import { temporarySchemas } from '../postgres/schemas';

const root = resolve(__dirname, '..', '..');
/** A copy of the built library, so that a build beside this test doesn't take it away. */
const library = join(userFolder, 'lib');
const threadFile = join(library, 'identity.worker.js');
const SYSTEMS = ['shop'];

beforeAll(async () => {
	await promisify(execFile)(nodeBinary(), [join(root, 'scripts', 'build.mjs'), '--once'], { cwd: root });
	cpSync(join(root, 'dist', 'lib'), library, { recursive: true });
}, 120_000);

type Threaded = Awaited<ReturnType<typeof openThreadedStore>>;
const open: Threaded[] = [];
const newFile = () => join(mkdtempSync(join(userFolder, 'thread-')), 'identity.sqlite');

async function openThread(file = newFile(), script = threadFile): Promise<Threaded> {
	const store = await openThreadedStore({ file }, script);
	open.push(store);
	return store;
}

afterEach(async () => {
	for (const store of open.splice(0)) await store.close();
});

/** Two of each three are one person, by their email. */
function buyers(count: number): SourceRecord[] {
	return Array.from({ length: count }, (_, index) => ({
		system: 'shop',
		object: 'buyer',
		sourceId: String(index),
		version: '1',
		updatedAt: '2026-03-01T10:00:00.000Z',
		kind: 'person',
		attributes: { given_name: [{ raw: 'Ann', value: 'Ann', valid: true }], family_name: [{ raw: `Hill${index % 100}`, value: `Hill${index % 100}`, valid: true }] },
		identifiers: [{ kind: 'email', value: `box${index - (index % 3 === 1 ? 1 : 0)}@larkmill.com` }],
		consent: [],
		links: [],
	}));
}

async function matchAll(store: Awaited<ReturnType<typeof openHostedStore>>, items: SourceRecord[]): Promise<MatchResult[]> {
	const results: MatchResult[] = [];
	await store.run('match', { items, systems: SYSTEMS, now: Date.now() }, { part: (part) => void results.push(...part) });
	return results;
}

const lastCursor = async (store: Threaded) => store.read((tx) => tx.cursors.get('test'));

describe('a store in a thread of its own', () => {
	test('works in another thread, and gives what the same work gives in this one', async () => {
		const priority = getPriority();
		const threaded = await openThread();
		const direct = await openHostedStore({ file: newFile() });
		expect(await threaded.threadId()).not.toBe(threadId);
		expect(getPriority()).toBe(priority);
		const withoutIds = (results: MatchResult[]) => results.map(({ ref, outcome, changed, because }) => JSON.parse(JSON.stringify({ ref, outcome, changed, because })) as unknown);
		const [there, here] = [await matchAll(threaded, buyers(450)), await matchAll(direct, buyers(450))];
		expect(there.map(({ ref }) => refKey(ref))).toEqual(buyers(450).map(refKey));
		expect(withoutIds(there)).toEqual(withoutIds(here));
		expect(there[0]?.canonicalId).toBe(there[1]?.canonicalId);

		const built: string[] = [];
		const progress: number[] = [];
		const totals = await threaded.run('build', { systems: SYSTEMS, each: true }, {
			part: (profiles) => void built.push(...profiles.map(({ canonicalId }) => canonicalId)),
			progress: ({ done }) => progress.push(done),
		});
		expect(totals).toEqual(await direct.run('build', { systems: SYSTEMS, each: false }));
		expect(new Set(built)).toEqual(new Set(there.map(({ canonicalId }) => canonicalId)));
		expect(progress.at(-1)).toBe(totals.built);
		expect(await threaded.run('count', {})).toEqual({ person: totals.built, company: 0 });
		await direct.close();
	});

	test('lets this thread read while it works, each read from what is committed', async () => {
		const store = await openThread();
		let ended = false;
		const work = matchAll(store, buyers(3000)).then(() => (ended = true));
		const seen = await store.read((tx) => tx.records.counts());
		expect([ended, seen]).toEqual([false, []]);
		await work;
		expect(await store.read((tx) => tx.records.counts())).toEqual([{ system: 'shop', object: 'buyer', records: 3000 }]);
	});

	test('keeps what a write() did when it resolves, and nothing of it when it throws', async () => {
		const store = await openThread();
		await store.write(async (tx) => {
			await tx.cursors.set('test', { page: 1 }, 'now');
			expect(await tx.cursors.get('test')).toEqual({ page: 1 });
			expect(await lastCursor(store)).toBeUndefined();
		});
		const failure = new Error('the caller changed its mind');
		await expect(
			store.write(async (tx) => {
				await tx.cursors.set('test', { page: 2 }, 'now');
				throw failure;
			}),
		).rejects.toBe(failure);
		expect(await lastCursor(store)).toEqual({ page: 1 });
	});

	test('forgets old events after a build, and gives the room back when it is asked for it', async () => {
		const store = await openThread();
		const old = { type: 'profile.changed' as const, canonicalId: 'per_1', entity: 'person' as const, at: '2020-01-01T00:00:00.000Z', data: { attributes: ['x'.repeat(500)] } };
		await store.write(async (tx) => tx.events.append(Array.from({ length: 3000 }, () => old)));
		expect(await store.run('build', { systems: SYSTEMS, each: false })).toEqual({ built: 0, changed: 0 });
		expect(await store.read(async (tx) => [await tx.events.firstSeq(), await tx.events.lastSeq()])).toEqual([3001, 3000]);
		const { before, after } = await store.compact();
		expect(after).toBeLessThan(before);
		await expect(store.write(async () => store.compact())).rejects.toThrow('of the same identity store');
	});

	test('looks things up while somebody writes for long', async () => {
		const store = await openThread();
		await matchAll(store, buyers(3));
		let goOn: () => void = () => undefined;
		const paused = new Promise<void>((resolve) => (goOn = resolve));
		let write: Promise<void> = Promise.resolve();
		await new Promise<void>((hasBegun) => {
			write = store.write(async (tx) => {
				await tx.cursors.get('test');
				hasBegun();
				await paused;
			});
		});
		const { explanation } = await store.run('explain', { first: 'shop:buyer:0', second: 'shop:buyer:1', systems: SYSTEMS, now: 0 });
		expect(explanation.sentence).not.toBe('');
		goOn();
		await write;
	});

	test('runs one write() after the other, tasks among them', async () => {
		const store = await openThread();
		const count = () =>
			store.write(async (tx) => {
				const before = Number((await tx.cursors.get('test')) ?? 0);
				await new Promise((next) => setImmediate(next));
				await tx.cursors.set('test', before + 1, 'now');
			});
		await Promise.all([count(), matchAll(store, buyers(30)), count(), count(), matchAll(store, buyers(60)), count()]);
		expect(await lastCursor(store)).toBe(4);
		expect(await store.read((tx) => tx.records.counts())).toMatchObject([{ records: 60 }]);
	});

	test('keeps nothing of a write() in which an operation failed, even when its caller went on', async () => {
		const store = await openThread();
		const work = store.write(async (tx) => {
			await tx.cursors.set('test', 1, 'now');
			await tx.records.assign([{ no: 99, profileNo: 4711 }]).catch(() => undefined);
			await tx.records.put(buyers(1), 'now').then(([put]) => tx.records.assign([{ no: put?.no ?? 0, profileNo: 4711 }])).catch(() => undefined);
		});
		await expect(work).rejects.toMatchObject({ name: 'StoreError', code: 'conflict' });
		expect(await lastCursor(store)).toBeUndefined();
	});

	test('says what is wrong with calls that would wait for themselves or come too late', async () => {
		const store = await openThread();
		await expect(store.write(() => store.write(async () => undefined))).rejects.toThrow('use the tx of the outer one');
		await expect(store.write(() => store.run('count', {}))).rejects.toThrow('use the tx of the outer one');
		await expect(store.write(() => store.close())).rejects.toThrow('would wait for itself');
		let late: (() => Promise<unknown>) | undefined;
		await store.write(async (tx) => (late = () => tx.cursors.get('test')));
		await expect(late?.()).rejects.toThrow('has ended');
	});

	test('ends a task with the error that whoever takes its results throws', async () => {
		const store = await openThread();
		const lost = new LeaseLostError();
		const work = store.run('match', { items: buyers(5), systems: SYSTEMS, now: Date.now() }, { part: () => Promise.reject(lost) });
		await expect(work).rejects.toBeInstanceOf(LeaseLostError);
		expect(await store.read((tx) => tx.records.counts())).toMatchObject([{ records: 5 }]);
	});

	test('brings errors over with class, code and words', async () => {
		const newer = newFile();
		await (await openStore({ file: newer })).close();
		const database = new DatabaseSync(newer);
		database.exec('PRAGMA user_version = 9999');
		database.close();
		await expect(openThread(newer)).rejects.toMatchObject({ name: 'StoreError', code: 'newer_version', message: expect.stringContaining('has version 9999') });
		const store = await openThread();
		await expect(store.run('explain', { first: 'per_x', second: 'per_y', systems: SYSTEMS, now: 0 })).rejects.toThrow('There is no profile per_x.');
		const transient = unpackError(structuredClone(packError(new TransientError('no answer', { system: 'hubspot', operation: 'read', status: 503 }))));
		expect(transient).toMatchObject({ message: expect.stringMatching(/^hubspot \(read\): no answer/), context: { status: 503 } });
		expect(transient).toBeInstanceOf(TransientError);
		expect(unpackError(structuredClone(packError('only text')))).toMatchObject({ message: 'only text' });
		const caused = unpackError(structuredClone(packError(new StoreError('locked', 'busy', { cause: new RangeError('deep') }))));
		expect([caused instanceof StoreError, (caused.cause as Error).message]).toEqual([true, 'deep']);
	});
});

describe('every kind of work', () => {
	const member = (id: string, email: string) => ({
		system: 'mailchimp', object: 'member', sourceId: `list/${id}`, version: '1', updatedAt: '2026-03-01T10:00:00.000Z',
		raw: { id, contact_id: id, email_address: email, status: 'subscribed', last_changed: '2026-03-01T10:00:00+00:00', merge_fields: { FNAME: 'Ann', LNAME: 'Hill' }, list_id: 'list' },
	});
	const context = { actor: 'Kim', reason: 'they phoned', systems: SYSTEMS, now: Date.now() };

	test('goes to the thread and comes back whole', async () => {
		const store = await openThread();
		const cursor = { scope: 'test', value: { page: 1 } };
		const items = [member('1', 'ann@larkmill.com'), member('2', 'hill@larkmill.com'), member('3', 'not an address')];
		expect(await store.run('ingest', { system: 'mailchimp', object: 'member', items, systems: SYSTEMS, cursor, now: Date.now() })).toMatchObject({ read: 3, rejected: 1 });
		expect(await lastCursor(store)).toEqual({ page: 1 });
		await store.run('build', { systems: SYSTEMS, each: false });
		const [one, other] = await store.run('search', { text: 'ann hill', limit: 5 });
		const subject = { profiles: [one?.canonicalId ?? '', other?.canonicalId ?? ''] as const };

		const same = { change: { change: 'answer', subject, verdict: 'same' }, context } as const;
		expect((await store.run('previewDecision', same)).moves).toHaveLength(1);
		expect((await store.run('decide', same)).profiles).toMatchObject([{ records: [{}, {}] }]);
		const { explanation } = await store.run('explain', { first: 'mailchimp:member:list/1', second: 'mailchimp:member:list/2', systems: SYSTEMS, now: Date.now() });
		expect(explanation.sentence).toMatch(/Kim/);
		const undone = await store.run('decide', { change: { change: 'undo', subject: { profile: subject.profiles[0] } }, context });
		expect([undone.profiles.length, undone.undone?.decision.actor]).toEqual([2, 'Kim']);
		expect(await store.run('questions', { limit: 5, offset: 0 })).toMatchObject({ open: expect.any(Number) });

		const trained = await store.run('train', { seed: 1, systems: SYSTEMS, now: Date.now() });
		expect(trained).toMatchObject({ tooFew: ['person', 'company'], isNew: false });
		const steps: string[] = [];
		const model = { ...trained.model, blockedValues: [{ kind: 'email', value: 'ann@larkmill.com' }] };
		const progress = ({ step }: { step: string }) => void steps.push(step);
		expect(await store.run('previewModel', { model, largest: 3, now: Date.now() }, { progress })).toMatchObject({ records: 2 });
		expect(steps).toEqual(['copying', 'comparing', 'clustering']);
		expect(await store.run('applyModel', { former: trained.former, model, actor: 'Kim', systems: SYSTEMS, now: Date.now() }, { progress })).toMatchObject({ version: 2 });
		expect(steps.slice(3)).toEqual(['comparing', 'clustering', 'building']);
		expect(await store.run('putModel', { document: { ...model, name: 'ours' }, actor: 'Kim', systems: SYSTEMS, now: Date.now() })).toMatchObject({ version: 3 });
		await expect(store.run('putModel', { document: {}, actor: 'Kim', systems: SYSTEMS, now: Date.now() })).rejects.toThrow('The identity model is not valid');
	});
});

describe('a store in PostgreSQL', () => {
	const newSchema = temporarySchemas();

	test('is worked on in the thread, and read and written from here on connections of its own', async () => {
		const store = await openThreadedStore(await newSchema(), threadFile);
		await matchAll(store, buyers(30));
		await store.write((tx) => tx.cursors.set('test', 'here', 'now'));
		expect(await store.read((tx) => Promise.all([tx.records.counts(), tx.cursors.get('test')]))).toEqual([[{ system: 'shop', object: 'buyer', records: 30 }], 'here']);
		await expect(store.write(() => store.run('count', {}))).rejects.toThrow('use the tx of the outer one');
		await store.close();
	});

	test('says what another model would change, as the embedded store does, and nothing in it changes', async () => {
		const [store, embedded] = [await openThreadedStore(await newSchema(), threadFile), await openThread()];
		for (const one of [store, embedded]) await matchAll(one, buyers(30));
		const { version, model } = await store.write((tx) => currentModel(tx, SYSTEMS, new Date().toISOString()));
		const input = { model: { ...model, blockedValues: [{ kind: 'email', value: 'box0@larkmill.com' }] }, largest: 0, now: Date.now() };
		const seen = await store.run('previewModel', input);
		expect(seen).toMatchObject({ records: 30, splits: 1 });
		expect(seen).toEqual(await embedded.run('previewModel', input));
		expect((await store.read((tx) => tx.models.current()))?.version).toBe(version);
		await store.close();
	});

	test('leaves its password in no list of open stores', async () => {
		const { url, schema } = await newSchema();
		const store = await openThreadedStore({ url, schema }, threadFile);
		const place = globalThis as { [name: symbol]: unknown };
		const names = Object.getOwnPropertySymbols(place).filter(({ description }) => description?.startsWith('n8n-nodes-customer360.'));
		const lists = names.flatMap((name) => (place[name] instanceof Map ? [...(place[name] as Map<unknown, unknown>).keys()] : []));
		expect(lists.length).toBeGreaterThan(0);
		expect(lists.join(' ')).not.toContain(url);
		await store.close();
	});

	test('that is not there gives the error of opening it', async () => {
		const { url } = await newSchema();
		await expect(openThreadedStore({ url: `${url}_missing` }, threadFile)).rejects.toMatchObject({ name: 'StoreError', code: 'refused' });
	});
});

describe('when the thread ends by itself', () => {
	/** The real thread, which ends at once when somebody searches for "crash". */
	async function openFrail(file?: string): Promise<Threaded> {
		const script = join(mkdtempSync(join(userFolder, 'frail-')), 'frail.js');
		writeFileSync(
			script,
			`require('node:worker_threads').parentPort.on('message', ({ name, input }) => { if (name === 'search' && input.text === 'crash') process.exit(3); });\nrequire(${JSON.stringify(threadFile)});`,
		);
		return openThread(file, script);
	}

	const interrupted = { name: 'StoreError', code: 'interrupted', message: expect.stringMatching(/ended before its time.* Run the step again/) };

	test('all that was under way fails with a clear error, what was committed stays, and the next call works again', async () => {
		const store = await openFrail();
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
		const store = await openFrail();
		await expect(store.run('search', { text: 'crash', limit: 1 })).rejects.toMatchObject(interrupted);
		await store.close();
		await expect(store.run('count', {})).rejects.toThrow('open it again');
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
			const { openHostedStore } = require(${JSON.stringify(join(library, 'index.js'))});
			openHostedStore({ file: ${JSON.stringify(newFile())} }).then((store) => store.run('count', {})).then((counts) => console.log(JSON.stringify(counts)));
		`;
		const { stdout } = await promisify(execFile)(nodeBinary(), ['--no-warnings', '-e', script], { timeout: 20_000 });
		expect(stdout.trim()).toBe('{"person":0,"company":0}');
	});

	test('that close hear of it, also when the last work ends after they asked', async () => {
		const script = `
			const { openHostedStore } = require(${JSON.stringify(join(library, 'index.js'))});
			openHostedStore({ file: ${JSON.stringify(newFile())} }).then((store) => {
				store.run('count', {}).then(() => console.log('done'));
				setImmediate(() => store.close().then(() => console.log('closed')));
			});
		`;
		const { stdout } = await promisify(execFile)(nodeBinary(), ['--no-warnings', '-e', script], { timeout: 20_000 });
		expect(stdout.trim().split('\n')).toEqual(['done', 'closed']);
	});
});
