import { TerminalError, TransientError } from '../../../lib';
import { customerObject } from '../../sandbox/stripe/objects';
import { crowd, readAgain, sentInputs } from './crowd';
import { JOBS, NAME_FIELDS } from './fields';
import { failureOf, hubspotBench, ledger, profileOf, pull, stripeBench, sync, tidyUp, watched } from '../walk';

afterEach(tidyUp);

test.each([
	['429 with Retry-After', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }],
	['500', { kind: 'status', status: 500 }],
	['a broken connection', { kind: 'reset' }],
	['a broken connection after it took effect', { kind: 'reset', after: true }],
] as const)('%s is tried again, and nothing is sent in vain', async (_, fault) => {
	const { store, hubspot, contacts } = await crowd(5);
	await hubspot.system.destinations.contact?.ensureFields(hubspot.client, NAME_FIELDS);
	hubspot.server.fail({ ...fault, route: 'update contacts', times: 1 });
	hubspot.server.resetCalls();
	expect(await sync(store, hubspot, 'contact', JOBS)).toMatchObject({ synced: contacts.length, retry: 0 });
	expect(hubspot.server.calls()['update contacts']).toBe(2);
	expect((await sync(store, hubspot, 'contact', JOBS)).synced).toBe(0);
});

test.each([
	['wrong credentials', { kind: 'status', status: 401, body: { category: 'INVALID_AUTHENTICATION', message: 'expired' } }, /token/],
	[
		'a missing scope',
		{
			kind: 'status',
			status: 403,
			body: { category: 'MISSING_SCOPES', message: 'no', errors: [{ message: 'no', context: { requiredGranularScopes: ['crm.objects.contacts.write'] } }] },
		},
		/crm\.objects\.contacts\.write/,
	],
] as const)('%s end the run with what to do, and everything stays due', async (_, fault, remedy) => {
	const { store, hubspot, contacts } = await crowd(130);
	await hubspot.system.destinations.contact?.ensureFields(hubspot.client, NAME_FIELDS);
	hubspot.server.fail({ ...fault, route: 'update contacts', times: 1 });
	const failure = await failureOf(sync(store, hubspot, 'contact', JOBS));
	expect(failure).toBeInstanceOf(TerminalError);
	expect(failure.message).toMatch(remedy);
	expect(failure.message).not.toContain(hubspot.credentials.accessToken as string);
	hubspot.server.resetCalls();
	expect(await sync(store, hubspot, 'contact', JOBS)).toMatchObject({ synced: contacts.length });
	expect(hubspot.server.calls()['update contacts']).toBe(2);
	expect((await sync(store, hubspot, 'contact', JOBS)).synced).toBe(0);
});

test('fields that cannot be made end the run before anything is written, and everything stays due', async () => {
	const { store, hubspot } = await crowd(3);
	const body = { category: 'MISSING_SCOPES', message: 'no' };
	hubspot.server.fail({ route: 'create properties of contacts', kind: 'status', status: 403, times: 1, body });
	expect(await failureOf(sync(store, hubspot, 'contact', JOBS))).toBeInstanceOf(TerminalError);
	expect(hubspot.server.calls()['update contacts']).toBeUndefined();
	expect((await sync(store, hubspot, 'contact', JOBS)).synced).toBe(3);
});

test('three broken batches in a row end the run; the next one sends what is missing, once', async () => {
	const { store, hubspot, contacts } = await crowd(520);
	await hubspot.system.destinations.contact?.ensureFields(hubspot.client, NAME_FIELDS);
	// Each batch is tried five times.
	hubspot.server.fail({ route: 'update contacts', kind: 'status', status: 503, times: 15 });
	hubspot.server.resetCalls();
	expect(await failureOf(sync(store, hubspot, 'contact', JOBS))).toBeInstanceOf(TransientError);
	expect(hubspot.server.calls()['update contacts']).toBe(15);
	hubspot.server.resetCalls();
	const client = watched(hubspot.client);
	expect(await sync(store, hubspot, 'contact', { ...JOBS, client })).toMatchObject({ synced: contacts.length, retry: 0, failed: 0 });
	expect(hubspot.server.calls()['update contacts']).toBe(Math.ceil(contacts.length / 100));
	expect(sentInputs(client).map(({ id }) => id).sort()).toEqual([...contacts].sort());
	expect(await ledger(store, hubspot, 'contact')).toEqual({ acknowledged: contacts.length });
});

test('a vendor who asks to wait for an hour is not called again in this run', async () => {
	const { store, hubspot, contacts } = await crowd(250);
	await hubspot.system.destinations.contact?.ensureFields(hubspot.client, NAME_FIELDS);
	hubspot.server.fail({ route: 'update contacts', kind: 'status', status: 429, headers: { 'retry-after': '3600' }, times: 1 });
	hubspot.server.resetCalls();
	const failure = await failureOf(sync(store, hubspot, 'contact', JOBS));
	expect(failure).toMatchObject({ name: 'TransientError', context: { retryAfterMs: 3_600_000 } });
	expect(hubspot.server.calls()['update contacts']).toBe(1);
	expect((await sync(store, hubspot, 'contact', JOBS)).synced).toBe(contacts.length);
});

