import { type FieldMapping, fieldMappingSchema, sourceRecordSchema } from '../../../lib/domain';
import { MAX_VALUES, normalizeRecord } from '../../../lib/normalize';
import { companies, contacts, options, person, raw } from './given';

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
