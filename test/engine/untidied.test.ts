import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { DatabaseSync } from 'node:sqlite';
import { runChain } from './harness';
import { temporaryStore, type TemporaryStore } from './temporary-store';
import { pollSource, startVendor } from './vendors';
import { defaultModel, saveModel, SYSTEM_IDS } from '../../lib';
import { Customer360Match } from '../../nodes/Customer360Match/Customer360Match.node';
import { Customer360Merge } from '../../nodes/Customer360Merge/Customer360Merge.node';

const LONG_AGO = '2020-03-01T10:00:00.000Z';
const envelope = { version: '1', updatedAt: LONG_AGO, attributes: {}, consent: [] };
const person = (sourceId: string) => {
	const identifiers = [{ kind: 'email', value: `person${sourceId}@larkmill.com` }];
	return { ...envelope, system: 'shop', object: 'buyer', sourceId, kind: 'person', identifiers, links: [] };
};
const owner = { type: 'owned_by', system: 'shop', object: 'buyer', sourceId: '1' };
const invoice = { ...envelope, system: 'shop', object: 'invoice', sourceId: 'i-9', kind: 'activity', identifiers: [], links: [owner], activity: { type: 'invoice', status: 'paid', at: LONG_AGO } };

/** Puts new people into the store, with what is theirs, and builds them. */
async function merged(store: TemporaryStore, items: object[], output = 'profiles') {
	const [, merge] = await runChain([{ node: Customer360Match, ...store }, { node: Customer360Merge, ...store, from: 1, parameters: { output } }], { items: items.map((json) => ({ ...json })) });
	return merge;
}

/** A store whose customers are built and that is to forget an invoice today, which nobody can read. */
async function withDamagedInvoice(): Promise<TemporaryStore> {
	const store = temporaryStore();
	const opened = await store.open();
	await saveModel(opened, { ...defaultModel(SYSTEM_IDS), retention: { activitiesDays: 30 } }, 'kim', Date.parse(LONG_AGO));
	await opened.write((tx) => tx.cursors.set('tidy', { startedAt: new Date().toISOString(), next: null }, LONG_AGO));
	await merged(store, [person('1'), invoice]);
	const database = new DatabaseSync(store.file);
	database.exec("UPDATE record_contents SET content = '{' WHERE no IN (SELECT no FROM records WHERE kind = 'activity'); DELETE FROM cursors WHERE scope = 'tidy'");
	database.close();
	return store;
}

const WHY = /^All profiles are built, but what the store keeps no longer could not be forgotten; the next time tries again\. .*the content of record shop:invoice:i-9 can't be read\. Run "customer360 check"/;

let warned: jest.SpyInstance;
beforeEach(() => (warned = jest.spyOn(Container.get(Logger), 'warn').mockImplementation(() => undefined)));
afterEach(() => jest.restoreAllMocks());

const lines = (): unknown[] => (warned.mock.calls as unknown[][]).map(([line]) => line);

test.each(['profiles', 'summary'])('Merge hands out what it built (%s), and says beside it and in the log what keeps the store from forgetting', async (output) => {
	const store = await withDamagedInvoice();
	const run = await merged(store, [person('2')], output);
	expect(run).toMatchObject({ status: 'success', error: undefined });
	expect(run?.outputs[0]).toHaveLength(1);
	if (output === 'summary') expect(run?.outputs[0]?.[0]?.json).toEqual({ built: 1, changed: 1 });
	expect(run?.hints).toEqual([{ message: expect.stringMatching(WHY), type: 'warning', location: 'outputPane' }]);
	expect(lines()).toEqual([`Tested 2: ${run?.hints[0]?.message}`]);
});

test('a source that stores directly says it in the log', async () => {
	const store = await withDamagedInvoice();
	const vendor = await startVendor('hubspot');
	const { error } = await pollSource('hubspot', vendor, store, { parameters: { delivery: 'store' } });
	expect(error).toBeUndefined();
	expect(lines()).toContainEqual(expect.stringMatching(/^\w+: All profiles are built, but .*shop:invoice:i-9 can't be read/));
});

test('a store that is in order says nothing', async () => {
	const run = await merged(temporaryStore(), [person('1'), invoice]);
	expect([run?.status, run?.hints, lines()]).toEqual(['success', [], []]);
});
