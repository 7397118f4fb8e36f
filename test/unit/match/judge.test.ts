import fc from 'fast-check';
import { identifierLookupKey } from '../../../lib/domain';
import { judgePair, type Comparable } from '../../../lib/match';
import type { PersonFields } from '../identity/given';
import { companies, lineOf, model, outcomeOf, pairOf, people, score } from './given';

const fields: fc.Arbitrary<PersonFields> = fc.record(
	{
		given: fc.constantFrom('Ann', 'Anna', 'A.', 'Bob', 'Robert', 'Maria Luisa', '伟', 'Youssef'),
		family: fc.constantFrom('Hill', 'Hil', 'Hill Jr.', 'Wood', 'Garcia Lopez', '张'),
		email: fc.constantFrom('ann.hill@acorn.com', 'ann.hill@birch.com', 'hill84@acorn.com', 'info@acorn.com'),
		phone: fc.constantFrom('+1 212 642 8891', '+1 646 642 8891', '+1 212 642 8892'),
		born: fc.constantFrom('1980-02-01', '1980-01-02', '1980-02-03', '1955-07-21'),
		street: fc.constantFrom('12 Mill Road', '12 Mill Rd', '14 Mill Road'),
		zip: fc.constantFrom('78704', '78705'),
		company: fc.constantFrom('Acorn GmbH', 'Acorn', 'Birch & Sons'),
		nationalId: fc.constantFrom('521-21-2123', '521-21-2124', '123-99-1234'),
	},
	{ requiredKeys: ['given', 'family'] },
);

test('a pair weighs the same from both sides', () => {
	fc.assert(
		fc.property(fields, fields, (x, y) => {
			const [a, b] = pairOf(x, y);
			expect(judgePair(a, b, model, new Set())).toEqual(judgePair(b, a, model, new Set()));
		}),
	);
});

test('a pair is judged as it is explained, or not at all when it is below the threshold for review', () => {
	fc.assert(
		fc.property(fields, fields, (x, y) => {
			const [a, b] = pairOf(x, y);
			const { weight, outcome, comparisons, proposed } = score(a, b);
			const judged = judgePair(a, b, model, new Set()).map((one) => ({ weight: one.weight, outcome: one.outcome, comparisons: one.comparisons }));
			expect(judged).toEqual(proposed && outcome !== 'none' ? [{ weight, outcome, comparisons }] : []);
		}),
		{ numRuns: 500 },
	);
});

test('the lines of an explanation add up to the weight', () => {
	fc.assert(
		fc.property(fields, fields, (x, y) => {
			const { weight, comparisons } = score(...pairOf(x, y));
			expect(comparisons.reduce((sum, line) => sum + line.weight, 0)).toBeCloseTo(weight, 5);
			expect(comparisons[0]?.comparison).toBe('prior');
		}),
	);
});

test('what is missing on one side changes nothing', () => {
	fc.assert(
		fc.property(fields, fields, fc.constantFrom<keyof PersonFields>('phone', 'born', 'company', 'nationalId'), (x, y, field) => {
			const weightOf = (one: PersonFields, other: PersonFields) => score(...pairOf(one, other)).comparisons.filter(({ comparison }) => comparison !== 'reservation');
			expect(weightOf({ ...x, [field]: undefined }, y)).toEqual(weightOf({ ...x, [field]: undefined }, { ...y, [field]: undefined }));
		}),
	);
});

test('a shared value that too many have is neutral', () => {
	const [a, b] = pairOf({ given: 'Ann', family: 'Hill', phone: '+1 212 642 8891' }, { given: 'Ann', family: 'Hill', phone: '+1 212 642 8891' });
	const common = new Set([identifierLookupKey('person', 'phone', '+12126428891')]);
	expect(score(a, b).comparisons.map(({ comparison }) => comparison)).toContain('phone');
	expect(score(a, b, model, common).comparisons.map(({ comparison }) => comparison)).not.toContain('phone');
});

test('sharing a frequent name is weaker than sharing a rare one', () => {
	const { person } = model.matching;
	const counted = { ...model, matching: { ...model.matching, person: { ...person, termFrequencies: [{ column: 'family_name' as const, floor: 0.00001, values: [['smith', 0.01] as [string, number]] }] } } };
	const weightOf = (family: string) => lineOf('family_name', ...pairOf({ given: 'Ann', family, born: '1980-02-01' }, { given: 'Ann', family, born: '1980-02-01' }), counted)?.weight ?? 0;
	expect(weightOf('Zbigniewska') - weightOf('Smith')).toBeCloseTo(Math.log2(0.01 / 0.00001), 5);
});

