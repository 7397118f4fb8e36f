import fc from 'fast-check';
import type { AttributeValue, Identifier, SourceRecord } from '../../../lib/domain';
import { toComparable, type Comparable } from '../../../lib/match';
import { model } from './given';

/** Values by attribute, and identifiers as kind and value; a kind with a `!` is a mailbox of a function. */
export interface Given {
	[attribute: string]: readonly string[] | undefined;
}

const KINDS = ['email', 'email!', 'phone', 'user_id', 'customer_no', 'registration_number', 'company_domain'];

/** What Normalize finds to be no mailbox, no number that can be called, or no date. */
function isMistyped(name: string, value: string): boolean {
	return (name === 'email' && !value.includes('@')) || (name === 'phone' && !value.startsWith('+')) || (name === 'birth_date' && Number.isNaN(Date.parse(value)));
}

/** Records in the forms that are compared, several values to a column allowed. */
export function comparables(kind: 'person' | 'company', given: readonly Given[]): Comparable[] {
	return given.map((one, index) => {
		const attributes: Record<string, AttributeValue[]> = {};
		const identifiers: Identifier[] = [];
		for (const [name, values = []] of Object.entries(one)) {
			if (KINDS.includes(name)) {
				const valid = values.filter((value) => !isMistyped(name, value));
				identifiers.push(...valid.map((value): Identifier => ({ kind: name.replace('!', ''), value, ...(name.endsWith('!') && { flags: ['role_mailbox' as const] }) })));
			}
			attributes[name.replace('!', '')] = values.map((value) => ({ value, valid: !isMistyped(name, value) }));
		}
		const record: SourceRecord = { system: 'crm', object: kind, sourceId: String(index + 1).padStart(4, '0'), version: '1', updatedAt: '', kind, attributes, identifiers, consent: [], links: [] };
		return toComparable(record, index + 1, model);
	});
}

const some = (values: fc.Arbitrary<string>, most = 2) => fc.oneof({ weight: 4, arbitrary: values.map((value) => [value]) }, { weight: 1, arbitrary: fc.array(values, { maxLength: most }) });
const letters = (least: number, most: number) => fc.string({ unit: fc.constantFrom('a', 'e', 'r', 'n', 'm', 't'), minLength: least, maxLength: most });
const word = (known: readonly string[]) => fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: letters(1, 8) });

