import fc from 'fast-check';
import { refKey, type SourceRecord } from '../../../lib/domain';
import { decide, findProfiles, searchProfiles } from '../../../lib/identity';
import { company, contact, NOW, person, temporaryStores, type Walk } from './given';

const newStore = temporaryStores();
const later = { updatedAt: '2026-02-01T00:00:00.000Z' };
const latest = { updatedAt: '2026-03-01T00:00:00.000Z' };
const ann = { given: 'Ann', family: 'Hill', email: 'ann.hill@gmail.com' };
const acorn = company('crm:acorn', { name: 'Acornworks GmbH', domain: 'acornworks.com' });
const birch = company('crm:birch', { name: 'Birch Ltd', domain: 'birch.co.uk' });

/** What `Profile > Get` shows of a record's profile. */
async function get(walk: Walk, place: string, object = 'contact') {
	const [profile] = await walk.store.read((tx) => findProfiles(tx, { by: 'record', ref: contact(place, object) }, 'US'));
	if (!profile) throw new Error(`${place} has no profile`);
	return profile;
}
const companiesOf = async (walk: Walk, place: string) => (await get(walk, place)).companies;
const peopleOf = async (walk: Walk, place: string) => (await get(walk, place, 'company')).people?.map(({ name }) => name);
/** Without Merge. */
const decideCompanies = (walk: Walk, verdict: 'same' | 'different', a: string, b: string, at: number) =>
	walk.store.write((tx) => decide(tx, verdict, [[contact(`crm:${a}`, 'company'), contact(`crm:${b}`, 'company')]], walk.context(at)));
const idOf = (walk: Walk, ...names: string[]) => Promise.all(names.map((name) => walk.idOf(`crm:${name}`, 'company'))).then((ids) => ids.sort());

/** Ann has a record in two systems, each at another company. */
async function given(): Promise<Walk> {
	const walk = await newStore();
	await walk.arrive(acorn, birch, person('crm:ann', { ...ann, employer: 'acorn' }), person('mail:ann', { ...ann, employer: 'birch' }), person('crm:bob', { given: 'Bob', family: 'Wood', email: 'bob@birch.co.uk', employer: 'birch' }));
	return walk;
}

