import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { runNode } from './harness';
import { Customer360Normalize } from '../../nodes/Customer360Normalize/Customer360Normalize.node';

interface Field {
	path: unknown;
	attribute: string;
	type?: string;
	identifier?: string;
	separator?: string;
}

const field = ({ path, attribute, type = 'auto', identifier = '', separator = '' }: Field) => ({ path, attribute, type, identifier, separator });

function shop(fields: Field[], more: INodeParameters = {}): INodeParameters {
	const parameters = { mapping: 'fields', system: 'webshop', object: 'customer', kind: 'person', idField: 'id', updatedAtField: 'updated_at' };
	return { ...parameters, fields: { field: fields.map(field) } as INodeParameters, ...more };
}

async function normalize(items: object[], parameters: INodeParameters): Promise<{ normalized: INodeExecutionData[]; rejected: INodeExecutionData[] }> {
	const { outputs, error } = await runNode(Customer360Normalize, { items: items as Record<string, unknown>[], parameters });
	if (error) throw error;
	return { normalized: outputs[0] ?? [], rejected: outputs[1] ?? [] };
}

const updated = { updated_at: '2026-03-01T10:00:00Z' };
const EMAIL = { path: 'email', attribute: 'email' };

const valuesOf = (item: INodeExecutionData | undefined, attribute: string) =>
	(item?.json.attributes as Record<string, { value: unknown }[]> | undefined)?.[attribute]?.map(({ value }) => value);

