import { person, temporaryStores, type PersonFields } from './given';

const newStore = temporaryStores();
const LETTERS = 'abcdefghijklmnopqrst';
/** A word of its own for each number; words of neighbouring numbers have little in common. */
const word = (n: number) => [...((n * 1_299_721 + 7_919_777) % 64_000_000).toString(20)].map((digit) => LETTERS[Number.parseInt(digit, 20)]).join('');
const mail = (name: string | number) => `m${name}@acorn-mail.com`;

test('1,000 records of 400 people in batches of 250', async () => {
	const walk = await newStore();
	const records = Array.from({ length: 1000 }, (_, index) => {
		const who = index % 400;
		const fields: PersonFields = { given: word(who * 7), family: word(who * 13), zip: '78704', street: `${who % 50} Mill Road`, company: 'Acorn GmbH', born: `19${50 + (who % 40)}-01-0${1 + (who % 9)}` };
		return person(`crm:${index}`, { ...fields, email: mail(who) });
	});
	for (let at = 0; at < records.length; at += 250) await walk.match(...records.slice(at, at + 250));
	expect(await walk.build()).toEqual({ built: 400, changed: 400 });
	expect(await walk.clusters()).toHaveLength(400);
	expect(await walk.problems()).toEqual([]);
});

test('200 exact copies of one record', async () => {
	const walk = await newStore();
	const copies = Array.from({ length: 200 }, (_, index) => person(`crm:${index}`, { given: 'Ann', family: 'Hill', email: mail('a') }));
	await walk.match(...copies.slice(0, 120));
	await walk.match(...copies.slice(120));
	expect(await walk.clusters()).toHaveLength(1);
});

test('a chain in which each shares something with the next only', async () => {
	const walk = await newStore();
	const chain = Array.from({ length: 400 }, (_, index) => person(`crm:${index}`, { given: 'Ann', family: 'Hill', email: mail(index), customerNo: `c${index + 1}`, nationalId: `X${index} Z` }));
	const links = chain.map((record, index) => ({ ...record, identifiers: [...record.identifiers, { kind: 'customer_no', value: `c${index}` }] }));
	await walk.match(...links.filter((_, index) => index % 2 === 0));
	expect(await walk.clusters()).toHaveLength(200);
	await walk.match(...links.filter((_, index) => index % 2 === 1));
	expect(await walk.clusters()).toHaveLength(1);
	await walk.arrive(person('crm:200', {}, { deleted: true, updatedAt: '2026-02-01T00:00:00.000Z' }));
	expect(await walk.clusters()).toHaveLength(2);
	expect(await walk.problems()).toEqual([]);
});
