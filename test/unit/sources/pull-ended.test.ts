import { checkStore, pullSource, type PullSourceResult } from '../../../lib';
import { hubspotBench, newStore, pullOptions, tidyUp } from '../walk';
import { reader } from './reader';

afterEach(tidyUp);

const STORE = { firstRun: 'store', later: 'store' } as const;

async function given(contacts: number) {
	const [hubspot, store] = [await hubspotBench(), await newStore()];
	for (let index = 0; index < contacts; index += 1) hubspot.state.add('contacts', { email: `person${index}@brindlewood-${index}.com` });
	const pages = () => hubspot.server.calls()['list contacts'] ?? 0;
	return { hubspot, store, pages, ...reader(store, hubspot, { delivery: STORE }) };
}

test('a run that is ended keeps the pages that it read, builds their profiles once its lease is given back, and the next one goes on', async () => {
	const { hubspot, store, pages, read } = await given(350);
	const lease = `lease:${pullOptions(store, hubspot, 'contact').scope}`;
	const result = await read({ isOver: () => pages() >= 2 });
	expect(result).toMatchObject({ stored: { read: 200, profilesBuilt: 200 }, ended: true, caughtUp: false });
	expect(await store.read((tx) => tx.cursors.get(lease))).toBeNull();
	expect(await read()).toMatchObject({ stored: { read: 150, profilesBuilt: 150 }, ended: false, caughtUp: true });
	expect(pages()).toBe(4);
	expect((await checkStore(store, Date.now())).problems).toEqual([]);
});

test('one that hands out items leaves what it has not handed out to the next', async () => {
	const { handedOut, pages, read } = await given(350);
	const delivery = { firstRun: 'items', later: 'items' } as const;
	expect(await read({ delivery, isOver: () => pages() >= 2 })).toMatchObject({ emitted: 0, ended: true, refused: false });
	expect(await read({ delivery })).toMatchObject({ emitted: 350, ended: false, caughtUp: true });
	expect(new Set(handedOut.map(({ sourceId }) => sourceId)).size).toBe(350);
});

test('a run with patience waits for the one that is at work; one without does nothing', async () => {
	const { hubspot, store, pages, read } = await given(350);
	let over = false;
	const first = read({ isOver: () => over });
	const options = pullOptions(store, hubspot, 'contact', { delivery: STORE });
	const busy = await pullSource(options);
	const second = pullSource({ ...options, patienceMs: 20_000 });
	over = true;
	const results: PullSourceResult[] = [await first, busy, await second];
	expect(results.map(({ busy: was }) => was)).toEqual([false, true, false]);
	expect((results[0]?.stored?.read ?? 0) + (results[2]?.stored?.read ?? 0)).toBe(350);
	expect(pages()).toBe(4);
});

test('what was stored before a failure is told before it is thrown', async () => {
	const { hubspot, read } = await given(350);
	const told: PullSourceResult[] = [];
	let pages = 0;
	const client = {
		...hubspot.client,
		request: ((spec) => {
			pages += 1;
			if (pages === 3) hubspot.server.fail({ kind: 'status', status: 401, times: 1 });
			return hubspot.client.request(spec);
		}) as typeof hubspot.client.request,
	};
	await expect(read({ client, onFailure: (soFar) => told.push(soFar) })).rejects.toMatchObject({ name: 'TerminalError' });
	expect(told).toEqual([expect.objectContaining({ stored: expect.objectContaining({ read: 200, profilesBuilt: 200 }), caughtUp: false })]);
});
