import { setTimeout as wait } from 'node:timers/promises';
import { loadOptions, type PollOptions } from './harness';
import { temporaryStore } from './temporary-store';
import { keep, pollSource, type RunningVendor, startVendor, SYSTEM_NAMES, VENDORS } from './vendors';
import { refKey } from '../../lib/domain';
import { checkStore } from '../../lib/identity';
import { startHubSpot } from '../sandbox/hubspot/server';
import { startMailchimp } from '../sandbox/mailchimp/server';
import { FIRST_LIST, SECOND_LIST } from '../sandbox/mailchimp/seed';
import { startStripe } from '../sandbox/stripe/server';
import { makeSmallWorld } from '../sandbox/world/small';
import { startZendesk } from '../sandbox/zendesk/server';

type Poll = Awaited<ReturnType<typeof pollSource>>;

/** What a poll gave at each output, over all of its executions. */
const recordsOf = ({ emitted }: Poll) => emitted.flatMap(([records]) => (records ?? []).map(({ json }) => json));
const summariesOf = ({ emitted }: Poll) => emitted.flatMap(([, summaries]) => (summaries ?? []).map(({ json }) => json));
const idsOf = (poll: Poll) => recordsOf(poll).map(({ object, sourceId }) => `${object as string}:${sourceId as string}`).sort();

function quiet({ returned, error }: Poll): void {
	expect(error).toBeUndefined();
	expect(returned).toBeNull();
}

describe.each(SYSTEM_NAMES)('%s Source Trigger', (system) => {
	const { objects, people, wrong, credential, label } = VENDORS[system];
	let vendor: RunningVendor;
	beforeEach(async () => {
		vendor = await startVendor(system);
	});

	test('puts the first run into the store and tells so in one summary an object; afterwards every change is an item', async () => {
		const store = temporaryStore();
		const first = await pollSource(system, vendor, store);
		quiet(first);
		expect(recordsOf(first)).toEqual([]);
		const summaries = summariesOf(first);
		expect(summaries.map(({ object }) => object)).toEqual(objects);
		for (const summary of summaries) {
			expect(summary).toEqual({
				system, object: expect.any(String), read: expect.any(Number), rejected: expect.any(Number), outcomes: expect.any(Object),
				profilesBuilt: expect.any(Number), profilesChanged: expect.any(Number), seconds: expect.any(Number), recordsPerSecond: expect.any(Number), complete: true,
			});
		}
		const stored = await (await store.open()).read((tx) => tx.records.counts());
		expect(stored.map(({ object }) => object).sort()).toEqual([...objects].sort());
		expect((await pollSource(system, vendor, store)).emitted).toEqual([]);

		const sourceId = vendor.changeOne();
		const later = await pollSource(system, vendor, store);
		quiet(later);
		expect(summariesOf(later)).toEqual([]);
		expect(recordsOf(later)).toEqual([{ system, object: people, sourceId, version: expect.any(String), updatedAt: expect.any(String), raw: expect.any(Object) }]);
		expect((await pollSource(system, vendor, store)).emitted).toEqual([]);
	});

	test('reads on where n8n never tells the end of the execution that a summary starts', async () => {
		const never = () => new Promise<'success'>(() => undefined);
		const first = await pollSource(system, vendor, temporaryStore(), { execute: never });
		quiet(first);
		expect(summariesOf(first).map(({ object }) => object)).toEqual(objects);
	});

	test('with "Store Directly" also a later change goes into the store', async () => {
		const store = temporaryStore();
		const parameters = { delivery: 'store' };
		await pollSource(system, vendor, store, { parameters });
		vendor.changeOne();
		const later = await pollSource(system, vendor, store, { parameters });
		expect(recordsOf(later)).toEqual([]);
		expect(summariesOf(later).map(({ object, outcomes }) => [object, (outcomes as { unchanged: number }).unchanged])).toContainEqual([people, expect.any(Number)]);
		expect(summariesOf(later).find(({ object }) => object === people)?.profilesBuilt).toBe(1);
	});

	test('with "Items Only" everything comes as items; after a failed workflow the same ones come again, after a good one no more', async () => {
		const store = temporaryStore();
		const poll = (execute?: PollOptions['execute']) => pollSource(system, vendor, store, { parameters: { delivery: 'items' }, execute });
		const failed = await poll(() => 'error');
		quiet(failed);
		expect(new Set(recordsOf(failed).map(({ object }) => object))).toEqual(new Set(objects));
		expect(await (await store.open()).read((tx) => tx.records.counts())).toEqual([]);
		const again = await poll();
		expect(idsOf(again)).toEqual(idsOf(failed));
		expect((await poll()).emitted).toEqual([]);
	});

	test('a poll that begins while another one is at work does nothing', async () => {
		const store = temporaryStore();
		const parameters = { delivery: 'items', objects: [people] };
		const during: Poll[] = [];
		const first = await pollSource(system, vendor, store, {
			parameters,
			execute: async () => {
				during.push(await pollSource(system, vendor, store, { parameters }));
				return 'success' as const;
			},
		});
		expect(recordsOf(first).length).toBeGreaterThan(0);
		expect(during).toEqual([{ emitted: [], returned: null }]);
	});

	test('in the editor it shows a few records of each object and moves no cursor', async () => {
		const store = temporaryStore();
		const sample = await pollSource(system, vendor, store, { mode: 'manual' });
		expect(sample.error).toBeUndefined();
		const [records = [], summaries] = sample.returned ?? [];
		expect(new Set(records.map(({ json }) => json.object))).toEqual(new Set(objects));
		for (const object of objects) expect(records.filter(({ json }) => json.object === object).length).toBeLessThanOrEqual(5);
		expect(summaries).toEqual([]);
		expect(summariesOf(await pollSource(system, vendor, store)).map(({ object }) => object)).toEqual(objects);
	});

	test.each(['trigger', 'manual'] as const)('wrong credentials are an error that says where to mend them, without the secret (%s)', async (mode) => {
		const { error } = await pollSource(system, { ...vendor, credentials: { ...vendor.credentials, ...wrong } }, temporaryStore(), { mode });
		expect(error?.name).toBe('NodeApiError');
		expect(error?.message).toMatch(new RegExp(`^${system} .*answered 401.*credential`, 'i'));
		const all = JSON.stringify([error, error?.message, error?.stack]);
		for (const secret of [...Object.values(wrong), vendor.credentials.email ?? 'ops@example.com']) expect(all).not.toContain(secret);
	});

	test('while the vendor is down nothing happens and nothing is lost; the next poll goes on', async () => {
		const store = temporaryStore();
		// Behind a base URL Zendesk is asked for its account before any object.
		const refusals = system === 'zendesk' ? 1 : objects.length;
		vendor.server.fail({ kind: 'status', status: 500, headers: { 'retry-after': '600' }, times: refusals });
		const down = await pollSource(system, vendor, store);
		quiet(down);
		expect(down.emitted).toEqual([]);
		expect(summariesOf(await pollSource(system, vendor, store)).map(({ object }) => object)).toEqual(objects);
	});

	test('a vendor that breaks off in the middle is asked again from there', async () => {
		const store = temporaryStore();
		const parameters = { delivery: 'items', objects: [people] };
		const all = idsOf(await pollSource(system, vendor, temporaryStore(), { parameters }));
		vendor.server.fail({ kind: 'garbage', times: 1 });
		const broken = await pollSource(system, vendor, store, { parameters });
		expect(broken.error?.message).toMatch(/does not have the expected form.*base URL in the credential/);
		expect([...idsOf(broken), ...idsOf(await pollSource(system, vendor, store, { parameters }))].sort()).toEqual(all);
	});

	test.each<[string, PollOptions['parameters'], RegExp]>([
		['no object', { objects: [] }, /^"Objects" is empty\. Choose at least one\.$/],
		['an object that does not exist', { objects: ['planet'] }, new RegExp(`^${label} has no "planet"\\. Choose the objects again\\.$`)],
		['a time that is none', { options: { since: 'last week' } }, /^"Changed Since" is no date and time/],
		['a country that is none', { options: { defaultCountry: 'Atlantis' } }, /^"Default Country" is "Atlantis", which is no country/],
	])('%s is an error that names the parameter', async (_what, parameters, message) => {
		const { error } = await pollSource(system, vendor, temporaryStore(), { parameters });
		expect(error).toMatchObject({ name: 'NodeOperationError', message: expect.stringMatching(message) });
		expect(Object.keys(vendor.credentials)).not.toContain(credential);
	});
});