describe('an export of a web shop, mapped on the node', () => {
	test('a record gets our attributes and identifiers, under its own system, object and ID', async () => {
		const given = [{ id: 17, email: ' Ann.Lee@LARKMILL.com ', phone: '(212) 555-0123', name: 'Lee, Ann', born: '1984-02-29', ...updated }];
		const fields = [EMAIL, { path: 'phone', attribute: 'phone' }, { path: 'name', attribute: 'full_name' }, { path: 'born', attribute: 'birth_date' }];
		const { normalized } = await normalize(given, shop(fields, { options: { defaultCountry: 'us' } }));
		expect(normalized).toEqual([{ json: expect.objectContaining({ system: 'webshop', object: 'customer', sourceId: '17', kind: 'person' }), pairedItem: { item: 0 } }]);
		expect(valuesOf(normalized[0], 'phone')).toEqual(['+12125550123']);
		expect(valuesOf(normalized[0], 'given_name')).toEqual(['Ann']);
		expect(valuesOf(normalized[0], 'birth_date')).toEqual(['1984-02-29']);
		expect((normalized[0]?.json.identifiers as { kind: string; value: string }[]).map(({ kind, value }) => `${kind}:${value}`)).toEqual(
			expect.arrayContaining(['email:ann.lee@larkmill.com', 'phone:+12125550123']),
		);
	});

	test.each<[string, object, Field]>([
		['several in one field, by a separator', { mails: 'a@larkmill.com; b@larkmill.com ;' }, { path: 'mails', attribute: 'email', separator: ';' }],
		['inside of another field', { contact: { mails: ['a@larkmill.com', 'b@larkmill.com'] } }, { path: 'contact.mails', attribute: 'email' }],
		['in a list of objects', { mails: [{ at: 'a@larkmill.com' }, { at: null }, { at: 'b@larkmill.com' }] }, { path: 'mails[].at', attribute: 'email' }],
		['in a field whose name has a dot', { 'contact.mail': ['a@larkmill.com', 'b@larkmill.com'] }, { path: 'contact.mail', attribute: 'email' }],
	])('emails stand %s', async (_where, given, rule) => {
		const { normalized } = await normalize([{ id: '1', ...given, ...updated }], shop([rule]));
		expect(valuesOf(normalized[0], 'email')).toEqual(['a@larkmill.com', 'b@larkmill.com']);
	});

	test('ID and time of change may stand inside of other fields', async () => {
		const given = [{ customer: { id: 'C-9', changed: '2026-03-01T10:00:00+02:00' }, email: 'a@larkmill.com' }];
		const { normalized } = await normalize(given, shop([EMAIL], { idField: 'customer.id', updatedAtField: 'customer.changed' }));
		expect(normalized[0]?.json).toMatchObject({ sourceId: 'C-9', updatedAt: '2026-03-01T08:00:00.000Z' });
	});

	test('without a time of change, the time of the run counts', async () => {
		const before = Date.now();
		const { normalized } = await normalize([{ id: '1', email: 'a@larkmill.com' }], shop([EMAIL], { updatedAtField: '' }));
		expect(Date.parse(normalized[0]?.json.updatedAt as string)).toBeGreaterThanOrEqual(before);
	});

	test('a company is told by its domain, and its own number becomes an identifier of the kind that is named', async () => {
		const fields = [{ path: 'url', attribute: 'company_domain' }, { path: 'no', attribute: 'registration_number', identifier: 'registration_number' }];
		const { normalized } = await normalize([{ id: '1', url: 'https://www.acme.com/de', no: 'HRB 123', ...updated }], shop(fields, { kind: 'company' }));
		expect(normalized[0]?.json).toMatchObject({
			kind: 'company',
			identifiers: expect.arrayContaining([expect.objectContaining({ kind: 'company_domain', value: 'acme.com' }), expect.objectContaining({ kind: 'registration_number' })]),
		});
	});

	test.each<[string, object, object]>([
		['an ID', { email: 'a@larkmill.com', ...updated }, { field: 'id', reason: expect.stringContaining('"id"'), remedy: expect.stringContaining('"ID Field"') }],
		['an ID that is one value', { id: { a: 1 }, email: 'a@larkmill.com', ...updated }, { field: 'id', remedy: expect.stringContaining('"ID Field"') }],
		['anything that tells who it is', { id: '1', ...updated }, { field: 'email', remedy: expect.stringContaining('"email"') }],
		['a readable email', { id: '1', email: 'ann at home', ...updated }, { field: 'email', reason: expect.stringContaining('webshop customer 1') }],
		['an ID that a store keeps', { id: 'x'.repeat(1001), email: 'a@larkmill.com', ...updated }, { field: 'id', reason: 'One record of webshop customer has an ID in its field "id" that is longer than 1,000 bytes.', remedy: expect.stringContaining('another field for the ID') }],
		['a readable time', { id: '1', email: 'a@larkmill.com', updated_at: 'soon' }, { field: 'updated_at', remedy: expect.stringContaining('ISO 8601') }],
	])('an item without %s is rejected, the next one goes on', async (_what, bad, expected) => {
		const { normalized, rejected } = await normalize([bad, { id: '2', email: 'b@larkmill.com', ...updated }], shop([EMAIL]));
		expect(rejected).toEqual([{ json: expect.objectContaining({ system: 'webshop', object: 'customer', ...expected }), pairedItem: { item: 0 } }]);
		expect(normalized.map(({ json }) => json.sourceId)).toEqual(['2']);
	});
});

