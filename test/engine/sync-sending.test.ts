import { loadOptions, runChain, runNode } from './harness';
import { field, HANNAH, hintsOf, idOf, json, ready, sync } from './sync-runs';
import { SYSTEM_NAMES, type SystemName, VENDORS } from './vendors';
import { SYSTEMS } from '../../lib/systems';
import { Customer360Match } from '../../nodes/Customer360Match/Customer360Match.node';
import { Customer360Merge } from '../../nodes/Customer360Merge/Customer360Merge.node';
import { Customer360Profile } from '../../nodes/Customer360Profile/Customer360Profile.node';

/** How each says that it cannot serve us for ten minutes. */
const DOWN: Record<SystemName, number> = { hubspot: 503, stripe: 429, zendesk: 503, mailchimp: 503 };
/** A call that sending needs. Mailchimp's members are written one by one, and each is told for itself. */
const SENDING: Record<SystemName, string> = { hubspot: 'update contacts', stripe: 'update customer', zendesk: 'update users', mailchimp: 'read audiences' };
/** A field of each system that can be written. */
const OWN: Record<SystemName, string> = { hubspot: 'jobtitle', stripe: 'loyalty', zendesk: 'c360_city', mailchimp: 'C360_CITY' };

describe.each(SYSTEM_NAMES)('%s Sync sends', (system) => {
	const { label, people, wrong, credential, sync: node } = VENDORS[system];
	const destination = `${system}:${people}`;

	test('everything pending goes out once; the next run finds it right and writes nothing', async () => {
		const given = await ready(system);
		const planned = json((await sync(system, given, { dryRun: true })).outputs[0]);
		const hannah = await idOf(given.store, HANNAH);
		const run = await sync(system, given, {}, { items: [{ started: 'by the trigger' }, { canonicalId: hannah }, { started: 'again' }] });
		expect(run.error).toBeUndefined();
		const [synced = [], skipped, failed] = run.outputs;
		expect([skipped, failed]).toEqual([[], []]);
		expect(json(synced).map(({ targetId }) => targetId).sort()).toEqual(planned.map(({ targetId }) => targetId).sort());
		for (const { json: result, pairedItem } of synced) {
			expect(result).toEqual({ destination, canonicalId: expect.stringMatching(/^per_/), targetId: expect.any(String), status: 'synced', fields: expect.any(Array) });
			expect(pairedItem).toEqual(result.canonicalId === hannah ? { item: 1 } : [{ item: 0 }, { item: 2 }]);
		}
		expect(hintsOf(run)[0]).toMatch(new RegExp(`^${label}: ${synced.length} synced, 0 already right(, \\d+ without a record there, and none is to be added)?(, fields created: .+)?\\.$`));
		given.vendor.server.resetCalls();
		const again = await sync(system, given);
		expect(again.outputs).toEqual([[], [], []]);
		expect(given.vendor.server.writes()).toBe(0);
	});

	test('profiles of the items: each result points to its item, unknown and missing IDs keep to theirs', async () => {
		const given = await ready(system);
		const hannah = await idOf(given.store, HANNAH);
		const items = [{ canonicalId: 'per_unknown' }, { canonicalId: hannah }, { name: 'no ID' }, { canonicalId: hannah }, { canonicalId: { id: hannah } }];
		const { outputs, error } = await sync(system, given, { what: 'items' }, { items, onError: 'continueErrorOutput' });
		expect(error).toBeUndefined();
		const [synced, skipped, failed, errors] = outputs;
		expect(synced).toEqual([{ json: expect.objectContaining({ canonicalId: hannah, status: 'synced' }), pairedItem: [{ item: 1 }, { item: 3 }] }]);
		expect(skipped).toEqual([{ json: expect.objectContaining({ status: 'skipped', reason: 'there is no profile with this ID; check it' }), pairedItem: { item: 0 } }]);
		expect(failed).toEqual([]);
		expect(errors).toEqual([
			{ json: { name: 'no ID', error: expect.stringMatching(/^The item has no canonical ID\. Connect a node whose items carry "canonicalId"/) }, pairedItem: { item: 2 } },
			{ json: { canonicalId: { id: hannah }, error: '"Canonical ID" must be text, and its expression gives an object. Choose one value of it.' }, pairedItem: { item: 4 } },
		]);
	});

	test('profiles of the items that need nothing come out at Skipped with the reason, and a run that has nothing pending says so', async () => {
		const given = await ready(system);
		const buyer = {
			system: 'shop', object: 'buyer', sourceId: '1', version: '1', updatedAt: '2026-03-01T10:00:00.000Z', kind: 'person', attributes: {},
			identifiers: [{ kind: 'email', value: 'only.here@larkmill.com' }], consent: [], links: [],
		};
		const [, merge] = await runChain([{ node: Customer360Match, ...given.store }, { node: Customer360Merge, from: 1, ...given.store }], { items: [buyer] });
		const items = [{ canonicalId: json(merge?.outputs[0])[0]?.canonicalId }, { canonicalId: await idOf(given.store, HANNAH) }];
		await sync(system, given);
		for (const dryRun of [false, true]) {
			const { outputs } = await sync(system, given, { what: 'items', dryRun }, { items });
			expect(outputs).toEqual([[], expect.any(Array), []]);
			const told = new Map(outputs[1]?.map(({ json: { status, reason }, pairedItem }) => [JSON.stringify(pairedItem), [status, reason]]));
			expect(told).toEqual(new Map([
				['{"item":0}', ['absent', 'it has no record there, and none is to be added']],
				['{"item":1}', ['unchanged', 'nothing differs from what was acknowledged']],
			]));
		}
		expect(hintsOf(await sync(system, given))).toEqual([`${label}: nothing is pending. No profile has changed since the last run, or none was built yet.`]);
	});

	test('an ID that a profile had before a merge leads to its result', async () => {
		const given = await ready(system);
		const [hannah, other] = [await idOf(given.store, HANNAH), await idOf(given.store, 'hubspot:contact:1011')];
		await runNode(Customer360Profile, { ...given.store, parameters: { operation: 'merge', canonicalId: hannah, otherCanonicalId: other } });
		const { outputs } = await sync(system, given, { what: 'items' }, { items: [{ canonicalId: 'per_unknown' }, { canonicalId: other }] });
		const results = outputs[0]?.filter((item) => item.json.canonicalId === hannah);
		expect(results?.length).toBeGreaterThan(0);
		for (const { pairedItem } of results ?? []) expect(pairedItem).toEqual({ item: 1 });
	});

	test('own fields are sent and nothing else', async () => {
		const given = await ready(system);
		const { outputs, error } = await sync(system, given, { what: 'items', ...field('given_name', OWN[system]), segmentTags: false }, { items: [{ canonicalId: await idOf(given.store, HANNAH) }] });
		expect(error).toBeUndefined();
		expect(json(outputs[0]).map(({ status, fields }) => [status, fields])).toEqual([['synced', [OWN[system]]]]);
	});

	test('while the system is down the run fails with that, and the next run sends what was due', async () => {
		const given = await ready(system);
		const planned = json((await sync(system, given, { dryRun: true })).outputs[0]);
		given.vendor.server.fail({ kind: 'status', status: DOWN[system], headers: { 'retry-after': '600' }, route: SENDING[system], times: SYSTEMS[system]?.destinations[people]?.parallelWrites ?? 1 });
		const down = await sync(system, given);
		expect(down.error).toMatchObject({ name: 'NodeApiError', message: expect.stringContaining(`answered ${DOWN[system]}`), description: expect.any(String) });
		expect(down.outputs).toEqual([]);
		expect(json((await sync(system, given)).outputs[0])).toHaveLength(planned.length);
	});

	test('the drop-down offers the fields that can be written', async () => {
		const given = await ready(system);
		await sync(system, given);
		const options = { credentials: { [credential]: given.vendor.credentials }, parameters: { object: people } };
		const choices = await loadOptions(node, 'loadFields', options);
		expect(choices).toContainEqual({ name: expect.any(String), value: expect.stringMatching(/^c360_id$/i) });
		const refused = { ...options, credentials: { [credential]: { ...given.vendor.credentials, ...wrong } } };
		if (system !== 'stripe') await expect(loadOptions(node, 'loadFields', refused)).rejects.toMatchObject({ name: 'NodeApiError', message: expect.stringMatching(/answered 401/) });
	});

	test('of two executions at once the second waits for the first, and nothing is sent twice', async () => {
		const given = await ready(system);
		const runs = await Promise.all([sync(system, given), sync(system, given)]);
		const written = runs.flatMap(({ outputs }) => json(outputs[0])).map(({ targetId }) => targetId);
		expect(written.length).toBeGreaterThan(0);
		expect(new Set(written).size).toBe(written.length);
		expect(runs.map(({ outputs }) => outputs[0]?.length ?? 0).sort((x, y) => x - y)).toEqual([0, written.length]);
	});
});