describe('a key that may not read everything', () => {
	const { world } = makeSmallWorld(Date.now());

	test('HubSpot: the error names the scope that companies need', async () => {
		const hubspot = keep(await startHubSpot({ world: world.hubspot, settings: { scopes: ['crm.objects.contacts.read'] } }));
		const run = await pollSource('hubspot', hubspot, temporaryStore(), { parameters: { objects: ['company'] } });
		expect(run.error?.message).toMatch(/^HubSpot \(list companies\): answered 403.*Give the private app or service key the scope crm\.objects\.companies\.read/);
	});

	test('Stripe: customers are read, and the error names the permission that invoices need', async () => {
		const key = 'rk_live_support';
		const stripe = keep(await startStripe({ world: world.stripe, restrictedKeys: { [key]: ['rak_customer_read', 'rak_event_read'] } }));
		const run = await pollSource('stripe', { ...stripe, credentials: { ...stripe.credentials, secretKey: key } }, temporaryStore(), { parameters: { objects: ['invoice', 'customer'] } });
		expect(run.error?.message).toMatch(/^Stripe \(.*\): answered 403\. Give the restricted key the permission rak_invoice_read/);
		expect(summariesOf(run).map(({ object }) => object)).toEqual(['customer']);
	});

	test('HubSpot: what is wrong with contacts keeps companies from nothing, and is told', async () => {
		const hubspot = keep(await startHubSpot({ world: world.hubspot }));
		hubspot.server.fail({ route: 'list contacts', kind: 'status', status: 400, body: { category: 'VALIDATION_ERROR' }, times: 1 });
		const run = await pollSource('hubspot', hubspot, temporaryStore(), { parameters: { objects: ['contact', 'company'] } });
		expect(run.error?.message).toMatch(/^HubSpot \(list contacts\): answered 400/);
		expect(summariesOf(run).map(({ object }) => object)).toEqual(['company']);
	});

	test('Zendesk: an agent\'s token is refused with what it takes', async () => {
		const zendesk = keep(await startZendesk({ world: world.zendesk, role: 'agent' }));
		const { error } = await pollSource('zendesk', zendesk, temporaryStore(), { parameters: { objects: ['user'] } });
		expect(error?.message).toMatch(/^Zendesk \(.*\): answered 403.*Use the API token of an admin/);
	});

	test('Mailchimp: a refusal says which role the key needs', async () => {
		const mailchimp = keep(await startMailchimp({ world: world.mailchimp }));
		mailchimp.server.fail({ kind: 'status', status: 403, body: { title: 'Forbidden', status: 403, detail: 'no' }, times: 1 });
		const { error } = await pollSource('mailchimp', mailchimp, temporaryStore());
		expect(error?.message).toMatch(/^Mailchimp \(.*\): answered 403.*role Manager or higher/);
	});
});

