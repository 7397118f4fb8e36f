import { currentModel, defaultModel, type DestinationField, matchRecords, mergeProfiles, type RecordRef, saveModel, SYSTEM_IDS, buildProfiles, type IdentityStore, splitProfile } from '../../../lib';
import { customerObject } from '../../sandbox/stripe/objects';
import { makeSmallWorld } from '../../sandbox/world';
import { crowd, readAgain, sentInputs } from './crowd';
import { deaf } from './deaf';
import { JOBS } from './fields';
import { hubspotBench, ledger, newStore, profileOf, profiles, pull, stripeBench, sync, tidyUp, watched, zendeskBench } from '../walk';

const { world } = makeSmallWorld(Date.now());
const CREATE = { ...JOBS, createMissing: true };

afterEach(tidyUp);

async function merge(store: IdentityStore, keep: string, other: string): Promise<void> {
	await store.write((tx) => mergeProfiles(tx, keep, other, { actor: 'ann', reason: 'the same', systems: SYSTEM_IDS, now: Date.now() }));
	await buildProfiles(store, { systems: SYSTEM_IDS, now: Date.now });
}

describe('contacts that are missing', () => {
	test('each is created once, in full batches, also while the pull has not brought it yet', async () => {
		const { store, hubspot } = await crowd(240, 4);
		expect(await sync(store, hubspot, 'contact', CREATE)).toMatchObject({ synced: 240, failed: 0 });
		expect(hubspot.server.calls()).toMatchObject({ 'update contacts': 1, 'upsert contacts': 2 });
		expect(hubspot.state.records.contacts.size).toBe(240);
		const all = (await profiles(store)).map(({ canonicalId }) => canonicalId);
		hubspot.server.resetCalls();
		expect(await sync(store, hubspot, 'contact', { ...CREATE, what: { canonicalIds: all } })).toMatchObject({ synced: 0, unchanged: 240 });
		expect(hubspot.server.writes()).toBe(0);
		await readAgain({ store, hubspot });
		expect(await sync(store, hubspot, 'contact', CREATE)).toMatchObject({ synced: 0 });
		expect(hubspot.server.writes()).toBe(0);
		expect(hubspot.state.records.contacts.size).toBe(240);
	});

	test('a record that no pull has brought yet gets only what differs, and keeps its one ID when its profile is merged into another', async () => {
		const { store, hubspot } = await crowd(3, 3);
		await sync(store, hubspot, 'contact', CREATE);
		const made = [...hubspot.state.records.contacts.values()].filter(({ properties }) => properties.email !== 'person0@brindlewood-0.com');
		expect(made).toHaveLength(2);
		const [first, second] = made.map(({ properties }) => properties.c360_id ?? '');
		await merge(store, first as string, second as string);
		const client = watched(hubspot.client);
		await sync(store, hubspot, 'contact', { ...CREATE, client });
		const kept = (await profiles(store)).find(({ aliases }) => aliases.length > 0);
		expect(sentInputs(client).map(({ properties }) => properties)).toEqual([{ c360_id: kept?.canonicalId }]);
		expect(hubspot.state.records.contacts.size).toBe(3);
		for (const { id } of made) expect(hubspot.state.get('contacts', id).properties.c360_id).toBe(kept?.canonicalId);
	});

	test('a record that was created for one profile and is found by an email that has gone to another holds nothing of the first', async () => {
		const [hubspot, stripe, store] = [await hubspotBench(), await stripeBench(), await newStore()];
		const save = async (id: string, fields: { email: string; name?: string }) => {
			stripe.state.save('customer', customerObject(id, stripe.state.now(), fields), 'customer.created');
			await pull(store, stripe, ['customer']);
		};
		const given: DestinationField = { source: 'given_name', target: 'c360_given', label: 'First name', type: 'text' };
		const choices = { ...CREATE, fields: [...JOBS.fields, given] };
		const email = 'ann@brindlewood-1.com';
		await save('cus_ann', { email, name: 'Ann Lee' });
		await sync(store, hubspot, 'contact', choices);
		const [made] = [...hubspot.state.records.contacts.values()];
		expect(made?.properties).toMatchObject({ email, c360_given: 'Ann' });
		await save('cus_ann', { email: 'ann@brindlewood-2.com', name: 'Ann Lee' });
		await save('cus_box', { email });
		await sync(store, hubspot, 'contact', choices);
		await readAgain({ store, hubspot });
		await sync(store, hubspot, 'contact', choices);
		const { canonicalId } = await profileOf(store, { system: 'stripe', object: 'customer', sourceId: 'cus_box' });
		const { c360_id, c360_given } = hubspot.state.get('contacts', made?.id as string).properties;
		expect([c360_id, c360_given ?? '']).toEqual([canonicalId, '']);
		hubspot.server.resetCalls();
		await sync(store, hubspot, 'contact', choices);
		expect(hubspot.server.writes()).toBe(0);
	});

	test.each(['its own ID', 'a retired ID', 'its own ID and read since'])('a contact that was created without an answer, under %s, does not keep what the profile has lost since', async (under) => {
		const [hubspot, stripe, store] = [await hubspotBench(), await stripeBench(), await newStore()];
		const save = async (id: string, fields: { email?: string; name?: string; phone?: string }) => {
			stripe.state.save('customer', customerObject(id, stripe.state.now(), fields), 'customer.created');
			await pull(store, stripe, ['customer']);
		};
		const given: DestinationField = { source: 'given_name', target: 'c360_given', label: 'First name', type: 'text' };
		const choices = { ...CREATE, fields: [...JOBS.fields, given] };
		const email = 'ann@brindlewood-1.com';
		if (under === 'a retired ID') await save('cus_box', { phone: '+1 212 642 8891' });
		await save('cus_ann', { email, name: 'Ann Lee' });
		expect(await sync(store, hubspot, 'contact', { ...choices, client: deaf(hubspot.client) })).toMatchObject({ synced: 0, retry: 1 });
		const [made] = [...hubspot.state.records.contacts.values()];
		expect(made?.properties).toMatchObject({ email, c360_given: 'Ann' });
		await save('cus_ann', { email });
		const [older, younger] = (await profiles(store)).map((profile) => profile.canonicalId);
		if (under === 'a retired ID') await merge(store, older as string, younger as string);
		if (under === 'its own ID and read since') await readAgain({ store, hubspot });
		await sync(store, hubspot, 'contact', choices);
		const [{ canonicalId, aliases } = { canonicalId: '', aliases: [] }, ...others] = await profiles(store);
		expect([aliases.length, others]).toEqual([under === 'a retired ID' ? 1 : 0, []]);
		const { c360_id, c360_given } = hubspot.state.get('contacts', made?.id as string).properties;
		expect([c360_id, c360_given ?? '']).toEqual([canonicalId, '']);
	});

	test('nothing stays due for a profile that is not to get another contact, because the one of a profile it was merged with is someone else\'s now', async () => {
		const [hubspot, stripe, store] = [await hubspotBench(), await stripeBench(), await newStore()];
		const customers = ['ann', 'bob'].map((name) => ({ system: 'stripe', object: 'customer', sourceId: `cus_${name}` }));
		for (const { sourceId } of customers) stripe.state.save('customer', customerObject(sourceId, stripe.state.now(), { email: `${sourceId}@brindlewood-1.com` }), 'customer.created');
		await pull(store, stripe, ['customer']);
		const [older, younger] = (await Promise.all(customers.map((ref) => profileOf(store, ref)))).map(({ canonicalId }) => canonicalId).sort() as [string, string];
		await sync(store, hubspot, 'contact', { ...CREATE, what: { canonicalIds: [younger] } });
		await readAgain({ store, hubspot });
		const [made] = [...hubspot.state.records.contacts.values()];
		const ref = { system: 'hubspot', object: 'contact', sourceId: made?.id as string };
		await store.write((tx) => splitProfile(tx, younger, [ref], { actor: 'ann', reason: 'two people', systems: SYSTEM_IDS, now: Date.now() }));
		await sync(store, hubspot, 'contact', { ...CREATE, what: { canonicalIds: [older] }, client: deaf(hubspot.client) });
		expect((await ledger(store, hubspot, 'contact')).retry).toBe(1);
		await merge(store, older, younger);
		await sync(store, hubspot, 'contact', CREATE);
		const { retry = 0, pending = 0 } = await ledger(store, hubspot, 'contact');
		expect([retry, pending]).toEqual([0, 0]);
	});

	test('a created contact that somebody deleted, or that turned out to be someone else\'s, is not created or written again', async () => {
		const { store, hubspot } = await crowd(2, 2);
		await sync(store, hubspot, 'contact', CREATE);
		const [made] = [...hubspot.state.records.contacts.values()].filter(({ properties }) => properties.email === 'person1@brindlewood-1.com');
		await readAgain({ store, hubspot });
		const ref = { system: 'hubspot', object: 'contact', sourceId: made?.id as string };
		const owner = await profileOf(store, ref);
		expect(owner.records).toHaveLength(2);
		await store.write((tx) => splitProfile(tx, owner.canonicalId, [ref], { actor: 'ann', reason: 'two people', systems: SYSTEM_IDS, now: Date.now() }));
		await buildProfiles(store, { systems: SYSTEM_IDS, now: Date.now });
		await sync(store, hubspot, 'contact', CREATE);
		expect(hubspot.state.get('contacts', ref.sourceId).properties.c360_id).toBe((await profileOf(store, ref)).canonicalId);
		const everybody = { canonicalIds: (await profiles(store)).map(({ canonicalId }) => canonicalId) };
		expect((await sync(store, hubspot, 'contact', { ...CREATE, what: everybody })).synced).toBe(0);

		hubspot.state.archive('contacts', ref.sourceId);
		await readAgain({ store, hubspot });
		hubspot.server.resetCalls();
		await sync(store, hubspot, 'contact', CREATE);
		expect(hubspot.server.writes()).toBe(0);
	});

	test('an email that is another profile\'s too never leads to that one\'s record being overwritten', async () => {
		const [hubspot, stripe] = [await hubspotBench(world.hubspot), await stripeBench(world.stripe)];
		const [zendesk, store] = [await zendeskBench(world.zendesk), await newStore()];
		await pull(store, hubspot, ['contact']);
		await pull(store, stripe, ['customer']);
		await pull(store, zendesk, ['user']);
		const summary = await sync(store, hubspot, 'contact', CREATE);
		expect(summary.failed).toBe(0);
		const byRecord = new Map<string, string>();
		for (const { canonicalId, records } of await profiles(store)) {
			for (const { system, sourceId } of records) if (system === 'hubspot') byRecord.set(sourceId, canonicalId);
		}
		for (const [sourceId, canonicalId] of byRecord) {
			expect([sourceId, hubspot.state.get('contacts', sourceId).properties.c360_id]).toEqual([sourceId, canonicalId]);
		}
		const skipped = summary.results.filter(({ status }) => status === 'skipped').map(({ reason }) => reason);
		expect(skipped.filter((reason) => reason?.includes("another profile's"))).not.toEqual([]);
		const created = summary.results.filter(({ status, targetId }) => status === 'synced' && !byRecord.has(targetId ?? ''));
		expect(new Set(created.map(({ targetId }) => targetId)).size).toBe(created.length);
	});
});

