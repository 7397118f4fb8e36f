import { setTimeout } from 'node:timers/promises';
import {
	emptySummary, type FieldMapping, type IdentityStore, ingestPage, LeaseLostError, normalizeRecord, type PullSourceResult, type RawRecord, type SourceCursor, SYSTEM_IDS,
} from '../../../lib';
import { makeSmallWorld } from '../../sandbox/world';
import { failureOf, hubspotBench, newStore, profiles, tidyUp } from '../walk';
import { reader } from './reader';

afterEach(tidyUp);

function cursorOf(store: IdentityStore): Promise<unknown> {
	return store.read((tx) => tx.cursors.get('source:hubspot:contact@test'));
}

function addContacts(hubspot: Awaited<ReturnType<typeof hubspotBench>>, count: number): string[] {
	return Array.from({ length: count }, (_, index) => hubspot.state.add('contacts', { email: `person${index}@brindlewood-${index}.com` }).id);
}

const idsOf = (records: readonly RawRecord[]) => records.map(({ sourceId }) => sourceId);

test('what a workflow failed on, or never ended, comes again; the cursor moves only behind what was worked through', async () => {
	const [hubspot, store] = [await hubspotBench(), await newStore()];
	const ids = addContacts(hubspot, 3);
	const { handedOut, read } = reader(store, hubspot);
	expect(await read({ emit: () => Promise.resolve(false) })).toMatchObject({ emitted: 0, refused: true, caughtUp: false });
	expect((await failureOf(read({ emit: () => Promise.reject(new Error('killed')) }))).message).toBe('killed');
	expect(await cursorOf(store)).toBeUndefined();
	expect(await read()).toMatchObject({ emitted: 3, refused: false, caughtUp: true });
	const saved = await cursorOf(store);
	hubspot.state.change('contacts', ids[1] as string, { firstname: 'Ann' });
	await read({ emit: () => Promise.resolve(false) });
	expect(await cursorOf(store)).toEqual(saved);
	await read();
	expect(idsOf(handedOut)).toEqual([...ids, ids[1]]);
});

test('the safety window hands nothing out twice, not even what can never be stored', async () => {
	const { world } = makeSmallWorld(Date.now());
	const [hubspot, store] = [await hubspotBench(world.hubspot), await newStore()];
	const { handedOut, read } = reader(store, hubspot, { overlapMs: 86_400_000_000 });
	await read();
	expect(handedOut).toHaveLength(world.hubspot.contacts.length);
	expect(await read()).toMatchObject({ emitted: 0, caughtUp: true });
	expect(await read()).toMatchObject({ emitted: 0, caughtUp: true });
	expect(hubspot.server.calls()['search contacts']).toBeGreaterThan(1);
});

test('two readers of one store have nothing to do with each other', async () => {
	const [hubspot, store] = [await hubspotBench(), await newStore()];
	const ids = addContacts(hubspot, 4);
	const [one, two] = [reader(store, hubspot, { scope: 'one' }), reader(store, hubspot, { scope: 'two' })];
	await one.read();
	await two.read();
	expect([idsOf(one.handedOut), idsOf(two.handedOut)]).toEqual([ids, ids]);
});

test('the back-fill goes into the store, and every later change comes as an item', async () => {
	const [hubspot, store] = [await hubspotBench(), await newStore()];
	const ids = addContacts(hubspot, 250);
	const told: unknown[] = [];
	const { handedOut, read } = reader(store, hubspot, { delivery: { firstRun: 'store', later: 'items' }, onProgress: (...how) => told.push(how.slice(0, 2)) });
	expect(await read()).toMatchObject({ stored: { read: 250, rejected: 0, profilesBuilt: 250 }, emitted: 0, caughtUp: true });
	expect(told).toEqual([['reading', 250], ['building', 250]]);
	expect(await profiles(store)).toHaveLength(250);
	hubspot.state.change('contacts', ids[7] as string, { firstname: 'Ann' });
	const made = hubspot.state.add('contacts', { email: 'new@brindlewood-999.com' }).id;
	const second = await read();
	expect([second.emitted, second.stored]).toEqual([2, undefined]);
	expect(idsOf(handedOut).sort()).toEqual([ids[7], made].sort());
});

test('what goes into the store is put together from pages, each time with the cursor behind them', async () => {
	const [hubspot, store] = [await hubspotBench(), await newStore()];
	addContacts(hubspot, 1230);
	const steps: { records: number; cursor: unknown }[] = [];
	const { read } = reader(store, hubspot, {
		delivery: { firstRun: 'store', later: 'store' },
		work: {
			ingest: (records, { value }) => {
				steps.push({ records: records.length, cursor: (value as { cursor: unknown }).cursor });
				return Promise.resolve(emptySummary());
			},
			build: () => Promise.resolve({ built: 0, changed: 0 }),
		},
	});
	await read();
	expect(steps.map(({ records }) => records)).toEqual([1000, 230]);
	expect(hubspot.server.calls()).toEqual({ 'list contacts': 13 });
	expect(steps.at(-1)?.cursor).toEqual((await cursorOf(store) as { cursor: unknown }).cursor);
	expect(steps[0]?.cursor).not.toEqual(steps[1]?.cursor);
});

