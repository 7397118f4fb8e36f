import { dirname, join } from 'node:path';
import { closeAllStores, goBack, openStore } from '../../../lib';
import { customerObject } from '../../sandbox/stripe/objects';
import { type Bench, profiles, pull, sync, tidyUp } from '../walk';
import { crowd, readAgain } from './crowd';
import { JOBS } from './fields';

const CREATE = { ...JOBS, createMissing: true };

afterEach(tidyUp);

test('after going back to a backup from before the writes nothing is created or written a second time, whoever is read again first', async () => {
	const { store, hubspot, stripe } = await crowd(12, 4);
	const [file, backup] = [store.location, join(dirname(store.location), 'backup.sqlite')];
	await store.backup(backup);
	for (const index of [20, 21, 22]) {
		const email = `person${index}@brindlewood-${index}.com`;
		stripe.state.save('customer', customerObject(`cus_${index}`, stripe.state.now(), { email, name: `Given${index} Family${index}` }), 'customer.created');
	}
	await pull(store, stripe as Bench<unknown>, ['customer']);
	expect(await sync(store, hubspot, 'contact', CREATE)).toMatchObject({ synced: 15, failed: 0 });
	const before = (await profiles(store)).map(({ canonicalId }) => canonicalId).sort();
	await closeAllStores();

	expect((await goBack(backup, file, new Date())).takenOver).toMatchObject({ ids: { waiting: 3 }, faults: [] });
	const restored = await openStore({ file });
	hubspot.server.resetCalls();
	const early = await sync(restored, hubspot, 'contact', { ...CREATE, what: { canonicalIds: before } });
	expect(early.results.flatMap(({ status, reason }) => (status === 'unchanged' ? [] : [[status, reason]]))).toEqual(Array.from({ length: 3 }, () => ['skipped', 'the store went back to a backup, and the records of this ID were not read again yet']));
	await pull(restored, stripe as Bench<unknown>, ['customer']);
	expect((await profiles(restored)).map(({ canonicalId }) => canonicalId).sort()).toEqual(before);
	expect(await sync(restored, hubspot, 'contact', CREATE)).toMatchObject({ synced: 0, failed: 0 });
	await readAgain({ store: restored, hubspot });
	expect(await sync(restored, hubspot, 'contact', CREATE)).toMatchObject({ synced: 0, failed: 0 });
	expect(hubspot.server.writes()).toBe(0);
	expect(hubspot.state.records.contacts.size).toBe(15);
	expect((await profiles(restored)).map(({ canonicalId }) => canonicalId).sort()).toEqual(before);
});