describe('somebody whose records belong to two companies', () => {
	test('belongs to both, and both list their people', async () => {
		const walk = await given();
		expect(await walk.clusters()).toEqual(['crm:ann mail:ann', 'crm:bob', 'crm:company:acorn', 'crm:company:birch']);
		expect(await companiesOf(walk, 'mail:ann')).toEqual(await idOf(walk, 'acorn', 'birch'));
		expect(await get(walk, 'crm:acorn', 'company')).toMatchObject({ people: [{ canonicalId: await walk.idOf('crm:ann'), name: 'Ann Hill' }], peopleTotal: 1, companies: [], household: [] });
		expect(await get(walk, 'crm:birch', 'company')).toMatchObject({ people: [{ name: 'Ann Hill' }, { name: 'Bob Wood' }], peopleTotal: 2 });
		expect((await get(walk, 'crm:ann')).people).toBeUndefined();
		const found = await walk.store.read((tx) => searchProfiles(tx, 'birch', 'company', 5));
		expect(found).toMatchObject([{ canonicalId: await walk.idOf('crm:birch', 'company'), peopleTotal: 2 }]);
	});

	test('belongs to one when the companies turn out to be one, and to two again when that is taken back', async () => {
		const walk = await given();
		const birchId = await walk.idOf('crm:birch', 'company');
		const merge = (verdict: 'same' | 'different', at: number) => decideCompanies(walk, verdict, 'acorn', 'birch', at);
		await merge('same', NOW + 1);
		// Before Merge has run, too, the company's people are found under its retired ID.
		expect(await peopleOf(walk, 'crm:acorn')).toEqual(['Ann Hill', 'Bob Wood']);
		await walk.build();
		expect(await companiesOf(walk, 'crm:ann')).toEqual([await walk.idOf('crm:acorn', 'company')]);
		expect(await peopleOf(walk, 'crm:acorn')).toEqual(['Ann Hill', 'Bob Wood']);
		expect(await walk.problems()).toEqual([]);
		await merge('different', NOW + 2);
		await walk.build();
		expect(await companiesOf(walk, 'crm:ann')).toEqual(await idOf(walk, 'acorn', 'birch'));
		expect([await peopleOf(walk, 'crm:acorn'), await peopleOf(walk, 'crm:birch')]).toEqual([['Ann Hill'], ['Ann Hill', 'Bob Wood']]);
		expect(await walk.idOf('crm:birch', 'company')).not.toBe(birchId);
		expect(await walk.problems()).toEqual([]);
	});

	test('is two people at a company each when the records are split', async () => {
		const walk = await given();
		await walk.decide('different', 'crm:ann', 'mail:ann');
		expect([await companiesOf(walk, 'crm:ann'), await companiesOf(walk, 'mail:ann')]).toEqual([await idOf(walk, 'acorn'), await idOf(walk, 'birch')]);
		expect([await peopleOf(walk, 'crm:acorn'), await peopleOf(walk, 'crm:birch')]).toEqual([['Ann Hill'], ['Bob Wood', 'Ann Hill']]);
		expect(await walk.problems()).toEqual([]);
	});

	test('leaves one by a change of the record, and the other with the record', async () => {
		const walk = await given();
		await walk.arrive(person('mail:ann', { ...ann, employer: 'acorn' }, later));
		expect(await companiesOf(walk, 'crm:ann')).toEqual(await idOf(walk, 'acorn'));
		expect(await peopleOf(walk, 'crm:birch')).toEqual(['Bob Wood']);
		await walk.arrive(person('mail:ann', {}, { deleted: true, ...latest }), person('crm:ann', { ...ann }, latest));
		expect(await companiesOf(walk, 'crm:ann')).toEqual([]);
		expect(await peopleOf(walk, 'crm:acorn')).toEqual([]);
		expect(await walk.problems()).toEqual([]);
	});

	test('takes a record with its company from another person when it moves there', async () => {
		const walk = await given();
		await walk.arrive(person('support:x', { given: 'Bob', family: 'Wood', email: 'bob@birch.co.uk', employer: 'acorn' }));
		expect(await companiesOf(walk, 'crm:bob')).toEqual(await idOf(walk, 'acorn', 'birch'));
		await walk.arrive(person('support:x', { ...ann, employer: 'acorn' }, later));
		expect(await walk.clusters()).toContain('crm:ann mail:ann support:x');
		expect(await companiesOf(walk, 'crm:bob')).toEqual(await idOf(walk, 'birch'));
		expect(await companiesOf(walk, 'crm:ann')).toEqual(await idOf(walk, 'acorn', 'birch'));
		expect(await walk.problems()).toEqual([]);
	});

	test('belongs to a company whose record comes after the person', async () => {
		const walk = await newStore();
		await walk.arrive(person('crm:ann', { ...ann, employer: 'acorn' }));
		expect(await companiesOf(walk, 'crm:ann')).toEqual([]);
		await walk.arrive(acorn);
		expect(await companiesOf(walk, 'crm:ann')).toEqual(await idOf(walk, 'acorn'));
		await walk.arrive(company('crm:acorn', {}, { deleted: true, ...later }));
		expect(await companiesOf(walk, 'crm:ann')).toEqual([]);
	});

	test('belongs to nobody who is a person, whatever becomes of that one', async () => {
		const walk = await given();
		const rex = { given: 'Rex', family: 'Marsh', email: 'rex@gmail.com' };
		// The mapping of the company's record is corrected: it is of somebody who trades under his own name.
		const trader = { ...person('crm:acorn', rex, later), object: 'company' };
		await walk.arrive(trader);
		expect(await companiesOf(walk, 'crm:ann')).toEqual(await idOf(walk, 'birch'));
		expect(await walk.problems()).toEqual([]);
		await walk.store.write((tx) => decide(tx, 'same', [[trader, contact('crm:bob')]], walk.context()));
		await walk.build();
		expect(await companiesOf(walk, 'crm:ann')).toEqual(await idOf(walk, 'birch'));
		expect(await walk.problems()).toEqual([]);
		await walk.arrive({ ...acorn, ...latest });
		expect(await companiesOf(walk, 'crm:ann')).toEqual(await idOf(walk, 'acorn', 'birch'));
		expect(await walk.problems()).toEqual([]);
	});
});

test('of a large company a hundred people are shown and all are counted', async () => {
	const walk = await newStore();
	await walk.arrive(acorn, ...Array.from({ length: 120 }, (_, index) => person(`crm:${index}`, { email: `p${index}@gmail.com`, employer: 'acorn' })));
	const shown = await get(walk, 'crm:acorn', 'company');
	expect(shown.peopleTotal).toBe(120);
	expect(shown.people).toHaveLength(100);
});

