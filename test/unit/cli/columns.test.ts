import { mappingOf, fieldsOf, rawOf } from '../../../cli/columns/fields';
import { type ColumnChoices, planColumns } from '../../../cli/columns/plan';
import { kindReader } from '../../../cli/columns/row-kind';

const plan = (names: readonly string[], choices: Partial<ColumnChoices> = {}) => planColumns(names, { map: [], sourceGiven: false, ...choices });
const targets = (names: readonly string[], choices = {}) => plan(names, choices).map(({ target }) => target);

describe('a column is recognised by its name, whatever case, spaces, dashes and underscores', () => {
	it.each([
		['first_name', 'given_name'], ['First Name', 'given_name'], ['firstName', 'given_name'], ['given-name', 'given_name'], ['FORENAME', 'given_name'],
		['surname', 'family_name'], ['last_name', 'family_name'], ['Full Name', 'full_name'], ['name', 'full_name'],
		['dob', 'birth_date'], ['date_of_birth', 'birth_date'], ['DATE OF BIRTH', 'birth_date'],
		['zip', 'postal_code'], ['postcode', 'postal_code'], ['Zip Code', 'postal_code'], ['suburb', 'city'], ['state', 'region'], ['country', 'country'],
		['soc_sec_id', 'national_id'], ['SSN', 'national_id'], ['phone_number', 'phone'], ['Mobile', 'phone'], ['home phone', 'phone'], ['phone2', 'phone'],
		['email', 'email'], ['E-Mail', 'email'], ['Email Address', 'email'], ['work_email', 'email'], ['email_2', 'email'],
		['company', 'company_name'], ['organisation', 'company_name'], ['website', 'company_domain'], ['record_type', 'record_type'],
		['updated_at', 'updated_at'], ['LastModifiedDate', 'updated_at'], ['street', 'street'], ['address_1', 'street'], ['billing_city', 'city'],
		['shoe size', undefined], ['cluster', undefined], ['source', undefined], ['postal_worker', undefined], ['---', undefined],
	])('%s is %s', (name, target) => {
		expect(targets([name])).toEqual([target]);
	});

	it.each([
		['Kundennummer', 'id'], ['Vorname', 'given_name'], ['Nachname', 'family_name'], ['Straße', 'street'], ['Hausnummer', 'street_number'], ['PLZ', 'postal_code'], ['Ort', 'city'],
		['Geburtsdatum', 'birth_date'], ['Prénom', 'given_name'], ['Société', 'company_name'], ['Code postal', 'postal_code'], ['Correo electrónico', 'email'], ['Teléfono móvil', 'phone'],
		['Cognome', 'family_name'], ['Imię', 'given_name'], ['Miejscowość', undefined], ['Födelsedatum', 'birth_date'], ['Postnummer', 'postal_code'], ['voornaam', 'given_name'],
		['Phone (work)', 'phone'], ['Telefon privat', 'phone'], ['City (billing)', 'city'], ['Work', undefined], ['phone bill', undefined],
	])('%s is %s, in whatever language', (name, target) => {
		expect(targets([name])).toEqual([target]);
	});

	it.each([
		[['Name', 'Vorname'], ['family_name', 'given_name']],
		[['Prénom', 'Nom'], ['given_name', 'family_name']],
		[['Nombre', 'Apellidos'], ['given_name', 'family_name']],
		[['Nome', 'Cognome'], ['given_name', 'family_name']],
		[['Name', 'First Name', 'Last Name'], ['full_name', 'given_name', 'family_name']],
		[['Full Name', 'First Name'], ['full_name', 'given_name']],
		[['Name', 'Email'], ['full_name', 'email']],
	])('takes %j for %j', (names, wanted) => {
		expect(targets(names)).toEqual(wanted);
	});

	it('takes the likeliest of several columns for the ID and says why the others are left out', () => {
		const columns = plan(['user_id', 'id', 'email']);
		expect(columns.map(({ target }) => target)).toEqual([undefined, 'id', 'email']);
		expect(columns[0]?.because).toContain('ID');
	});

	it('does as it is told, and a later word wins', () => {
		expect(targets(['id', 'key', 'email'], { idColumn: 'KEY' })).toEqual([undefined, 'id', 'email']);
		expect(targets(['id', 'notes'], { map: ['Notes=full_name'] })).toEqual(['id', 'full_name']);
		expect(targets(['id', 'email'], { map: ['email=phone', 'email=-'] })).toEqual(['id', undefined]);
		expect(targets(['a=b', 'id'], { map: ['a=b=zip'] })).toEqual(['postal_code', 'id']);
	});

	it('takes a column source for the source only beside source_id', () => {
		expect(targets(['source', 'source_id', 'email'])).toEqual(['source', 'id', 'email']);
		expect(targets(['source', 'id', 'email'])).toEqual([undefined, 'id', 'email']);
	});
});

