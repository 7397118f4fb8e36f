import type { DestinationField } from '../../../lib';
import { customerObject } from '../../sandbox/stripe/objects';
import { readAgain } from './crowd';
import { deaf } from './deaf';
import { JOBS } from './fields';
import { hubspotBench, ledgerName, newStore, profileOf, pull, stripeBench, sync, type SyncChoices, tidyUp } from '../walk';

const FAMILY: DestinationField = { source: 'family_name', target: 'c360_family', label: 'Family name', type: 'text' };
const CREATE = { ...JOBS, fields: [...JOBS.fields, FAMILY], createMissing: true };
const DAY_MS = 24 * 60 * 60_000;

/** Why nobody is added any more. */
const REFUSALS: [string, SyncChoices][] = [
	['who agreed has not', { definition: { createNeedsConsent: 'email_marketing' } }],
	['the destination has somebody by that email', { definition: { write: (_client, items) => Promise.resolve(items.map(() => ({ status: 'skipped' as const, reason: 'the email is there already' }))) } }],
];

afterEach(tidyUp);

/** A contact was made for Ann, whose answer was lost; then she was refused. */
async function refusedAfterLoss(refusal: SyncChoices) {
	const [hubspot, stripe, store] = [await hubspotBench(), await stripeBench(), await newStore()];
	stripe.state.save('customer', customerObject('cus_ann', stripe.state.now(), { email: 'ann@brindlewood-1.com', name: 'Ann Lee' }), 'customer.created');
	await pull(store, stripe, ['customer']);
	const { canonicalId: ann } = await profileOf(store, { system: 'stripe', object: 'customer', sourceId: 'cus_ann' });
	expect(await sync(store, hubspot, 'contact', { ...CREATE, client: deaf(hubspot.client) })).toMatchObject({ retry: 1 });
	const { results } = await sync(store, hubspot, 'contact', { ...CREATE, ...refusal });
	expect(results).toEqual([expect.objectContaining({ canonicalId: ann, status: 'skipped' })]);
	const [made] = [...hubspot.state.records.contacts.values()];
	const entry = async () => (await store.read((tx) => tx.ledger.get(ledgerName(hubspot, 'contact'), [`new:${ann}`]))).get(`new:${ann}`);
	return { hubspot, store, ann, made: made?.id ?? '', entry };
}

describe.each(REFUSALS)('a record was made without an answer, and then nobody is added since %s', (_why, refusal) => {
	test('each run looks whether it has come, sends nothing and says nothing twice, until it can come no more', async () => {
		const { store, hubspot, entry } = await refusedAfterLoss(refusal);
		hubspot.server.resetCalls();
		for (const now of [Date.now, () => Date.now() + 29 * DAY_MS]) {
			expect(await sync(store, hubspot, 'contact', { ...CREATE, ...refusal, now })).toMatchObject({ results: [], skipped: 0, synced: 0 });
			expect(await entry()).toMatchObject({ status: 'watched' });
		}
		await sync(store, hubspot, 'contact', { ...CREATE, ...refusal, now: () => Date.now() + 31 * DAY_MS });
		expect(await entry()).toMatchObject({ status: 'skipped' });
		expect(hubspot.server.calls()).toEqual({});
	});

	test('it is read into another profile, and nothing of the first one stays in it although nothing of that one changes', async () => {
		const { store, hubspot, ann, made, entry } = await refusedAfterLoss(refusal);
		hubspot.state.change('contacts', made, { firstname: 'Robert' });
		await readAgain({ store, hubspot });
		const robert = (await profileOf(store, { system: 'hubspot', object: 'contact', sourceId: made })).canonicalId;
		expect(robert).not.toBe(ann);
		// Robert's contact is there: it is written as ever.
		const { results } = await sync(store, hubspot, 'contact', { ...CREATE, definition: { createNeedsConsent: 'email_marketing' } });
		expect(results).toContainEqual(expect.objectContaining({ canonicalId: ann, status: 'skipped', reason: expect.stringContaining(`belongs to ${robert} now`) as string }));
		const { c360_id, c360_family } = hubspot.state.get('contacts', made).properties;
		expect([c360_id, c360_family ?? '']).toEqual([robert, '']);
		expect(await entry()).toMatchObject({ status: 'skipped', acknowledged: { '#created': made } });
		hubspot.server.resetCalls();
		expect((await sync(store, hubspot, 'contact', { ...CREATE, ...refusal })).results).toEqual([]);
		expect(hubspot.server.writes()).toBe(0);
	});
});
