import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import type { SourceRecord } from '../../../lib/domain';
import { findProfiles, saveModel } from '../../../lib/identity';
import { company, contact, NOW, person, strictModel, temporaryStores, type PersonFields, type Walk } from './given';

const newStore = temporaryStores();
const HOME = { street: '12 Mill Road', zip: '78704' };
const OFFICE = { street: '400 Congress Avenue, Suite 5', zip: '78701' };
const PHONE = '+1 212 642 8891';
const later = { updatedAt: '2026-02-01T00:00:00.000Z' };
const latest = { updatedAt: '2026-03-01T00:00:00.000Z' };
/** Everybody has a mailbox of their own at a mail provider, unless said otherwise. */
const lives = (place: string, fields: PersonFields, envelope = {}) => person(place, { email: `${place.replace(':', '.')}@gmail.com`, ...fields }, envelope);
const ann = (fields: PersonFields = HOME) => lives('crm:ann', { given: 'Ann', family: 'Hill', ...fields });
const bob = (fields: PersonFields = HOME) => lives('crm:bob', { given: 'Bob', family: 'Hill', ...fields });
const kate = (fields: PersonFields = HOME) => lives('crm:kate', { given: 'Kate', family: 'Stone', ...fields });
const crowd = (count: number, fields: PersonFields) =>
	Array.from({ length: count }, (_, index) => lives(`crm:${index}`, { given: `${String.fromCharCode(65 + index)}na${String.fromCharCode(97 + index)}`, ...fields }));

/** Households as people who name each other, `crm:ann + crm:bob`, sorted. Fails when one names another that doesn't name it. */
async function households(walk: Walk): Promise<string[]> {
	const profiles = await walk.profiles();
	const nameOf = new Map(profiles.map(({ canonicalId, records }) => [canonicalId, records.map(({ system, sourceId }) => `${system}:${sourceId}`).join(' ')]));
	const groups = profiles
		.filter(({ household }) => household.length > 0)
		.map(({ canonicalId, household }) => [canonicalId, ...household.map((one) => one.canonicalId)].map((id) => nameOf.get(id) ?? 'a stranger').sort().join(' + '));
	for (const group of new Set(groups)) expect(groups.filter((one) => one === group)).toHaveLength(group.split(' + ').length);
	return [...new Set(groups)].sort();
}