describe('columns that form one thing', () => {
	const raw = (names: string[], ...cells: string[]) => ({ ...rawOf(fieldsOf(plan(names)), cells) });

	it('are put together, and empty ones left out', () => {
		const address = ['street_number', 'address_1', 'address_2'];
		expect(raw(address, '7', 'wallaby place', 'delmar')).toEqual({ 'street_number + address_1 + address_2': '7 wallaby place delmar' });
		expect(raw(address, '7', 'wallaby place', '')).toEqual({ 'street_number + address_1 + address_2': '7 wallaby place' });
		expect(raw(address, '', '', '')).toEqual({});
	});

	it('do not repeat a number that the street has already', () => {
		expect(Object.values(raw(['house_number', 'street'], '12', '12 High St'))).toEqual(['12 High St']);
	});

	it('are kept apart by what stands before their names', () => {
		const names = ['billing_street', 'billing_street_2', 'shipping_street', 'shipping_street_2'];
		expect(Object.values(raw(names, '1 High St', 'Flat 2', '9 Low Rd', ''))).toEqual(['1 High St Flat 2', '9 Low Rd']);
	});

	it('give a birth date only when all parts are there', () => {
		const names = ['birth_year', 'birth_month', 'birth_day'];
		expect(Object.values(raw(names, '1980', '2', '1'))).toEqual(['1980-2-1']);
		expect(Object.values(raw(names, '1980', '', '1'))).toEqual([]);
	});

	it('may have any name, also one that is special to the language or to paths', () => {
		const names = ['__proto__', 'a.b', 'a[b]', 'a_b'];
		const fields = fieldsOf(plan(names, { map: names.map((name) => `${name}=email`) }));
		const values = rawOf(fields, ['1', '2', '3', '4']);
		expect(fields.map(({ path }) => values[path])).toEqual(['1', '2', '3', '4']);
	});
});

describe('the mapping', () => {
	it('makes a national number an identifier, and a whole name the name of a company', () => {
		const fields = fieldsOf(plan(['soc_sec_id', 'name']));
		const rules = (kind: 'person' | 'company') => mappingOf(fields, 'crm', kind, 'US').fields;
		expect(rules('person')).toEqual([
			expect.objectContaining({ path: 'soc_sec_id', attribute: 'national_id', identifier: 'national_id' }),
			expect.objectContaining({ path: 'name', type: 'full_name' }),
		]);
		expect(rules('company')[1]).toMatchObject({ path: 'name', attribute: 'company_name' });
	});
});

describe('people and companies', () => {
	const kindOf = (names: readonly string[], cells: string[], asked?: 'person' | 'company') => kindReader(plan(names), asked).of({ line: 2, cells });

	it.each([
		['PERSON', 'person'], ['Individual', 'person'], ['ORGANIZATION', 'company'], ['organisation', 'company'], ['Company', 'company'],
	])('record_type %s is a %s', (word, kind) => {
		expect(kindOf(['record_type', 'name'], [word, 'x'])).toBe(kind);
	});

	it('are told apart by what a row has where the type is missing or unknown', () => {
		const names = ['record_type', 'first_name', 'company'];
		expect(kindOf(names, ['', 'Ann', 'Acme'])).toBe('person');
		expect(kindOf(names, ['thing', '', 'Acme'])).toBe('company');
	});

	it('without a type are companies only when nothing is a person\'s, and as asked before all', () => {
		expect(kindOf(['company', 'website'], ['Acme', 'acme.io'])).toBe('company');
		expect(kindOf(['company', 'email'], ['Acme', 'a@acme.io'])).toBe('person');
		expect(kindOf(['name', 'website'], ['Acme', 'acme.io'], 'company')).toBe('company');
	});
});
