import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { buildProfiles, LeaseLostError, mergeProfiles, SYSTEM_IDS, type WriteResult } from '../../../lib';
import { customerObject } from '../../sandbox/stripe/objects';
import { crowd, readAgain, sentInputs } from './crowd';
import { JOBS, NAME_FIELDS } from './fields';
import { failureOf, hubspotBench, ledger, ledgerName, profiles, pull, stripeBench, sync, tidyUp, watched } from '../walk';

afterEach(tidyUp);

describe('a dry run', () => {
	test('sends nothing, shows values, and changes neither ledger nor cursor', async () => {
		const { store, hubspot, contacts } = await crowd(8, 2);
		const first = await sync(store, hubspot, 'contact', { ...JOBS, createMissing: true, dryRun: true });
		expect([first.planned, first.synced, first.results.length]).toEqual([8, 0, 8]);
		for (const { status, values, fields } of first.results) {
			expect([status, values, fields]).toEqual(['planned', { c360_id: expect.any(String) as string }, ['c360_id']]);
		}
		expect(hubspot.server.calls()['update contacts'] ?? hubspot.server.calls()['create properties of contacts']).toBeUndefined();
		expect(await ledger(store, hubspot, 'contact')).toEqual({});
		expect((await sync(store, hubspot, 'contact', { ...JOBS, dryRun: true })).planned).toBe(contacts.length);
		expect((await sync(store, hubspot, 'contact', JOBS)).synced).toBe(contacts.length);
		expect((await sync(store, hubspot, 'contact', { ...JOBS, dryRun: true })).planned).toBe(0);
	});

	test('shows a record once, also when an earlier attempt is still open', async () => {
		const { store, hubspot } = await crowd(2);
		hubspot.server.fail({ route: 'list properties of contacts', kind: 'status', status: 503, times: 5 });
		await failureOf(sync(store, hubspot, 'contact', JOBS));
		expect((await sync(store, hubspot, 'contact', { ...JOBS, dryRun: true })).planned).toBe(2);
	});
});

describe('named profiles', () => {
	test('current and retired IDs are written; what cannot be is said, one result each', async () => {
		const { store, hubspot } = await crowd(3);
		const [first, second, third] = (await profiles(store)).map(({ canonicalId }) => canonicalId) as [string, string, string];
		await store.write((tx) => mergeProfiles(tx, first, second, { actor: 'ann', reason: 'the same', systems: SYSTEM_IDS, now: Date.now() }));
		await buildProfiles(store, { systems: SYSTEM_IDS, now: Date.now });
		const retired = (await profiles(store)).flatMap(({ aliases }) => aliases);
		const summary = await sync(store, hubspot, 'contact', { ...JOBS, what: { canonicalIds: [...retired, first, 'per_nobody'] } });
		expect([summary.synced, summary.skipped]).toEqual([2, 1]);
		const skipped = summary.results.find(({ status }) => status === 'skipped');
		expect([skipped?.canonicalId, skipped?.reason]).toEqual(['per_nobody', expect.stringContaining('no profile')]);
		expect(hubspot.server.calls()['update contacts']).toBe(1);
		expect((await sync(store, hubspot, 'company', { what: { canonicalIds: [third] } })).results).toEqual([
			expect.objectContaining({ status: 'skipped', reason: expect.stringContaining('is a person') as string }),
		]);
	});
});