describe('Mailchimp\'s audience', () => {
	test('one that does not exist is told, with those that do', async () => {
		const { error } = await pollSource('mailchimp', await startVendor('mailchimp'), temporaryStore(), { parameters: { delivery: 'items', audience: 'gone' } });
		expect(error?.message).toMatch(/^Mailchimp has no audience with the ID "gone"\. Choose "Audience" again: Newsletter \(/);
	});

	const { trigger, credential } = VENDORS.mailchimp;

	test('is chosen from a drop-down of the live account', async () => {
		const vendor = await startVendor('mailchimp');
		expect(await loadOptions(trigger, 'loadAudience', { credentials: { [credential]: vendor.credentials } })).toEqual([
			{ name: 'All Audiences', value: '' },
			{ name: 'Newsletter', value: FIRST_LIST },
			{ name: 'Product news', value: SECOND_LIST },
		]);
	});

	test('narrows down what is read', async () => {
		const vendor = await startVendor('mailchimp');
		const all = idsOf(await pollSource('mailchimp', vendor, temporaryStore(), { parameters: { delivery: 'items' } }));
		const one = idsOf(await pollSource('mailchimp', vendor, temporaryStore(), { parameters: { delivery: 'items', audience: FIRST_LIST } }));
		expect(one).toEqual(all.filter((id) => id.startsWith(`member:${FIRST_LIST}/`)));
	});

	test('with wrong credentials the drop-down says why it is empty', async () => {
		const vendor = await startVendor('mailchimp');
		const wrong = { ...vendor.credentials, ...VENDORS.mailchimp.wrong };
		await expect(loadOptions(trigger, 'loadAudience', { credentials: { [credential]: wrong } })).rejects.toMatchObject({
			name: 'NodeApiError', message: expect.stringMatching(/answered 401.*Make a key in Mailchimp/),
		});
	});
});

test('all four first runs at once leave a sound store with the same people as one after the other', async () => {
	const { world } = makeSmallWorld(Date.now());
	const vendors = await Promise.all(SYSTEM_NAMES.map((system) => startVendor(system, world)));
	const [together, inTurn] = [temporaryStore(), temporaryStore()];
	const runs = await Promise.all(vendors.map((vendor, index) => pollSource(SYSTEM_NAMES[index]!, vendor, together)));
	for (const run of runs) quiet(run);
	for (const [index, vendor] of vendors.entries()) quiet(await pollSource(SYSTEM_NAMES[index]!, vendor, inTurn));
	const peopleOf = async ({ open }: typeof together) => {
		const profiles = await (await open()).read((tx) => tx.profiles.scan(0, 1000));
		return profiles.filter(({ empty }) => !empty).map(({ golden }) => (golden?.records ?? []).map(refKey).sort().join(' ')).sort();
	};
	expect(await peopleOf(together)).toEqual(await peopleOf(inTurn));
	const { problems } = await checkStore(await together.open(), Date.now());
	expect(problems).toEqual([]);
});

test.each([
	['={{ -5 }}', '"Safety Window (Minutes)" is "-5" and must be a number, 0 or more.'],
	['={{ "long" }}', '"Safety Window (Minutes)" is "long" and must be a number, 0 or more.'],
])('a safety window of %s is an error, and nothing is read', async (overlapMinutes, message) => {
	const [vendor, store] = [await startVendor('hubspot'), temporaryStore()];
	const { error, emitted } = await pollSource('hubspot', vendor, store, { parameters: { objects: ['contact'], options: { overlapMinutes } } });
	expect([error?.message, emitted, vendor.server.calls()]).toEqual([message, [], {}]);
});

test('"Changed Since" leaves out what is older', async () => {
	const vendor = await startVendor('hubspot');
	await wait(5);
	const since = new Date().toISOString();
	vendor.changeOne();
	const parameters = { objects: ['contact'], delivery: 'items', options: { since, overlapMinutes: 0 } };
	expect(idsOf(await pollSource('hubspot', vendor, temporaryStore(), { parameters }))).toEqual(['contact:1001']);
});