describe('parameters that cannot work', () => {
	test.each<[string, INodeParameters, RegExp]>([
		['no field at all', shop([]), /"Fields" is empty\. Add at least one field/],
		['no system name', shop([EMAIL], { system: '={{ " " }}' }), /"System Name" must be one word without a colon, for example webshop/],
		['a colon in the system name', shop([EMAIL], { system: 'web:shop' }), /"System Name" must be one word without a colon/],
		['a colon in the object name', shop([EMAIL], { object: 'cus:tomer' }), /"Object Name" must be one word without a colon/],
		['no object name', shop([EMAIL], { object: '={{ "" }}' }), /"Object Name" must be one word without a colon, for example contact/],
		['no ID field', shop([EMAIL], { idField: '={{ "" }}' }), /"ID Field" is empty/],
		['a field without a path', shop([EMAIL, { path: ' ', attribute: 'phone' }]), /Field 2 of "Fields" has no "Item Field"/],
		['a path that cannot be read', shop([{ path: 'a..b', attribute: 'email' }]), /webshop customer.*field "a\.\.b".*identities\[\]\.value/],
		['a path that an expression made an object', shop([{ path: '={{ ({}) }}', attribute: 'email' }]), /"Item Field" must be text, and its expression gives an object/],
		['a system name that an expression made an object', shop([EMAIL], { system: '={{ ({}) }}' }), /"System Name" must be text/],
		['a kind that an expression made up', shop([EMAIL], { kind: '={{ "animal" }}' }), /"Items Describe" must be person or company/],
		['a default country that is none', shop([EMAIL], { options: { defaultCountry: 'Atlantis' } }), /"Default Country" is "Atlantis", which is no country/],
		['an attribute that reaches into the program', shop([{ path: 'x', attribute: '={{ "__proto__" }}' }]), /an attribute cannot have this name/],
	])('%s: the run stops with a sentence that says which parameter', async (_name, parameters, message) => {
		const items = [{ id: '1', email: 'a@larkmill.com' }];
		const { error } = await runNode(Customer360Normalize, { items, parameters });
		expect(error).toMatchObject({ name: 'NodeOperationError', message: expect.stringMatching(message) });
		const { outputs } = await runNode(Customer360Normalize, { items, parameters, onError: 'continueErrorOutput' });
		expect(outputs.map((output) => output.length)).toEqual([0, 0, 1]);
	});
});

describe('a field that no item has', () => {
	const hintsOf = async (items: object[], fields: Field[], more: INodeParameters = {}) =>
		(await runNode(Customer360Normalize, { items: items as Record<string, unknown>[], parameters: shop(fields, more) })).hints.map(({ message }) => message);
	const ann = { id: 1, email: 'ann@larkmill.com', name: null, ...updated };

	test.each<[string, Field[], INodeParameters, string]>([
		['by its capital letters', [{ path: 'Email', attribute: 'email' }], {}, '"Email"'],
		['an expression that gives the value instead', [{ path: '={{ $json.email }}', attribute: 'email' }], {}, '"ann@larkmill.com"'],
		['the ID', [EMAIL], { idField: 'customer.number' }, '"customer.number"'],
	])('is told in the editor: %s', async (_what, fields, more, named) => {
		expect(await hintsOf([ann], fields, more)).toEqual([
			`No item has a field ${named}. Give the name of the field, not its value; small and capital letters count. There are: id, email, name, updated_at.`,
		]);
	});

	test('one that is there and empty, or that a single item has, is none', async () => {
		expect(await hintsOf([ann, { ...ann, id: 2, phones: [{ number: '+12125550123' }] }], [EMAIL, { path: 'name', attribute: 'full_name' }, { path: 'phones[].number', attribute: 'phone' }])).toEqual([]);
		expect(await hintsOf([{}], [EMAIL])).toEqual([]);
	});
});

test('a field that was dragged from the input is read as n8n writes it', async () => {
	const item = { id: 1, emails: [{ address: 'ann@larkmill.com' }, { address: 'other@larkmill.com' }], about: { 'first name': 'Ann' }, ...updated };
	const { normalized } = await normalize([item], shop([{ path: 'emails[0].address', attribute: 'email' }, { path: "about['first name']", attribute: 'given_name' }]));
	expect(valuesOf(normalized[0], 'email')).toEqual(['ann@larkmill.com']);
	expect(valuesOf(normalized[0], 'given_name')).toEqual(['Ann']);
});

test('where no field of the mapping could tell who somebody is, the remedy is a sentence', async () => {
	const { rejected } = await normalize([{ id: 1, town: 'Leeds', ...updated }], shop([{ path: 'town', attribute: 'city' }]));
	expect(rejected[0]?.json.remedy).toBe('Map another field that tells who the person is.');
});
