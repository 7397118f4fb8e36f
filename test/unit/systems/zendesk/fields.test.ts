import { TerminalError } from '../../../../lib/transport';
import type { DestinationField } from '../../../../lib/systems/definition';
import { closeAll, destination, given } from './given';

afterEach(closeAll);

function wants(target: string, type: DestinationField['type'] = 'text'): DestinationField {
	return { source: 'canonical_id', target, label: 'Test', type };
}

describe.each([
	['user', 'userFields'],
	['organization', 'organizationFields'],
] as const)('custom fields of Zendesk %ss', (object, key) => {
	test('are created on first use under our own names, and never again', async () => {
		const { zendesk, client, state, server } = await given();
		const target = destination(zendesk, object);
		const first = await target.ensureFields(client, target.defaultFields);
		expect(new Set(first.created)).toEqual(new Set(target.defaultFields.map((field) => field.target)));
		for (const field of state[key].values()) {
			expect(field.key).toMatch(/^c360_/);
			expect(field.title).toMatch(/^Customer 360: /);
			expect(field.description).toMatch(/Customer 360/);
		}
		server.resetCalls();
		expect(await target.ensureFields(client, target.defaultFields)).toEqual({ created: [] });
		expect(server.writes()).toBe(0);
	});

	test('have the type of the value: amounts keep their decimals, counts are whole', async () => {
		const { zendesk, client, state } = await given();
		const target = destination(zendesk, object);
		const more = [wants('c360_paying', 'boolean'), { ...wants('c360_due', 'number'), source: 'open_tickets' }];
		await target.ensureFields(client, [...target.defaultFields, ...more]);
		const types = Object.fromEntries([...state[key].values()].map((field) => [field.key, field.type]));
		expect(types).toMatchObject({ c360_id: 'text', c360_churn_reasons: 'textarea', c360_last_payment: 'date', c360_paying: 'checkbox' });
		expect(types).toMatchObject({ c360_lifetime_value: 'decimal', c360_due: 'integer' });
	});

	test('a field that someone else created meanwhile is taken as it is', async () => {
		const { zendesk, client, state, server } = await given();
		const target = destination(zendesk, object);
		server.fail({ kind: 'reset', route: `create ${object}_field`, times: 1, after: true });
		await expect(target.ensureFields(client, [wants('c360_id')])).rejects.toThrow();
		expect(await target.ensureFields(client, [wants('c360_id')])).toEqual({ created: [] });
		expect(state[key].size).toBe(1);
	});

	test('two runs that create the same fields at once both succeed', async () => {
		const { zendesk, client, state } = await given();
		const target = destination(zendesk, object);
		const both = await Promise.all([target.ensureFields(client, target.defaultFields), target.ensureFields(client, target.defaultFields)]);
		expect(state[key].size).toBe(target.defaultFields.length);
		expect(both.flatMap((one) => one.created).sort()).toEqual(target.defaultFields.map((field) => field.target).sort());
	});

	test('are found on any page of a long list', async () => {
		const { zendesk, client, state, server } = await given();
		const target = destination(zendesk, object);
		await target.ensureFields(client, Array.from({ length: 120 }, (_, index) => wants(`c360_extra_${index}`)));
		server.resetCalls();
		expect(await target.ensureFields(client, [wants('c360_extra_119')])).toEqual({ created: [] });
		expect(await target.listFields(client)).toContainEqual({ name: 'c360_extra_119', label: 'Customer 360: Test' });
		expect(state[key].size).toBe(120);
	});

	test.each([
		['loyalty_tier', 'text', /field loyalty_tier\): there is no such .*Choose a field that exists/],
		['external_id', 'text', /field external_id\): there is no such/],
		['c360_größe', 'text', /there is no such/],
		['c360_taken', 'number', /field c360_taken\): the field has type text, which cannot hold a number value/],
		['c360_off', 'text', /field c360_off\): the field is switched off.*Activate it/],
	] as const)('"%s" for a %s is refused with field and remedy', async (target, type, message) => {
		const { zendesk, client, state, server } = await given();
		const places = destination(zendesk, object);
		await places.ensureFields(client, [wants('c360_taken'), wants('c360_off')]);
		const off = state[key].get('c360_off');
		if (off) off.active = false;
		server.resetCalls();
		const error = await places.ensureFields(client, [wants(target, type)]).catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(TerminalError);
		expect(String(error)).toMatch(message);
		expect(server.writes()).toBe(0);
	});

	test('the drop-down offers what can be written and leaves out what is switched off', async () => {
		const { zendesk, client, state } = await given();
		const target = destination(zendesk, object);
		await target.ensureFields(client, [wants('c360_id'), wants('c360_off')]);
		const off = state[key].get('c360_off');
		if (off) off.active = false;
		const names = (await target.listFields(client)).map((field) => field.name);
		expect(names).toEqual(expect.arrayContaining(['notes', 'c360_id']));
		expect(names).not.toContain('c360_off');
		expect(names).not.toContain('external_id');
	});

	test('a token that may not create fields is told so', async () => {
		const { zendesk, client } = await given({ role: 'agent' });
		await expect(destination(zendesk, object).ensureFields(client, [wants('c360_id')])).rejects.toThrow(/403.*Use the API token of an admin/);
	});
});
