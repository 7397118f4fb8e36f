import { crowd, readAgain } from './crowd';
import { JOBS } from './fields';
import { profileOf, profiles, sync, tidyUp } from '../walk';

afterEach(tidyUp);

test.each([false, true])('a contact that was restored in the CRM has the ID that it carries, so nothing is written to it (deletions bear the time of the last change: %s)', async (archivedAtLastChange) => {
	const { store, hubspot, contacts } = await crowd(2);
	hubspot.state.settings.archivedAtLastChange = archivedAtLastChange;
	const [id = ''] = contacts;
	const withRecords = async () => (await profiles(store)).filter(({ records }) => records.length > 0);
	expect(await sync(store, hubspot, 'contact', JOBS)).toMatchObject({ synced: 2 });
	const carried = hubspot.state.get('contacts', id).properties.c360_id;
	await readAgain({ store, hubspot });

	hubspot.state.archive('contacts', id);
	await readAgain({ store, hubspot });
	expect((await withRecords()).length).toBe(1);
	hubspot.server.resetCalls();
	expect(await sync(store, hubspot, 'contact', { ...JOBS, createMissing: true })).toMatchObject({ synced: 0, failed: 0 });

	hubspot.state.restore('contacts', id);
	await readAgain({ store, hubspot });
	expect((await withRecords()).length).toBe(2);
	expect((await profileOf(store, { system: 'hubspot', object: 'contact', sourceId: id })).canonicalId).toBe(carried);
	expect(await sync(store, hubspot, 'contact', { ...JOBS, createMissing: true })).toMatchObject({ synced: 0, unchanged: 1, failed: 0 });
	expect(hubspot.server.writes()).toBe(0);
});
