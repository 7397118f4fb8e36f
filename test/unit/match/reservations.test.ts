import type { CompanyFields, PersonFields } from '../identity/given';
import { companies, model, outcomeOf, pairOf, resolved } from './given';

const home = { street: '1 Elm Street', zip: '78704' };

describe('strangers who share much are not joined without being asked about', () => {
	test.each<[string, PersonFields, PersonFields]>([
		['a couple whose passports count up', { given: 'Ann', family: 'Hill', ...home, nationalId: '1000456' }, { given: 'Bob', family: 'Hill', ...home, nationalId: '1000457' }],
		['a father and a son whose licences count up', { given: 'John', family: 'Hill', ...home, nationalId: '1000456', born: '1950-02-03' }, { given: 'John', family: 'Hill', ...home, nationalId: '1000457', born: '1985-07-21' }],
		['one customer number that two systems gave', { given: 'Ann', family: 'Hill', email: 'ann@a-mail.com', customerNo: '1001' }, { given: 'Bob', family: 'Wood', email: 'bob@b-mail.com', customerNo: '1001' }],
		['two first names at one office phone, each with a mailbox', { given: 'Ann', email: 'ann.hill@acorn-mail.com', phone: '+1 212 642 8891' }, { given: 'Ann', email: 'ann.wood@acorn-mail.com', phone: '+1 212 642 8891' }],
		['two flats of a tower', { given: 'Wei', family: 'Chen', street: '100 Tower Street Apt 12', zip: '78704' }, { given: 'Wei', family: 'Chen', street: '100 Tower Street Apt 31', zip: '78704' }],
		['namesakes in two houses of one town', { given: 'John', family: 'Smith', ...home }, { given: 'John', family: 'Smith', street: '77 Oak Avenue', zip: '78704' }],
		['a couple with one mailbox and two forms of a name', { given: 'Jan', family: 'Novak', email: 'novaks@acorn-mail.com' }, { given: 'Jana', family: 'Novak', email: 'novaks@acorn-mail.com' }],
		['a couple whose names differ by an ending', { given: 'Simon', family: 'Hartl', email: 'hartls@acorn-mail.com' }, { given: 'Simone', family: 'Hartl', email: 'hartls@acorn-mail.com' }],
		['a couple on one mailbox and one phone', { given: 'Andreas', family: 'Falk', email: 'falks@acorn-mail.com', phone: '+1 212 642 8891' }, { given: 'Andrea', family: 'Falk', email: 'falks@acorn-mail.com', phone: '+1 212 642 8891' }],
		['a couple whose names are two letters apart', { given: 'Aleen', family: 'Hill', email: 'hills@acorn-mail.com', phone: '+1 212 642 8891' }, { given: 'Green', family: 'Hill', email: 'hills@acorn-mail.com', phone: '+1 212 642 8891' }],
		['sisters with another second name each', { given: 'Mary Ann', family: 'Cole', email: 'coles@acorn-mail.com', ...home }, { given: 'Mary Jane', family: 'Cole', email: 'coles@acorn-mail.com', ...home }],
		['brothers whose names differ by one character, on one mailbox', { given: '一郎', family: '佐藤', email: 'sato84@acorn-mail.com' }, { given: '二郎', family: '佐藤', email: 'sato84@acorn-mail.com' }],
		['sisters with names alike and two birthdays, on one mailbox', { given: 'Marina', family: 'Hill', email: 'hills@acorn-mail.com', born: '2011-02-03' }, { given: 'Karina', family: 'Hill', email: 'hills@acorn-mail.com', born: '2013-09-21' }],
		['colleagues of one first name at an office\'s telephone, one without a family name', { given: 'Jan', company: 'Novum GmbH', phone: '+1 212 642 8891' }, { given: 'Jan', family: 'Hill', company: 'Novum GmbH', phone: '+1 212 642 8891' }],
		['colleagues with family names alike, each with a mailbox', { given: 'Jan', family: 'Berg', company: 'Novum GmbH', phone: '+1 212 642 8891', email: 'jan@novum-mail.com' }, { given: 'Jan', family: 'Bergmann', company: 'Novum GmbH', phone: '+1 212 642 8891', email: 'jan.bergmann@novum-mail.com' }],
		['namesakes whose birthday nobody knows', { given: 'Ali', family: 'Hassan', born: '1985-01-01' }, { given: 'Ali', family: 'Hassan', born: '1985-01-01' }],
		['sisters with names alike, in one house', { given: 'Anna', family: 'Hill', ...home }, { given: 'Hanna', family: 'Hill', ...home }],
		['an initial in one house', { given: 'N.', family: 'Hill', ...home }, { given: 'Noah', family: 'Hill', ...home }],
		['namesakes with one mailbox name at two providers', { given: 'Ann', family: 'Hill', email: 'annhill@gmail.com' }, { given: 'Ann', family: 'Hill', email: 'annhill@ymail.com' }],
		['namesakes whose mailboxes differ by a separator', { given: 'Ann', family: 'Hill', email: 'annhill84@acorn-mail.com' }, { given: 'Ann', family: 'Hill', email: 'ann.hill84@acorn-mail.com' }],
		['a couple\'s record and one of the two, in one house', { given: 'Hans und Eva', family: 'Müller', ...home, phone: '+1 212 642 8891' }, { given: 'Hans', family: 'Müller', ...home, phone: '+1 212 642 8891' }],
		['a couple\'s record and one of the two, on one mailbox', { name: 'Jean et Marie Dupont', email: 'dupont@acorn-mail.com' }, { name: 'Jean Dupont', email: 'dupont@acorn-mail.com' }],
		['a family\'s record and one of the family, on one mailbox', { name: 'Familie Müller', email: 'mueller@acorn-mail.com' }, { name: 'Eva Müller', email: 'mueller@acorn-mail.com' }],
		['the records of two couples', { name: 'Hans und Eva Müller', ...home, phone: '+1 212 642 8891' }, { name: 'Peter & Anna Müller', ...home, phone: '+1 212 642 8891' }],
		['two middle initials in one house', { given: 'John A.', family: 'Smith', ...home }, { given: 'John B.', family: 'Smith', ...home }],
		['two middle names at one switchboard', { name: 'John Andrew Smith', company: 'Acorn Inc', phone: '+1 212 642 8891' }, { name: 'John B. Smith', company: 'Acorn Inc', phone: '+1 212 642 8891' }],
		['two middle initials on one mailbox', { name: 'J. R. Smith', email: 'smith@acorn-mail.com' }, { name: 'J. T. Smith', email: 'smith@acorn-mail.com' }],
		['twins whose names are alike', { given: 'Lena', family: 'Berger', ...home, born: '2010-02-03' }, { given: 'Lina', family: 'Berger', ...home, born: '2010-02-03' }],
		['twins on their mother\'s mailbox', { given: 'Daniel', family: 'Berger', born: '2010-02-03', email: 'berger@acorn-mail.com' }, { given: 'Daniela', family: 'Berger', born: '2010-02-03', email: 'berger@acorn-mail.com' }],
		['brothers of two frequent names on one mailbox', { given: 'Ronald', family: 'Hill', email: 'hills@acorn-mail.com' }, { given: 'Donald', family: 'Hill', email: 'hills@acorn-mail.com' }],
		['brothers one of whose names is short for the other\'s', { given: 'Mark', family: 'Hill', ...home, born: '2010-02-03' }, { given: 'Marcus', family: 'Hill', ...home, born: '2012-07-09' }],
		['two names that only sound alike', { given: '伟', family: '李', ...home, born: '1990-02-03' }, { given: '薇', family: '李', ...home, born: '1990-02-03' }],
		['the same with the whole name in one field', { name: '李伟', email: 'li84@acorn-mail.com' }, { name: '李薇', email: 'li84@acorn-mail.com' }],
		['two mailboxes that an employer has numbered', { given: 'Jan', family: 'Hill', company: 'Acorn Inc', phone: '+1 212 642 8891', email: 'jan.hill@acorn-mail.com' }, { given: 'Jan', family: 'Hill', company: 'Acorn Inc', phone: '+1 212 642 8891', email: 'jan.hill2@acorn-mail.com' }],
		['Thomas James and James Thomas at one switchboard', { given: 'Thomas', family: 'James', company: 'Acorn Inc', phone: '+1 212 642 8891', email: 'thomas.james@acorn-mail.com' }, { given: 'James', family: 'Thomas', company: 'Acorn Inc', phone: '+1 212 642 8891', email: 'james.thomas@acorn-mail.com' }],
		['a frequent name and a postal code, before anything is known of names', { given: 'Maria', family: 'Garcia', zip: '78704' }, { given: 'Maria', family: 'Garcia', zip: '78704' }],
		['cousins in one house', { name: 'Maria Garcia Lopez', ...home }, { name: 'Maria Garcia Perez', ...home }],
		['colleagues whose names and mailboxes differ by the same letter', { given: 'Peter', family: 'Meier', company: 'Acorn Inc', phone: '+1 212 642 8891', email: 'peter.meier@acorn-mail.com' }, { given: 'Peter', family: 'Meyer', company: 'Acorn Inc', phone: '+1 212 642 8891', email: 'peter.meyer@acorn-mail.com' }],
		['twins with another second name each', { given: 'Anna Lena', family: 'Berger', ...home, born: '2010-02-03' }, { given: 'Anna Lina', family: 'Berger', ...home, born: '2010-02-03' }],
		['a customer number that a couple with two birthdays shares', { given: 'Ann', family: 'Hill', customerNo: '1001', ...home, born: '1980-02-03' }, { given: 'Bob', family: 'Hill', customerNo: '1001', ...home, born: '1982-05-06' }],
		['a user ID of a couple whose birthdays nobody knows', { given: 'Ann', family: 'Hill', userId: '1001', ...home }, { given: 'Bob', family: 'Hill', userId: '1001', ...home }],
		['a customer number of a couple with two family names', { given: 'Ann', family: 'Hill', customerNo: '1001', ...home }, { given: 'Bob', family: 'Wood', customerNo: '1001', ...home }],
		['an account of brothers with one mailbox', { given: 'Hans-Peter', family: 'Hill', userId: '1001', email: 'hills@acorn-mail.com' }, { given: 'Hans-Dieter', family: 'Hill', userId: '1001', email: 'hills@acorn-mail.com' }],
		['an insurance number of a couple whose birthdays nobody knows', { given: 'Hans', family: 'Müller', nationalId: 'A1000456', ...home }, { given: 'Eva', family: 'Müller', nationalId: 'A1000456', ...home }],
		['the insurance number of a couple', { given: 'Hans', family: 'Müller', nationalId: 'A1000456', ...home, born: '1940-02-03' }, { given: 'Eva', family: 'Müller', nationalId: 'A1000456', ...home, born: '1943-07-21' }],
	])('%s', (_what, x, y) => {
		expect(outcomeOf(...pairOf(x, y))).not.toBe('match');
	});

	test.each<[string, CompanyFields, CompanyFields]>([
		['two funds of one house and phone', { name: 'Acorn Fund I', street: '1 Elm Street', zip: '78704', phone: '+1 212 642 8891' }, { name: 'Acorn Fund II', street: '1 Elm Street', zip: '78704', phone: '+1 212 642 8891' }],
		['two shops with a number each', { name: 'Walgrove 1201', phone: '+1 212 642 8891' }, { name: 'Walgrove 1202', phone: '+1 212 642 8891' }],
		['two firms of one family in one house', { name: 'van Iersel Verzekeringen', street: 'Hendriksgracht 54', zip: '4351 PU', phone: '+31 303 694 169' }, { name: 'van Iersel Autobedrijf', street: 'Hendriksgracht 54', zip: '4351 PU', phone: '+31 303 694 169' }],
		['a franchise in two towns with one web domain', { name: 'Speedy Print', domain: 'speedyprint.com', street: '6 Monahan Field', zip: '10001', city: 'Boston' }, { name: 'Speedy Print', domain: 'speedyprint.com', street: '914 Koelpin Avenue', zip: '78704', city: 'Austin' }],
	])('%s', (_what, x, y) => {
		const [a, b] = companies(x, y);
		expect(a && b && outcomeOf(a, b)).not.toBe('match');
	});
});

