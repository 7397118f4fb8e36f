import { mappingOf, fieldsOf, rawOf } from '../../../cli/columns/fields';
import { type ColumnChoices, planColumns } from '../../../cli/columns/plan';
import { kindReader } from '../../../cli/columns/row-kind';
import { SYSTEMS } from '../../../lib/systems';

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

	describe('as the systems name the columns of their own exports', () => {
		it.each([
			['HubSpot contacts', 'Record ID|First Name|Mobile Phone Number|WhatsApp Phone Number|Last Modified Date|Street Address|Postal Code|State/Region|Country/Region', 'id|given_name|phone|phone|updated_at|street|postal_code|region|country'],
			['HubSpot companies', 'Record ID|Company name|Company Domain Name|Website URL|Country/Region', 'id|company_name|company_domain|company_domain|country'],
			['Salesforce contacts', 'Contact ID|Account ID|Last Name|Mailing State/Province|Mailing Zip/Postal Code|Fax', 'id|-|family_name|region|postal_code|-'],
			['Salesforce accounts', 'Account ID|Account Name|Billing Zip/Postal Code|Phone', 'id|company_name|postal_code|phone'],
			['Stripe customers', 'id|Email|Name|Created (UTC)|Shipping Name|Shipping Address Postal Code|Total Spend', 'id|email|full_name|created_at|-|postal_code|-'],
			['parcels, where nobody else is named', 'id|Shipping Name|Shipping Address Postal Code', 'id|full_name|postal_code'],
			['Dynamics contacts', '(Do Not Modify) Contact|(Do Not Modify) Modified On|Full Name', 'id|updated_at|full_name'],
			['a list in German', 'Kd-Nr.|Vorname|Name|Strasse', 'id|given_name|family_name|street'],
			['Mailchimp members', 'Email Address|First Name|LAST_CHANGED|LEID|EUID', 'email|given_name|updated_at|-|id'],
			['Shopify customers', 'Customer ID|Default Address Company|Default Address Address1|Default Address Zip|Default Address Province Code|Default Address Country Code|Default Address Phone', 'id|company_name|street|postal_code|region|country|phone'],
			['Google contacts', 'First Name|E-mail 1 - Label|E-mail 1 - Value|Phone 2 - Value|Address 1 - Street|Address 1 - Postal Code', 'given_name|-|email|phone|street|postal_code'],
			['Outlook contacts', 'E-mail Address|E-mail 2 Address|Business Country/Region|Web Page', 'email|email|country|company_domain'],
			['Dynamics contacts', '(Do Not Modify) Contact|Address 1: Street 1|Address 1: ZIP/Postal Code|Address 1: Country/Region|Modified On', 'id|street|postal_code|country|updated_at'],
			['Pipedrive people', 'Person - ID|Person - Email - Work|Person - Update time', 'id|email|updated_at'],
			['Zoho contacts', 'Contact Id|Secondary Email|Mailing Zip|Modified Time', 'id|email|postal_code|updated_at'],
		])('%s', (_, names, wanted) => {
			expect(targets(names.split('|'), { sourceGiven: true }).map((target) => target ?? '-').join('|')).toBe(wanted);
		});
	});

	it('takes what a system calls a column of its exports for what its folder says', () => {
		const named = Object.values(SYSTEMS).flatMap(({ exportColumns = {} }) => Object.entries(exportColumns).flatMap(([target, names]) => names.map((name) => [name, target])));
		expect(named.length).toBeGreaterThan(0);
		expect(named.map(([name = '']) => [name, ...targets([name])])).toEqual(named);
	});

	it('keeps the parts of each numbered address together', () => {
		const columns = plan(['Address 1 - City', 'Address 1 - Postal Code', 'Address 2 - City', 'Address 2 - Postal Code']);
		expect(columns.map(({ target, group }) => [target, group])).toEqual([['city', 'address 1'], ['postal_code', 'address 1'], ['city', 'address 2'], ['postal_code', 'address 2']]);
	});

	it('takes the ID of an account for that of a row only where the rows are companies', () => {
		expect(targets(['Account ID', 'Account Name'])).toEqual(['id', 'company_name']);
		expect(targets(['Account ID', 'Account Name', 'Email'])).toEqual([undefined, 'company_name', 'email']);
		expect(targets(['Account ID', 'Account Name', 'Email'], { type: 'company' })).toEqual(['id', 'company_name', 'email']);
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
