import fc from 'fast-check';
import { code, codes } from 'currency-codes';
import {
	identifierValue, isMissingText, normalizeBoolean, normalizeIdentifier, normalizeNumber, normalizeText, normalizeUrl, toMinorUnits,
} from '../../../lib/normalize';

test.each([
	['1,234.50', 1234.5], ['1.234,50', 1234.5], ['1 234,50', 1234.5], ["1'234.50", 1234.5], ['$1,234.50', 1234.5], ['12 EUR', 12],
	['1,234', 1234], ['1,5', 1.5], ['1.234.567', 1234567],
	['-5', -5], ['(12)', -12], ['1e5', 100000], [7, 7],
])('%p is the number %p', (raw, value) => {
	expect(normalizeNumber(raw)).toMatchObject({ value, valid: true });
});

test.each(['abc', '51-200', true, '1.2.3', {}])('%p is no number', (raw) => {
	expect(normalizeNumber(raw)).toMatchObject({ valid: false });
});

test.each([
	['yes', true], ['Ja', true], [1, true], [true, true], ['no', false], ['Nein', false], ['0', false], [false, false],
])('%p is %p', (raw, value) => {
	expect(normalizeBoolean(raw)).toMatchObject({ value, valid: true });
});

test('a word that is neither yes nor no is kept and refused', () => {
	expect(normalizeBoolean('maybe')).toMatchObject({ value: 'maybe', valid: false });
});

test.each([
	[19.99, 'USD', 1999], ['1.005', 'usd', 101], [1.005, 'USD', 101], [500, 'JPY', 500], [1.2345, 'KWD', 1235], ['1.234,56', 'EUR', 123456],
	[-1.5, 'EUR', -150], [0.1 + 0.2, 'EUR', 30],
])('%p %s is %p in minor units', (amount, currency, minor) => {
	expect(toMinorUnits(amount, currency)).toBe(minor);
});

test.each([[1, 'XYZ'], ['much', 'EUR'], [Number.NaN, 'EUR'], [Infinity, 'EUR'], [1e20, 'EUR']])('%p %s is no amount', (amount, currency) => {
	expect(toMinorUnits(amount, currency)).toBeUndefined();
});

test('a whole number of minor units survives in every currency', () => {
	const known = codes().filter((currency) => code(currency)?.digits !== undefined);
	fc.assert(
		fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom(...known), (minor, currency) => {
			const digits = code(currency)?.digits ?? 0;
			expect(toMinorUnits((minor / 10 ** digits).toFixed(digits), currency)).toBe(minor === 0 ? 0 : minor);
		}),
	);
});

test('identifiers are compared by the form of their kind', () => {
	expect(identifierValue('user_id', ' U-42 ')).toBe('U-42');
	expect(identifierValue('email', 'Jane+x@ACME.com')).toBe('jane@acme.com');
	expect(identifierValue('phone', '030 1234567', { defaultCountry: 'de' })).toBe('+49301234567');
	expect(identifierValue('phone', '030 1234567')).toBeUndefined();
	expect(identifierValue('national_id', '123-45-6780')).toBe(identifierValue('national_id', '123456780'));
});

test.each(['000000000', 'unknown', '---', 'n.a.', '#'])('%p identifies nobody', (raw) => {
	expect(identifierValue('user_id', raw)).toBeUndefined();
});

test.each(['111111111', '123456789'])('%p is no number of an authority, but may be a user', (raw) => {
	expect(identifierValue('national_id', raw)).toBeUndefined();
	expect(identifierValue('user_id', raw)).toBe(raw);
});

test('an identifier that was read is read the same again', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('user_id', 'national_id'), (raw, kind) => {
			const once = normalizeIdentifier(raw, kind);
			if (once?.valid) expect(normalizeIdentifier(once.value, kind)).toMatchObject({ value: once.value, valid: true });
			const key = identifierValue(kind, raw);
			if (key !== undefined) expect(identifierValue(kind, key)).toBe(key);
		}),
	);
});

test('a web address gets a scheme', () => {
	expect(normalizeUrl('www.Acme.com/About')).toMatchObject({ value: 'https://www.acme.com/About', valid: true });
	expect(normalizeUrl('javascript:alert(1)')).toMatchObject({ valid: false });
	expect(normalizeUrl('no address')).toMatchObject({ valid: false });
});

test('free text keeps its lines and loses what cannot be seen', () => {
	expect(normalizeText(' one\ntwo\u0000\u200B ')).toMatchObject({ value: 'one\ntwo', valid: true });
	expect(normalizeText(42)).toMatchObject({ value: '42' });
});

test('a surname that only looks missing to a program is kept', () => {
	expect(isMissingText('Nan')).toBe(false);
	expect(isMissingText('NaN')).toBe(true);
});

test.each(['1.23E+15', '4,5e+12', '1E+10'])('%p was a longer number, and is the key of nobody', (raw) => {
	expect(normalizeIdentifier(raw, 'national_id')).toMatchObject({ valid: false, reason: expect.stringContaining('spreadsheet') as string });
});
