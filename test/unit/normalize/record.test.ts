import fc from 'fast-check';
import { activitySchema, fieldMappingSchema, sourceRecordSchema, type FieldMapping, type RawRecord } from '../../../lib/domain';
import { MAX_VALUES, normalizeRecord } from '../../../lib/normalize';

const contacts: FieldMapping = {
	system: 'crm',
	object: 'contact',
	kind: 'person',
	defaultCountry: 'DE',
	fields: [
		{ path: 'email', attribute: 'email', type: 'email' },
		{ path: 'identities[].value', attribute: 'email', type: 'email' },
		{ path: 'phone', attribute: 'phone', type: 'phone', separator: ';' },
		{ path: 'mobile', attribute: 'phone', type: 'phone' },
		{ path: 'first', attribute: 'given_name', type: 'given_name' },
		{ path: 'last', attribute: 'family_name', type: 'family_name' },
		{ path: 'name', type: 'full_name' },
		{ path: 'born', attribute: 'birth_date', type: 'date' },
		{ path: 'address.zip', attribute: 'postal_code', type: 'postal_code' },
		{ path: 'address.street', attribute: 'street', type: 'street' },
		{ path: 'address.country', attribute: 'country', type: 'country' },
		{ path: 'website', attribute: 'company_domain', type: 'domain' },
		{ path: 'user_id', type: 'identifier', identifier: 'user_id' },
		{ path: 'note', attribute: 'note' },
	],
	links: [{ path: 'company_id', type: 'member_of', system: 'crm', object: 'company' }],
	consent: [{ path: 'optin', purpose: 'email_marketing', values: { yes: 'granted', no: 'denied', '': 'pending' }, atPath: 'optin_at' }],
};
const companies: FieldMapping = {
	system: 'crm',
	object: 'company',
	kind: 'company',
	fields: [
		{ path: 'name', attribute: 'company_name', type: 'company_name' },
		{ path: 'website', attribute: 'company_domain', type: 'domain' },
		{ path: 'vat', attribute: 'vat_number', type: 'identifier', identifier: 'vat_number' },
	],
};
const invoices: FieldMapping = {
	system: 'billing',
	object: 'invoice',
	kind: 'activity',
	fields: [],
	links: [{ path: 'customer', type: 'owned_by', system: 'billing', object: 'customer' }],
};
const options = { now: new Date('2025-06-15T00:00:00Z') };
const paid = () => ({ type: 'invoice' as const, status: 'paid', at: '2025-01-01T00:00:00.000Z', amount: { minor: 100, currency: 'EUR' } });

function raw(content: Record<string, unknown>, mapping: FieldMapping = contacts, extra: Partial<RawRecord> = {}): RawRecord {
	const { system, object } = mapping;
	return { system, object, sourceId: '42', version: '1', updatedAt: '2025-01-31T12:00:00Z', raw: content, ...extra };
}
function person(content: Record<string, unknown>) {
	const { record, rejected } = normalizeRecord(raw(content), contacts, options);
	if (!record) throw new Error(rejected.reason);
	return record;
}
function refusal(content: Record<string, unknown>, mapping: FieldMapping = contacts, extra: Partial<RawRecord> = {}) {
	const { rejected } = normalizeRecord(raw(content, mapping, extra), mapping, { ...options, activity: paid });
	if (!rejected) throw new Error('the record was taken');
	return rejected;
}

