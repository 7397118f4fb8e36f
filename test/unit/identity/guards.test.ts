import type { SourceRecord } from '../../../lib/domain';
import { defaultModel } from '../../../lib/identity';
import { company, person, strictModel, SYSTEMS, temporaryStores, type PersonFields } from './given';

const newStore = temporaryStores();
const ann: PersonFields = { given: 'Ann', family: 'Hill' };
const bob: PersonFields = { given: 'Bob', family: 'Hill' };
const home = 'family.hill@acorn-mail.com';
const landline = '+1 212 642 8891';
const mill = { street: '12 Mill Road', zip: '78704' };

interface Case {
	title: string;
	records: SourceRecord[];
	clusters: string[];
	questions?: string[];
}

const together: Case[] = [
	{ title: 'one mailbox, a nickname', records: [person('crm:1', { given: 'Robert', family: 'Hill', email: home }), person('mail:1', { ...bob, email: home })], clusters: ['crm:1 mail:1'] },
	{ title: 'one mailbox, a name on one side only', records: [person('crm:1', { ...ann, email: home }), person('mail:1', { email: home })], clusters: ['crm:1 mail:1'] },
	{ title: 'one mailbox, a new family name', records: [person('crm:1', { ...ann, email: home }), person('mail:1', { given: 'Ann', family: 'Wood', email: home })], clusters: ['crm:1 mail:1'] },
	{ title: 'one telephone and one name', records: [person('crm:1', { ...ann, phone: landline }), person('mail:1', { ...ann, phone: '212-642-8891' })], clusters: ['crm:1 mail:1'] },
	{ title: 'one name and birth date', records: [person('crm:1', { ...ann, born: '1980-02-01' }), person('mail:1', { ...ann, born: '1980-02-01' })], clusters: ['crm:1 mail:1'] },
	{ title: 'one house and name, no mailbox that differs', records: [person('crm:1', { ...ann, ...mill }), person('mail:1', { ...ann, ...mill, phone: landline })], clusters: ['crm:1 mail:1'] },
	{ title: 'one user ID under two family names', records: [person('crm:1', { ...ann, userId: 'u1' }), person('mail:1', { given: 'Ann', family: 'Wood', userId: 'u1' })], clusters: ['crm:1 mail:1'] },
	{
		title: 'one customer number under three forms of a name',
		records: [person('crm:1', { given: 'Robert', family: 'Hill', customerNo: 'c1' }), person('mail:1', { ...bob, customerNo: 'c1' }), person('support:1', { given: 'Robret', customerNo: 'c1' })],
		clusters: ['crm:1 mail:1 support:1'],
	},
	{
		title: 'a billing customer named after its company, and the person behind the mailbox',
		records: [person('crm:1', { given: 'Maarten', family: 'de Vries', email: 'm.devries@acorn.com' }), person('billing:1', { name: 'Acorn Logistics Ltd', email: 'm.devries@acorn.com' })],
		clusters: ['billing:1 crm:1'],
	},
	{ title: 'one company domain', records: [company('crm:1', { name: 'Acorn GmbH', domain: 'acorn.com' }), company('billing:1', { name: 'Acorn Deutschland', domain: 'www.acorn.com' })], clusters: ['billing:company:1 crm:company:1'] },
	{ title: 'one company name, legal form aside', records: [company('crm:1', { name: 'Brightleaf GmbH' }), company('billing:1', { name: 'Brightleaf' })], clusters: ['billing:company:1 crm:company:1'] },
];

