import { saveModel, tidyStore } from '../../../lib';
import { crowd, readAgain, sentInputs } from './crowd';
import { JOBS } from './fields';
import { ledger, sync, tidyUp, watched } from '../walk';

afterEach(tidyUp);

const YEARS_MS = 3 * 365 * 86_400_000;

test('once everything old was forgotten, a sync still sends only what differs, also to the profiles that no event tells of any more', async () => {
	const { store, hubspot, contacts } = await crowd(4);
	const [first = '', second = ''] = contacts;
	hubspot.state.change('contacts', first, { jobtitle: 'Baker' });
	await readAgain({ store, hubspot });
	await sync(store, hubspot, 'contact', JOBS);
	hubspot.state.change('contacts', second, { jobtitle: 'Nurse' });
	await readAgain({ store, hubspot });

	const versioned = await store.read((tx) => tx.models.current());
	if (!versioned) throw new Error('the store has no model');
	await saveModel(store, { ...versioned.model, retention: { eventsDays: 7, ledgerDays: 7 } }, 'kim', Date.now());
	const tidied = await tidyStore(store, { now: () => Date.now() + YEARS_MS });
	expect([tidied?.events, tidied?.ledger, await store.read((tx) => tx.events.since(0, [], 1))]).toEqual([expect.any(Number), 0, []]);
	expect(await ledger(store, hubspot, 'contact')).toEqual({ acknowledged: 4 });

	const client = watched(hubspot.client);
	expect(await sync(store, hubspot, 'contact', { ...JOBS, client })).toMatchObject({ synced: 1 });
	expect(sentInputs(client).map(({ id, properties }) => [id, properties])).toEqual([[second, { c360_job: 'Nurse' }]]);
	expect((await sync(store, hubspot, 'contact', JOBS)).synced).toBe(0);
});
