import { hash } from 'node:crypto';
import { refKey, type SourceRecord } from '../../../lib/domain';
import { splitProfile, undoDecision } from '../../../lib/identity';
import { MOST_HOLDERS } from '../../../lib/match';
import { contact, person, temporaryStores, type PersonFields, type Walk } from './given';

jest.setTimeout(120_000);
const newStore = temporaryStores();
const LETTERS = 'bdfgklmnprstvzao';
/** A word of its own for each number, unlike that of any other. */
const word = (n: number) => [...hash('sha256', `word ${n}`).slice(0, 9)].map((digit) => LETTERS[Number.parseInt(digit, 16)]).join('');
const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
/** Somebody who has nothing in common with the others but what `more` says. */
const stranger = (index: number, more: PersonFields = {}) =>
	person(`crm:${index}`, { given: word(index * 7 + 1), family: word(index * 13 + 5), customerNo: `own-${index}`, ...more });
/** A record that Normalize would refuse, as an older program may have stored it. */
const bare = (sourceId: string, values: Readonly<Record<string, string>>): SourceRecord => ({
	...{ system: 'crm', object: 'contact', sourceId, version: '1', updatedAt: '2026-01-01T00:00:00.000Z', kind: 'person' },
	...{ attributes: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [{ value, valid: true }]])), identifiers: [], consent: [], links: [] },
});

async function load(walk: Walk, records: readonly SourceRecord[], size = 400): Promise<void> {
	for (let at = 0; at < records.length; at += size) await walk.match(...records.slice(at, at + size));
}

/** How many records share a profile with the one that has most of them. */
async function largest(walk: Walk): Promise<number> {
	return Math.max(...(await walk.clusters()).map((names) => names.split(' ').length));
}

async function edges(walk: Walk): Promise<number> {
	return walk.store.read(async (tx) => {
		let count = 0;
		for (let page = await tx.evidence.scan(null, 1000); page.length > 0; page = await tx.evidence.scan(page.at(-1) ?? null, 1000)) count += page.length;
		return count;
	});
}

test('records with nothing but a name are nobody in particular', async () => {
	const walk = await newStore();
	await load(walk, times(900, (index) => bare(`${index}`, { given_name: word(index % 30), family_name: word(index % 45) })));
	expect(await largest(walk)).toBe(1);
	expect(await walk.problems()).toEqual([]);
});

test('records without any value are not one another', async () => {
	const walk = await newStore();
	await load(walk, times(900, (index) => bare(`${index}`, {})));
	expect(await largest(walk)).toBe(1);
	expect(await edges(walk)).toBe(0);
});

/** More than any key may have. */
const MANY = MOST_HOLDERS + 100;
const shared: { title: string; more: PersonFields }[] = [
	{ title: 'email', more: { email: 'office@acorn-mail.com' } },
	{ title: 'telephone', more: { phone: '+1 212 642 8891' } },
	{ title: 'house', more: { street: '12 Mill Road', zip: '78704' } },
	{ title: 'company', more: { company: 'Acorn GmbH', domain: 'acorn.com' } },
	{ title: 'birth date 1900-01-01', more: { born: '1900-01-01' } },
	{ title: 'birth date 1970-01-01', more: { born: '1970-01-01' } },
	{ title: 'everything that is filled in for want of better', more: { company: 'Acorn GmbH', street: '12 Mill Road', zip: '78704', born: '1970-01-01', phone: '+1 212 642 8891' } },
];
test.each(shared)('one $title of everybody joins nobody, and costs no pairs', async ({ more }) => {
	const walk = await newStore();
	await load(walk, times(MANY, (index) => stranger(index, more)));
	expect(await largest(walk)).toBe(1);
	expect(await edges(walk)).toBeLessThan(MANY);
	expect(await walk.problems()).toEqual([]);
});

test('one telephone of very many records without a name joins nobody, whatever else they have', async () => {
	const walk = await newStore();
	await load(walk, times(MANY, (index) => person(`crm:${index}`, { phone: '+1 212 642 8891', customerNo: `own-${index}` })));
	expect(await largest(walk)).toBe(1);
	expect(await edges(walk)).toBe(0);
	expect(await walk.problems()).toEqual([]);
});

test('a number that looks like an ID and starts again in each shop joins none of its holders', async () => {
	const walk = await newStore();
	await load(walk, times(600, (index) => stranger(index, { customerNo: `${1000 + (index % 40)}` })));
	expect(await largest(walk)).toBe(1);
	expect(await walk.problems()).toEqual([]);
});

test('two systems that number different people alike have two people for each number', async () => {
	const walk = await newStore();
	const records = ['crm', 'billing'].flatMap((system, place) =>
		times(300, (index) => person(`${system}:${index}`, { given: word(index * 7 + place * 5000), family: word(index * 13 + place * 9000), email: `${word(index + place * 3000)}@acorn-mail.com` })),
	);
	await load(walk, records);
	expect(await largest(walk)).toBe(1);
});

