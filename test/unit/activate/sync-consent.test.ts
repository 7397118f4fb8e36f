import { currentModel, matchRecords, type Profile, SYSTEM_IDS, buildProfiles, type IdentityStore, type SyncOptions } from '../../../lib';
import { customerObject } from '../../sandbox/stripe/objects';
import { FIRST_LIST } from '../../sandbox/mailchimp/seed';
import { type ListState, newMember } from '../../sandbox/mailchimp/state';
import { makeSmallWorld } from '../../sandbox/world';
import { hubspotBench, ledger, mailchimpBench, newStore, profiles, pull, stripeBench, sync, tidyUp } from '../walk';

const { world } = makeSmallWorld(Date.now());
type Consent = Profile['consent'][string]['status'];

afterEach(tidyUp);

describe('members of an audience', () => {
	test('nobody without consent is added, and no status is ever changed', async () => {
		const [hubspot, stripe] = [await hubspotBench(world.hubspot), await stripeBench(world.stripe)];
		const [mailchimp, store] = [await mailchimpBench(world.mailchimp), await newStore()];
		for (const state of mailchimp.state.lists.values()) {
			for (const [index, status] of (['unsubscribed', 'cleaned', 'archived'] as const).entries()) {
				state.members.set(`gone${index}`, newMember({ contactId: `gone${index}`, email: `gone.${index}@brindlewood-9.com`, status }));
			}
		}
		await pull(store, hubspot, ['contact']);
		await pull(store, stripe, ['customer']);
		await pull(store, mailchimp);
		const statuses = () =>
			[...mailchimp.state.lists.values()].map(({ members }) => Object.fromEntries([...members.values()].map(({ email, status }) => [email, status])));
		const before = statuses();
		const summary = await sync(store, mailchimp, 'member', { createMissing: true, settings: { audience: FIRST_LIST } });
		expect(statuses()).toEqual(before);
		expect(summary.results.filter(({ status }) => status === 'failed' || status === 'retry')).toEqual([]);
		const refused = summary.results.filter(({ targetId }) => targetId === null);
		expect(refused.length).toBeGreaterThan(10);
		for (const { status, reason } of refused) expect([status, reason]).toEqual(['skipped', expect.stringContaining('no consent for email marketing')]);
		const other = [...mailchimp.state.lists.values()].find(({ id }) => id !== FIRST_LIST) as ListState;
		expect([...other.members.values()].flatMap(({ mergeFields }) => mergeFields.C360_ID ?? [])).toEqual([]);
	});

	test('who has agreed is added, once, and never again', async () => {
		const [stripe, mailchimp, store] = [await stripeBench(), await mailchimpBench(), await newStore()];
		const other = [...mailchimp.state.lists.values()].find(({ id }) => id !== FIRST_LIST) as ListState;
		stripe.state.save('customer', customerObject('cus_ann', stripe.state.now(), { email: 'ann@brindlewood-1.com', name: 'Ann Lee' }), 'customer.created');
		await pull(store, stripe, ['customer']);
		// Consent known from elsewhere: the profile's own statement.
		await grantConsent(store, 'ann@brindlewood-1.com');
		const settings = { audience: other.id };
		const summary = await sync(store, mailchimp, 'member', { createMissing: true, settings });
		expect(summary.results).toEqual([expect.objectContaining({ status: 'synced', targetId: expect.stringMatching(new RegExp(`^${other.id}/`)) as string })]);
		expect([...other.members.values()].map(({ email, status }) => [email, status])).toEqual([['ann@brindlewood-1.com', 'subscribed']]);
		for (const round of [1, 2]) {
			mailchimp.server.resetCalls();
			const [profile] = await profiles(store);
			const what = round === 1 ? ('pending' as const) : { canonicalIds: [profile?.canonicalId ?? ''] };
			await sync(store, mailchimp, 'member', { createMissing: true, settings, what });
			expect([round, mailchimp.server.writes()]).toEqual([round, 0]);
		}
	});

	const WAITS = 'not added yet: its records changed since Merge built the profile. Let Merge run; the next run looks again';

	/** Ann, who has no record there, with a profile that was built when she agreed; and what she said since, that Merge has not seen. */
	async function annSaid(...statuses: Consent[]) {
		const [stripe, mailchimp, store] = [await stripeBench(), await mailchimpBench(), await newStore()];
		stripe.state.save('customer', customerObject('cus_ann', stripe.state.now(), { email: 'ann@brindlewood-1.com', name: 'Ann Lee' }), 'customer.created');
		await pull(store, stripe, ['customer']);
		await grantConsent(store, 'ann@brindlewood-1.com');
		for (const [index, status] of statuses.entries()) await stateConsent(store, 'ann@brindlewood-1.com', status, new Date(Date.now() + (index + 1) * 1000).toISOString());
		const list = [...mailchimp.state.lists.values()].find(({ id }) => id !== FIRST_LIST) as ListState;
		const run = async (what: SyncOptions['what'] = 'pending') => (await sync(store, mailchimp, 'member', { createMissing: true, settings: { audience: list.id }, what })).results;
		const build = () => buildProfiles(store, { systems: SYSTEM_IDS, now: Date.now });
		return { run, build, waiting: () => ledger(store, mailchimp, 'member'), emails: () => [...list.members.values()].map(({ email }) => email), id: (await profiles(store))[0]?.canonicalId ?? '' };
	}

	test.each(['pending', 'named'])('who took the consent back is not added either while the profile still says yes (%s)', async (what) => {
		const { run, build, emails, id } = await annSaid('denied');
		const asked = what === 'pending' ? what : { canonicalIds: [id] };
		expect(await run(asked)).toEqual([expect.objectContaining({ status: 'skipped', targetId: null, reason: WAITS })]);
		await build();
		expect(await run(asked)).toEqual([expect.objectContaining({ status: 'skipped', targetId: null, reason: 'not added: there is no consent for email marketing (it is denied)' })]);
		expect(emails()).toEqual([]);
	});

	test('who had to wait for Merge is added by the next run, also when Merge finds nothing changed and tells of nothing', async () => {
		const { run, build, waiting, emails } = await annSaid('denied', 'granted');
		expect(await run()).toEqual([expect.objectContaining({ status: 'skipped', reason: WAITS })]);
		expect(await run()).toEqual([expect.objectContaining({ status: 'skipped', reason: WAITS })]);
		expect(await waiting()).toEqual({ pending: 1 });
		expect(await build()).toEqual({ built: 1, changed: 0 });
		expect(await run()).toEqual([expect.objectContaining({ status: 'synced' })]);
		expect(emails()).toEqual(['ann@brindlewood-1.com']);
	});
});

/** As if a form of the company's own had said so. */
async function grantConsent(store: IdentityStore, email: string): Promise<void> {
	await stateConsent(store, email, 'granted', new Date().toISOString());
	await buildProfiles(store, { systems: SYSTEM_IDS, now: Date.now });
}

/** The same for any answer, before Merge has seen it. */
async function stateConsent(store: IdentityStore, email: string, status: Consent, at: string): Promise<void> {
	await store.write(async (tx) => {
		const model = await currentModel(tx, SYSTEM_IDS, at);
		await matchRecords(
			tx,
			[{
				system: 'form', object: 'signup', sourceId: email, version: at, updatedAt: at, kind: 'person', links: [],
				attributes: { email: [{ value: email, valid: true }] },
				identifiers: [{ kind: 'email', value: email }],
				consent: [{ purpose: 'email_marketing', status, at: '2026-01-01T00:00:00.000Z' }],
			}],
			model,
			Date.now(),
		);
	});
}
