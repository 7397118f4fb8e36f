import { checkStore, desiredFields, type DestinationObject, type IdentityStore, type Profile, type Scalar } from '../../../lib';
import type { MailchimpState } from '../../sandbox/mailchimp/state';
import { makeSmallWorld } from '../../sandbox/world';
import { type Bench, hubspotBench, ledger, mailchimpBench, newStore, profiles, pull, stripeBench, sync, tidyUp, zendeskBench } from '../walk';

type Values = Record<string, unknown>;
interface Place {
	bench: Bench<unknown>;
	object: string;
	/** Custom values of the vendor's record, as the vendor keeps them. */
	valuesOf(sourceId: string): Values;
}

const { world } = makeSmallWorld(Date.now());

async function openAll(): Promise<{ store: IdentityStore; places: Place[]; benches: Bench<unknown>[] }> {
	const [hubspot, stripe, zendesk, mailchimp] = await Promise.all([
		hubspotBench(world.hubspot), stripeBench(world.stripe), zendeskBench(world.zendesk), mailchimpBench(world.mailchimp),
	]);
	const places: Place[] = [
		{ bench: hubspot, object: 'contact', valuesOf: (id) => hubspot.state.get('contacts', id).properties },
		{ bench: hubspot, object: 'company', valuesOf: (id) => hubspot.state.get('companies', id).properties },
		{ bench: stripe, object: 'customer', valuesOf: (id) => stripe.state.customers.get(id)?.metadata as Values },
		{ bench: zendesk, object: 'user', valuesOf: (id) => zendesk.state.users.get(Number(id))?.user_fields ?? {} },
		{ bench: zendesk, object: 'organization', valuesOf: (id) => zendesk.state.organizations.get(Number(id))?.organization_fields ?? {} },
		{ bench: mailchimp, object: 'member', valuesOf: (id) => mailchimpMember(mailchimp.state, id) },
	];
	const benches = [hubspot, stripe, zendesk, mailchimp] as Bench<unknown>[];
	const store = await newStore();
	for (const bench of benches) await pull(store, bench);
	return { store, places, benches };
}

function mailchimpMember(state: MailchimpState, sourceId: string): Values {
	const [list = '', contact = ''] = sourceId.split('/');
	return state.lists.get(list)?.members.get(contact)?.mergeFields ?? {};
}

/** As text, so that a vendor who keeps everything as text and one who doesn't can be compared; a date without its time. */
function plain(value: unknown): string {
	const text = value === null || value === undefined ? '' : String(value);
	return /^\d{4}-\d\d-\d\dT/.test(text) ? text.slice(0, 10) : text;
}

function expected(profile: Profile, sourceId: string, { bench, object }: Place): Record<string, Scalar | null> {
	const others = profile.records.filter((ref) => ref.system === bench.system.id && ref.object === object && ref.sourceId !== sourceId);
	return desiredFields(profile, (bench.system.destinations[object] as DestinationObject).defaultFields, others);
}

afterEach(tidyUp);

test('every record of every system gets its profile\'s values; the second run, and one after the echo was read, write nothing', async () => {
	const { store, places, benches } = await openAll();
	const before = benches.map(({ state }) => JSON.stringify(externalIds(state)));
	for (const place of places) {
		const summary = await sync(store, place.bench, place.object);
		expect([summary.failed, summary.retry, summary.skipped]).toEqual([0, 0, 0]);
		expect(await ledger(store, place.bench, place.object)).toEqual({ acknowledged: summary.synced });
	}

	let compared = 0;
	for (const profile of await profiles(store)) {
		for (const place of places) {
			const own = profile.records.filter(({ system, object }) => system === place.bench.system.id && object === place.object);
			for (const { sourceId } of own) {
				const there = place.valuesOf(sourceId);
				for (const [name, value] of Object.entries(expected(profile, sourceId, place))) {
					expect([place.object, sourceId, name, plain(there[name])]).toEqual([place.object, sourceId, name, plain(value)]);
					compared += 1;
				}
			}
		}
	}
	expect(compared).toBeGreaterThan(400);
	expect(benches.map(({ state }) => JSON.stringify(externalIds(state)))).toEqual(before);

	for (const round of ['at once', 'after the echo was read']) {
		for (const { server } of benches) server.resetCalls();
		if (round === 'after the echo was read') for (const bench of benches) await pull(store, bench);
		for (const { bench, object } of places) {
			const summary = await sync(store, bench, object);
			expect([round, bench.system.id, object, summary.synced, bench.server.writes()]).toEqual([round, bench.system.id, object, 0, 0]);
		}
	}
	expect((await checkStore(store, Date.now())).problems).toEqual([]);
});

/** Whatever the vendor keeps under `external_id`. */
function externalIds(state: unknown): unknown[] {
	const { users, organizations } = state as { users?: Map<number, Values>; organizations?: Map<number, Values> };
	return [...(users?.values() ?? []), ...(organizations?.values() ?? [])].map(({ id, external_id: externalId }) => [id, externalId]);
}

test('an external_id that belongs to another system is never touched', async () => {
	const zendesk = await zendeskBench(world.zendesk);
	for (const user of zendesk.state.users.values()) user.external_id = `erp-${user.id}`;
	for (const organization of zendesk.state.organizations.values()) organization.external_id = `erp-${organization.id}`;
	const before = externalIds(zendesk.state);
	const store = await newStore();
	await pull(store, zendesk as Bench<unknown>);
	await sync(store, zendesk, 'user', { createMissing: true });
	await sync(store, zendesk, 'organization');
	expect(externalIds(zendesk.state)).toEqual(before);
	expect([...zendesk.state.users.values()].some(({ user_fields: fields }) => fields.c360_id)).toBe(true);
});
