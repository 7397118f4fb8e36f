import type { CompanyFields, PersonFields } from '../identity/given';
import { companies, model, outcomeOf, pairOf } from './given';

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
	['one name in two scripts, with one mailbox', { given: 'Takuya', family: 'Ishikawa', email: 'takuya84@acorn-mail.com' }, { given: '拓也', family: '石川', email: 'takuya84@acorn-mail.com' }],
	['a misspelled gmail.com, which has no dots', { given: 'Ann', family: 'Hill', email: 'a.hill@gmail.com' }, { given: 'Ann', family: 'Hill', email: 'a.hill@gmial.com' }],
	['a second name that is shortened', { given: 'Rosario Maria', family: 'Salas', email: 'salas84@acorn-mail.com' }, { given: 'Rosario Ma.', family: 'Salas', email: 'salas84@acorn-mail.com' }],
	['a letter typed twice', { given: 'Tuana', family: 'Hill', email: 'hill84@acorn-mail.com' }, { given: 'Tuanaa', family: 'Hill', email: 'hill84@acorn-mail.com' }],
	['letters in another order', { given: 'Harry', family: 'Hill', email: 'hill84@acorn-mail.com' }, { given: 'Rarhry', family: 'Hill', email: 'hill84@acorn-mail.com' }],
	['an umlaut in two spellings', { given: 'Björn', family: 'Østergaard', phone: '+1 212 642 8891' }, { given: 'Bjoern', family: 'Oestergaard', phone: '+1 212 642 8891' }],
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
