import { openStore } from '../../../lib';
import { customerObject } from '../../sandbox/stripe/objects';
import { bundledProgram, runAndKill } from '../killing';
import { JOBS, NAME_FIELDS } from './fields';
import { STORE_KINDS } from '../store-kinds';
import { targetArgument } from '../store-target';
import { type Bench, hubspotBench, ledger, ledgerName, profiles, pull, stripeBench, sync, tidyUp } from '../walk';

const program = bundledProgram('activate', 'sync-process.ts');
const ROUNDS = 30;

afterEach(tidyUp);

describe.each(STORE_KINDS)('$name', ({ temporary }) => {
	const newTarget = temporary();

	test('killed at any moment: the next run finishes, every record is right, the ledger knows every write, and the run after that writes nothing', async () => {
		const [hubspot, stripe] = [await hubspotBench(), await stripeBench()];
		const target = await newTarget();
		const [contacts, customers] = [400, 200];
		for (let index = 0; index < contacts; index += 1) {
			hubspot.state.add('contacts', { email: `person${index}@brindlewood-${index}.com`, firstname: `Given${index}`, jobtitle: `Job ${index}` });
		}
		for (let index = contacts; index < contacts + customers; index += 1) {
			const fields = { email: `person${index}@brindlewood-${index}.com`, name: `Given${index} Family${index}` };
			stripe.state.save('customer', customerObject(`cus_${index}`, stripe.state.now(), fields), 'customer.created');
		}
		let store = await openStore(target);
		await pull(store, stripe as Bench<unknown>, ['customer']);
		await pull(store, hubspot as Bench<unknown>, ['contact']);
		await store.close();
		await hubspot.system.destinations.contact?.ensureFields(hubspot.client, NAME_FIELDS);

		const args = [targetArgument(target), hubspot.server.url, hubspot.credentials.accessToken as string];
		let kills = 0;
		for (let round = 0; round < ROUNDS; round += 1) kills += (await runAndKill(program(), args, 10 + Math.random() * 120)) ? 0 : 1;
		expect(kills).toBeGreaterThan(0);

		store = await openStore(target);
		const choices = { ...JOBS, createMissing: true };
		const last = await sync(store, hubspot, 'contact', choices);
		expect([last.busy, last.failed, last.retry]).toEqual([false, 0, 0]);

		const all = await profiles(store);
		expect(all).toHaveLength(contacts + customers);
		expect(hubspot.state.records.contacts.size).toBe(contacts + customers);
		const there = [...hubspot.state.records.contacts.values()];
		const byId = new Map(all.map((profile) => [profile.canonicalId, profile]));
		const known = await store.read((tx) => tx.ledger.get(ledgerName(hubspot, 'contact'), there.map(({ id }) => id)));
		expect(new Set(there.map(({ properties }) => properties.c360_id)).size).toBe(there.length);
		for (const { id, properties } of there) {
			const profile = byId.get(properties.c360_id ?? '');
			expect(profile?.attributes.email?.value).toBe(properties.email);
			expect(properties.c360_job).toBe(profile?.attributes.job_title?.value);
			expect(known.get(id)?.acknowledged).toEqual({ c360_id: properties.c360_id, c360_job: properties.c360_job ?? null });
		}
		expect(await ledger(store, hubspot, 'contact')).toEqual({ acknowledged: contacts + 2 * customers });

		hubspot.server.resetCalls();
		expect((await sync(store, hubspot, 'contact', choices)).synced).toBe(0);
		expect(hubspot.server.writes()).toBe(0);
	}, 120_000);
});