test('a record becomes one in our words', () => {
	const record = person({
		email: 'Jane+x@Acme.com',
		identities: [{ value: 'jane@acme.com' }, { value: 'jd@acme.com' }],
		phone: '030 1234567; 030-1234567 ;+49 151 23456789',
		mobile: '+4930 1234567',
		first: 'JANE',
		last: 'Doe Jr.',
		name: 'Somebody Else',
		born: '1985-03-04',
		address: { zip: ' 10115 ', street: 'Hauptstr. 5', country: 'Deutschland' },
		company_id: 7,
		optin: 'yes',
		optin_at: 1704164645,
		user_id: ' U7 ',
	});
	expect(sourceRecordSchema.parse(record)).toEqual(record);
	expect(record).toMatchObject({ kind: 'person', updatedAt: '2025-01-31T12:00:00.000Z' });
	expect(record.links).toEqual([{ type: 'member_of', system: 'crm', object: 'company', sourceId: '7' }]);
	expect(record.consent).toEqual([{ purpose: 'email_marketing', status: 'granted', at: '2024-01-02T03:04:05.000Z', raw: 'yes' }]);
	expect(record.attributes.email?.map(({ value }) => value)).toEqual(['Jane+x@acme.com', 'jd@acme.com']);
	expect(record.attributes.phone?.map(({ value }) => value)).toEqual(['+49301234567', '+4915123456789']);
	expect(record.attributes.given_name).toEqual([{ value: 'Jane', raw: 'JANE', key: 'jane', valid: true }]);
	expect(record.attributes.name_suffix).toMatchObject([{ value: 'jr' }]);
	expect(record.identifiers).toEqual([
		{ kind: 'email', value: 'jane@acme.com', display: 'Jane+x@acme.com' },
		{ kind: 'email', value: 'jd@acme.com' },
		{ kind: 'phone', value: '+49301234567' },
		{ kind: 'phone', value: '+4915123456789' },
		{ kind: 'user_id', value: 'U7' },
	]);
});

test('the country of the record counts before that of the mapping', () => {
	const record = person({ phone: '020 7946 0018', address: { country: 'UK' } });
	expect(record.identifiers).toEqual([{ kind: 'phone', value: '+442079460018' }]);
	expect(person({ phone: '030 1234567' }).identifiers).toEqual([{ kind: 'phone', value: '+49301234567', flags: ['assumed_country'] }]);
});

test('a whole name fills only what its own fields leave open', () => {
	expect(person({ email: 'a@acme.com', first: 'Jane', name: 'Janet van der Berg' }).attributes).toMatchObject({
		given_name: [{ value: 'Jane' }],
		family_name: [{ value: 'van der Berg' }],
	});
});

test('values that cannot be used are kept and identify nobody', () => {
	const record = person({ email: 'jane@@acme.com', phone: '0000000000', user_id: '7', born: '1899-05-04' });
	expect(record.identifiers).toEqual([{ kind: 'user_id', value: '7' }]);
	expect(record.attributes).toMatchObject({
		email: [{ value: 'jane@@acme.com', valid: false }],
		phone: [{ value: '0000000000', valid: false, flags: ['placeholder'] }],
		birth_date: [{ value: '1899-05-04', valid: false, flags: ['out_of_range'] }],
	});
});

test('a missing value is no value, whatever the system writes for it', () => {
	expect(person({ email: 'a@acme.com', phone: null, mobile: 'N/A', first: '', last: '-', note: 'null', optin: 'maybe' })).toMatchObject({
		attributes: { email: [{ value: 'a@acme.com' }] },
		consent: [{ status: 'unknown', raw: 'maybe' }],
	});
	expect(Object.keys(person({ email: 'a@acme.com', phone: null, first: '' }).attributes)).toEqual(['email']);
	expect(person({ email: 'a@acme.com' }).consent).toEqual([{ purpose: 'email_marketing', status: 'pending' }]);
});

test('40 emails are used, of 60 the last are kept and marked', () => {
	const emails = (count: number) => Array.from({ length: count }, (_, index) => ({ value: `jane${index}@acme.com` }));
	expect(person({ identities: emails(40) }).identifiers).toHaveLength(40);
	const many = person({ identities: emails(60) });
	expect(many.identifiers).toHaveLength(MAX_VALUES);
	expect(many.attributes.email).toHaveLength(60);
	expect(many.attributes.email?.filter(({ valid }) => !valid)).toHaveLength(60 - MAX_VALUES);
	expect(many.attributes.email?.at(-1)).toMatchObject({ valid: false, reason: expect.stringContaining('values') });
});

test('a person is never recognised by a domain, a company is', () => {
	expect(person({ email: 'a@acme.com', website: 'acme.com' }).identifiers).toEqual([{ kind: 'email', value: 'a@acme.com' }]);
	const site = { path: 'site', attribute: 'site', type: 'domain' as const, identifier: 'company_domain' };
	const told = { ...contacts, fields: [...contacts.fields, site] };
	const employee = normalizeRecord(raw({ email: 'a@acme.com', site: 'acme.com' }), told).record;
	expect(employee?.identifiers).toEqual([{ kind: 'email', value: 'a@acme.com' }]);
	const company = normalizeRecord(raw({ website: 'https://www.acme.com' }, companies), companies).record;
	expect(company?.identifiers).toEqual([{ kind: 'company_domain', value: 'acme.com' }]);
});