test.each<{ title: string; records: SourceRecord[]; expected: string[] }>([
	{ title: 'a family at one address', records: [ann(), bob()], expected: ['crm:ann + crm:bob'] },
	{ title: 'a family whose address is spelled in two ways', records: [ann(), bob({ street: '12 mill rd.', zip: '78704-1234' })], expected: ['crm:ann + crm:bob'] },
	{ title: 'a family with a double name', records: [ann({ ...HOME, family: 'Hill-Wood' }), bob()], expected: ['crm:ann + crm:bob'] },
	{ title: 'a family whose name has a form for women', records: [ann({ ...HOME, family: 'Nováková' }), bob({ ...HOME, family: 'Novák' })], expected: ['crm:ann + crm:bob'] },
	{ title: 'a couple with two names and one telephone', records: [ann({ phone: PHONE }), kate({ phone: PHONE })], expected: ['crm:ann + crm:kate'] },
	{ title: 'a couple with one telephone at home and one of them without an address', records: [ann({ ...HOME, phone: PHONE }), kate({ phone: PHONE })], expected: ['crm:ann + crm:kate'] },
	{ title: 'a family and the one who shares a telephone with one of them', records: [ann(), bob({ ...HOME, phone: PHONE }), kate({ phone: PHONE })], expected: ['crm:ann + crm:bob + crm:kate'] },
	{ title: 'two families in one house, each for itself', records: [ann(), bob(), kate(), lives('crm:lee', { given: 'Lee', family: 'Stone', ...HOME })], expected: ['crm:ann + crm:bob', 'crm:kate + crm:lee'] },
	{ title: 'neighbours in one house', records: [ann(), kate()], expected: [] },
	{ title: 'one name in two flats', records: [ann({ ...HOME, street: '12 Mill Road, Apt 4' }), bob({ ...HOME, street: '12 Mill Road, Apt 5' })], expected: [] },
	{ title: 'one name and one street in two towns', records: [ann(), bob({ ...HOME, zip: '02139' })], expected: [] },
	{ title: 'one name in a street without a number', records: [ann({ ...HOME, street: 'Mill Road' }), bob({ ...HOME, street: 'Mill Road' })], expected: [] },
	{ title: 'one telephone in two towns', records: [ann({ ...HOME, phone: PHONE }), kate({ ...HOME, zip: '02139', phone: PHONE })], expected: [] },
	{ title: 'a telephone and somebody without a family name', records: [ann({ phone: PHONE }), kate({ family: undefined, given: 'Kate', phone: PHONE })], expected: [] },
	{ title: 'a family as large as a household can be', records: crowd(8, { ...HOME, family: 'Hill' }), expected: [Array.from({ length: 8 }, (_, index) => `crm:${index}`).join(' + ')] },
	{ title: 'a building where more of one name live', records: crowd(9, { ...HOME, family: 'Hill' }), expected: [] },
	{ title: 'two of one name in a building where many live', records: [ann(), bob(), ...crowd(7, HOME).map((one, index) => ({ ...one, attributes: { ...one.attributes, family_name: [{ value: `Family${index}`, valid: true }] } }))], expected: [] },
	{ title: 'a telephone that many answer', records: crowd(9, { phone: PHONE }).map((one, index) => ({ ...one, attributes: { ...one.attributes, family_name: [{ value: `Family${index}`, valid: true }] } })), expected: [] },
	{ title: 'two homes that a telephone makes too large for one', records: [...crowd(6, { ...HOME, family: 'Hill', phone: PHONE }), ...['x', 'y', 'z'].map((id) => lives(`crm:${id}`, { given: `${id}an`, family: 'Stone', street: '7 Oak Lane', zip: '78704' })), lives('crm:w', { given: 'Wim', family: 'Stone', street: '7 Oak Lane', zip: '78704', phone: PHONE })], expected: [] },
	{ title: 'an office with a company of that address', records: [ann(OFFICE), bob(OFFICE), company('crm:acorn', { name: 'Acorn GmbH', ...OFFICE })], expected: [] },
	{ title: 'an office whose address only another branch\'s record has', records: [ann(OFFICE), bob(OFFICE), company('crm:acorn', { name: 'Acorn GmbH', domain: 'acorn.com', ...HOME }), company('billing:acorn', { name: 'Acorn GmbH', domain: 'acorn.com', ...OFFICE })], expected: [] },
	{ title: 'a company\'s telephone', records: [ann({ phone: PHONE }), kate({ phone: PHONE }), company('crm:acorn', { name: 'Acorn GmbH', phone: PHONE })], expected: [] },
	{ title: 'the telephone of colleagues, by their company\'s name', records: [ann({ phone: PHONE, company: 'Acorn GmbH' }), kate({ phone: PHONE, company: 'ACORN' })], expected: [] },
	{ title: 'the telephone of colleagues, by their mailboxes', records: [ann({ phone: PHONE, email: 'ann@acorn.com' }), kate({ phone: PHONE, email: 'kate@acorn.com' })], expected: [] },
	{ title: 'the telephone of colleagues, by the company that both belong to', records: [ann({ phone: PHONE, employer: 'acorn' }), kate({ phone: PHONE, employer: 'acorn' }), company('crm:acorn', { name: 'Acorn GmbH' })], expected: [] },
	{ title: 'two of one name at an office that no company\'s record has', records: [ann({ ...OFFICE, company: 'Acorn' }), bob({ ...OFFICE, company: 'Acorn' }), kate({ ...OFFICE, company: 'Acorn' })], expected: [] },
	{ title: 'a couple who work together and live together', records: [ann({ ...HOME, company: 'Acorn' }), bob({ ...HOME, company: 'Acorn' })], expected: ['crm:ann + crm:bob'] },
])('$title: $expected', async ({ records, expected }) => {
	const walk = await newStore();
	await walk.arrive(...records);
	expect(await households(walk)).toEqual(expected);
	expect((await walk.clusters()).filter((one) => /crm:\w+ /.test(one))).toEqual([]);
	expect(await walk.problems()).toEqual([]);
});

test('a profile names the others of its home, and is as it was but for that', async () => {
	const walk = await newStore();
	await walk.arrive(ann());
	const alone = (await walk.profiles()).map(({ household, ...rest }) => ({ household, rest }));
	expect(alone).toMatchObject([{ household: [] }]);
	const before = (await walk.events()).length;
	await walk.arrive(bob(), kate({ phone: PHONE }));
	const found = await walk.store.read((tx) => findProfiles(tx, { by: 'record', ref: contact('crm:ann') }, 'US'));
	expect(found).toEqual([{ ...alone[0]?.rest, household: [{ canonicalId: await walk.idOf('crm:bob'), name: 'Bob Hill' }] }]);
	const events = (await walk.events()).slice(before);
	expect(events.map(({ type, canonicalId }) => [type, canonicalId])).toEqual([['profile.created', await walk.idOf('crm:bob')], ['profile.created', await walk.idOf('crm:kate')]]);
});