const STORE_ALL = { firstRun: 'store', later: 'store' } as const;

/** Stores nothing; `storing` is called with the place of each portion. */
function storingBy(storing: (place: number) => Promise<void>) {
	let portions = 0;
	const ingest = async () => {
		await storing((portions += 1));
		return emptySummary();
	};
	return { ingest, build: () => Promise.resolve({ built: 0, changed: 0 }) };
}

test('while a portion is stored the next one is read, and no more than that', async () => {
	const [hubspot, store] = [await hubspotBench(), await newStore()];
	addContacts(hubspot, 3500);
	const pagesRead = () => hubspot.server.calls()['list contacts'] ?? 0;
	const seen: number[] = [];
	const work = storingBy(async (portion) => {
		if (portion > 1) return;
		while (pagesRead() < 20) await setTimeout(10);
		await setTimeout(200);
		seen.push(pagesRead());
	});
	await reader(store, hubspot, { delivery: STORE_ALL, work }).read();
	expect(seen).toEqual([20]);
	expect(pagesRead()).toBe(35);
});

test.each([['store'], ['items']] as const)('a clock of ours that is days behind the vendor\'s loses nothing (%s)', async (delivery) => {
	const vendorNow = Date.now() + 3 * 86_400_000;
	const [hubspot, store] = [await hubspotBench(undefined, { clock: () => vendorNow }), await newStore()];
	addContacts(hubspot, 5);
	const { handedOut, read } = reader(store, hubspot, { delivery: { firstRun: delivery, later: delivery } });
	const { stored } = await read();
	const mapping = hubspot.system.sources.contact?.mapping as FieldMapping;
	const normalized = handedOut.map((raw) => normalizeRecord(raw, mapping));
	expect({ stored: stored?.outcomes.new ?? 0, rejected: stored?.rejected ?? 0 }).toEqual({ stored: delivery === 'store' ? 5 : 0, rejected: 0 });
	expect(normalized.filter(({ record }) => record)).toHaveLength(delivery === 'store' ? 0 : 5);
});

test('a portion that cannot be stored: none that was read behind it is, and the next run brings both', async () => {
	const [hubspot, store] = [await hubspotBench(), await newStore()];
	addContacts(hubspot, 3000);
	const { read } = reader(store, hubspot, { delivery: STORE_ALL });
	const portions: number[] = [];
	const work = storingBy(async (portion) => {
		portions.push(portion);
		while ((hubspot.server.calls()['list contacts'] ?? 0) < 20) await setTimeout(10);
		throw new Error('the store is full');
	});
	expect(await failureOf(read({ work }))).toMatchObject({ message: 'the store is full' });
	expect(portions).toEqual([1]);
	expect(await cursorOf(store)).toBeUndefined();
	expect(await read()).toMatchObject({ stored: { read: 3000 }, caughtUp: true });
});

test('a back-fill that was cut short by its budget goes on as a back-fill, page by page, and ends', async () => {
	const [hubspot, store] = [await hubspotBench(), await newStore()];
	addContacts(hubspot, 250);
	const { handedOut, read } = reader(store, hubspot, { delivery: { firstRun: 'store', later: 'items' }, budgetMs: -1 });
	const runs: PullSourceResult[] = [];
	while (runs.length < 10 && (await cursorOf(store) as { backfilled?: boolean } | undefined)?.backfilled !== true) {
		runs.push(await read(runs.length < 3 ? {} : { budgetMs: 60_000 }));
	}
	expect(runs.map(({ stored }) => stored?.read).slice(0, 3)).toEqual([100, 100, 50]);
	expect(handedOut).toEqual([]);
	expect(await profiles(store)).toHaveLength(250);
});

test('a budget ends a run after a page, with what was read handed out', async () => {
	const [hubspot, store] = [await hubspotBench(), await newStore()];
	const ids = addContacts(hubspot, 230);
	const { handedOut, read } = reader(store, hubspot);
	expect(await read({ budgetMs: -1 })).toMatchObject({ emitted: 100, caughtUp: false });
	expect(await read({ budgetMs: -1 })).toMatchObject({ emitted: 100, caughtUp: false });
	await read();
	expect(idsOf(handedOut)).toEqual(ids);
});

test('many records with one and the same time of change all come, once', async () => {
	const now = Date.now();
	const [hubspot, store] = [await hubspotBench(undefined, { clock: () => now }), await newStore()];
	const { handedOut, read } = reader(store, hubspot, { overlapMs: 0 });
	await read();
	const ids = addContacts(hubspot, 450);
	for (let run = 0; run < 12; run += 1) await read({ budgetMs: -1 });
	expect(idsOf(handedOut).sort()).toEqual([...ids].sort());
});