/** From one name to another by a letter at a time. */
const steps = (from: string, to: string) => times(from.length + 1, (index) => to.slice(0, index) + from.slice(index));
test.each([
	{ title: 'mailbox', link: (index: number) => ({ kind: 'email', value: `m${index}@acorn-mail.com` }) },
	{ title: 'telephone', link: (index: number) => ({ kind: 'phone', value: `+1212642${8800 + index}` }) },
])('a chain of names that differ by a letter, each with a $title of the next, does not join its ends', async ({ link }) => {
	const walk = await newStore();
	const names = [...steps('margaret', 'benjamin'), ...steps('benjamin', 'florence').slice(1)];
	const chain = names.map((given, index) => {
		const record = person(`crm:${index}`, { given, family: 'Hill', street: '12 Mill Road', zip: '78704' });
		return { ...record, identifiers: [...record.identifiers, link(index), link(index + 1)] };
	});
	await walk.match(...chain);
	const together = (await walk.clusters()).map((cluster) => cluster.split(' '));
	const ends = [0, 8, 16].map((index) => `crm:${index}`);
	for (const cluster of together) expect(cluster.filter((name) => ends.includes(name)).length).toBeLessThan(2);
	expect(await walk.problems()).toEqual([]);
});

test('10,000 copies of one record are one, and each is compared once', async () => {
	const walk = await newStore();
	const first = person('crm:0', { given: 'Ann', family: 'Hill', email: 'ann@acorn-mail.com', phone: '+1 212 642 8891', street: '12 Mill Road', zip: '78704' });
	const copies = times(10_000, (index) => ({ ...first, sourceId: String(index) }));
	await load(walk, copies, 2500);
	expect(await walk.clusters()).toHaveLength(1);
	expect(await edges(walk)).toBe(copies.length - 1);
	// One of them turns out to be somebody else, and the one that all were compared with goes.
	await walk.decide('different', 'crm:77', 'crm:78');
	expect((await walk.clusters()).map((cluster) => cluster.split(' ').length).sort((x, y) => x - y)).toEqual([1, 1, 9998]);
	await walk.match({ ...first, updatedAt: '2026-02-01T00:00:00.000Z', version: '2', deleted: true });
	expect((await walk.clusters()).map((cluster) => cluster.split(' ').length).sort((x, y) => x - y)).toEqual([1, 1, 9997]);
});

test('one of very many copies is taken out by hand, and the others stay together', async () => {
	const walk = await newStore();
	const first = person('crm:0', { given: 'Ann', family: 'Hill', email: 'ann@acorn-mail.com' });
	await walk.match(...times(MANY, (index) => ({ ...first, sourceId: String(index) })), person('mail:1', { given: 'Ann', family: 'Hill', email: 'ann@acorn-mail.com', phone: '+1 212 642 8891' }));
	const id = await walk.idOf('crm:0');
	await walk.store.write((tx) => splitProfile(tx, id, [contact('crm:5')], walk.context()));
	const sizes = async () => (await walk.clusters()).map((cluster) => cluster.split(' ').length).sort((x, y) => x - y);
	expect(await sizes()).toEqual([1, MANY]);
	expect(await edges(walk)).toBeLessThan(MANY * 3);
	expect(await walk.problems()).toEqual([]);
	await walk.store.write((tx) => undoDecision(tx, { profile: id }, walk.context()));
	expect(await sizes()).toEqual([MANY + 1]);
	expect(await edges(walk)).toBe(MANY);
	expect(await walk.problems()).toEqual([]);
});

test('copies that say too little to be one are held together by a third that says enough, and part again when it goes', async () => {
	const walk = await newStore();
	const desk = { email: 'info@acorn-mail.com' };
	await walk.match(...times(4, (index) => person(`crm:${index}`, desk)), person('mail:1', { ...desk, given: 'Ann', family: 'Hill' }));
	const before = await walk.clusters();
	await walk.match(person('mail:1', { ...desk, given: 'Ann', family: 'Hill' }, { version: '2', updatedAt: '2026-02-01T00:00:00.000Z', deleted: true }));
	await walk.match(person('mail:1', { ...desk, given: 'Ann', family: 'Hill' }, { version: '3', updatedAt: '2026-03-01T00:00:00.000Z' }));
	expect(await walk.clusters()).toEqual(before);
	expect(await walk.problems()).toEqual([]);
});

test('names of records are told apart where only their case or blanks differ', async () => {
	const walk = await newStore();
	const record = person('crm:a', { given: 'Ann', family: 'Hill', email: 'ann@acorn-mail.com' });
	const puts = await walk.match(record, { ...record, sourceId: 'A' }, { ...record, sourceId: 'a ' });
	expect(new Set(puts.map(({ ref }) => refKey(ref))).size).toBe(3);
	expect(await walk.clusters()).toHaveLength(1);
});
