import { buildProfiles, type DestinationField, type HttpClient, type LedgerEntry, splitProfile, SYSTEM_IDS, TransientError } from '../../../lib';
import { customerObject } from '../../sandbox/stripe/objects';
import { readAgain } from './crowd';
import { HUBSPOT } from '../../../lib/systems/hubspot/name';
import { deaf } from './deaf';
import { JOBS } from './fields';
import { hubspotBench, ledgerName, newStore, profileOf, pull, stripeBench, sync, tidyUp } from '../walk';

const GIVEN: DestinationField = { source: 'given_name', target: 'c360_given', label: 'First name', type: 'text' };
const CREATE = { ...JOBS, fields: [...JOBS.fields, GIVEN], createMissing: true };
const EMAIL = 'ann@brindlewood-1.com';
const inTwoHours = () => Date.now() + 2 * 60 * 60_000;
const contact = (sourceId: string) => ({ system: 'hubspot', object: 'contact', sourceId });
const customer = (sourceId: string) => ({ system: 'stripe', object: 'customer', sourceId });

afterEach(tidyUp);

/** A creation that never reaches the vendor. */
function cut(client: HttpClient): HttpClient {
	return {
		...client,
		request: async (request) => {
			if (request.path.endsWith('/batch/upsert')) throw new TransientError('the connection broke', { system: HUBSPOT, operation: 'write' });
			return await client.request(request);
		},
	};
}

/** Ann is a customer, and a contact was asked for her without an answer. */
async function askedFor() {
	const [hubspot, stripe, store] = [await hubspotBench(), await stripeBench(), await newStore()];
	const save = async (id: string, fields: { email: string; name?: string }) => {
		stripe.state.save('customer', customerObject(id, stripe.state.now(), fields), 'customer.created');
		await pull(store, stripe, ['customer']);
	};
	await save('cus_ann', { email: EMAIL, name: 'Ann Lee' });
	const ann = (await profileOf(store, customer('cus_ann'))).canonicalId;
	expect(await sync(store, hubspot, 'contact', { ...CREATE, client: deaf(hubspot.client) })).toMatchObject({ synced: 0, retry: 1 });
	const [made] = [...hubspot.state.records.contacts.values()];
	const entry = async (target: string): Promise<LedgerEntry | undefined> => (await store.read((tx) => tx.ledger.get(ledgerName(hubspot, 'contact'), [target]))).get(target);
	return { hubspot, store, save, ann, made: made?.id ?? '', entry };
}

type Asked = Awaited<ReturnType<typeof askedFor>>;

/** Ann's email goes to somebody else, and then the contact that was made for her is read. */
async function readInAnother({ store, hubspot, save, made }: Asked): Promise<string> {
	await save('cus_ann', { email: 'ann@brindlewood-2.com', name: 'Ann Lee' });
	await save('cus_box', { email: EMAIL });
	await readAgain({ store, hubspot });
	const box = await profileOf(store, customer('cus_box'));
	expect(box.records).toContainEqual(contact(made));
	return box.canonicalId;
}

async function quietFrom({ store, hubspot }: Asked): Promise<void> {
	await readAgain({ store, hubspot });
	hubspot.server.resetCalls();
	expect((await sync(store, hubspot, 'contact', CREATE)).results).toEqual([]);
	expect(hubspot.server.writes()).toBe(0);
}

test('nobody gets a second contact when the one that was made for them is read into another profile; the run says so, and the contact holds nothing of theirs', async () => {
	const asked = await askedFor();
	const { store, hubspot, ann, made, entry } = asked;
	expect(hubspot.state.get('contacts', made).properties).toMatchObject({ c360_id: ann, c360_given: 'Ann' });
	const box = await readInAnother(asked);
	const run = await sync(store, hubspot, 'contact', CREATE);
	expect(run.results.find(({ canonicalId }) => canonicalId === ann)).toMatchObject({
		status: 'skipped',
		targetId: null,
		reason: `not added: record ${made} was made for it, the answer got lost, and that record belongs to ${box} now. Decide whether the two are one person`,
	});
	expect(hubspot.state.records.contacts.size).toBe(1);
	const { c360_id, c360_given } = hubspot.state.get('contacts', made).properties;
	expect([c360_id, c360_given ?? '']).toEqual([box, '']);
	expect(await entry(`new:${ann}`)).toMatchObject({ status: 'skipped', acknowledged: { '#created': made } });
	expect(await entry(made)).toMatchObject({ status: 'acknowledged', canonicalId: box });
	await quietFrom(asked);
});

test('the same where the other profile was written by itself before', async () => {
	const asked = await askedFor();
	const { store, hubspot, made } = asked;
	const box = await readInAnother(asked);
	await sync(store, hubspot, 'contact', { ...CREATE, what: { canonicalIds: [box] } });
	for (let run = 0; run < 2; run += 1) await sync(store, hubspot, 'contact', CREATE);
	expect(hubspot.state.records.contacts.size).toBe(1);
	const { c360_id, c360_given } = hubspot.state.get('contacts', made).properties;
	expect([c360_id, c360_given ?? '']).toEqual([box, '']);
	await quietFrom(asked);
});