test('the type of a well-known attribute need not be told', () => {
	const fields = [{ path: 'mail', attribute: 'email' }, { path: 'born', attribute: 'birth_date' }];
	const short: FieldMapping = { system: 'crm', object: 'contact', kind: 'person', fields };
	const parsed = fieldMappingSchema.parse(short);
	const told = normalizeRecord(raw({ mail: 'A@acme.com', born: '19850304' }), short).record;
	expect(told?.attributes.birth_date).toMatchObject([{ value: '1985-03-04' }]);
	const { record } = normalizeRecord(raw({ mail: 'A@acme.com' }), parsed);
	expect(record?.identifiers).toEqual([{ kind: 'email', value: 'a@acme.com', display: 'A@acme.com' }]);
});

describe('who is taken and who is not', () => {
	test.each([
		['a name with a birth date', { first: 'Jane', last: 'Doe', born: '1985-03-04' }],
		['a name with a postal code', { last: 'Doe', address: { zip: '10115' } }],
		['a name with a street', { name: 'Jane Doe', address: { street: 'Hauptstr. 5' } }],
		['a phone alone', { phone: '+49 30 1234567' }],
		['an ID alone', { user_id: 'u7' }],
	])('a person with %s is taken', (_, content) => {
		expect(normalizeRecord(raw(content), contacts, options).record).toBeDefined();
	});

	test.each([
		['nothing', {}],
		['null everywhere', { email: null, phone: null, first: null, last: null, address: null }],
		['a name alone', { first: 'Jane', last: 'Doe' }],
		['a birth date alone', { born: '1985-03-04' }],
		['a placeholder email', { email: 'test@test.com', first: 'Jane' }],
		['a placeholder name and a postal code', { first: 'test', address: { zip: '10115' } }],
		['a birth date in 1899', { first: 'Jane', born: '1899-05-04' }],
	])('a person with %s is rejected', (_, content) => {
		expect(refusal(content)).toMatchObject({ system: 'crm', object: 'contact', sourceId: '42', raw: content });
	});

	test('a company needs a name, a domain or an ID', () => {
		expect(normalizeRecord(raw({ name: 'Acme' }, companies), companies).record).toBeDefined();
		expect(normalizeRecord(raw({ vat: 'DE 123.456.788' }, companies), companies).record?.identifiers).toEqual([
			{ kind: 'vat_number', value: 'DE123456788', display: 'DE 123.456.788' },
		]);
		expect(refusal({ name: '-', website: 'gmail.com' }, companies)).toMatchObject({ field: 'website' });
	});

	test('a deleted record is taken however little is left of it', () => {
		const gone = normalizeRecord(raw({}, contacts, { deleted: true }), contacts).record;
		expect(gone).toMatchObject({ deleted: true, identifiers: [], attributes: {} });
		const broken = () => {
			throw new Error('lines is missing');
		};
		const { record } = normalizeRecord(raw({}, invoices, { deleted: true }), invoices, { activity: broken });
		expect(record).toMatchObject({ kind: 'activity', deleted: true });
	});
});

describe('activities', () => {
	test('an activity belongs to its owner', () => {
		const { record } = normalizeRecord(raw({ customer: 'cus_1' }, invoices), invoices, { activity: paid });
		expect(activitySchema.parse(record?.activity)).toEqual(paid());
		expect(record?.links).toEqual([{ type: 'owned_by', system: 'billing', object: 'customer', sourceId: 'cus_1' }]);
	});

	test('without an owner it is rejected and the field is named', () => {
		const { field, reason, remedy } = refusal({ customer: null }, invoices);
		expect(field).toBe('customer');
		expect(reason).toContain('belongs to');
		expect(remedy).toContain('billing');
	});

	test('one that cannot be read is rejected with the field that is wrong', () => {
		const half = () => ({ ...paid(), amount: { minor: 1.5, currency: 'EUR' } });
		const torn = normalizeRecord(raw({ customer: 'c' }, invoices), invoices, { activity: half });
		expect(torn.rejected).toMatchObject({ field: 'amount.minor', reason: expect.stringContaining('amount.minor') });
		const thrown = normalizeRecord(raw({ customer: 'c' }, invoices), invoices, {
			activity: () => {
				throw new Error('the invoice has no currency');
			},
		});
		expect(thrown.rejected?.reason).toContain('the invoice has no currency');
	});

	test('reading one without the function that reads it is the caller\'s mistake', () => {
		expect(() => normalizeRecord(raw({ customer: 'c' }, invoices), invoices)).toThrow('options.activity');
	});
});