describe('several runs', () => {
	test('of two at once one is busy, nothing is sent twice, and named profiles are not forgotten in silence', async () => {
		const { store, hubspot, contacts } = await crowd(230);
		const client = watched(hubspot.client);
		const ids = (await profiles(store)).slice(0, 2).map(({ canonicalId }) => canonicalId);
		const [one, two] = await Promise.all([
			sync(store, hubspot, 'contact', { ...JOBS, client }),
			sync(store, hubspot, 'contact', { ...JOBS, client, what: { canonicalIds: ids } }),
		]);
		expect([one.busy, one.synced, two.busy, two.synced]).toEqual([false, contacts.length, true, 0]);
		expect(two.results.map(({ canonicalId, status }) => [canonicalId, status])).toEqual(ids.map((id) => [id, 'retry']));
		expect(sentInputs(client).map(({ id }) => id).sort()).toEqual([...contacts].sort());
	});

	test('a run whose process was killed is taken over at once', async () => {
		const { store, hubspot } = await crowd(2);
		const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
		await once(child, 'spawn');
		const lease = { host: hostname(), pid: child.pid, run: 'the killed one', until: Date.now() + 100_000 };
		const hold = () => store.write((tx) => tx.cursors.set(`lease:${ledgerName(hubspot, 'contact')}`, lease, new Date().toISOString()));
		await hold();
		expect((await sync(store, hubspot, 'contact', JOBS)).busy).toBe(true);
		child.kill('SIGKILL');
		await once(child, 'exit');
		await hold();
		expect(await sync(store, hubspot, 'contact', JOBS)).toMatchObject({ busy: false, synced: 2 });
	});

	test('a run in another container with the same host name is left alone: its process number means nothing here', async () => {
		const { store, hubspot } = await crowd(2);
		const child = spawn(process.execPath, ['-e', '']);
		await once(child, 'exit');
		const lease = { host: hostname(), space: 'another container', pid: child.pid, run: 'that of the other one', until: Date.now() + 100_000 };
		await store.write((tx) => tx.cursors.set(`lease:${ledgerName(hubspot, 'contact')}`, lease, new Date().toISOString()));
		expect((await sync(store, hubspot, 'contact', JOBS)).busy).toBe(true);
	});

	test('a run elsewhere that ended before the clock was put back is taken over, and not only when the clock has caught up', async () => {
		const { store, hubspot } = await crowd(2);
		const hour = 3_600_000;
		const lease = { host: 'another-machine', pid: 1, run: 'the one before', until: Date.now() + hour + 100_000 };
		await store.write((tx) => tx.cursors.set(`lease:${ledgerName(hubspot, 'contact')}`, lease, new Date().toISOString()));
		expect(await sync(store, hubspot, 'contact', JOBS)).toMatchObject({ busy: false, synced: 2 });
	});

	test('a run on a machine whose clock is a minute ahead is left alone', async () => {
		const { store, hubspot } = await crowd(2);
		const lease = { host: 'another-machine', pid: 1, run: 'that of the other one', until: Date.now() + 60_000 + 120_000 };
		await store.write((tx) => tx.cursors.set(`lease:${ledgerName(hubspot, 'contact')}`, lease, new Date().toISOString()));
		expect(await sync(store, hubspot, 'contact', JOBS)).toMatchObject({ busy: true, synced: 0 });
	});

	test('a run that stood still for so long that another took over sends nothing more', async () => {
		const { store, hubspot, contacts } = await crowd(250);
		await hubspot.system.destinations.contact?.ensureFields(hubspot.client, NAME_FIELDS);
		let time = Date.now();
		let other: Promise<{ synced: number }> | undefined;
		const client = watched(hubspot.client);
		const standing = sync(store, hubspot, 'contact', {
			...JOBS,
			client,
			now: () => time,
			onResults: async () => {
				if (other) return;
				time += 600_000;
				other = sync(store, hubspot, 'contact', { ...JOBS, client, now: () => time });
				await other;
			},
		});
		expect(await failureOf(standing)).toBeInstanceOf(LeaseLostError);
		expect((await other)?.synced).toBe(150);
		expect(sentInputs(client).map(({ id }) => id).sort()).toEqual([...contacts].sort());
		expect(await ledger(store, hubspot, 'contact')).toEqual({ acknowledged: 250 });
	});

	test('what one sync left open is not closed by another one with other fields', async () => {
		const { store, hubspot, contacts } = await crowd(1);
		const [id = ''] = contacts;
		hubspot.state.change('contacts', id, { jobtitle: 'Baker' });
		await readAgain({ store, hubspot });
		await hubspot.system.destinations.contact?.ensureFields(hubspot.client, NAME_FIELDS);
		hubspot.server.fail({ route: 'update contacts', kind: 'status', status: 503, times: 5 });
		expect((await sync(store, hubspot, 'contact', JOBS)).retry).toBe(1);
		await sync(store, hubspot, 'contact', { fields: [{ source: 'family_name', target: 'c360_family', label: 'Family', type: 'text' }] });
		expect(await ledger(store, hubspot, 'contact')).toEqual({ retry: 1 });
		await sync(store, hubspot, 'contact', JOBS);
		expect(hubspot.state.get('contacts', id).properties).toMatchObject({ c360_family: 'Family0', c360_job: 'Baker' });
		expect(await ledger(store, hubspot, 'contact')).toEqual({ acknowledged: 1 });
	});

	test('what is open for a record that is gone does not stay open for ever', async () => {
		const { store, hubspot, contacts } = await crowd(2);
		await hubspot.system.destinations.contact?.ensureFields(hubspot.client, NAME_FIELDS);
		hubspot.server.fail({ route: 'update contacts', kind: 'status', status: 503, times: 5 });
		expect((await sync(store, hubspot, 'contact', JOBS)).retry).toBe(2);
		hubspot.state.archive('contacts', contacts[0] as string);
		await readAgain({ store, hubspot });
		expect((await sync(store, hubspot, 'contact', JOBS)).synced).toBe(1);
		expect(await ledger(store, hubspot, 'contact')).toEqual({ acknowledged: 1, skipped: 1 });
	});

	test('the values are those of the moment of sending, not of the moment when they were found to be due', async () => {
		const { store, hubspot, contacts } = await crowd(150);
		const client = watched(hubspot.client);
		let changed = false;
		await sync(store, hubspot, 'contact', {
			...JOBS,
			client,
			onResults: async () => {
				if (changed) return;
				changed = true;
				for (const id of contacts) hubspot.state.change('contacts', id, { jobtitle: 'Baker' });
				await readAgain({ store, hubspot });
			},
		});
		// A hundred went out with the old values and again with the new ones; fifty went out once.
		const withJob = sentInputs(client).filter(({ properties }) => properties.c360_job === 'Baker');
		expect([sentInputs(client).length, withJob.length, withJob.filter(({ properties }) => properties.c360_id).length]).toEqual([250, 150, 50]);
		expect(contacts.every((id) => hubspot.state.get('contacts', id).properties.c360_job === 'Baker')).toBe(true);
	});
});

