import { crowd, readAgain, sentInputs } from './crowd';
import { JOBS, NAME_FIELDS } from './fields';
import { ledger, profileOf, sync, tidyUp, watched } from '../walk';

afterEach(tidyUp);

test('batches are filled across profiles that have no record there: as few calls as the vendor allows', async () => {
	const { store, hubspot, contacts } = await crowd(700, 3);
	const summary = await sync(store, hubspot, 'contact', JOBS);
	expect([summary.synced, summary.absent]).toEqual([contacts.length, 700 - contacts.length]);
	expect(hubspot.server.calls()['update contacts']).toBe(Math.ceil(contacts.length / 100));
	hubspot.server.resetCalls();
	expect(await sync(store, hubspot, 'contact', JOBS)).toMatchObject({ synced: 0, unchanged: 0, absent: 0 });
	expect(hubspot.server.calls()).toEqual({});
});

test('only what differs is sent, an emptied value too; another choice of fields sends the new ones', async () => {
	const { store, hubspot, contacts } = await crowd(3);
	const [first = '', second = ''] = contacts;
	hubspot.state.change('contacts', second, { jobtitle: 'Nurse' });
	await readAgain({ store, hubspot });
	await sync(store, hubspot, 'contact', JOBS);
	hubspot.state.change('contacts', first, { jobtitle: 'Baker' });
	hubspot.state.change('contacts', second, { jobtitle: '' });
	await readAgain({ store, hubspot });
	const client = watched(hubspot.client);
	await sync(store, hubspot, 'contact', { ...JOBS, client });
	expect(Object.fromEntries(sentInputs(client).map(({ id, properties }) => [id, properties]))).toEqual({
		[first]: { c360_job: 'Baker' },
		[second]: { c360_job: '' },
	});
	expect(hubspot.state.get('contacts', second).properties.c360_job).toBeUndefined();

	const wider = watched(hubspot.client);
	const family = { source: 'family_name', target: 'c360_family', label: 'Family', type: 'text' as const };
	await sync(store, hubspot, 'contact', { fields: [...NAME_FIELDS, family], client: wider });
	expect(sentInputs(wider).map(({ properties }) => Object.keys(properties))).toEqual([['c360_family'], ['c360_family'], ['c360_family']]);
});

test('two syncs with fields of their own keep out of each other\'s way, and each empties what it has written', async () => {
	const { store, hubspot, contacts } = await crowd(1);
	const [id = ''] = contacts;
	hubspot.state.change('contacts', id, { jobtitle: 'Baker' });
	await readAgain({ store, hubspot });
	const names = { fields: [{ source: 'family_name', target: 'c360_family', label: 'Family', type: 'text' as const }] };
	await sync(store, hubspot, 'contact', JOBS);
	await sync(store, hubspot, 'contact', names);
	hubspot.state.change('contacts', id, { jobtitle: '' });
	await readAgain({ store, hubspot });
	expect((await sync(store, hubspot, 'contact', names)).synced).toBe(0);
	expect((await sync(store, hubspot, 'contact', JOBS)).synced).toBe(1);
	expect(hubspot.state.get('contacts', id).properties).toMatchObject({ c360_family: 'Family0' });
	expect(hubspot.state.get('contacts', id).properties.c360_job).toBeUndefined();
});

test('a batch that is half accepted: the good ones are done, the refused ones are reported and rest until their profile changes', async () => {
	const { store, hubspot, contacts } = await crowd(6);
	const [gone = '', alsoGone = ''] = contacts;
	await sync(store, hubspot, 'contact', { fields: NAME_FIELDS.slice(1) });
	hubspot.state.archive('contacts', gone);
	hubspot.state.archive('contacts', alsoGone);
	const summary = await sync(store, hubspot, 'contact', JOBS);
	expect([summary.synced, summary.failed, summary.retry]).toEqual([4, 2, 0]);
	const refused = summary.results.filter(({ status }) => status === 'failed');
	expect(refused.map(({ targetId }) => targetId).sort()).toEqual([gone, alsoGone].sort());
	for (const { reason } of refused) expect(reason).toContain('deleted or merged');
	for (const id of contacts.slice(2)) {
		const { canonicalId } = await profileOf(store, { system: 'hubspot', object: 'contact', sourceId: id });
		expect(hubspot.state.get('contacts', id).properties.c360_id).toBe(canonicalId);
	}
	hubspot.server.resetCalls();
	expect(await sync(store, hubspot, 'contact', JOBS)).toMatchObject({ synced: 0, failed: 0 });
	expect(hubspot.server.writes()).toBe(0);
});

test('a 200 with errors inside is understood item by item', async () => {
	const { store, hubspot, contacts } = await crowd(3);
	await hubspot.system.destinations.contact?.ensureFields(hubspot.client, NAME_FIELDS);
	const [bad = '', ...good] = contacts;
	const results = good.map((id) => ({ id, properties: {}, createdAt: '', updatedAt: '' }));
	const error = { status: 'error', category: 'VALIDATION_ERROR', message: 'Property values were not valid', context: { ids: [bad] } };
	hubspot.server.fail({ route: 'update contacts', kind: 'status', times: 1, status: 200, body: { status: 'COMPLETE', results, errors: [error] } });
	const summary = await sync(store, hubspot, 'contact', JOBS);
	expect(summary.results.map(({ targetId, status }) => [targetId, status])).toEqual([[bad, 'failed'], ...good.map((id) => [id, 'synced'])]);
	expect(await ledger(store, hubspot, 'contact')).toEqual({ acknowledged: 2, failed: 1 });
});
