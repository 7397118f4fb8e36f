import fc from 'fast-check';
import { type FieldMapping, sourceRecordSchema } from '../../../lib/domain';
import { normalizeRecord } from '../../../lib/normalize';
import { contacts, options, person, raw } from './given';

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