test('a dry run says it, and leaves the ledger as it is', async () => {
	const asked = await askedFor();
	const { store, hubspot, ann, entry } = asked;
	await readInAnother(asked);
	const before = await entry(`new:${ann}`);
	const { results } = await sync(store, hubspot, 'contact', { ...CREATE, dryRun: true });
	expect(results).toContainEqual(expect.objectContaining({ canonicalId: ann, status: 'skipped', reason: expect.stringContaining('was made for it') as string }));
	expect(await entry(`new:${ann}`)).toEqual(before);
});

test('one that is read into its own profile is that profile\'s record, and no other is made when somebody takes it out', async () => {
	const asked = await askedFor();
	const { store, hubspot, ann, made, entry } = asked;
	await readAgain({ store, hubspot });
	await sync(store, hubspot, 'contact', CREATE);
	expect(await entry(`new:${ann}`)).toMatchObject({ status: 'acknowledged', acknowledged: { '#created': made } });
	await store.write((tx) => splitProfile(tx, ann, [contact(made)], { actor: 'ann', reason: 'two people', systems: SYSTEM_IDS, now: Date.now() }));
	await buildProfiles(store, { systems: SYSTEM_IDS, now: Date.now });
	await asked.save('cus_ann', { email: 'ann@brindlewood-2.com', name: 'Ann Lee' });
	await sync(store, hubspot, 'contact', CREATE);
	expect(hubspot.state.records.contacts.size).toBe(1);
	await quietFrom(asked);
});

test('who has another email since is not asked for by that one before a pull can have brought the first contact', async () => {
	const { store, hubspot, save, ann } = await askedFor();
	await save('cus_ann', { email: 'ann@brindlewood-2.com', name: 'Ann Lee' });
	const run = await sync(store, hubspot, 'contact', CREATE);
	expect(run.results).toEqual([expect.objectContaining({ canonicalId: ann, status: 'skipped', reason: expect.stringMatching(/^not added yet: .*the answer got lost/) as string })]);
	expect(hubspot.state.records.contacts.size).toBe(1);
	expect(await sync(store, hubspot, 'contact', { ...CREATE, now: inTwoHours })).toMatchObject({ synced: 1, skipped: 0 });
});

test('a contact that was known before anything was asked for is not taken for the one that was made', async () => {
	const { store, hubspot, save } = await askedFor();
	await readAgain({ store, hubspot });
	await sync(store, hubspot, 'contact', CREATE);
	const { id } = hubspot.state.add('contacts', { email: 'box@brindlewood-1.com', firstname: 'Bo', lastname: 'Stone' });
	await readAgain({ store, hubspot });
	await save('cus_cy', { email: 'cy@brindlewood-3.com', name: 'Cy Moss' });
	expect(await sync(store, hubspot, 'contact', { ...CREATE, client: cut(hubspot.client) })).toMatchObject({ retry: 1 });
	await save('cus_cy', { email: 'cy@brindlewood-4.com', name: 'Cy Moss' });
	hubspot.state.change('contacts', id, { email: 'cy@brindlewood-3.com' });
	await readAgain({ store, hubspot });
	await sync(store, hubspot, 'contact', { ...CREATE, now: inTwoHours });
	const cy = (await profileOf(store, customer('cus_cy'))).canonicalId;
	expect([...hubspot.state.records.contacts.values()].find(({ properties }) => properties.email === 'cy@brindlewood-4.com')?.properties).toMatchObject({ c360_id: cy });
});

test.each(['list properties of contacts', 'upsert contacts'])('what HubSpot refused as a whole (%s) was not made: a contact that somebody else adds is not taken for it', async (route) => {
	const [hubspot, stripe, store] = [await hubspotBench(), await stripeBench(), await newStore()];
	const save = async (id: string, fields: { email: string; name?: string }) => {
		stripe.state.save('customer', customerObject(id, stripe.state.now(), fields), 'customer.created');
		await pull(store, stripe, ['customer']);
	};
	await save('cus_ann', { email: EMAIL, name: 'Ann Lee' });
	hubspot.server.fail({ kind: 'status', status: 403, body: {}, route, times: 1 });
	await expect(sync(store, hubspot, 'contact', CREATE)).rejects.toThrow('answered 403');
	await save('cus_ann', { email: 'ann@brindlewood-2.com', name: 'Ann Lee' });
	await save('cus_box', { email: EMAIL });
	hubspot.state.add('contacts', { email: EMAIL });
	await readAgain({ store, hubspot });
	await sync(store, hubspot, 'contact', CREATE);
	const { canonicalId } = await profileOf(store, customer('cus_ann'));
	expect([...hubspot.state.records.contacts.values()].find(({ properties }) => properties.email === 'ann@brindlewood-2.com')?.properties).toMatchObject({ c360_id: canonicalId });
});
