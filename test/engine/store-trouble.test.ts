import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { INodeParameters } from 'n8n-workflow';
import type { NodeClass } from './additional-data';
import { pollNode, runNode } from './harness';
import { temporaryStore, type TemporaryStore } from './temporary-store';
import { VENDORS } from './vendors';
import { closeAllStores } from '../../lib/store';
import { Customer360Match } from '../../nodes/Customer360Match/Customer360Match.node';
import { Customer360Merge } from '../../nodes/Customer360Merge/Customer360Merge.node';
import { Customer360Model } from '../../nodes/Customer360Model/Customer360Model.node';
import { Customer360Profile } from '../../nodes/Customer360Profile/Customer360Profile.node';
import { Customer360Trigger } from '../../nodes/Customer360Trigger/Customer360Trigger.node';

const record = (sourceId: string) => {
	const at = '2026-03-01T10:00:00.000Z';
	const identifiers = [{ kind: 'email', value: `person${sourceId}@larkmill.com` }];
	return { system: 'shop', object: 'buyer', sourceId, version: '1', updatedAt: at, kind: 'person', attributes: {}, identifiers, consent: [], links: [] };
};

const hubspot = { customer360HubSpotApi: { accessToken: 'pat-eu1-unused-token', baseUrl: 'http://127.0.0.1:1' } };
const NODES: [string, NodeClass, INodeParameters, object][] = [
	['Match', Customer360Match, {}, {}],
	['Merge', Customer360Merge, {}, {}],
	['Model', Customer360Model, { operation: 'get' }, {}],
	['Profile', Customer360Profile, { operation: 'get', findBy: 'email', value: 'ann@larkmill.com' }, {}],
	['HubSpot Sync', VENDORS.hubspot.sync, { object: 'contact' }, hubspot],
];

async function foreignFile(): Promise<TemporaryStore> {
	const store = temporaryStore();
	const database = new DatabaseSync(store.file);
	database.exec('CREATE TABLE invoices (id INTEGER)');
	database.close();
	return store;
}

async function textFile(): Promise<TemporaryStore> {
	const store = temporaryStore();
	writeFileSync(store.file, 'email;name\n'.repeat(2000));
	return store;
}

/** What the system says of it has EEXIST in it, for which n8n has words of its own. */
async function belowAFile(): Promise<TemporaryStore> {
	const { file } = await textFile();
	return { ...temporaryStore(), file: `${file}/identity.sqlite`, credentials: { customer360StoreApi: { file: `${file}/identity.sqlite` } } };
}

async function relativeFile(): Promise<TemporaryStore> {
	return { ...temporaryStore(), file: 'identity.sqlite', credentials: { customer360StoreApi: { file: 'identity.sqlite' } } };
}

async function newerFile(): Promise<TemporaryStore> {
	const store = temporaryStore();
	await (await store.open()).read((tx) => tx.models.current());
	await closeAllStores();
	const database = new DatabaseSync(store.file);
	database.exec('PRAGMA user_version = 9999');
	database.close();
	return store;
}

