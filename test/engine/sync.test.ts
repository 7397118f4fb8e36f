import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { field, HANNAH, hintsOf, idOf, json, ready, sync } from './sync-runs';
import { temporaryStore } from './temporary-store';
import { SYSTEM_NAMES, VENDORS } from './vendors';
import { COMPANY_ATTRIBUTES } from '../../lib/domain';
import { METRICS } from '../../lib/insight';
import { SYSTEMS } from '../../lib/systems';
import { canBe, SOURCES } from '../../nodes/sync-values';
import { FIRST_LIST, SECOND_LIST } from '../sandbox/mailchimp/seed';

describe.each(SYSTEM_NAMES)('%s Sync', (system) => {
	const { label, people, wrong, credential } = VENDORS[system];
	const destination = `${system}:${people}`;

	test('a dry run shows what would be sent, with the values, and sends nothing', async () => {
		const given = await ready(system);
		const run = await sync(system, given, { dryRun: true });
		expect(run.error).toBeUndefined();
		expect(given.vendor.server.writes()).toBe(0);
		expect(run.outputs.slice(1)).toEqual([[], []]);
		const [one] = json(run.outputs[0]);
		expect(one).toMatchObject({ destination, status: 'planned', targetId: expect.any(String), fields: expect.any(Array), values: expect.any(Object) });
		expect(Object.values(one?.values as IDataObject)).toContain(one?.canonicalId);
		expect(hintsOf(run)).toEqual([expect.stringMatching(`^${label}, dry run: ${run.outputs[0]?.length ?? 0} would be sent, 0 already right(, \\d+ without a record there, and none is to be added)?\\.$`)]);
	});

	test('an item without an ID stops the workflow before anything is sent', async () => {
		const given = await ready(system);
		const items = [{ canonicalId: await idOf(given.store, HANNAH) }, { name: 'no ID' }];
		const { error, outputs } = await sync(system, given, { what: 'items' }, { items });
		expect(error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 1 } });
		expect(outputs).toEqual([]);
		expect(given.vendor.server.writes()).toBe(0);
	});

	test.each<[string, INodeParameters, RegExp]>([
		['no own field', { fieldChoice: 'own', ownFields: {} }, /^"Own Fields" is empty\. Add at least one field, or set "Fields" to "Recommended"\.$/],
		['an own field that goes nowhere', field('lifetime_value', ''), /^The value "Lifetime Value" has no field to go to\. Choose "Field Name or ID" for it\.$/],
		['an own field whose name is an object', field('given_name', '={{ ({}) }}'), /^"Field Name or ID" must be text, and its expression gives an object/],
		['an own field of no type', field('given_name', 'x', '={{ "colour" }}'), /^The value "Given Name" has no type that exists\. Choose "Type" for it from the list\.$/],
		['an email as a number', field('email', 'c360_mail', 'number'), /^The value "Email" is never of the type Number, so "c360_mail" would stay empty or be wrong\. Set its "Type" to Text\.$/],
		['a segment as a truth value', field('segments', 'c360_vip', 'boolean'), /^The value "Segments" is never of the type Boolean/],
		['a city as a date', field('city', 'c360_day', 'date'), /^The value "City" is never of the type Date/],
		[
			'two own fields that go to one place',
			{ fieldChoice: 'own', ownFields: { field: ['city', 'street'].map((source) => ({ source, target: 'c360_place', type: 'text' })) } },
			/^Two lines of "Own Fields" write to "c360_place"\. Keep one of them\.$/,
		],
		['a dry run switched by a field that is not there', { dryRun: '={{ $json.dryRun }}' }, /^"Dry Run" must be true or false, and its expression gives nothing\.$/],
		['a choice of profiles that is none', { what: '={{ "Those of the Items" }}' }, /^"Profiles" is "Those of the Items" and must be "pending" or "items"\.$/],
		['a choice of fields that is none', { fieldChoice: '={{ "mine" }}' }, /^"Fields" is "mine" and must be "default" or "own"\.$/],
		['an object that does not exist', { object: 'planet' }, new RegExp(`^${label} has no "planet" to write to\\. Choose "Write To" again\\.$`)],
	])('%s is an error that says what to choose; nothing is sent', async (_what, parameters, message) => {
		const given = await ready(system);
		const { error } = await sync(system, given, parameters);
		expect(error).toMatchObject({ name: 'NodeOperationError', message: expect.stringMatching(message) });
		expect(given.vendor.server.writes()).toBe(0);
	});

	test('wrong credentials stop the workflow with what to do, and without the secret', async () => {
		const given = await ready(system);
		const credentials = { [credential]: { ...given.vendor.credentials, ...wrong } };
		const { error } = await sync(system, given, {}, { credentials });
		expect(error).toMatchObject({ name: 'NodeApiError', message: expect.stringMatching(/answered 401.*\. \S.*(key|token)/), httpCode: '401' });
		expect(error?.description ?? '').not.toMatch(/key|token/);
		for (const secret of Object.values(wrong)) expect(JSON.stringify([error, error?.stack])).not.toContain(secret);
	});

	test('a system that cannot be reached is named, with what to do', async () => {
		const given = await ready(system);
		const credentials = { [credential]: { ...given.vendor.credentials, baseUrl: 'http://127.0.0.1:1' } };
		const { error } = await sync(system, given, {}, { credentials });
		expect(error).toMatchObject({ name: 'NodeApiError', message: expect.stringMatching(new RegExp(`^${label} \\(.*ECONNREFUSED.*Check that this machine reaches`)), description: expect.stringMatching(/^Nothing is lost/) });
	});

	test('a base URL without https:// is told as what it is', async () => {
		const given = await ready(system);
		const credentials = { [credential]: { ...given.vendor.credentials, baseUrl: 'api.larkmill.com' } };
		const { error } = await sync(system, given, {}, { credentials });
		expect(error?.message).toMatch(new RegExp(`^${label} \\(.*\\): the base URL is not a URL\\. .*leave it empty$`));
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)('wrong credentials mark every item, and none passes as synced (%s)', async (onError) => {
		const given = await ready(system);
		const items = [{ canonicalId: await idOf(given.store, HANNAH) }, { canonicalId: await idOf(given.store, 'hubspot:contact:1001') }];
		const credentials = { [credential]: { ...given.vendor.credentials, ...wrong } };
		for (const what of ['items', 'pending']) {
			const { outputs, error } = await sync(system, given, { what }, { items, credentials, onError });
			expect(error).toBeUndefined();
			const at = onError === 'continueErrorOutput' ? 3 : 2;
			expect(outputs.filter((_, index) => index !== at).flat()).toEqual([]);
			expect(outputs[at]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
			for (const { json: marked } of outputs[at] ?? []) {
				expect(marked).toMatchObject({ error: expect.stringMatching(/answered 401.*\. \S.*(key|token)/), details: { system, status: 401, transient: false } });
			}
		}
	});
});