test('who is known by an email that has gone to somebody else, and waits for Merge, is not created by it', async () => {
	const [hubspot, stripe, store] = [await hubspotBench(), await stripeBench(), await newStore()];
	const email = 'ann@brindlewood-1.com';
	const { id } = hubspot.state.add('contacts', { email: 'box@brindlewood-2.com', firstname: 'Ann', lastname: 'Lee' });
	stripe.state.save('customer', customerObject('cus_bob', stripe.state.now(), { email, name: 'Bob Stone' }), 'customer.created');
	await pull(store, hubspot, ['contact']);
	await pull(store, stripe, ['customer']);
	const [ann, bob] = [await profileOf(store, { system: 'hubspot', object: 'contact', sourceId: id }), await profileOf(store, { system: 'stripe', object: 'customer', sourceId: 'cus_bob' })];
	hubspot.state.change('contacts', id, { email });
	await rename(store, { system: 'stripe', object: 'customer', sourceId: 'cus_bob' }, 'bob@brindlewood-1.com');
	await rename(store, { system: 'hubspot', object: 'contact', sourceId: id }, email);
	await sync(store, hubspot, 'contact', { ...CREATE, what: { canonicalIds: [ann.canonicalId, bob.canonicalId] } });
	expect(hubspot.state.get('contacts', id).properties.c360_id).toBe(ann.canonicalId);
});