describe('what is wrong is said', () => {
	test.each([
		['sourceId', { sourceId: '' }],
		['version', { version: '' }],
		['updatedAt', { updatedAt: '' }],
		['updatedAt', { updatedAt: 'yesterday' }],
	])('a record without a readable %s is rejected', (field, extra) => {
		expect(refusal({ email: 'jane@acme.com' }, contacts, extra)).toMatchObject({ field, remedy: expect.any(String) });
	});

	test('a record whose time of change people map, and which is yet to come, is rejected: all that is said of it later would count as older', () => {
		const judging = { ...options, judgesTimes: true };
		const deleted = { updatedAt: '2099-01-01', deleted: true };
		for (const extra of [{ updatedAt: '2025-06-16T00:00:00.001Z' }, deleted]) {
			expect(normalizeRecord(raw({ email: 'jane@acme.com' }, contacts, extra), contacts, judging).rejected).toMatchObject({
				field: 'updatedAt', reason: expect.stringMatching(/crm contact 42 has an updatedAt that lies in the future \(20\d\d-.*Z\)\.$/), remedy: expect.stringContaining('clock'),
			});
		}
		// Not by a day: another clock, or a local time without its zone.
		const { record } = normalizeRecord(raw({ email: 'jane@acme.com' }, contacts, { updatedAt: '2025-06-16T00:00:00Z' }), contacts, judging);
		expect(record).toMatchObject({ updatedAt: '2025-06-16T00:00:00.000Z' });
	});

	test.each([null, undefined, 7, 'text', [], {}, { raw: null }])('%p is no record and is rejected', (input) => {
		expect(normalizeRecord(input as unknown as RawRecord, contacts).rejected).toMatchObject({ system: 'crm', object: 'contact', raw: {} });
	});

	test('a record of another system is rejected with both names', () => {
		expect(normalizeRecord(raw({}, companies), contacts).rejected?.reason).toMatch(/crm company.*crm contact/);
	});

	test('reason and remedy name system, record and field and quote no personal value', () => {
		const content = { email: 'jane.doe@@acme.com', phone: '0815', first: 'Jane', last: 'Doe', born: '1899-05-04' };
		const { reason, remedy, field } = refusal(content);
		expect(field).toBe('email');
		for (const part of ['crm', 'contact', '42', '"email"']) expect(reason).toContain(part);
		expect(remedy).toContain('crm');
		for (const value of Object.values(content)) expect(reason + remedy).not.toContain(value);
		expect(refusal(content, contacts, { sourceId: 'jane.doe@acme.com' }).reason).not.toContain('jane.doe');
	});
});

