import type { FieldMapping, RawRecord } from '../../../lib/domain';
import { normalizeRecord } from '../../../lib/normalize';
import { companies, contacts, invoices, options, raw, refusal } from './given';

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