test.each<[string, PersonFields, PersonFields]>([
	['a slip in a number of one name and house', { given: 'Ann', family: 'Hill', ...home, nationalId: '1000456' }, { given: 'Ann', family: 'Hill', ...home, nationalId: '1000457' }],
	['a customer number and a new family name', { given: 'Ann', family: 'Hill', customerNo: '1001' }, { given: 'Ann', family: 'Wood', customerNo: '1001' }],
	['an account in another given name, with the birthday', { given: 'Ann', family: 'Hill', userId: '1001', born: '1984-02-03' }, { given: 'Bob', family: 'Hill', userId: '1001', born: '1984-02-03' }],
	['an account under a middle name', { name: 'Ann Theresa Hill', userId: '1001', ...home }, { given: 'Theresa', family: 'Hill', userId: '1001', ...home }],
	['an account with a slip in the name', { given: 'Catherine', family: 'Hill', userId: '1001', ...home }, { given: 'Catherina', family: 'Hill', userId: '1001', ...home }],
	['one name in two scripts, with one mailbox', { given: 'Takuya', family: 'Ishikawa', email: 'takuya84@acorn-mail.com' }, { given: '拓也', family: '石川', email: 'takuya84@acorn-mail.com' }],
	['a misspelled gmail.com, which has no dots', { given: 'Ann', family: 'Hill', email: 'a.hill@gmail.com' }, { given: 'Ann', family: 'Hill', email: 'a.hill@gmial.com' }],
	['a second name that is shortened', { given: 'Rosario Maria', family: 'Salas', email: 'salas84@acorn-mail.com' }, { given: 'Rosario Ma.', family: 'Salas', email: 'salas84@acorn-mail.com' }],
	['a letter typed twice', { given: 'Tuana', family: 'Hill', email: 'hill84@acorn-mail.com' }, { given: 'Tuanaa', family: 'Hill', email: 'hill84@acorn-mail.com' }],
	['letters in another order', { given: 'Harry', family: 'Hill', email: 'hill84@acorn-mail.com' }, { given: 'Rarhry', family: 'Hill', email: 'hill84@acorn-mail.com' }],
	['an umlaut in two spellings', { given: 'Björn', family: 'Østergaard', phone: '+1 212 642 8891' }, { given: 'Bjoern', family: 'Oestergaard', phone: '+1 212 642 8891' }],
	['a couple, named in another order and language', { name: 'Hans und Eva Müller', phone: '+1 212 642 8891' }, { name: 'Eva & Hans Müller', phone: '+1 212 642 8891' }],
	['a couple and one of the two, under one customer number', { name: 'Hans und Eva Müller', customerNo: '1001' }, { name: 'Hans Müller', customerNo: '1001' }],
	['a middle name and its initial', { name: 'John Andrew Smith', ...home }, { given: 'John A.', family: 'Smith', ...home }],
	['a middle initial that was left out', { name: 'John A. Smith', ...home }, { name: 'John Smith', ...home }],
	['a wrong middle initial beside the birthday', { name: 'John A. Smith', ...home, born: '1984-02-03' }, { name: 'John B. Smith', ...home, born: '1984-02-03' }],
	['two spellings of one name, with the birthday', { given: 'Sofia', family: 'Hill', ...home, born: '2010-02-03' }, { given: 'Sophia', family: 'Hill', ...home, born: '2010-02-03' }],
	['a slip in a name, with the birthday', { given: 'Katharina', family: 'Hill', ...home, born: '2010-02-03' }, { given: 'Kahtarina', family: 'Hill', ...home, born: '2010-02-03' }],
	['a longer and a shorter form of one name', { given: 'Christoph', family: 'Hill', email: 'hills@acorn-mail.com' }, { given: 'Christopher', family: 'Hill', email: 'hills@acorn-mail.com' }],
	['one name with and without a hamza', { given: 'أحمد', family: 'حسن', email: 'hassan84@acorn-mail.com' }, { given: 'احمد', family: 'حسن', email: 'hassan84@acorn-mail.com' }],
	['two names for one person in one field', { given: 'Robert/Bob', family: 'Hill', email: 'hills@acorn-mail.com' }, { given: 'Robert', family: 'Hill', email: 'hills@acorn-mail.com' }],
	['a birth date that no calendar has', { given: 'Ann', family: 'Hill', ...home, born: '1945-04-03' }, { given: 'Ann', family: 'Hill', ...home, born: '1945-04-93' }],
])('the same person is joined all the same: %s', (_what, x, y) => {
	expect(outcomeOf(...pairOf(x, y))).toBe('match');
});

test.each<[string, PersonFields, PersonFields]>([
	['a man\'s name and a woman\'s', { given: 'Denis', family: 'Hill', email: 'hills@acorn-mail.com' }, { given: 'Denise', family: 'Hill', email: 'hills@acorn-mail.com' }],
	['names in a script of their own', { given: '一郎', family: '佐藤', email: 'sato84@acorn-mail.com' }, { given: '二郎', family: '佐藤', email: 'sato84@acorn-mail.com' }],
])('names that the trained records seldom have are still two: %s', (_what, x, y) => {
	const termFrequencies = [{ column: 'given_name' as const, floor: 0.0001, values: [['ann', 0.02]] as [string, number][] }];
	const trained = { ...model, matching: { ...model.matching, person: { ...model.matching.person, termFrequencies } } };
	expect(outcomeOf(...pairOf(x, y), trained)).toBe('review');
});

test('an account without a name does not make one of the couple that shares it', () => {
	const [ann, bob] = [{ given: 'Ann', family: 'Hill', userId: '1001', ...home }, { given: 'Bob', family: 'Hill', userId: '1001', ...home }];
	expect(resolved(ann, bob, { userId: '1001' }).profiles).toEqual([[1], [2], [3]]);
});