describe('a mapping that is not valid', () => {
	const broken = (field: object): FieldMapping => ({ ...contacts, fields: [field as FieldMapping['fields'][number]] });

	test.each([
		['an unknown type', { path: 'mail', attribute: 'email', type: 'emial' }],
		['an empty step', { path: 'mail..x', attribute: 'email' }],
		['a forbidden name', { path: 'mail', attribute: '__proto__' }],
		['no use', { path: 'mail', type: 'number' }],
		['an empty separator', { path: 'mail', attribute: 'email', separator: '' }],
		['an empty attribute', { path: 'mail', attribute: ' ' }],
	])('with %s is refused by path and attribute', (_, field) => {
		expect(() => normalizeRecord(raw({}), broken(field))).toThrow(/crm contact.*"mail.*attribute/);
	});

	test('a link without a readable path is refused', () => {
		const mapping: FieldMapping = { ...contacts, links: [{ path: 'a..b', type: 'member_of', system: 'crm', object: 'company' }] };
		expect(() => normalizeRecord(raw({}), mapping)).toThrow('a..b');
	});
});

describe('hostile data', () => {
	test('nothing is read from or written to a prototype', () => {
		const mapping: FieldMapping = {
			...contacts,
			fields: [...contacts.fields, { path: '__proto__.polluted', attribute: 'stolen' }, { path: 'constructor.name', attribute: 'maker' }],
			consent: [{ path: 'optin', purpose: 'p', values: { yes: 'granted' } }],
		};
		const content = JSON.parse('{"email":"jane@acme.com","__proto__":{"polluted":"yes"},"optin":"constructor"}') as Record<string, unknown>;
		const { record } = normalizeRecord(raw(content), mapping);
		expect(record?.attributes).not.toHaveProperty('maker');
		expect(record?.consent).toMatchObject([{ status: 'unknown' }]);
		expect(Object.prototype).not.toHaveProperty('polluted');
		expect(Object.getPrototypeOf(record?.attributes)).toBe(Object.prototype);
	});

	test.each(['a', '1', '.', '@', 'a@b.com;', '(', '\u00e9', '\u{1F600}', 'a ', '1/', '<', '\u200D', 'St. ', '\u0301', '"', ', ', '+1 '])(
		'a megabyte of %j in every field neither breaks nor bloats',
		(unit) => {
			const text = unit.repeat(Math.ceil(1e6 / unit.length));
			for (const size of [1e6, 10_000, 500, 200]) {
				const value = text.slice(0, size);
				const address = { zip: value, street: value, country: value };
				const keys = ['first', 'last', 'name', 'email', 'phone', 'born', 'note', 'website', 'optin'];
				const content = Object.fromEntries(keys.map((key) => [key, value]));
				const { record } = normalizeRecord(raw({ ...content, address, user_id: 'u7' }), contacts, options);
				const kept = Object.values(record?.attributes ?? {}).flat();
				expect(kept.every((entry) => String(entry.value).length <= 10_000)).toBe(true);
			}
		},
	);

	test('a cut text says so and is not used', () => {
		const { note } = person({ email: 'a@acme.com', note: 'x'.repeat(20_000) }).attributes;
		expect(note).toMatchObject([{ valid: false, reason: expect.stringContaining('10000') }]);
	});

	test('whatever a field holds, a record comes out that the store takes, the same each time', () => {
		const known = fc.constantFrom('+49 30 1234567', '1985-03-04', 'Jane Doe');
		const value = fc.oneof(fc.anything(), fc.string({ unit: 'grapheme' }), fc.emailAddress(), known);
		const keys = contacts.fields.map(({ path }) => path.split(/[.[]/)[0] ?? '').concat('company_id', 'optin', 'optin_at');
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom(...keys), value), (content) => {
				const input = raw({ ...content, user_id: 'u7' });
				const { record } = normalizeRecord(input, contacts, options);
				expect(sourceRecordSchema.safeParse(record).success).toBe(true);
				expect(normalizeRecord(input, contacts, options).record).toEqual(record);
			}),
			{ numRuns: 300 },
		);
	});
});

test('values that were read once are read the same again', () => {
	const flat: FieldMapping = { ...contacts, fields: contacts.fields.filter(({ type }) => type !== 'full_name') };
	const address = { zip: 'd-10115', country: 'Germany' };
	const record = person({ email: 'Jane+x@ACME.com', phone: '030 1234567', first: 'JANE', last: "O'NEILL", born: '04.03.1985', address });
	const first = (name: string) => record.attributes[name]?.[0]?.value;
	const again = normalizeRecord(
		raw({
			email: first('email'),
			phone: first('phone'),
			first: first('given_name'),
			last: first('family_name'),
			born: first('birth_date'),
			address: { zip: first('postal_code'), country: first('country') },
		}),
		flat,
		options,
	).record;
	const bare = (attributes = record.attributes) =>
		Object.entries(attributes).map(([name, values]) => [name, values.map(({ value, key, valid }) => ({ value, key, valid }))]);
	expect(bare(again?.attributes)).toEqual(bare());
});