const ann = { given: 'Ann', family: 'Hill' };
const home = { street: '12 Mill Road', zip: '78704' };
interface Case {
	title: string;
	pair: [PersonFields, PersonFields];
	outcome: 'match' | 'review' | 'none';
}
const cases: Case[] = [
	{ title: 'a family that shares mailbox and house', pair: [{ given: 'Mark', family: 'Kusha', email: 'kusha123@acorn.com', ...home }, { given: 'Edward', family: 'Kusha', email: 'kusha123@acorn.com', ...home }], outcome: 'review' },
	{ title: 'a couple in one house with one telephone', pair: [{ ...ann, ...home, phone: '+1 212 642 8891' }, { given: 'Bob', family: 'Hill', ...home, phone: '+1 212 642 8891' }], outcome: 'none' },
	{ title: 'junior and senior in one house', pair: [{ given: 'John', family: 'Hill Jr.', ...home, born: '1980-02-01' }, { given: 'John', family: 'Hill Sr.', ...home, born: '1950-04-09' }], outcome: 'none' },
	{ title: 'one family name and birth date, two given names', pair: [{ given: 'Darla', family: 'Anderson', born: '1980-01-07' }, { given: 'Darlene', family: 'Anderson', born: '1980-01-07' }], outcome: 'none' },
	{ title: 'spellings of one given name', pair: [{ given: 'Mohamed', family: 'Antoun', born: '1980-01-07' }, { given: 'Muhammed', family: 'Antoun', born: '1980-01-07' }], outcome: 'match' },
	{ title: 'a name in Chinese and in Latin letters', pair: [{ name: '张伟', born: '2006-08-02', ...home }, { given: 'Wei', family: 'Zhang', born: '2006-02-08', ...home }], outcome: 'match' },
	{ title: 'a name in Arabic and in Latin letters', pair: [{ given: 'يوسف', family: 'صالح', email: 'ysaleh9@acorn.com' }, { given: 'Youssef', family: 'Saleh', email: 'ysaleh9@acorn.com' }], outcome: 'match' },
	{ title: 'day and month swapped', pair: [{ ...ann, born: '1980-02-01', phone: '+1 212 642 8891' }, { ...ann, born: '1980-01-02', phone: '+1 212 642 8891' }], outcome: 'match' },
	{ title: 'given and family name swapped', pair: [{ given: 'Daniella', family: 'Shaw', born: '1991-08-20' }, { given: 'Shaw', family: 'Daniella', born: '1991-08-20' }], outcome: 'match' },
	{ title: 'a nickname', pair: [{ given: 'Peggy', family: 'Hill', born: '1980-02-01' }, { given: 'Margaret', family: 'Hill', born: '1980-02-01' }], outcome: 'match' },
	{ title: 'an initial, and the telephone', pair: [{ given: 'R', family: 'Roderick', phone: '+1 971 421 8250' }, { given: 'Ray', family: 'Roderick', phone: '+1 971 421 8250' }], outcome: 'match' },
	{ title: 'colleagues who read one role mailbox', pair: [{ ...ann, email: 'info@acorn.com' }, { given: 'Bob', family: 'Wood', email: 'info@acorn.com' }], outcome: 'none' },
	{ title: 'one name in a role mailbox', pair: [{ given: 'Andy', family: 'Anderson', email: 'info@acorn.com', phone: '+1 971 421 8250' }, { given: 'Andrew', family: 'Anderson', email: 'info@acorn.com', phone: '+1 971 421 8250' }], outcome: 'match' },
	{ title: 'namesakes whose mailboxes are their names', pair: [{ given: 'Jay', family: 'Jones', email: 'jay.jones@acorn.com' }, { given: 'Jay', family: 'Jones', email: 'jay.jones@birch.com' }], outcome: 'none' },
	{ title: 'nothing but a name', pair: [ann, ann], outcome: 'none' },
	{ title: 'a number of their own under a married name', pair: [{ given: 'Amanda', family: 'Anderson', nationalId: '73423499' }, { given: 'Amanda', family: 'Jones', nationalId: '73423499' }], outcome: 'match' },
];
test.each(cases)('$title: $outcome', ({ pair, outcome }) => {
	expect(outcomeOf(...pairOf(...pair))).toBe(outcome);
});

test('a pair without a common key is not judged, however alike the two are', () => {
	const [a, b] = pairOf({ ...ann, born: '1980-02-01' }, { ...ann, born: '1980-02-01' });
	const keys = new Set([...['birth_date:1980-01-02', 'birth_date:1980-02-01', 'full_name:ann|hill', 'sound:an|hl'].map((key) => `person|~${key}`)]);
	expect(judgePair(a, b, model, new Set())).toHaveLength(1);
	expect(score(a, b, model, keys).proposed).toBe(false);
	expect(judgePair(a, b, model, keys)).toEqual([]);
});

test.each([
	{ title: 'legal form and spelling aside', x: { name: 'Brightleaf Optics GmbH', domain: 'brightleaf.de' }, y: { name: 'BRIGHTLEAF OPTICS', domain: 'brightleaf.de' }, outcome: 'match' },
	{ title: 'one name in two countries', x: { name: 'Brightleaf', country: 'DE' }, y: { name: 'Brightleaf', country: 'US' }, outcome: 'review' },
	{ title: 'a short name and nothing else', x: { name: 'Delta' }, y: { name: 'Delta' }, outcome: 'review' },
	{ title: 'one telephone and nothing else', x: { name: 'Acorn', phone: '+1 212 642 8891' }, y: { name: 'Birch', phone: '+1 212 642 8891' }, outcome: 'none' },
])('companies with $title: $outcome', ({ x, y, outcome }) => {
	const [a, b] = companies(x, y) as [Comparable, Comparable];
	expect(outcomeOf(a, b)).toBe(outcome);
});

test('a person and a company are never one', () => {
	const [someone] = people({ given: 'Delta', phone: '+1 212 642 8891' });
	const [firm] = companies({ name: 'Delta', phone: '+1 212 642 8891' });
	expect(judgePair(someone as Comparable, firm as Comparable, model, new Set())).toEqual([]);
});
