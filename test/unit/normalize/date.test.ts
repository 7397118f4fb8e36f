import fc from 'fast-check';
import { normalizeBirthDate, normalizeDate, normalizeDateTime } from '../../../lib/normalize';

const now = new Date('2025-06-15T12:00:00Z');
const US = { countries: ['US'], now };
const GB = { countries: ['GB'], now };

test.each([
	['1942-07-17'], ['19420717'], [19420717], ['07/17/1942'], ['17/07/1942'], ['17.07.1942'], ['17071942'], ['July 17, 1942'], ['17 Jul 1942'],
	['17-Jul-42'], ['17 juillet 1942'],
	['17. Juli 1942'], ['17 de julio de 1942'], ['17 luglio 1942'], ['1942/07/17'], ['1942-07-17T00:00:00.000Z'], ['7/17/42'],
])('the birth date %p is 17 July 1942', (raw) => {
	expect(normalizeBirthDate(raw, { now })).toMatchObject({ value: '1942-07-17', valid: true });
	expect(normalizeBirthDate(raw, { now })).not.toHaveProperty('flags');
});

test('the country decides between day and month', () => {
	expect(normalizeDate('03/04/1985', US)).toMatchObject({ value: '1985-03-04', valid: true });
	expect(normalizeDate('03/04/1985', GB)).toMatchObject({ value: '1985-04-03', valid: true });
	expect(normalizeDate('03/04/1985', { defaultCountries: ['US'] })).toMatchObject({ value: '1985-03-04' });
	expect(normalizeDate('03.04.1985', US)).toMatchObject({ value: '1985-04-03' });
});

test.each([[{}], [{ countries: ['CA'] }]])('where the country says nothing (%j) an exchangeable date is flagged', (context) => {
	expect(normalizeDate('03/04/1985', context)).toMatchObject({ valid: true, flags: ['ambiguous_date'] });
	expect(normalizeDate('13/04/1985', context)).not.toHaveProperty('flags');
	expect(normalizeDate('04/04/1985', context)).not.toHaveProperty('flags');
});

test.each(['1899-05-04', '1850-01-01', '2025-06-16', '2999-01-01'])('nobody was born on %s', (raw) => {
	expect(normalizeBirthDate(raw, { now })).toEqual({ value: raw, valid: false, reason: expect.any(String), flags: ['out_of_range'] });
});

test('a birth on the first and the last day that can be is valid', () => {
	expect(normalizeBirthDate('1900-01-02', { now })).toMatchObject({ valid: true });
	expect(normalizeBirthDate('2025-06-15', { now })).toMatchObject({ valid: true });
});

test.each(['1900-01-01', '01/01/1970', '0000-00-00', '0001-01-01', '9999-12-31'])('the birth date %s is a placeholder', (raw) => {
	expect(normalizeBirthDate(raw, { now })).toMatchObject({ valid: false, flags: ['placeholder'] });
});

test.each([
	'1985-02-30', '43210', 43210, 'yesterday', 'hello 5', 'May 1985', '2024', 'Meet me 5 times in May 2020 at 3', '31/31/1985', true, {},
	'1'.repeat(9000),
])(
	'%p is no date',
	(raw) => {
		expect(normalizeDate(raw, { now })).toMatchObject({ valid: false, reason: expect.any(String) });
	},
);

test.each([
	['2024-01-02T03:04:05+02:00', '2024-01-02T01:04:05.000Z'],
	['2024-01-02T03:04:05.678Z', '2024-01-02T03:04:05.678Z'],
	['2024-01-02 03:04:05', '2024-01-02T03:04:05.000Z'],
	['2024-01-02 03:04:05 UTC', '2024-01-02T03:04:05.000Z'],
	['2024-01-02', '2024-01-02T00:00:00.000Z'],
	[1704164645, '2024-01-02T03:04:05.000Z'],
	['1704164645678', '2024-01-02T03:04:05.678Z'],
	['Tue, 02 Jan 2024 03:04:05 GMT', '2024-01-02T03:04:05.000Z'],
	['1/2/2024 3:04 PM', '2024-01-02T15:04:00.000Z'],
	['January 2, 2024 12:04 am', '2024-01-02T00:04:00.000Z'],
])('the moment %p is %s', (raw, value) => {
	expect(normalizeDateTime(raw, US)).toMatchObject({ value, valid: true });
});

test.each(['2024-01-02T25:00:00Z', '1/2/2024 13:04 PM', 'soon', 43210, 0, '2024-13-01'])('%p is no moment', (raw) => {
	expect(normalizeDateTime(raw, US)).toMatchObject({ valid: false });
});

test('every day of a century is read from every way of writing it, and reading it again changes nothing', () => {
	const day = fc.date({ min: new Date('1900-01-02T00:00:00Z'), max: now, noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
	fc.assert(
		fc.property(day.filter((text) => text !== '1970-01-01'), (iso) => {
			const [year = '', month = '', date = ''] = iso.split('-');
			expect(normalizeBirthDate(`${month}/${date}/${year}`, US)?.value).toBe(iso);
			expect(normalizeBirthDate(`${date}/${month}/${year}`, GB)?.value).toBe(iso);
			expect(normalizeBirthDate(`${date}.${month}.${year}`, { now })?.value).toBe(iso);
			expect(normalizeBirthDate(year + month + date, { now })?.value).toBe(iso);
			expect(normalizeBirthDate(iso, { now })).toEqual({ value: iso, valid: true });
		}),
	);
	fc.assert(
		fc.property(fc.date({ min: new Date('1000-01-01T00:00:00Z'), max: new Date('2999-12-31T00:00:00Z'), noInvalidDate: true }), (date) => {
			expect(normalizeDateTime(date.toISOString())).toEqual({ value: date.toISOString(), valid: true });
			expect(normalizeDateTime(date)?.value).toBe(date.toISOString());
		}),
	);
});

test('no text makes it throw', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9/. :-]{1,20}$/), fc.anything()), (raw) => {
			normalizeDate(raw, US);
			normalizeDateTime(raw, GB);
			normalizeBirthDate(raw, { now });
		}),
		{ numRuns: 300 },
	);
});