describe.each<[string, () => Promise<TemporaryStore>, RegExp]>([
	['is a database of another program', foreignFile, /is a database of another program; choose another file for the identity store/],
	['is no database', textFile, /is damaged, or is no identity store; choose another file if so\. To go back to a backup, .* "customer360 restore/],
	['cannot be made where it is to be', belowAFile, /^The identity store \S+identity\.sqlite\/identity\.sqlite can't be written \(EEXIST.*; or choose another file\.$/],
	['is named by less than its full path', relativeFile, /^"File" of the Customer 360 Store API credential is "identity\.sqlite", which is no full path\. .*for example \/data\//],
	['was written by a newer release', newerFile, /has version 9999.*Update n8n-nodes-customer360 to the release that wrote it/],
])('a store file that %s', (_what, makeFile, message) => {
	let store: TemporaryStore;
	beforeAll(async () => {
		store = await makeFile();
	});

	const run = (node: NodeClass, parameters: INodeParameters, credentials: object, onError?: 'continueRegularOutput' | 'continueErrorOutput') =>
		runNode(node, { items: [record('1'), record('2')], parameters, credentials: { ...credentials, ...store.credentials }, onError });

	test.each(NODES)('%s stops, and says what to do', async (_name, node, parameters, credentials) => {
		const { error, outputs } = await run(node, parameters, credentials);
		expect(error?.message).toMatch(message);
		expect(outputs).toEqual([]);
	});

	test.each(NODES)('%s marks every item and lets none pass as if worked on', async (_name, node, parameters, credentials) => {
		const regular = await run(node, parameters, credentials, 'continueRegularOutput');
		expect(regular.outputs.flat()).toEqual([0, 1].map((item) => ({ json: { error: expect.stringMatching(message) }, pairedItem: { item } })));
		const routed = await run(node, parameters, credentials, 'continueErrorOutput');
		expect(routed.outputs.slice(0, -1).flat()).toEqual([]);
		expect(routed.outputs.at(-1)?.map(({ json }) => json)).toEqual(['1', '2'].map((id) => ({ ...record(id), error: expect.stringMatching(message) })));
	});

	test('the triggers fail with the same words', async () => {
		const changes = await pollNode(Customer360Trigger, { credentials: store.credentials });
		const source = await pollNode(VENDORS.hubspot.trigger, { credentials: { ...hubspot, ...store.credentials } });
		for (const { error, emitted } of [changes, source]) {
			expect(error?.message).toMatch(message);
			expect(emitted).toEqual([]);
		}
	});

	test('the test of the credential says it', async () => {
		const { testStore } = new Customer360Profile().methods.credentialTest;
		const result = await testStore.call({} as never, { id: '1', name: 'Store', type: 'customer360StoreApi', data: { file: store.file } });
		expect(result).toEqual({ status: 'Error', message: expect.stringMatching(message) });
	});
});

test('a record of the store that is damaged is named, with what to do', async () => {
	const store = temporaryStore();
	await runNode(Customer360Match, { items: [record('1'), record('2')], ...store });
	const database = new DatabaseSync(store.file);
	database.exec("UPDATE record_contents SET content = '{' WHERE no = 1");
	database.close();
	const message = "The identity store is damaged: the content of record shop:buyer:1 can't be read. Run \"customer360 check\" on the store: it lists all that is damaged, and says how to go back to a backup.";
	const changed = { ...record('1'), version: '2', updatedAt: '2026-03-02T10:00:00.000Z', attributes: { city: [{ value: 'Leeds', valid: true }] } };
	expect((await runNode(Customer360Match, { items: [changed], ...store })).error?.message).toBe(message);
	expect((await runNode(Customer360Merge, store)).error?.message).toBe(message);
});

describe('in queue mode', () => {
	const message = /queue mode \(EXECUTIONS_MODE=queue\).* refused\. Make a credential "Customer 360 Store API" with "Store" set to PostgreSQL/;
	beforeAll(() => (process.env.EXECUTIONS_MODE = 'queue'));
	afterAll(() => delete process.env.EXECUTIONS_MODE);

	test.each(NODES)('%s refuses the embedded store and marks every item', async (_name, node, parameters, credentials) => {
		const options = { items: [record('1'), record('2')], parameters, credentials: { ...credentials, ...temporaryStore().credentials } };
		expect((await runNode(node, options)).error?.message).toMatch(message);
		const { outputs } = await runNode(node, { ...options, onError: 'continueErrorOutput' });
		expect(outputs.map((output) => output.length).slice(0, -1)).toEqual(new Array<number>(outputs.length - 1).fill(0));
		expect(outputs.at(-1)?.map(({ json }) => json.error)).toEqual([expect.stringMatching(message), expect.stringMatching(message)]);
	});

	test('the triggers refuse it', async () => {
		expect((await pollNode(Customer360Trigger)).error?.message).toMatch(message);
		expect((await pollNode(VENDORS.hubspot.trigger, { credentials: hubspot })).error?.message).toMatch(message);
	});
});

test('the test of the credential counts who is in the store', async () => {
	const store = temporaryStore();
	await runNode(Customer360Match, { items: [record('1'), record('2')], ...store });
	await runNode(Customer360Merge, store);
	const { testStore } = new Customer360Profile().methods.credentialTest;
	const result = await testStore.call({} as never, { id: '1', name: 'Store', type: 'customer360StoreApi', data: { file: store.file } });
	expect(result).toEqual({ status: 'OK', message: `${store.file}: 2 people, 0 companies` });
});
