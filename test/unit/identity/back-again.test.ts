import { refKey } from '../../../lib/domain';
import { explainSubjects, findProfiles, mergeProfiles, splitProfile, undoDecision } from '../../../lib/identity';
import { openStore } from '../../../lib/store';
import { STORE_KINDS } from '../store-kinds';
import { feedFaults } from './feed-faults';
import { company, contact, person, type PersonFields, Walk } from './given';

const ANN = { given: 'Ann', family: 'Hill', email: 'ann.hill@larkmill.com' };
const BOB = { given: 'Bob', family: 'Moss', email: 'bob@mossmill.com' };

/** Each version of a record is a minute later than the one before. */
let minutes = 0;
const later = () => ({ version: String((minutes += 1)), updatedAt: new Date(Date.parse('2026-01-01T00:00:00.000Z') + minutes * 60_000).toISOString() });
beforeEach(() => (minutes = 0));

const comes = (place: string, fields: PersonFields) => person(place, fields, later());
const goes = (place: string) => person(place, {}, { ...later(), deleted: true });

/** Where IDs lead: to which ID, and to which records. */
async function leads({ store }: Walk, ...ids: string[]): Promise<string[]> {
	return store.read(async (tx) => {
		const found = await tx.profiles.byCanonicalId(ids);
		const lines = ids.map(async (id) => {
			const profile = found.get(id);
			if (!profile) return `${id} > nowhere`;
			const members = (await tx.records.headsOfProfiles([profile.no])).map(({ system, sourceId }) => `${system}:${sourceId}`).sort();
			return `${id} > ${profile.canonicalId} ${members.join(' ') || 'nobody'}`;
		});
		return Promise.all(lines);
	});
}

async function sound(walk: Walk): Promise<void> {
	expect(await walk.problems()).toEqual([]);
	expect(feedFaults(await walk.events())).toEqual([]);
}