test('who belongs where does not depend on the order in which records arrive, and agrees with the links of the records', async () => {
	const people = fc.array(fc.record({ who: fc.nat(3), system: fc.constantFrom('crm', 'billing', 'mail'), employer: fc.option(fc.nat(4).map(String), { nil: undefined }), time: fc.nat(2), deleted: fc.integer({ min: 0, max: 6 }).map((dice) => dice === 0) }), { minLength: 3, maxLength: 12 });
	const firms = fc.array(fc.record({ slot: fc.nat(4), firm: fc.nat(1), time: fc.nat(2) }), { minLength: 1, maxLength: 6 });
	const joined = fc.array(fc.record({ a: fc.nat(4), b: fc.nat(4), verdict: fc.constantFrom('same' as const, 'different' as const) }), { maxLength: 2 });
	const when = (time: number) => new Date(NOW - 86_400_000 * (10 - time)).toISOString();
	await fc.assert(
		fc.asyncProperty(people, firms, joined, fc.infiniteStream(fc.nat()), async (persons, companies, decisions, dice) => {
			const records: SourceRecord[] = [
				...persons.map(({ who, system, employer, time, deleted }, index) =>
					person(`${system}:${who}`, { given: ['Ann', 'Bob', 'Kate', 'Lee'][who], family: ['Hill', 'Wood', 'Stone', 'Brook'][who], email: `person${who}@gmail.com`, employer }, { updatedAt: when(time), version: `${index}`, ...(deleted && { deleted }) })),
				...companies.map(({ slot, firm, time }, index) => company(`crm:${slot}`, { name: ['Acornworks GmbH', 'Birchwood Ltd'][firm], domain: ['acornworks.com', 'birchwood.com'][firm] }, { updatedAt: when(time), version: `${index}` })),
			];
			const shuffled = records.map((record) => ({ record, at: dice.next().value as number })).sort((x, y) => x.at - y.at).map(({ record }) => record);
			const [one, other] = [await newStore(), await newStore()];
			await one.arrive(...records);
			for (const record of shuffled) await other.arrive(record);
			const stored = new Set(records.map(refKey));
			for (const [index, { a, b, verdict }] of decisions.entries()) {
				if (a === b || ![a, b].every((slot) => stored.has(`crm:company:${slot}`))) continue;
				for (const walk of [one, other]) {
					await decideCompanies(walk, verdict, `${a}`, `${b}`, NOW + index);
					await walk.build();
				}
			}
			expect(await memberships(other)).toEqual(await memberships(one));
			for (const walk of [one, other]) {
				expect(await memberships(walk)).toEqual(await membershipsByForce(walk));
				expect(await walk.problems()).toEqual([]);
			}
		}),
		{ numRuns: 15 },
	);
});

/** Records of each company profile with the records of its people, as the two kinds of profile tell it; fails when they tell different things. */
async function memberships(walk: Walk): Promise<string[]> {
	const profiles = await walk.profiles();
	const nameOf = new Map(profiles.map(({ canonicalId, records }) => [canonicalId, records.map(refKey).join(' ')]));
	const told = profiles.flatMap(({ canonicalId, companies }) => companies.map((id) => `${nameOf.get(id)} has ${nameOf.get(canonicalId)}`)).sort();
	const firms = profiles.filter(({ entity }) => entity === 'company').flatMap(({ records }) => records[0] ?? []);
	const listed = await Promise.all(
		firms.map(async (ref) => {
			const [firm] = await walk.store.read((tx) => findProfiles(tx, { by: 'record', ref }, 'US'));
			return (firm?.people ?? []).map((one) => `${nameOf.get(firm?.canonicalId ?? '')} has ${nameOf.get(one.canonicalId)}`);
		}),
	);
	expect(listed.flat().sort()).toEqual(told);
	return told;
}

/** The same from nothing but the records and which profile each is in. */
async function membershipsByForce(walk: Walk): Promise<string[]> {
	const records = await walk.store.read(async (tx) => tx.records.scan(0, 1000));
	const cluster = (profileNo: number) => records.filter((one) => one.profileNo === profileNo).map(refKey).sort().join(' ');
	const pairs = records.flatMap(({ profileNo, links }) =>
		links.flatMap((link) => {
			const firm = records.find((one) => refKey(one) === refKey(link))?.profileNo ?? null;
			return profileNo === null || firm === null ? [] : [`${cluster(firm)} has ${cluster(profileNo)}`];
		}),
	);
	return [...new Set(pairs)].sort();
}
