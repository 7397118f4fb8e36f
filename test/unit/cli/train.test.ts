import { copyFileSync, existsSync } from 'node:fs';
import os from 'node:os';
import { Writable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { MatchingModel } from '../../../lib/domain';
import { type ModelPreview, previewModel, trainOnStore } from '../../../lib/identity';
import { LEAST_RECORDS } from '../../../lib/match';
import { closeAllStores, openStore } from '../../../lib/store';
import { runCommandLine } from '../../../cli/program';
import { Desk, groupsIn, run } from './command';
import { madePeople } from './people';

const desk = new Desk();
const store = desk.path('train.sqlite');
const people = desk.write('people.csv', stringify(madePeople(LEAST_RECORDS + 10), { header: true }));
const train = (...args: string[]) => run('train', '--store', store, ...args);

beforeAll(async () => {
	await run('resolve', people, '--no-train', '--store', store);
});
afterAll(async () => {
	await closeAllStores();
	desk.clear();
});

async function inStore<T>(look: (tx: Parameters<Parameters<Awaited<ReturnType<typeof openStore>>['read']>[0]>[0]) => Promise<T>): Promise<T> {
	const opened = await openStore({ file: store });
	try {
		return await opened.read(look);
	} finally {
		await opened.close();
	}
}

describe('training on a store', () => {
	it('says what would change, writes the model, and changes nothing', async () => {
		const before = await inStore(async (tx) => [await tx.events.lastSeq(), (await tx.models.current())?.version, await tx.profiles.counts()]);
		const { code, out, err } = await train('--seed', '3', '--out', desk.path('model.json'), '--splink', desk.path('splink.json'));
		expect(code).toBe(0);
		expect(err).toMatch(/^Trained on 510 people, seed 3\.\n/);
		expect(err).toContain(`${desk.path('model.json')} has the trained model, for --model of resolve and ingest.\n`);
		expect(err).toContain(`${desk.path('splink.json')} has the Splink settings for people. They can't say:\n  the thresholds:`);
		expect(err).toMatch(/Nothing was changed\. Run it again with --apply to put it in force\.\n$/);
		for (const line of [/^What the trained model would change:$/m, /^ {2}profiles +\d+ -> \d+$/m, /^ {2}merges +\d+ +\d+ pairs? of records would come together$/m, /^ {2}review questions +\d+ -> \d+ +\d+ would come, \d+ would go$/m]) {
			expect(out).toMatch(line);
		}
		expect(await inStore(async (tx) => [await tx.events.lastSeq(), (await tx.models.current())?.version, await tx.profiles.counts()])).toEqual(before);
		expect((JSON.parse(desk.read('splink.json')) as { comparisons: unknown[] }).comparisons.length).toBeGreaterThan(3);
	});

	it('says in a terminal what it does meanwhile, and counts the records while it tries the weights', async () => {
		const seen: string[] = [];
		const terminal = () => Object.assign(new Writable({ write: (chunk: Buffer, _, done) => (seen.push(chunk.toString()), done()) }), { isTTY: true });
		expect(await runCommandLine(['train', '--store', store], { stdout: terminal(), stderr: terminal() })).toBe(0);
		expect(seen.join('')).toContain('\rFitting the weights to 510 records ...');
		const opened = await openStore({ file: store });
		try {
			const counts = new Map<string, number>();
			const { model } = await trainOnStore(opened, { seed: 3, systems: [], now: Date.now() });
			await previewModel(opened, model, { onProgress: (step, records) => counts.set(step, records) });
			expect(Object.fromEntries(counts)).toEqual({ reading: 510, comparing: 510, clustering: 510 });
		} finally {
			await opened.close();
		}
	});

	it('says so where the records are many and all the same', async () => {
		const alike = desk.path('alike.sqlite');
		const rows = Array.from({ length: LEAST_RECORDS }, (_, index) => `${index},ann@acorn-mail.com`);
		await run('resolve', desk.write('alike.csv', ['id,email', ...rows, ''].join('\n')), '--store', alike);
		const { code, out, err } = await run('train', '--store', alike);
		expect([code, out]).toEqual([0, 'The model is what it was: nothing would change.\n']);
		expect(err).toBe(`Fewer than ${LEAST_RECORDS} of ${LEAST_RECORDS} people differ, too few to train on; their weights stay as they are.\n`);
	});

	it('puts the model in force with --apply, as what it said, and the same seed as the same model', async () => {
		const { code, out, err } = await train('--seed', '3', '--apply', '--json');
		expect(code).toBe(0);
		expect(err).toContain('Version 2 of the identity model is in force.');
		const { preview, version } = JSON.parse(out) as { preview: ModelPreview; version: number };
		const [model, profiles, open] = await inStore(async (tx) => [await tx.models.current(), await tx.profiles.counts(), await tx.reviews.countOpen()] as const);
		expect(version).toBe(2);
		expect(model).toMatchObject({ version: 2, actor: 'training by customer360 train' });
		expect(model?.model.matching).toEqual(JSON.parse(desk.read('model.json')) as MatchingModel);
		expect([profiles.profiles.person, profiles.waiting, open]).toEqual([preview.profiles.after, 0, preview.questions.after]);
		expect((await run('check', '--store', store)).code).toBe(0);
	}, 60_000);

	it('wrote a model with which resolve gives the same clusters', async () => {
		const { code, out } = await run('resolve', people, '--model', desk.path('model.json'));
		expect(code).toBe(0);
		expect(groupsIn(out)).toEqual(groupsIn((await run('resolve', people, '--store', store)).out));
	});
});

describe('on a machine without the memory that trying the weights takes', () => {
	const other = desk.path('large.sqlite');
	beforeAll(async () => {
		copyFileSync(store, other);
		jest.spyOn(os, 'freemem').mockReturnValue(400_000);
	});
	afterAll(() => jest.restoreAllMocks());

	it('training says how much that is, and what to do', async () => {
		const { code, out, err } = await run('train', '--store', other, '--seed', '9');
		expect([code, out]).toEqual([2, '']);
		expect(err).toMatch(/takes about 1 MB of memory for 510 records, and 0 MB are free\. Nothing was changed\. Give the machine or its container more memory/);
	});

	it.each([['written', ['--out', desk.path('untried.json')], 'Nothing was changed'], ['put in force', ['--apply'], 'of the identity model is in force.']])('the weights are %s all the same', async (_, args, end) => {
		const { code, out, err } = await run('train', '--store', other, '--seed', '9', ...args);
		expect([code, out]).toEqual([0, '']);
		expect(err).toContain('What they change is not listed');
		expect(err).toContain(end);
		expect(existsSync(desk.path('untried.json'))).toBe(true);
	});
});

describe('a store', () => {
	it('with too few records keeps its weights, and it says so', async () => {
		const small = desk.path('small.sqlite');
		await run('resolve', desk.write('few.csv', 'id,email\n1,ann@acme.io\n2,bo@acme.io\n'), '--store', small);
		const { code, out, err } = await run('train', '--store', small, '--apply', '--out', desk.path('kept.json'));
		expect([code, out]).toEqual([0, 'The model is what it was: nothing would change.\n']);
		expect(err).toBe(
			`2 people are too few to train on (${LEAST_RECORDS} at least); their weights stay as they are.\n` +
				`${desk.path('kept.json')} has the model as it was, for --model of resolve and ingest.\n`,
		);
		expect(JSON.parse(desk.read('kept.json'))).toHaveProperty('person');
	});

	it.each([
		['that is not there', () => desk.path('nothing.sqlite'), /There is no identity store/],
		['without records', () => desk.path('empty.sqlite'), /has no records to train on/],
		['that is no store', () => desk.write('notes.txt', 'x'.repeat(5000)), /notes\.txt/],
	])('%s is an error', async (_, file, message) => {
		await (await openStore({ file: desk.path('empty.sqlite') })).close();
		const { code, out, err } = await run('train', '--store', file());
		expect([code, out]).toEqual([2, '']);
		expect(err).toMatch(message);
	});

	it.each([
		['the model over the store', ['--out', store], /is named as --store and as --out/],
		['two results in one file', ['--out', desk.path('x.json'), '--splink', desk.path('x.json')], /is named as --out and as --splink/],
		['a folder that is not there', ['--out', desk.path('no/where.json')], /cannot be written/],
		['a seed that is no number', ['--seed', 'x'], /--seed takes a whole number; "x" is none/],
	])('%s is refused before any work', async (_, args, message) => {
		const { code, out, err } = await train(...args);
		expect([code, out]).toEqual([2, '']);
		expect(err).toMatch(message);
		expect(existsSync(desk.path('x.json'))).toBe(false);
	});
});