test('switches that expressions give as text mean what they say: "false" adds nobody, and sends', async () => {
	const given = await ready('hubspot');
	const { error } = await sync('hubspot', given, { createMissing: '={{ "false" }}', dryRun: '={{ "false" }}' });
	expect(error).toBeUndefined();
	expect(given.vendor.server.calls()).toMatchObject({ 'update contacts': 1 });
	expect(given.vendor.server.calls()).not.toHaveProperty('upsert contacts');
});

describe('what a system refuses', () => {
	test('a record that is gone comes out at Failed with the reason; the others are synced', async () => {
		const given = await ready('stripe');
		const customers = (given.vendor.state as { customers: { newestFirst(): { id: string }[]; remove(id: string): void } }).customers;
		const gone = customers.newestFirst()[0]?.id ?? '';
		customers.remove(gone);
		const run = await sync('stripe', given);
		expect(run.outputs[2]).toEqual([{ json: expect.objectContaining({ targetId: gone, status: 'failed', reason: expect.stringMatching(/No such customer|deleted/) }), pairedItem: { item: 0 } }]);
		expect(run.outputs[0]?.length).toBeGreaterThan(1);
		expect(run.hints[0]).toMatchObject({ type: 'warning', message: expect.stringMatching(/, 1 failed\. The reasons stand at Failed\.$/) });
	});

	test('members of an audience that is gone come out at Failed with the ID that it had', async () => {
		const given = await ready('mailchimp');
		(given.vendor.state as { lists: Map<string, unknown> }).lists.delete(FIRST_LIST);
		const run = await sync('mailchimp', given);
		expect(new Set(json(run.outputs[2]).map(({ reason }) => reason))).toEqual(new Set([`Mailchimp has no audience ${FIRST_LIST} any more, so its members can't be written`]));
		expect(hintsOf(run)[0]).toMatch(/fields created: (\S+, ){3}\S+ and \d+ more\. The reasons stand at Failed\.$/);
	});

	test('a value that a property of another type cannot hold is told with what to do', async () => {
		const given = await ready('hubspot');
		await sync('hubspot', given, field('churn_risk', 'c360_place', 'number'));
		const { outputs } = await sync('hubspot', given, { what: 'items', ...field('given_name', 'c360_place') }, { items: [{ canonicalId: await idOf(given.store, HANNAH) }] });
		expect(json(outputs[2])).toEqual([expect.objectContaining({ reason: 'the value is not a number, but property c360_place wants a number. Write to another property, or give this one another type in HubSpot' })]);
	});

	test('nobody is added to an audience without consent: they come out at Skipped with the reason', async () => {
		const given = await ready('mailchimp');
		const run = await sync('mailchimp', given, { createMissing: true, audience: FIRST_LIST });
		expect(run.error).toBeUndefined();
		expect(json(run.outputs[1]).length).toBeGreaterThan(1);
		for (const skipped of json(run.outputs[1])) expect(skipped).toMatchObject({ status: 'skipped', targetId: null, reason: expect.stringMatching(/^not added: /) });
		expect(json(run.outputs[1]).map(({ reason }) => reason)).toContain('not added: there is no consent for email marketing (it is unknown)');
	});

	test('new members need an audience, and the error says so before anything is sent', async () => {
		const given = await ready('mailchimp');
		const { error } = await sync('mailchimp', given, { createMissing: true });
		expect(error?.message).toBe('"Audience" is empty, and Mailchimp needs it for new records. Choose one, or switch "Create Missing Records" off.');
		expect(given.vendor.server.writes()).toBe(0);
	});

	test.each([{}, { dryRun: true }, { what: 'items' }])('an audience that does not exist is told at once, with those that do, also where nothing would be written: %j', async (parameters) => {
		const given = await ready('mailchimp');
		const store = temporaryStore();
		const { error } = await sync('mailchimp', { ...given, store }, { audience: 'Newsletter', ...parameters }, { items: [{ canonicalId: 'per_x' }] });
		expect(error).toMatchObject({ name: 'NodeOperationError' });
		expect(error?.message).toBe(`Mailchimp has no audience with the ID "Newsletter". Choose "Audience" again: Newsletter (${FIRST_LIST}), Product news (${SECOND_LIST}).`);
		expect(given.vendor.server.writes()).toBe(0);
	});

	test.each([['hubspot', 'company'], ['zendesk', 'organization']] as const)('%s: companies are written to, and a person is none', async (system, object) => {
		const given = await ready(system);
		const [hannah, brightleaf] = [await idOf(given.store, HANNAH), await idOf(given.store, 'hubspot:company:9001')];
		const { outputs } = await sync(system, given, { object, what: 'items' }, { items: [{ canonicalId: hannah }, { canonicalId: brightleaf }] });
		expect(json(outputs[0])).toEqual([expect.objectContaining({ destination: `${system}:${object}`, canonicalId: brightleaf, status: 'synced' })]);
		expect(outputs[1]).toEqual([{ json: expect.objectContaining({ reason: expect.stringMatching(/^the profile is a person, and \w+ takes a company$/) }), pairedItem: { item: 0 } }]);
	});

	test('what was sent before the system broke down is told beside the error', async () => {
		const given = await ready('hubspot');
		const [hannah, robert] = [await idOf(given.store, HANNAH), await idOf(given.store, 'hubspot:contact:1001')];
		await sync('hubspot', given, { what: 'items' }, { items: [{ canonicalId: hannah }] });
		given.vendor.server.fail({ route: 'update contacts', kind: 'status', status: 403, body: {}, times: 1 });
		const items = [{ canonicalId: 'per_unknown' }, { canonicalId: robert }];
		const { outputs } = await sync('hubspot', given, { what: 'items' }, { items, onError: 'continueErrorOutput' });
		expect(outputs.map((output) => output.map(({ pairedItem }) => pairedItem))).toEqual([[], [{ item: 0 }], [], [{ item: 1 }]]);
	});
});