test('a vendor without batches that is down is not asked for every record', async () => {
	const [stripe, { store }] = [await stripeBench(), await crowd(0)];
	for (let index = 0; index < 60; index += 1) {
		const fields = { email: `buyer${index}@brindlewood-${index}.com`, name: `Bo Nr${index}` };
		stripe.state.save('customer', customerObject(`cus_${index}`, stripe.state.now(), fields), 'customer.created');
	}
	await pull(store, stripe, ['customer']);
	stripe.server.fail({ route: 'update customer', kind: 'status', status: 503, times: 1000 });
	stripe.server.resetCalls();
	expect(await failureOf(sync(store, stripe, 'customer'))).toBeInstanceOf(TransientError);
	const side = stripe.system.destinations.customer?.parallelWrites ?? 1;
	expect(stripe.server.calls()['update customer']).toBe(side * 5);
	expect(await ledger(store, stripe, 'customer')).toEqual({ retry: side, pending: 60 - side });
});

test('a record that waits for another attempt, and whose profile changed meanwhile, is sent once', async () => {
	const { store, hubspot, contacts } = await crowd(4);
	await hubspot.system.destinations.contact?.ensureFields(hubspot.client, NAME_FIELDS);
	hubspot.server.fail({ route: 'update contacts', kind: 'status', status: 503, times: 5 });
	expect((await sync(store, hubspot, 'contact', JOBS)).retry).toBe(4);
	for (const id of contacts) hubspot.state.change('contacts', id, { jobtitle: `Job of ${id}` });
	await readAgain({ store, hubspot });
	const client = watched(hubspot.client);
	expect(await sync(store, hubspot, 'contact', { ...JOBS, client })).toMatchObject({ synced: 4, retry: 0 });
	expect(sentInputs(client)).toHaveLength(4);
	for (const id of contacts) expect(hubspot.state.get('contacts', id).properties.c360_job).toBe(`Job of ${id}`);
});

test('a write that took effect unseen is put right when the profile has gone back to its old value', async () => {
	const { store, hubspot, contacts } = await crowd(1);
	const [id = ''] = contacts;
	await sync(store, hubspot, 'contact', JOBS);
	hubspot.state.change('contacts', id, { jobtitle: 'Baker' });
	await readAgain({ store, hubspot });
	// It arrives, its answer doesn't, and no repeat gets through.
	hubspot.server.fail({ route: 'update contacts', kind: 'reset', after: true, times: 1 });
	hubspot.server.fail({ route: 'update contacts', kind: 'reset', times: 4 });
	expect((await sync(store, hubspot, 'contact', JOBS)).retry).toBe(1);
	expect(hubspot.state.get('contacts', id).properties.c360_job).toBe('Baker');
	hubspot.state.change('contacts', id, { jobtitle: '' });
	await readAgain({ store, hubspot });
	await sync(store, hubspot, 'contact', JOBS);
	expect(hubspot.state.get('contacts', id).properties.c360_job).toBeUndefined();
	expect((await sync(store, hubspot, 'contact', JOBS)).synced).toBe(0);
});

test('of two records of one profile, the one that was refused for good is left alone while the other is tried again', async () => {
	const hubspot = await hubspotBench();
	const mia = { firstname: 'Mia', lastname: 'Lund', date_of_birth: '1980-02-01' };
	const twins = ['a', 'b'].map((box) => hubspot.state.add('contacts', { ...mia, email: `mia.lund@brindlewood-${box}.com` }).id);
	const { store } = await crowd(0);
	await pull(store, hubspot, ['contact']);
	const [gone = '', other = ''] = twins;
	expect((await profileOf(store, { system: 'hubspot', object: 'contact', sourceId: gone })).records).toHaveLength(2);
	await hubspot.system.destinations.contact?.ensureFields(hubspot.client, NAME_FIELDS);
	const first = { status: 'error', category: 'OBJECT_NOT_FOUND', message: 'gone', context: { ids: [gone] } };
	const second = { status: 'error', category: 'RATE_LIMITS', message: 'busy', context: { ids: [other] } };
	hubspot.server.fail({ route: 'update contacts', kind: 'status', status: 207, times: 1, body: { status: 'COMPLETE', results: [], errors: [first, second] } });
	expect(await sync(store, hubspot, 'contact', JOBS)).toMatchObject({ failed: 1, retry: 1 });
	const client = watched(hubspot.client);
	await sync(store, hubspot, 'contact', { ...JOBS, client });
	expect(sentInputs(client).map(({ id }) => id)).toEqual([other]);
	expect(await ledger(store, hubspot, 'contact')).toEqual({ acknowledged: 1, failed: 1 });
});
