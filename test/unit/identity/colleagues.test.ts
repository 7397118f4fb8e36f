import { company, person, temporaryStores, type PersonFields } from './given';

const newStore = temporaryStores();
const FIRM = { company: 'Acornworks GmbH', domain: 'acornworks.com', street: '400 Congress Avenue', zip: '78701', phone: '+1 512 642 8891' };
const ann = { given: 'Ann', family: 'Hill' };
const bob = { given: 'Bob', family: 'Wood' };
const OWN = [{ email: 'a.hill77@gmail.com' }, { email: 'bw.1980@yahoo.com' }] as const;
const AT_WORK = [{ email: 'ann.hill@acornworks.com' }, { email: 'bob.wood@acornworks.com' }] as const;

/** Two people of two names share what a company gives them, and nothing else. */
test.each<{ share: string; one: PersonFields; other: PersonFields }>([
	{ share: 'the web domain', one: { ...ann, ...OWN[0], domain: FIRM.domain }, other: { ...bob, ...OWN[1], domain: FIRM.domain } },
	{ share: 'the domain of their mailboxes', one: { ...ann, ...AT_WORK[0] }, other: { ...bob, ...AT_WORK[1] } },
	{ share: 'the domain of their mailboxes and no name is known', one: AT_WORK[0], other: AT_WORK[1] },
	{ share: 'the web domain and a family name', one: { ...ann, email: 'ahill@acornworks.com', domain: FIRM.domain }, other: { ...bob, family: 'Hill', email: 'bhill@acornworks.com', domain: FIRM.domain } },
	{ share: 'the web domain and a given name', one: { ...ann, email: 'ann.h@acornworks.com', domain: FIRM.domain }, other: { ...bob, given: 'Ann', email: 'ann.w@acornworks.com', domain: FIRM.domain } },
	{ share: 'the company\'s name', one: { ...ann, ...OWN[0], company: FIRM.company }, other: { ...bob, ...OWN[1], company: 'ACORNWORKS' } },
	{ share: 'the company by a link', one: { ...ann, ...OWN[0], employer: 'acorn' }, other: { ...bob, ...OWN[1], employer: 'acorn' } },
	{ share: 'the office\'s telephone', one: { ...ann, ...OWN[0], phone: FIRM.phone }, other: { ...bob, ...OWN[1], phone: '(512) 642-8891' } },
	{ share: 'the office\'s telephone but for the extension', one: { ...ann, ...OWN[0], phone: FIRM.phone }, other: { ...bob, ...OWN[1], phone: '+1 512 642 8892' } },
	{ share: 'the office\'s telephone and a family name', one: { ...ann, ...OWN[0], phone: FIRM.phone }, other: { ...bob, ...OWN[1], family: 'Hill', phone: FIRM.phone } },
	{ share: 'the office\'s address', one: { ...ann, ...OWN[0], street: FIRM.street, zip: FIRM.zip }, other: { ...bob, ...OWN[1], street: '400 Congress Ave.', zip: FIRM.zip } },
	{ share: 'the mailbox that the company answers in turn', one: { ...ann, email: 'info@acornworks.com' }, other: { ...bob, email: 'info@acornworks.com' } },
	{ share: 'everything of the company', one: { ...ann, ...FIRM, ...AT_WORK[0], employer: 'acorn' }, other: { ...bob, ...FIRM, ...AT_WORK[1], employer: 'acorn' } },
	{ share: 'everything of the company and a family name', one: { ...ann, ...FIRM, ...AT_WORK[0] }, other: { ...bob, ...FIRM, family: 'Hill', email: 'bob.hill@acornworks.com' } },
])('two people who share $share are neither joined nor asked about', async ({ one, other }) => {
	const walk = await newStore();
	await walk.arrive(company('crm:acorn', { name: FIRM.company, domain: FIRM.domain, phone: FIRM.phone, street: FIRM.street, zip: FIRM.zip }), person('crm:1', one), person('billing:2', other));
	expect([await walk.clusters(), await walk.questions()]).toEqual([['billing:2', 'crm:1', 'crm:company:acorn'], []]);
	expect((await walk.profiles()).flatMap(({ household }) => household)).toEqual([]);
	expect(await walk.problems()).toEqual([]);
});

test('a whole office is as many people as it has, whoever of them comes first', async () => {
	const given = ['Amelia', 'Bernard', 'Chiara', 'Dmitri', 'Esther', 'Fabian', 'Gudrun', 'Hamid', 'Ingrid', 'Jamal', 'Kirsten', 'Lorenzo', 'Miriam', 'Nikhil', 'Oksana', 'Patrick'];
	const family = ['Abernathy', 'Bianchi', 'Castellanos', 'Dvorak', 'Eriksen', 'Fujimoto', 'Grabowski', 'Hollister', 'Iyer', 'Jankovic', 'Kowalczyk', 'Lindqvist', 'Mbeki', 'Novotny', 'Osullivan', 'Petrakis'];
	const staff = given.map((name, index) => person(`crm:${index}`, { ...FIRM, given: name, family: family[index], email: `${name}@acornworks.com` }));
	for (const order of [staff, [...staff].reverse()]) {
		const walk = await newStore();
		for (const one of order) await walk.match(one);
		await walk.build();
		expect([(await walk.clusters()).length, await walk.questions()]).toEqual([staff.length, []]);
		expect((await walk.profiles()).flatMap(({ household }) => household)).toEqual([]);
	}
});

test('a person and a company are never one, whatever they share', async () => {
	const walk = await newStore();
	const shared = { domain: FIRM.domain, phone: FIRM.phone, street: FIRM.street, zip: FIRM.zip };
	await walk.arrive(person('crm:1', { name: 'Acornworks GmbH', ...shared, company: FIRM.company, email: 'info@acornworks.com' }), company('billing:1', { name: FIRM.company, ...shared }));
	expect([await walk.clusters(), await walk.questions()]).toEqual([['billing:company:1', 'crm:1'], []]);
});