describe.each(STORE_KINDS)('a customer who comes back ($name)', ({ temporary }) => {
	const newTarget = temporary();
	const newWalk = async () => new Walk(await openStore(await newTarget()));

	test('has the ID from before, by which the profile, the explanation and the change feed go on', async () => {
		const walk = await newWalk();
		await walk.arrive(comes('crm:1', ANN), comes('mail:1', ANN));
		const id = await walk.idOf('crm:1');
		await walk.arrive(goes('crm:1'), goes('mail:1'));
		expect(await leads(walk, id)).toEqual([`${id} > ${id} nobody`]);
		const [back] = await walk.arrive(comes('crm:1', ANN));
		expect(back).toMatchObject({ outcome: 'new', canonicalId: id });
		expect(await leads(walk, id)).toEqual([`${id} > ${id} crm:1`]);
		await walk.arrive(comes('mail:1', ANN));
		expect(await leads(walk, id)).toEqual([`${id} > ${id} crm:1 mail:1`]);
		const [profile] = await walk.store.read((tx) => findProfiles(tx, { by: 'identifier', kind: 'email', value: ANN.email }, 'US'));
		expect(profile).toMatchObject({ canonicalId: id, aliases: [], attributes: { family_name: { value: 'Hill' } } });
		expect(profile?.records.map(refKey)).toEqual(['crm:contact:1', 'mail:contact:1']);
		const model = await walk.store.read((tx) => tx.models.current());
		expect((await walk.store.read((tx) => explainSubjects(tx, id, 'mail:contact:1', model!))).chosen).toContain(`Of the records of ${id}`);
		expect((await walk.events('profile.created', 'profile.changed', 'profile.merged', 'profile.split')).map(({ type, canonicalId }) => [type, canonicalId])).toEqual([
			['profile.created', id],
			['profile.changed', id],
			['profile.changed', id],
			['profile.changed', id],
		]);
		await sound(walk);
	});

	test('also when it left before it was ever built: to the change feed it is new then', async () => {
		const walk = await newWalk();
		await walk.match(comes('crm:1', ANN));
		const id = await walk.idOf('crm:1');
		await walk.match(goes('crm:1'));
		await walk.build();
		expect(await walk.events()).toEqual([]);
		await sound(walk);
		await walk.arrive(comes('crm:1', ANN));
		expect(await walk.idOf('crm:1')).toBe(id);
		expect((await walk.events('profile.created', 'profile.changed')).map(({ type, canonicalId }) => [type, canonicalId])).toEqual([['profile.created', id]]);
		await sound(walk);
	});

	test('one of two records that was away comes back to the other, or gets an ID of its own where it no longer says the same', async () => {
		const walk = await newWalk();
		await walk.arrive(comes('crm:1', ANN), comes('mail:1', ANN));
		const id = await walk.idOf('crm:1');
		await walk.arrive(goes('crm:1'));
		await walk.arrive(comes('crm:1', ANN));
		expect(await leads(walk, id)).toEqual([`${id} > ${id} crm:1 mail:1`]);
		await walk.arrive(goes('crm:1'));
		await walk.arrive(comes('crm:1', BOB));
		expect(await leads(walk, id)).toEqual([`${id} > ${id} mail:1`]);
		expect(await walk.idOf('crm:1')).not.toBe(id);
		await sound(walk);
	});

	test('as several brings the ID to the part with most of the records, of equal ones to that with the oldest', async () => {
		const walk = await newWalk();
		await walk.arrive(comes('crm:1', ANN));
		await walk.arrive(comes('mail:1', ANN), comes('support:1', ANN));
		const id = await walk.idOf('crm:1');
		await walk.arrive(goes('crm:1'), goes('mail:1'), goes('support:1'));
		await walk.arrive(comes('crm:1', ANN), comes('mail:1', BOB), comes('support:1', BOB));
		expect(await leads(walk, id)).toEqual([`${id} > ${id} mail:1 support:1`]);
		const other = await walk.idOf('crm:1');
		expect(other).not.toBe(id);
		await walk.arrive(goes('mail:1'), goes('support:1'));
		await walk.arrive(comes('support:1', { ...BOB, email: 'bob@heathmill.com' }), comes('mail:1', BOB));
		expect(await leads(walk, id, other)).toEqual([`${id} > ${id} mail:1`, `${other} > ${other} crm:1`]);
		await sound(walk);
	});

	test('in parts one after the other: the first one has the ID, and it stays there whoever comes next', async () => {
		const walk = await newWalk();
		await walk.arrive(comes('crm:1', ANN), comes('mail:1', ANN), comes('support:1', ANN));
		const id = await walk.idOf('crm:1');
		await walk.arrive(goes('crm:1'), goes('mail:1'));
		await walk.arrive(goes('support:1'));
		await walk.arrive(comes('mail:1', ANN));
		await walk.arrive(comes('crm:1', BOB), comes('support:1', BOB));
		expect(await leads(walk, id)).toEqual([`${id} > ${id} mail:1`]);
		const other = await walk.idOf('crm:1');
		expect(await walk.idOf('support:1')).toBe(other);
		await walk.arrive(comes('crm:1', ANN), comes('support:1', ANN));
		expect(await leads(walk, id, other)).toEqual([`${id} > ${id} crm:1 mail:1 support:1`, `${other} > ${id} crm:1 mail:1 support:1`]);
		await sound(walk);
	});

	test('and is somebody who has a profile by now joins it: the older ID stays, the other one leads there', async () => {
		const walk = await newWalk();
		await walk.arrive(comes('crm:1', ANN));
		const old = await walk.idOf('crm:1');
		await walk.arrive(goes('crm:1'));
		await walk.arrive(comes('mail:1', ANN));
		const young = await walk.idOf('mail:1');
		expect(await leads(walk, old, young)).toEqual([`${old} > ${old} nobody`, `${young} > ${young} mail:1`]);
		await walk.arrive(comes('crm:1', ANN));
		expect(await leads(walk, old, young)).toEqual([`${old} > ${old} crm:1 mail:1`, `${young} > ${old} crm:1 mail:1`]);
		expect((await walk.events('profile.merged')).map(({ canonicalId, data }) => [canonicalId, data])).toEqual([[old, { retired: [young] }]]);
		await walk.arrive(comes('support:2', BOB));
		const bob = await walk.idOf('support:2');
		await walk.arrive(comes('crm:3', { ...BOB, email: 'bob@heathmill.com' }));
		const third = await walk.idOf('crm:3');
		await walk.arrive(goes('crm:3'));
		await walk.arrive(comes('crm:3', BOB));
		expect(await leads(walk, bob, third)).toEqual([`${bob} > ${bob} crm:3 support:2`, `${third} > ${bob} crm:3 support:2`]);
		await sound(walk);
	});

	test('under an ID that was retired meanwhile comes back to where that leads', async () => {
		const walk = await newWalk();
		await walk.arrive(comes('crm:1', ANN), comes('mail:1', ANN), comes('crm:2', BOB));
		const [ann, bob] = [await walk.idOf('crm:1'), await walk.idOf('crm:2')];
		await walk.arrive(goes('crm:2'));
		await walk.arrive(comes('support:2', BOB));
		await expect(walk.store.write((tx) => mergeProfiles(tx, ann, bob, walk.context()))).rejects.toThrow(/has no records any more; there is nothing to merge or split/);
		await walk.arrive(goes('mail:1'));
		await walk.decide('same', 'crm:1', 'support:2');
		const merged = await walk.idOf('crm:1');
		await walk.arrive(goes('crm:1'), goes('support:2'));
		await walk.arrive(comes('mail:1', ANN));
		expect(await walk.idOf('mail:1')).toBe(merged);
		await walk.arrive(comes('crm:2', BOB), comes('support:2', BOB));
		expect(await walk.idOf('crm:2')).toBe(bob);
		await sound(walk);
	});

	test('is known by its records, not by what they say: another record with its email is a new customer', async () => {
		const walk = await newWalk();
		await walk.arrive(comes('crm:1', ANN));
		const id = await walk.idOf('crm:1');
		await walk.arrive(goes('crm:1'));
		await walk.arrive(comes('crm:2', ANN));
		expect(await walk.idOf('crm:2')).not.toBe(id);
		expect(await leads(walk, id)).toEqual([`${id} > ${id} nobody`]);
		await sound(walk);
	});

	test('keeps apart, or together, what a person decided, also when that is taken back while it is away', async () => {
		const walk = await newWalk();
		await walk.arrive(comes('crm:1', ANN), comes('mail:1', ANN));
		const id = await walk.idOf('crm:1');
		await walk.store.write((tx) => splitProfile(tx, id, [contact('mail:1')], walk.context()));
		const [first, second] = [await walk.idOf('crm:1'), await walk.idOf('mail:1')];
		await walk.arrive(goes('crm:1'), goes('mail:1'));
		await walk.arrive(comes('mail:1', ANN), comes('crm:1', ANN));
		expect([await walk.idOf('crm:1'), await walk.idOf('mail:1')]).toEqual([first, second]);
		await walk.arrive(goes('crm:1'), goes('mail:1'));
		await walk.store.write((tx) => undoDecision(tx, { records: [contact('crm:1'), contact('mail:1')] }, walk.context()));
		await walk.arrive(comes('mail:1', ANN));
		await walk.arrive(comes('crm:1', ANN));
		expect(await leads(walk, first, second)).toEqual([`${id} > ${id} crm:1 mail:1`, `${second} > ${id} crm:1 mail:1`]);
		await sound(walk);
	});

	test('is found again when a corrected mapping makes a company of a person, and a person of it again', async () => {
		const walk = await newWalk();
		const asCompany = () => ({ ...company('crm:1', { name: 'Lark Mill', domain: 'larkmill.com' }, later()), object: 'contact' });
		await walk.arrive(comes('crm:1', ANN));
		const personal = await walk.idOf('crm:1');
		await walk.arrive(asCompany());
		const corporate = await walk.idOf('crm:1');
		await walk.arrive(comes('crm:1', ANN));
		expect(await walk.idOf('crm:1')).toBe(personal);
		await walk.arrive(asCompany());
		expect(await walk.idOf('crm:1')).toBe(corporate);
		await walk.arrive(goes('crm:1'));
		await walk.arrive(asCompany());
		expect(await walk.idOf('crm:1')).toBe(corporate);
		await sound(walk);
	});

	test('agrees to what its records say now, and not to what they said before', async () => {
		const walk = await newWalk();
		const says = (status: 'granted' | 'denied') => person('mail:1', ANN, { ...later(), consent: [{ purpose: 'email_marketing', status }] });
		await walk.arrive(says('granted'));
		const id = await walk.idOf('mail:1');
		await walk.arrive(goes('mail:1'));
		await walk.arrive(says('denied'));
		expect((await walk.profiles()).map(({ canonicalId, consent }) => [canonicalId, consent.email_marketing?.status])).toEqual([[id, 'denied']]);
		await sound(walk);
	});

	test('and is a company has its people again, under the ID that they named before', async () => {
		const walk = await newWalk();
		const firm = () => company('crm:f', { name: 'Lark Mill', domain: 'larkmill.com' }, later());
		await walk.arrive(firm(), comes('crm:1', { ...ANN, employer: 'f' }));
		const id = await walk.idOf('crm:f', 'company');
		const employers = async () => (await walk.profiles()).flatMap(({ entity, companies }) => (entity === 'person' ? [companies] : []));
		expect(await employers()).toEqual([[id]]);
		await walk.arrive({ ...firm(), deleted: true });
		expect(await employers()).toEqual([[]]);
		await walk.arrive(firm());
		expect(await employers()).toEqual([[id]]);
		await sound(walk);
	});

	test('within one batch, before or after others, is the same customer', async () => {
		const walk = await newWalk();
		await walk.arrive(comes('crm:1', ANN), comes('crm:2', BOB));
		const [ann, bob] = [await walk.idOf('crm:1'), await walk.idOf('crm:2')];
		await walk.arrive(goes('crm:1'), comes('crm:1', ANN), goes('crm:2'));
		await walk.arrive(comes('crm:3', { ...BOB, email: 'bob@heathmill.com' }), comes('crm:2', BOB), goes('crm:1'));
		expect(await leads(walk, ann, bob)).toEqual([`${ann} > ${ann} nobody`, `${bob} > ${bob} crm:2`]);
		await sound(walk);
	});
});