const given = word(['Ann', 'Anna', 'Anne', 'Robert', 'Bob', 'R', 'H', 'Maria Luisa', 'Maria L', 'Maria', 'Maria Teresa', 'Mohamed', 'Muhammad', 'Mhmd', 'Al', 'Jo Ann', 'Martha', 'Marhta', 'Oscar', 'Catherine', 'Katharina', 'Garcia', '明', 'محمد', 'מריה', 'Hill Ann', 'Lopez Maria']);
const family = word(['Hill', 'Hills', 'Hlil', 'H', 'A', 'Garcia', 'Garcia Lopez', 'Lopez', 'L', 'Mac Donald', 'Macdonald', 'Smith', 'Smyth', 'Schmidt', 'Moore', 'Oscar', 'Robert', 'Hartmann', 'Herrmann', '王', 'היל', 'Luisa', 'Garcia Maria', 'Lopez Garcia', 'de la Cruz', 'Cruz']);
const date = fc.oneof(
	fc.constantFrom('1980-02-01', '1980-01-02', '1980-02-11', '1981-02-01', '1980-02-28', '1989-09-30', '1951-09-30', '1980-92-01', '1980-02-81'),
	fc.tuple(fc.integer({ min: 1970, max: 1984 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 })).map(([y, m, d]) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`),
);
const local = fc.oneof(fc.constantFrom('ann.hill', 'ann_hill', 'annhill', 'anne.hill', 'bobhill', 'annhill84', 'ahill', 'robert', 'bob', 'grete.hartmann', 'grete.herrmann', 'm.garcia', 'sunflower', 'sunflowr', 'a'), letters(3, 7));
const host = fc.constantFrom('@a.de', '@example.com', '@example.org', '@exmaple.com', '@mail.example.net', 'example.com');
const email = fc.tuple(local, host).map(([user, domain]) => user + domain);
const role = fc.constantFrom('info@example.com', 'office@example.com', 'office@example.org');
const phone = fc.constantFrom('+12126428891', '+13126428891', '+12126428819', '+442071838750', '+4930901820', '6428891', '642-8891');
const street = fc.oneof(
	fc.constantFrom('12 Mill Road', '12 Mil Road', '12 Mill Road Unit 4', 'Mill House, 12 E Mill Road, Austin', '14 Mill Road', '12 Mill Lane', 'Mill Road', 'Mill Road Austin', 'Hauptstr. 5', '12 Mill Road Austin', '7 A', 'Hauptstraße 5 78701'),
	fc.tuple(fc.integer({ min: 1, max: 14 }), letters(4, 8)).map(([no, name]) => `${no} ${name} street`),
);
const code = fc.constantFrom('78701', '78702', 'SW1A 1AA', 'sw1a1aa', '10115');
const town = fc.constantFrom('Austin', 'Austin TX', 'Berlin', 'London', 'Mill', 'Austen', 'Berlni');
const business = word(['Acorn GmbH', 'Acorn', 'Acorn Trading', 'Acorn Trading Company Ltd', 'Trading Acorn', 'Northern Lights Bakery', 'Northern Light Bakery', 'Bakery of the Northern Lights', 'ABC', 'ABC Media']);
const number = fc.oneof(fc.constantFrom('AB12345', 'AB12346', 'AB1234', '77'), letters(5, 7));
const suffix = fc.constantFrom('jr', 'sr', 'iii');

const fields = (of: Record<string, fc.Arbitrary<string>>) => fc.record(Object.fromEntries(Object.entries(of).map(([name, values]) => [name, some(values)])), { requiredKeys: [] });

/** People and companies that resemble each other in every way that a level knows. */
export const records: Record<'person' | 'company', fc.Arbitrary<Given>> = {
	person: fields({
		given_name: given, family_name: family, name_suffix: suffix, birth_date: date, email, 'email!': role, phone, street, postal_code: code, city: town,
		user_id: number, customer_no: number, company_name: business,
	}),
	company: fields({
		company_name: business, company_domain: fc.constantFrom('acorn.example', 'acorn.test', 'lights.example'), phone, email, 'email!': role, street, postal_code: code, city: town,
		registration_number: number, customer_no: number,
	}),
};

export function everyPair<T>(list: readonly T[]): [T, T][] {
	return list.flatMap((a, index) => list.slice(index + 1).map((b): [T, T] => [a, b]));
}

const each = (attribute: string, ...values: readonly string[]): Given[] => values.map((value) => ({ [attribute]: [value] }));

const phones = each('phone', '+12126428891', '+13126428891', '+12126428819', '+12126428892', '6428891', '642889', '642-8892', '+49891', '+4989');
const addresses: Given[] = [
		...['12 Mill Road', '12 Mil Road', '12 Mill Raod', '12 Mall Rood', '12 Mill Road Unit 4', '12 Mill Road Unit 5', '14 Mill Road', '12 Mill', '12 E Mill Road', 'Mill House, 12 E Mill Road, Austin', 'Mill Road', 'Mill Road Austin', 'Mill Road 12', '12', '12 Oak', '12 Aok', '1 Mill Road', '1 Abcdef', '1 Abcdeg', '1 Abcde', '1 Abcdz'].flatMap((street): Given[] => [{ street: [street], city: ['Austin'] }, { street: [street] }, { street: [street], postal_code: ['78701'] }]),
		{ city: ['Austin'] }, { city: ['Berlin'], postal_code: ['78701'] }, { street: ['12 Mill Road 78701'] }, { street: ['Austin 12 Mill Road'] },
		...each('city', 'Austen', 'Augustin', 'Astin Texas', 'Austin Texas', 'Boston'),
	];
const businesses: Given[] = each('company_name', 'Acorn GmbH', 'Acorn', 'Acorns', 'Acorn Trading', 'Trading Acorn', 'Acorn Trading Company', 'Acorn Trading Goods House', 'ABC', 'ABC Media', 'ABC Media Group', 'A B', 'B A', 'The Northern Lights Bakery', 'Northern Light Bakery', 'Bakery of the Northern Lights', 'Lights', 'ABCD', 'ABCD Media', 'ABCE Media', 'ABCE', 'ABD Media', 'ABD');
const mailboxes: Given[] = [{ 'email!': ['info@acorn.test'] }, { 'email!': ['info@acorn.test'], email: ['ann@acorn.test'] }, { email: ['ann@acorn.test'] }, { email: ['office@acorn.test'] }, { 'email!': ['office@acorn.example'] }, { 'email!': ['of_fice@acorn.test'] }, { email: ['office@acorn.dk'] }, { email: ['of_fice@acorn.net'] }];

/** Values on both sides of every bound that a level has; all pairs of one list are worth comparing. */
export const bounds: Record<'person' | 'company', readonly (readonly Given[])[]> = {
	person: [
		each('given_name', 'Mohamed', 'Muhammad', 'Mhmd', 'Moehamd', 'Mihai', 'M', 'Mo', 'Om', 'Robert', 'Rupert', 'Robt', 'Bob', 'Rob', 'Maria', 'Maria Luisa', 'Maria L', 'Maria Luiza', 'Maria Jose', 'Al', 'Al Bert', 'Albert', 'Jo Ann', 'Joann', 'Jo'),
		each('family_name', 'Hill', 'Hlil', 'Ihll', 'Hall', 'Hills', 'Hulls', 'Li', 'Il', 'Lo', 'Li Lo', 'Garcia', 'Garcia Lopez', 'Garcia Ruiz', 'Garcia Lopez Ruiz', 'Garcia Garcia', 'Ruiz L Garcia', 'Lopez', 'Ruiz', 'Roi', 'Roi Lopez', 'de la Cruz', 'de la Rosa', 'Cruz', 'M Lopez', 'Herrmann', 'Hartmann', 'Macdonald', 'Mac Donald', 'Mcdonald', 'L', 'Schmidt', 'Smith'),
		[
			{ given_name: ['Oscar'], family_name: ['Moore'] }, { given_name: ['Moore'], family_name: ['Oscar'] }, { given_name: ['More'], family_name: ['Oskar'] }, { given_name: ['Moore'], family_name: ['O'] },
			{ given_name: ['M'], family_name: ['Oscar'] }, { given_name: ['M'], family_name: ['O'] }, { given_name: ['Oscar Moore'] }, { given_name: ['Moore Oscar'] }, { family_name: ['Oscar Moore'] }, { family_name: ['OscarMoore'] }, { given_name: ['Oscar'] },
			{ given_name: ['Oscar', 'Otto'], family_name: ['Moore', 'Hill'] }, { given_name: ['Hill'], family_name: ['Otto'] }, { given_name: ['Katharina'], family_name: ['Otto'] }, { given_name: ['Otto'], family_name: ['Katharinchen'] }, { given_name: ['Mores'], family_name: ['Oskar'] }, { given_name: ['Oskar'], family_name: ['More'] },
		],
		// Short names that are a slip of one another, or not, in each other's field.
		[...['Kai', 'Kkai', 'Kaai', 'Kay', 'Aki', 'Kiia', 'Tim', 'Timm', 'Tom', 'Aab', 'Abb', 'Al', 'All', 'Li'].map((name): Given => ({ given_name: ['Moore'], family_name: [name] })), ...['Kai', 'Tim', 'Aab', 'Al', 'Kiai'].map((name): Given => ({ given_name: [name], family_name: ['Moore'] }))],
		// The same words in another order; two are too few, and of several names in one field it can't be said which belong together.
		[
			['Van Anh', 'Nguyen'], ['Nguyen', 'Van Anh'], ['Nguyen Van', 'Anh'], ['Anh', 'Nguyen Van'], ['Anh Van', 'Nguyen'], ['Anh Nguyen', 'Van'], ['Anh', 'Nguyen'], ['Nguyen', 'Anh'], ['Anh Anh', 'Nguyen'], ['Nguyen Anh', 'Anh'], ['Nguyen Anh', 'Nguyen'],
			['Lan Thi', 'Tran Nguyen'], ['Tran', 'Nguyen Thi Lan'], ['Tran Nguyen', 'Thi'],
		].map(([given = '', family = '']): Given => ({ given_name: [given], family_name: [family] })).concat([{ given_name: ['Van Anh', 'Lan'], family_name: ['Nguyen'] }, { given_name: ['Van Anh Nguyen'] }, { family_name: ['Nguyen Van Anh'] }]),
		[
			...['Mohamed', 'Mhmd', 'محمد', 'Ming', '明', 'Hannah', 'M'].flatMap((name): Given[] => [{ given_name: [name] }, { given_name: [name], family_name: ['Wang'] }, { given_name: [name], family_name: ['王'] }]),
			{ family_name: ['王明'] }, { family_name: ['王', 'Wang'] }, { given_name: ['王'], family_name: ['明'] }, { given_name: ['Wang'], family_name: ['Ming'] },
		],
		[
			...['jane.hill@example.com', 'jane_hill@example.com', 'jane.hills@example.com', 'janehill@example.org', 'jane.hill84@example.com', 'jane.hill48@example.com', 'hillj@example.org', 'hill@example.org', 'hill@example.com', 'jeanhill@example.com'].map((one): Given => ({ given_name: ['Jane'], family_name: ['Hill'], email: [one] })),
			{ given_name: ['Bob'], family_name: ['Wood'], email: ['jane.hill@example.org'] }, { email: ['jane.hill@mail.example.net'] }, { given_name: ['J'], family_name: ['Hill'], email: ['jane.hlil@example.com'] },
			{ given_name: ['Jane'], family_name: ['Wood'], email: ['jane.hil@example.com'] }, { email: ['jane.hillexample.com'] },
		],
		// Names in a script of their own, with mailboxes that may be made of them or not.
		[
			...['sunflower@example.com', 'sunflowr@example.com', 'sunflower@example.org', 'sunflower84@example.org', 'sunflower84@example.com', 'sun.flower84@example.com'].flatMap((one): Given[] => [{ given_name: ['明'], family_name: ['王'], email: [one] }, { given_name: ['Jane'], family_name: ['Hill'], email: [one] }, { email: [one] }]),
		],
		each('email', 'a@b.de', 'a@b.dk', 'a@bc.de', 'ab@b.de', 'ab@c.de', 'abc@b.de', 'abd@b.de', 'abcd@b.de', 'abce@b.de', 'abcd@bc.de', 'abcde@b.de', 'sunny@b.de', 'sunny@c.de', 'funny@b.de', 'sunnyday@b.de', 'sunnydya@c.de', 'sunydaay@b.de', 'sun-ny@b.de', 'sun.ny@c.de', 'sun12@b.de', 'sun21@b.de', 'sunnyb.de', 'sunnyday', 'sunnydau'),
		phones,
		each('birth_date', '1980-02-01', '1980-01-02', '1980-02-11', '1980-02-10', '1980-03-03', '1980-03-04', '1981-02-01', '1981-02-02', '1979-02-01', '1985-02-01', '2080-02-01', '1980-12-31', '1980-92-01', '1980-02-91', '1980-01-92', '1981-92-01'),
		addresses,
		[{ user_id: ['AB12345'] }, { user_id: ['AB12346'] }, { user_id: ['AB123'] }, { user_id: ['AB124'] }, { user_id: ['AB1234'] }, { customer_no: ['AB12345'] }, { customer_no: ['a:b|c'] }, { customer_no: ['a:b|d'] }, { customer_no: ['a:b|c', 'AB12345'], user_id: ['7'] }],
		businesses,
		mailboxes,
		each('name_suffix', 'jr', 'sr', 'iii').concat([{}]),
	],
	company: [
		phones,
		addresses,
		businesses,
		[{ company_domain: ['acorn.example'] }, { company_domain: ['acorn.test'] }, { company_domain: ['acorn.test', 'acorn.example'] }, { company_domain: ['acorns.test'] }, {}],
		mailboxes,
		[{ registration_number: ['HRB 12345'] }, { registration_number: ['HRB 12346'] }, { customer_no: ['HRB 12345'] }, { registration_number: ['HRB 12345'], customer_no: ['1'] }],
	],
};