test('of two pulls at once one is busy', async () => {
	const [hubspot, store] = [await hubspotBench(), await newStore()];
	addContacts(hubspot, 120);
	const { handedOut, read } = reader(store, hubspot);
	const results = await Promise.all([read(), read(), read()]);
	expect(results.map(({ busy }) => busy).filter(Boolean)).toHaveLength(2);
	expect(handedOut).toHaveLength(120);
});

test('a run that stood still while another one took over does not move the cursor back', async () => {
	const [hubspot, store] = [await hubspotBench(), await newStore()];
	addContacts(hubspot, 5);
	let time = Date.now();
	const { handedOut, read } = reader(store, hubspot, { now: () => time });
	const slow = read({
		emit: async () => {
			time += 600_000;
			await read();
			return true;
		},
	});
	expect(await failureOf(slow)).toBeInstanceOf(LeaseLostError);
	expect(handedOut).toHaveLength(5);
	expect(await read()).toMatchObject({ emitted: 0, caughtUp: true });
});

test('a page that waits for its turn in the store while another run takes over is not kept, and the cursor stays with the other run', async () => {
	const [hubspot, store] = [await hubspotBench(), await newStore()];
	addContacts(hubspot, 5);
	let time = Date.now();
	const mapping = hubspot.system.sources.contact?.mapping;
	const delivery = { firstRun: 'store', later: 'store' } as const;
	const { read } = reader(store, hubspot, { delivery, now: () => time });
	const ingest = async (page: readonly RawRecord[], cursor: SourceCursor) => {
		time += 600_000;
		await read();
		const summary = emptySummary();
		await ingestPage(store, page.map((raw) => normalizeRecord(raw, mapping as FieldMapping, {})), { systems: SYSTEM_IDS, cursor, now: time, summary });
		return summary;
	};
	const slow = read({ work: { ingest, build: () => Promise.resolve({ built: 0, changed: 0 }) } });
	expect(await failureOf(slow)).toBeInstanceOf(LeaseLostError);
	expect(await cursorOf(store)).toMatchObject({ backfilled: true });
	expect(await read()).toMatchObject({ stored: { outcomes: { new: 0 } }, caughtUp: true });
});

/** A client whose third call fails beyond repeats. */
function failingAtTheThirdPage(hubspot: Awaited<ReturnType<typeof hubspotBench>>): typeof hubspot.client {
	let pages = 0;
	return {
		...hubspot.client,
		request: (spec) => {
			pages += 1;
			if (pages === 3) hubspot.server.fail({ kind: 'status', status: 500, times: 5 });
			return hubspot.client.request(spec);
		},
	};
}

test('a page in the middle that fails beyond repeats: what was read before is kept and built, and the next run goes on from there', async () => {
	const [hubspot, store] = [await hubspotBench(), await newStore()];
	addContacts(hubspot, 350);
	const { read } = reader(store, hubspot, { delivery: { firstRun: 'store', later: 'store' } });
	const failure = await failureOf(read({ client: failingAtTheThirdPage(hubspot) }));
	expect(failure).toMatchObject({ name: 'TransientError', context: { system: { id: 'hubspot' }, status: 500 } });
	expect(await store.read((tx) => tx.records.counts())).toEqual([{ system: 'hubspot', object: 'contact', records: 200 }]);
	expect(await store.read((tx) => tx.profiles.counts())).toMatchObject({ profiles: { person: 200 }, waiting: 0 });
	hubspot.server.resetCalls();
	expect(await read()).toMatchObject({ stored: { read: 150, profilesBuilt: 150 }, caughtUp: true });
	expect(hubspot.server.calls()).toEqual({ 'list contacts': 2 });
});

test('the same where records come as items: those read before are handed out, once, and the back-fill goes on from there', async () => {
	const [hubspot, store] = [await hubspotBench(), await newStore()];
	const ids = addContacts(hubspot, 350);
	const { handedOut, read } = reader(store, hubspot, { delivery: { firstRun: 'items', later: 'store' } });
	expect(await failureOf(read({ client: failingAtTheThirdPage(hubspot) }))).toMatchObject({ name: 'TransientError', context: { status: 500 } });
	expect(idsOf(handedOut)).toEqual(ids.slice(0, 200));
	expect(await cursorOf(store)).toMatchObject({ backfilled: false });
	hubspot.server.resetCalls();
	expect(await read()).toMatchObject({ emitted: 150, caughtUp: true });
	expect(idsOf(handedOut)).toEqual(ids);
	expect(hubspot.server.calls()).toEqual({ 'list contacts': 2 });
});

test('where the workflow fails on what was read before the source did, it comes again', async () => {
	const [hubspot, store] = [await hubspotBench(), await newStore()];
	const ids = addContacts(hubspot, 350);
	const { handedOut, read } = reader(store, hubspot);
	expect(await failureOf(read({ client: failingAtTheThirdPage(hubspot), emit: () => Promise.resolve(false) }))).toMatchObject({ name: 'TransientError' });
	expect(await cursorOf(store)).toBeUndefined();
	await read();
	expect(idsOf(handedOut)).toEqual(ids);
});