const apart: Case[] = [
	{ title: 'one user ID under the names of two people', records: [person('crm:1', { ...ann, userId: 'u1' }), person('mail:1', { ...bob, userId: 'u1' })], clusters: ['crm:1', 'mail:1'], questions: ['crm:1 ? mail:1'] },
	{ title: 'test@test.com', records: [person('crm:1', { ...ann, email: 'test@test.com', phone: landline }), person('mail:1', { ...ann, email: 'test@test.com', customerNo: '1' })], clusters: ['crm:1', 'mail:1'] },
	{ title: '0000000000', records: [person('crm:1', { ...ann, phone: '0000000000', email: home }), person('mail:1', { ...ann, phone: '0000000000', customerNo: '1' })], clusters: ['crm:1', 'mail:1'] },
	{ title: 'one mailbox of a couple', records: [person('crm:1', { ...ann, email: home }), person('mail:1', { ...bob, email: home })], clusters: ['crm:1', 'mail:1'], questions: ['crm:1 ? mail:1'] },
	{
		title: 'a mailbox without a name between two people',
		records: [person('crm:1', { ...ann, email: home }), person('mail:1', { ...bob, email: home }), person('support:1', { email: home })],
		clusters: ['crm:1', 'mail:1', 'support:1'],
		questions: ['crm:1 ? mail:1', 'crm:1 ? support:1', 'mail:1 ? support:1'],
	},
	{
		title: 'a short name that may be the man\'s or the woman\'s',
		records: [person('crm:1', { given: 'Alexander', family: 'Hill', email: home, phone: landline }), person('mail:1', { given: 'Alexandra', family: 'Hill', email: home }), person('support:1', { given: 'Alex', family: 'Hill', email: home, phone: landline })],
		clusters: ['crm:1 support:1', 'mail:1'],
		questions: ['mail:1 ? support:1'],
	},
	{
		title: 'a first name that two people have before another second one',
		records: [person('crm:1', { given: 'Mary Ann', family: 'Hill', phone: landline }), person('mail:1', { given: 'Mary Jane', family: 'Hill', phone: landline }), person('support:1', { given: 'Mary', family: 'Hill', phone: landline })],
		clusters: ['crm:1', 'mail:1', 'support:1'],
		questions: ['crm:1 ? support:1', 'mail:1 ? support:1'],
	},
	{
		title: 'two businesses of one name in two towns, with a record between them that names no town',
		records: [company('crm:1', { name: 'Acorn Plumbing LLC', city: 'Austin' }), company('billing:1', { name: 'Acorn Plumbing LLC', city: 'Dallas' }), company('support:1', { name: 'Acorn Plumbing' })],
		clusters: ['billing:company:1', 'crm:company:1', 'support:company:1'],
		questions: ['billing:company:1 ? crm:company:1', 'billing:company:1 ? support:company:1', 'crm:company:1 ? support:company:1'],
	},
	{ title: 'two product user IDs', records: [person('crm:1', { ...ann, email: home, userId: 'u1' }), person('mail:1', { ...ann, email: home, userId: 'u2' })], clusters: ['crm:1', 'mail:1'] },
	{
		title: 'two product user IDs with a record between them',
		records: [person('crm:1', { ...ann, email: home, userId: 'u1' }), person('mail:1', { ...ann, phone: landline, userId: 'u2' }), person('support:1', { ...ann, email: home, phone: landline })],
		clusters: ['crm:1 support:1', 'mail:1'],
	},
	{
		title: 'father and son of one name in one house',
		records: [person('crm:1', { given: 'John', family: 'Hill', ...mill, email: 'john@acorn-mail.com' }), person('mail:1', { given: 'John', family: 'Hill', ...mill, email: 'jhill@acorn-mail.com' })],
		clusters: ['crm:1', 'mail:1'],
		questions: ['crm:1 ? mail:1'],
	},
	{
		title: 'junior and senior with one mailbox',
		records: [person('crm:1', { given: 'John', family: 'Hill Sr.', email: home }), person('mail:1', { given: 'John', family: 'Hill Jr.', email: home })],
		clusters: ['crm:1', 'mail:1'],
		questions: ['crm:1 ? mail:1'],
	},
	{
		title: 'junior, and one who does not say, on one landline',
		records: [person('crm:1', { given: 'John', family: 'Hill', phone: landline, ...mill }), person('mail:1', { given: 'John', family: 'Hill Jr.', phone: landline, ...mill })],
		clusters: ['crm:1', 'mail:1'],
		questions: ['crm:1 ? mail:1'],
	},
	{
		title: 'one name and mailbox, birth dates a generation apart',
		records: [person('crm:1', { given: 'John', family: 'Hill', email: home, born: '1948-02-03' }), person('mail:1', { given: 'John', family: 'Hill', email: home, born: '1979-09-21' })],
		clusters: ['crm:1', 'mail:1'],
		questions: ['crm:1 ? mail:1'],
	},
	{
		title: 'twins',
		records: [person('crm:1', { ...ann, born: '2001-05-04', ...mill, phone: landline }), person('mail:1', { given: 'Eve', family: 'Hill', born: '2001-05-04', ...mill, phone: landline })],
		clusters: ['crm:1', 'mail:1'],
	},
	{ title: 'a shared mailbox and two names', records: [person('crm:1', { ...ann, email: 'info@acorn.com' }), person('mail:1', { email: 'info@acorn.com' })], clusters: ['crm:1', 'mail:1'] },
	{ title: 'colleagues', records: [person('crm:1', { ...ann, email: 'ann@acorn.com', domain: 'acorn.com', company: 'Acorn GmbH' }), person('mail:1', { ...bob, email: 'bob@acorn.com', domain: 'acorn.com', company: 'Acorn GmbH' })], clusters: ['crm:1', 'mail:1'] },
	{
		title: 'one name at one company',
		records: [person('crm:1', { ...ann, email: 'ann@acorn.com', company: 'Acorn GmbH' }), person('mail:1', { ...ann, email: 'ann.hill@acorn.com', company: 'Acorn' })],
		clusters: ['crm:1', 'mail:1'],
		questions: ['crm:1 ? mail:1'],
	},
	{ title: 'a person and a company with one telephone and name', records: [person('crm:1', { name: 'Acorn', phone: landline }), company('billing:1', { name: 'Acorn', phone: landline })], clusters: ['billing:company:1', 'crm:1'] },
	{ title: 'a company abroad with one name', records: [company('crm:1', { name: 'Brightleaf', country: 'DE' }), company('billing:1', { name: 'Brightleaf', country: 'US' })], clusters: ['billing:company:1', 'crm:company:1'], questions: ['billing:company:1 ? crm:company:1'] },
	{ title: 'two registration numbers', records: [company('crm:1', { name: 'Brightleaf', domain: 'brightleaf.de', registration: 'HRB 1' }), company('billing:1', { name: 'Brightleaf', domain: 'brightleaf.de', registration: 'HRB 2' })], clusters: ['billing:company:1', 'crm:company:1'] },
];