test('a vendor without batches gets calls side by side, and each result stays with its record', async () => {
	const [stripe, store] = [await stripeBench(), (await crowd(0)).store];
	for (let index = 0; index < 35; index += 1) {
		const fields = { email: `buyer${index}@brindlewood-${index}.com`, name: `Bo Nr${index}` };
		stripe.state.save('customer', customerObject(`cus_${index}`, stripe.state.now(), fields), 'customer.created');
	}
	await pull(store, stripe, ['customer']);
	let [under, most] = [0, 0];
	const write = stripe.system.destinations.customer?.write;
	const gone = ['cus_17', 'cus_3', 'cus_30'];
	for (const id of gone) stripe.state.customers.remove(id);
	const summary = await sync(store, stripe, 'customer', {
		definition: {
			write: async (client, items, settings): Promise<WriteResult[]> => {
				under += 1;
				most = Math.max(most, under);
				const results = await write?.(client, items, settings);
				under -= 1;
				return results ?? [];
			},
		},
	});
	expect([summary.synced, summary.failed]).toEqual([32, 3]);
	expect(summary.results.filter(({ status }) => status === 'failed').map(({ targetId }) => targetId).sort()).toEqual(gone);
	expect(most).toBe(stripe.system.destinations.customer?.parallelWrites);
	for (const profile of await profiles(store)) {
		const id = profile.records[0]?.sourceId ?? '';
		if (!gone.includes(id)) expect(stripe.state.customers.get(id)?.metadata).toMatchObject({ c360_id: profile.canonicalId });
	}
	expect(await ledger(store, stripe, 'customer')).toEqual({ acknowledged: 32, failed: 3 });
});

test('another account of the same system has a ledger of its own', async () => {
	const { store, hubspot } = await crowd(2);
	await sync(store, hubspot, 'contact', JOBS);
	const second = await hubspotBench();
	for (const { id, properties } of hubspot.state.records.contacts.values()) second.state.add('contacts', { email: properties.email ?? '' }, { id });
	expect((await sync(store, { ...second, credentials: { ...second.credentials, portalId: '77' } }, 'contact', JOBS)).synced).toBe(2);
});