describe('a household follows its people', () => {
	test('when one moves out, and back', async () => {
		const walk = await newStore();
		await walk.arrive(ann(), bob());
		await walk.arrive(lives('crm:bob', { given: 'Bob', family: 'Hill', street: '7 Oak Lane', zip: '02139' }, later));
		expect(await households(walk)).toEqual([]);
		await walk.arrive(lives('crm:bob', { given: 'Bob', family: 'Hill', ...HOME }, latest));
		expect(await households(walk)).toEqual(['crm:ann + crm:bob']);
		expect(await walk.problems()).toEqual([]);
	});

	test('when one is deleted', async () => {
		const walk = await newStore();
		await walk.arrive(ann(), bob());
		await walk.match(person('crm:bob', {}, { deleted: true, ...later }));
		expect(await households(walk)).toEqual([]);
		await walk.build();
		expect(await households(walk)).toEqual([]);
		expect(await walk.problems()).toEqual([]);
	});

	test('when two of its profiles turn out to be one, and two again', async () => {
		const walk = await newStore();
		await walk.arrive(ann(), bob(), lives('mail:rob', { given: 'Rob', family: 'Hill', ...HOME }));
		await walk.decide('different', 'crm:bob', 'mail:rob', NOW + 1);
		expect(await households(walk)).toEqual(['crm:ann + crm:bob + mail:rob']);
		await walk.decide('same', 'crm:bob', 'mail:rob', NOW + 2);
		expect(await households(walk)).toEqual(['crm:ann + crm:bob mail:rob']);
		await walk.decide('different', 'crm:bob', 'mail:rob', NOW + 3);
		expect(await households(walk)).toEqual(['crm:ann + crm:bob + mail:rob']);
		expect(await walk.problems()).toEqual([]);
	});

	test('when a company moves into the house, and out', async () => {
		const walk = await newStore();
		await walk.arrive(ann(), bob());
		await walk.arrive(company('crm:acorn', { name: 'Acorn GmbH', ...HOME }));
		expect(await households(walk)).toEqual([]);
		await walk.arrive(company('crm:acorn', { name: 'Acorn GmbH', ...OFFICE }, later));
		expect(await households(walk)).toEqual(['crm:ann + crm:bob']);
	});

	test('when the model blocks the telephone that they share', async () => {
		const walk = await newStore();
		await walk.arrive(ann({ phone: PHONE }), kate({ phone: PHONE }));
		expect(await households(walk)).toEqual(['crm:ann + crm:kate']);
		await saveModel(walk.store, { ...strictModel(), blockedValues: [{ kind: 'phone', value: '+12126428891' }] }, 'kim', walk.now());
		await walk.build();
		expect(await households(walk)).toEqual([]);
		expect(await walk.problems()).toEqual([]);
	});
});

test('the households do not depend on the order in which people arrive', async () => {
	const member = fc.record({
		given: fc.constantFrom('Ann', 'Bob', 'Kate', 'Lee'),
		family: fc.option(fc.constantFrom('Hill', 'Stone', 'Hill-Wood'), { nil: undefined, freq: 6 }),
		phone: fc.option(fc.constantFrom(PHONE, '+1 212 642 8892'), { nil: undefined, freq: 1 }),
		home: fc.constantFrom({}, HOME, HOME, { street: '7 Oak Lane', zip: '78704' }),
		company: fc.option(fc.constantFrom('Acorn', 'Birch'), { nil: undefined, freq: 1 }),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(member, { minLength: 2, maxLength: 10 }), fc.boolean(), fc.infiniteStream(fc.nat()), async (people, office, dice) => {
			const records = people.map(({ home, ...fields }, index) => lives(`crm:${index}`, { ...fields, ...home }));
			if (office) records.push(company('crm:firm', { name: 'Birchworks', street: '7 Oak Lane', zip: '78704' }));
			const shuffled = records.map((record) => ({ record, at: dice.next().value as number })).sort((x, y) => x.at - y.at).map(({ record }) => record);
			const [one, other] = [await newStore(), await newStore()];
			await one.arrive(...records);
			for (const record of shuffled) await other.arrive(record);
			expect(await households(other)).toEqual(await households(one));
			expect(await other.problems()).toEqual([]);
		}),
		{ numRuns: 12 },
	);
});

describe('a check finds', () => {
	test.each([
		{ what: 'a profile that is not found by its home', sql: "DELETE FROM household_keys WHERE key LIKE 'address:%'", invariant: 'a profile is found by its home' },
		{ what: 'a home that leads to no profile', sql: "DELETE FROM recent_homes WHERE key LIKE 'address:%'", invariant: 'a profile is found by its home' },
		{ what: 'a profile that is found by a home that it has not', sql: "UPDATE household_keys SET key = 'address:7 oak ln|78704' WHERE key LIKE 'address:%'", invariant: 'a profile is found by its home' },
		{ what: 'a profile that is not found by its company', sql: 'DELETE FROM company_people', invariant: 'a profile is found by its companies' },
		{ what: 'traits that are not those of the records', sql: "UPDATE goldens SET home = replace(home, '\"hill\"', '\"stone\"')", invariant: 'household traits are those of the records' },
	])('$what', async ({ sql, invariant }) => {
		const walk = await newStore();
		await walk.arrive(ann({ ...HOME, employer: 'acorn' }), company('crm:acorn', { name: 'Acorn GmbH' }));
		const damaging = new DatabaseSync(walk.store.location);
		damaging.exec(sql);
		damaging.close();
		const problems = (await walk.problems()).map((problem) => [problem.invariant, problem.subject]);
		// Where something is missing, the sums of the whole store don't agree either.
		expect(problems.filter(([, subject]) => subject !== 'the homes of this store')).toEqual([[invariant, await walk.idOf('crm:ann')]]);
	});
});
