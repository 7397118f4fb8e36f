import type { SourceRecord } from '../../lib/domain';
import { buildProfiles, checkStore, emptySummary, ingestPage } from '../../lib/identity';
import { closeAllStores, openStore, type IdentityStore, withLease } from '../../lib/store';
import { AT, person, putPersons } from '../store/samples';
import { Proxy, type Cut } from './proxy';
import { temporarySchemas } from './schemas';

const PEOPLE = 3;

/** Two pages with the same people, others for each run. */
function pagesOf(run: number): SourceRecord[][] {
	return ['first', 'second'].map((page) =>
		Array.from({ length: PEOPLE }, (_, i) => person(`${run}-${page}-${i}`, { attributes: {}, identifiers: [{ kind: 'email', value: `box${run}-${i}@larkmill.com` }] })),
	);
}

/** Builds what waits, then goes on behind the last page of this run that the store knows of, and builds profiles after each page. */
async function ingestAndMerge(store: IdentityStore, run: number): Promise<void> {
	const build = async (): Promise<unknown> => await buildProfiles(store, { systems: ['crm'], now: Date.now });
	await build();
	const scope = `source ${run}`;
	const from = ((await store.read(async (tx) => await tx.cursors.get(scope))) ?? 0) as number;
	for (const [index, page] of pagesOf(run).slice(from).entries()) {
		const cursor = { scope, value: from + index + 1 };
		await ingestPage(store, page.map((record) => ({ record })), { systems: ['crm'], now: Date.parse(AT), cursor, summary: emptySummary() });
		await build();
	}
}

async function eventsOf(store: IdentityStore): Promise<string[]> {
	const events = await store.read(async (tx) => await tx.events.since(0, [], 1000));
	expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
	return events.map(({ type }) => type).sort();
}

describe.each<[Cut, number]>([
	['before the server', 0],
	['behind the server', 1],
])('a connection that is lost during the commit, %s', (how, kept) => {
	const newSchema = temporarySchemas();
	let proxy: Proxy;
	afterEach(async () => {
		await closeAllStores();
		await proxy.close();
	});

	/** A store over a proxy, and the same one beside it. */
	async function openBoth(): Promise<{ store: IdentityStore; beside: IdentityStore }> {
		const { url, schema } = await newSchema();
		proxy = await Proxy.to(url);
		await proxy.open();
		return { store: await openStore({ url: proxy.url, schema }), beside: await openStore({ url, schema }) };
	}

	test('leaves it open what became of the step, and says so; it can be run again', async () => {
		const { store, beside } = await openBoth();
		const stored = async (): Promise<number> => await beside.read(async (tx) => (await tx.records.counts())[0]?.records ?? 0);
		proxy.cut(how);
		const failure: unknown = await putPersons(store, '1', '2').catch((error: unknown) => error);
		expect(failure).toMatchObject({ name: 'StoreError', code: 'unreachable', message: expect.stringMatching(/not known whether this step was kept.*Run the step again/) });
		expect((failure as Error).message).not.toContain('nothing of this step was kept');
		expect(await stored()).toBe(2 * kept);
		expect(await putPersons(store, '1', '2')).toEqual([1, 2]);
		expect(await stored()).toBe(2);
	});

	test('takes nothing from a read, which had seen everything', async () => {
		const { store } = await openBoth();
		await putPersons(store, '1');
		proxy.cut(how);
		expect(await store.read(async (tx) => await tx.records.counts())).toMatchObject([{ records: 1 }]);
		expect(proxy.hasCut).toBe(true);
	});

	test.each(['taken', 'given back'])('while a lease is %s keeps nobody waiting for a run that is over', async (when) => {
		const { store } = await openBoth();
		const lose = () => proxy.cut(how);
		if (when === 'taken') lose();
		const first = withLease(store, 'lease:crm', Date.now, async () => await Promise.resolve(when === 'given back' ? lose() : undefined));
		await first.catch((error: unknown) => expect(error).toMatchObject({ code: 'unreachable' }));
		expect(proxy.hasCut).toBe(true);
		expect(await withLease(store, 'lease:crm', Date.now, async () => await Promise.resolve('done'))).toEqual({ result: 'done' });
	});

	test('during any step of ingest and Merge: run again, they end with the same profiles and events as undisturbed', async () => {
		const undisturbed = await openStore(await newSchema());
		const { store, beside } = await openBoth();
		let [run, lost] = [0, 0];
		do {
			run += 1;
			await ingestAndMerge(undisturbed, run);
			proxy.cut(how, run);
			const error: unknown = await ingestAndMerge(store, run).catch((thrown: unknown) => thrown);
			if (error === undefined) continue;
			lost += 1;
			expect(error).toMatchObject({ code: 'unreachable', message: expect.stringContaining('not known whether') });
			await ingestAndMerge(store, run);
		} while (proxy.hasCut);
		expect(lost).toBeGreaterThan(2);
		expect(await checkStore(beside, Date.now())).toMatchObject({ records: pagesOf(1).flat().length * run, profiles: PEOPLE * run, waiting: 0, problems: [] });
		expect(await eventsOf(beside)).toEqual(await eventsOf(undisturbed));
	});
});
