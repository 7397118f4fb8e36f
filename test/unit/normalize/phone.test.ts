import fc from 'fast-check';
import examples from 'libphonenumber-js/examples.mobile.json';
import { getCountries, getExampleNumber } from 'libphonenumber-js';
import { identifierValue, normalizePhone } from '../../../lib/normalize';

test.each([
	'(415) 555-0132', '415.555.0132', '415 555 0132', '4155550132', '1-415-555-0132', '+1 415 555 0132', '001 415 555 0132', '+14155550132',
	'tel:+1-415-555-0132',
	'415-555-0132 ext. 12', '4155550132.0', 4155550132,
])('%p in a record from the United States is one number', (raw) => {
	expect(normalizePhone(raw, { countries: ['US'] })).toMatchObject({ value: '+14155550132', valid: true });
});

test('an extension is kept in raw only', () => {
	expect(normalizePhone('415-555-0132 x77', { countries: ['US'] })).toEqual({ value: '+14155550132', raw: '415-555-0132 x77', valid: true });
});

test('the record\'s own country comes before the default, and only the default is an assumption', () => {
	const context = { countries: ['DE'], defaultCountries: ['AT'] };
	expect(normalizePhone('030 1234567', context)).toMatchObject({ value: '+49301234567' });
	expect(normalizePhone('030 1234567', context)).not.toHaveProperty('flags');
	expect(normalizePhone('030 1234567', { defaultCountries: ['DE'] })).toMatchObject({ value: '+49301234567', flags: ['assumed_country'] });
});

test('defaults are tried in order', () => {
	expect(normalizePhone('020 7946 0018', { defaultCountries: ['US', 'GB'] })).toMatchObject({ value: '+442079460018', flags: ['assumed_country'] });
});

test('without any country a national number is refused with the reason', () => {
	expect(normalizePhone('030 1234567')).toMatchObject({ value: '030 1234567', valid: false, reason: expect.stringContaining('country') });
});

test.each(['0000000000', '1234567890', '111-111-1111', '999999999', '+1 000 000 0000', '555-0100', '5550100', '555-123-4567'])(
	'%s is a placeholder and identifies nobody',
	(raw) => {
		expect(normalizePhone(raw, { countries: ['US'] })).toMatchObject({ valid: false, flags: ['placeholder'] });
		expect(identifierValue('phone', raw, { defaultCountry: 'US' })).toBeUndefined();
	},
);

test.each([
	['12', 'few digits'],
	['+1 415 555', 'exists'],
	['4.15555E+09', 'spreadsheet'],
	['call me', 'few digits'],
	['1'.repeat(200), 'longer'],
])('%s is kept and refused for its reason', (raw, reason) => {
	expect(normalizePhone(raw, { countries: ['US'] })).toMatchObject({ value: raw, valid: false, reason: expect.stringContaining(reason) });
});

const written = getCountries().flatMap((country) => {
	const number = getExampleNumber(country, examples);
	// Some countries' example is 012-345 6789, which is what people type to get past a form.
	return number?.isValid() && !/^0?12345/.test(number.nationalNumber) ? [{ country, number }] : [];
});

test('every way of writing a number of any country gives one E.164', () => {
	fc.assert(
		fc.property(fc.constantFrom(...written), fc.constantFrom('INTERNATIONAL', 'NATIONAL', 'RFC3966', 'E.164'), ({ country, number }, format) => {
			const read = normalizePhone(number.format(format), { countries: [country] });
			expect(read).toMatchObject({ value: number.number, valid: true });
			expect(normalizePhone(read?.value)).toEqual({ value: number.number, valid: true });
		}),
		{ numRuns: 1000 },
	);
});

test('nothing makes it throw', () => {
	const country = fc.constantFrom('US', 'DE', 'XX', '');
	fc.assert(fc.property(fc.anything(), country, (raw, code) => void normalizePhone(raw, { countries: [code] })));
});