/** A new version of a record, with another email. Without Merge. */
async function rename(store: IdentityStore, ref: RecordRef, email: string): Promise<void> {
	const at = new Date().toISOString();
	await store.write(async (tx) => {
		const [stored] = (await tx.records.byRef([ref])).values();
		if (!stored) throw new Error('there is no such record');
		const { no: _no, profileNo: _profileNo, firstSeenAt: _firstSeenAt, ...record } = stored;
		const next = { ...record, version: at, updatedAt: at, attributes: { ...record.attributes, email: [{ value: email, valid: true }] }, identifiers: [{ kind: 'email', value: email }] };
		await matchRecords(tx, [next], await currentModel(tx, SYSTEM_IDS, at), Date.now());
	});
}

test('an email that the identity model blocks leads to nobody\'s record: who has no other one is not created by it', async () => {
	const [hubspot, stripe, store] = [await hubspotBench(), await stripeBench(), await newStore()];
	const email = 'desk@brindlewood-1.com';
	await saveModel(store, { ...defaultModel(SYSTEM_IDS), blockedValues: [{ kind: 'email', value: email }] }, 'ann', Date.now());
	const { id } = hubspot.state.add('contacts', { email, firstname: 'Ann', lastname: 'Lee' });
	stripe.state.save('customer', customerObject('cus_bob', stripe.state.now(), { email, name: 'Bob Stone' }), 'customer.created');
	await pull(store, hubspot, ['contact']);
	await pull(store, stripe, ['customer']);
	const summary = await sync(store, hubspot, 'contact', CREATE);
	const owner = await profileOf(store, { system: 'hubspot', object: 'contact', sourceId: id });
	expect(owner.records).toHaveLength(1);
	expect(hubspot.state.get('contacts', id).properties.c360_id).toBe(owner.canonicalId);
	expect(summary.results.filter(({ status }) => status !== 'synced')).toEqual([expect.objectContaining({ status: 'skipped', reason: expect.stringContaining('blocks') as string })]);
});

test('a merge of two profiles writes the one ID that stays to both records', async () => {
	const { store, hubspot, contacts } = await crowd(2);
	await sync(store, hubspot, 'contact', JOBS);
	const [first, second] = contacts.map((id) => hubspot.state.get('contacts', id).properties.c360_id ?? '');
	await merge(store, first as string, second as string);
	const summary = await sync(store, hubspot, 'contact', JOBS);
	const kept = (await profiles(store))[0]?.canonicalId;
	expect(summary.synced).toBe(1);
	for (const id of contacts) expect(hubspot.state.get('contacts', id).properties.c360_id).toBe(kept);
	expect(await ledger(store, hubspot, 'contact')).toEqual({ acknowledged: 2 });
});