test.each([...together.map((one) => ({ ...one, how: 'join' })), ...apart.map((one) => ({ ...one, how: 'stay apart' }))])('$title: the records $how', async ({ records, clusters, questions = [] }) => {
	const walk = await newStore();
	await walk.arrive(...records);
	expect(await walk.clusters()).toEqual([...clusters].sort());
	expect(await walk.questions()).toEqual(questions);
	expect(await walk.problems()).toEqual([]);
});

test('a record with a name tells whose the mailbox without a name is', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: home }), person('mail:1', { ...bob, email: home }), person('support:1', { email: home }));
	await walk.arrive(person('support:1', { email: home, family: 'Hill', given: 'Ann' }, { updatedAt: '2026-02-01T00:00:00.000Z' }));
	expect(await walk.clusters()).toEqual(['crm:1 support:1', 'mail:1']);
	expect(await walk.questions()).toEqual(['crm:1 ? mail:1']);
	expect((await walk.events('review.waiting', 'review.closed')).map(({ type }) => type)).toEqual([
		...['review.waiting', 'review.waiting', 'review.waiting', 'review.closed', 'review.closed'],
	]);
});

test('short forms of one name are one person when the sharers of a value are counted', async () => {
	const walk = await newStore(strictModel(2));
	const names = ['Robert', 'Bob', 'Rob', 'ROBERT'];
	await walk.arrive(...names.map((given, index) => person(`crm:${index}`, { given, family: 'Hill', email: home })));
	expect(await walk.clusters()).toEqual(['crm:0 crm:1 crm:2 crm:3']);
});

test('people without a name do not make a mailbox common', async () => {
	const walk = await newStore(strictModel(2));
	await walk.arrive(...[1, 2, 3, 4, 5].map((id) => person(`mail:${id}`, { email: home })));
	expect(await walk.clusters()).toEqual(['mail:1 mail:2 mail:3 mail:4 mail:5']);
});

test('a value that the model blocks is no evidence, and what it had joined is apart once the model says so', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: home }), person('mail:1', { ...ann, email: home }));
	expect(await walk.clusters()).toEqual(['crm:1 mail:1']);
	const blocked = await newStore({ ...defaultModel(SYSTEMS), blockedValues: [{ kind: 'email', value: home }] });
	await blocked.arrive(person('crm:1', { ...ann, email: home }), person('mail:1', { ...ann, email: home }));
	expect(await blocked.clusters()).toEqual(['crm:1', 'mail:1']);
});

test('one value of 1,200 people joins nobody', async () => {
	const walk = await newStore();
	const letters = 'abcdefghijklmnop';
	const word = (n: number) => [...n.toString(16)].map((digit) => letters[Number.parseInt(digit, 16)]).join('');
	const people = Array.from({ length: 1200 }, (_, index) => person(`crm:${index}`, { given: `Ann${word(index)}`, family: `Hill${word(index * 7)}`, email: home }));
	for (let at = 0; at < people.length; at += 400) await walk.match(...people.slice(at, at + 400));
	expect(await walk.clusters()).toHaveLength(1200);
	expect(await walk.questions()).toEqual([]);
});
