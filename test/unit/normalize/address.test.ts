import { normalizeCity, normalizeCountry, normalizePostalCode, normalizeStreet, postalCodeKey, streetKey, streetParts } from '../../../lib/normalize';

test.each([
	['12 Main Street', '12 main st.'], ['12 Main Street, Apt 4', '12 Main St #4'], ['Unit 4, 12 Smith Street', '4/12 Smith St'],
	['Hauptstraße 5', 'Hauptstr. 5'],
	['100 North First Street', '100 N. 1st St'], ['P.O. Box 12', 'PO Box 12'], ['12 Rue de la Paix\n', '12, rue de la paix'],
	['Avenida de Mayo 5', 'Av. de Mayo 5'],
	['5 Boulevard Voltaire', '5 bd Voltaire'], ['1 Elm Road Suite 5', '1 Elm Rd, Ste 5'],
])('%p and %p are one place', (one, other) => {
	expect(streetKey(one)).toBe(streetKey(other));
});

test('the unit stands apart from the building', () => {
	expect(streetParts('12 Main Street, Apartment 4B')).toEqual({ street: '12 main st', unit: '4b' });
	expect(streetKey('12 Main St Apt 4')).not.toBe(streetKey('12 Main St Apt 5'));
});

test('what people see is not abbreviated', () => {
	expect(normalizeStreet(' 12  Main Street ')).toMatchObject({ value: '12 Main Street', valid: true });
	expect(normalizeCity('São Paulo')).toMatchObject({ value: 'São Paulo', key: 'sao paulo' });
});

test.each([
	['sw1a  1aa', 'SW1A 1AA', 'SW1A1AA'], ['94105-1234', '94105-1234', '94105'], ['D-10115', 'D-10115', '10115'], ['00-950', '00-950', '00950'],
])(
	'the postal code %p is %p, compared as %p',
	(raw, value, key) => {
		expect(normalizePostalCode(raw)).toMatchObject({ value, key, valid: true });
		expect(postalCodeKey(value)).toBe(key);
	},
);

test('a leading zero that a spreadsheet took is put back where the country has five digits', () => {
	expect(normalizePostalCode(2138, { countries: ['US'] })).toMatchObject({ value: '02138' });
	expect(normalizePostalCode(2138, { countries: ['AU'] })).toMatchObject({ value: '2138' });
	expect(normalizePostalCode(2138)).toMatchObject({ value: '2138' });
});

test.each(['foo', '00000', '???', '1234567890123'])('%p is no postal code', (raw) => {
	expect(normalizePostalCode(raw)).toMatchObject({ valid: false });
});

test.each([
	['GB', ['UK', 'U.K.', 'GBR', 'gb', 'Great Britain', 'United Kingdom', 'England', 'Vereinigtes Königreich', 'Royaume-Uni', 'Great Britain (UK)']],
	['US', ['USA', 'U.S.', 'U.S.A.', 'us', 'United States', 'United States of America', 'Vereinigte Staaten', 'Estados Unidos', 'États-Unis']],
	['DE', ['Germany', 'Deutschland', 'Allemagne', 'Alemania', 'Germania', 'Duitsland', 'Niemcy', 'Alemanha', 'DEU']],
	['NL', ['Holland', 'The Netherlands', 'Nederland', 'Pays-Bas', 'Niederlande']],
	['CZ', ['Czechia', 'Czech Republic', 'Tschechien']],
	['RU', ['Russia', 'Russian Federation', 'Россия']],
	['FR', ['250', 'fra', 'Francja']],
	['CI', ["Côte d'Ivoire", 'Ivory Coast']],
])('%s is found by its names', (code, names) => {
	for (const name of names) expect(normalizeCountry(name)).toMatchObject({ value: code, valid: true });
});

test.each(['xx', 'Atlantis', '999', 'x'.repeat(500)])('%p is no country', (raw) => {
	expect(normalizeCountry(raw)).toMatchObject({ valid: false });
});