test.each(SYSTEM_NAMES)('%s: the usual fields are of types that their values have, and can all be chosen', (system) => {
	const usual = Object.values(SYSTEMS[system]?.destinations ?? {}).flatMap(({ defaultFields }) => defaultFields);
	expect(usual.length).toBeGreaterThan(5);
	expect(usual.filter(({ source, type }) => !canBe(source, type))).toEqual([]);
	expect(usual.filter(({ source }) => !SOURCES.some(({ value }) => value === source))).toEqual([]);
});

test.each(SYSTEM_NAMES)('%s: the panel says in words what the recommended fields of each kind of record hold, and how to find them', (system) => {
	const { properties } = new VENDORS[system].sync().description;
	for (const [object, { defaultFields }] of Object.entries(SYSTEMS[system]?.destinations ?? {})) {
		const said = properties.find(({ name }) => name === `recommended_${object}`)?.displayName ?? '';
		for (const { source, target } of defaultFields) {
			expect(said).toContain(SOURCES.find(({ value }) => value === source)?.name);
			expect(target.startsWith(/begin with (\S+) /.exec(said)?.[1] ?? 'nothing')).toBe(true);
		}
	}
});

test('what only companies have can be chosen, too', () => {
	expect(SOURCES.map(({ value }) => value)).toEqual(expect.arrayContaining([...COMPANY_ATTRIBUTES]));
});

test('a value can be written as what the domain says that it holds, and a text of the account as anything', () => {
	const writable = (source: string) => (['number', 'date', 'boolean'] as const).filter((type) => canBe(source, type));
	expect(Object.keys(METRICS).filter((name) => canBe(name, 'boolean'))).toEqual([]);
	expect([writable('churn_risk'), writable('last_ticket_at'), writable('churn_reasons')]).toEqual([['number'], ['date'], []]);
	expect([writable('vat_number'), writable('created_at'), writable('email'), writable('canonical_id')]).toEqual([['number'], ['date'], [], []]);
	// HubSpot's own stages have numbers for IDs.
	expect(writable('lifecycle_stage')).toEqual(['number', 'date', 'boolean']);
});
