import { mergeProfiles, splitProfile, decide } from '../../../lib/identity';
import { activity, company, contact, NOW, person, temporaryStores, type PersonFields, type Walk } from './given';

const newStore = temporaryStores();
const ann: PersonFields = { given: 'Ann', family: 'Hill' };
const bob: PersonFields = { given: 'Bob', family: 'Wood' };
const mail = (name: string) => `${name}@acorn-mail.com`;

async function merge(walk: Walk, keep: string, other: string): Promise<void> {
	await walk.store.write(async (tx) => mergeProfiles(tx, keep, other, walk.context()));
	await walk.build();
}
async function split(walk: Walk, id: string, ...places: string[]): Promise<string[]> {
	const taken = await walk.store.write(async (tx) => splitProfile(tx, id, places.map((place) => contact(place)), walk.context()));
	await walk.build();
	return taken;
}

test('two profiles merged by hand are one, under the older ID, with reason and actor kept', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('a') }));
	await walk.arrive(person('billing:1', { ...bob, email: mail('b') }));
	const [older, younger] = [await walk.idOf('crm:1'), await walk.idOf('billing:1')];
	await merge(walk, younger, older);
	expect(await walk.clusters()).toEqual(['billing:1 crm:1']);
	expect(await walk.profiles()).toMatchObject([{ canonicalId: older, aliases: [younger] }]);
	const decisions = await walk.store.read(async (tx) => tx.decisions.all());
	expect(decisions).toMatchObject([{ verdict: 'same', actor: 'kim', reason: 'asked the customer' }]);
	expect(await walk.problems()).toEqual([]);
});

test.each([
	{ title: 'two names', left: ann, right: bob },
	{ title: 'two user IDs', left: { ...ann, userId: 'u1' }, right: { ...ann, userId: 'u2' } },
	{ title: 'two birth dates', left: { ...ann, born: '1950-01-01' }, right: { ...ann, born: '1988-07-09' } },
])('a merge by hand over $title brings all records of both profiles, and those of both that come later', async ({ left, right }) => {
	const walk = await newStore();
	// The first record of each side says nothing that contradicts.
	await walk.arrive(person('crm:0', { email: mail('a') }), person('crm:1', { ...left, email: mail('a') }), person('mail:1', { ...left, email: mail('a') }));
	await walk.arrive(person('crm:9', { email: mail('b') }), person('crm:2', { ...right, email: mail('b') }), person('mail:2', { ...right, email: mail('b') }));
	await merge(walk, await walk.idOf('crm:1'), await walk.idOf('crm:2'));
	expect(await walk.clusters()).toEqual(['crm:0 crm:1 crm:2 crm:9 mail:1 mail:2']);
	await walk.arrive(person('support:1', { ...left, email: mail('a') }), person('support:2', { ...right, email: mail('b') }));
	expect(await walk.clusters()).toEqual(['crm:0 crm:1 crm:2 crm:9 mail:1 mail:2 support:1 support:2']);
	expect(await walk.questions()).toEqual([]);
	expect(await walk.problems()).toEqual([]);
});

test('a merge by hand accepts the contradiction that it was about, and no other', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('crm:2', { ...bob, email: mail('b') }));
	await merge(walk, await walk.idOf('crm:1'), await walk.idOf('crm:2'));
	await walk.arrive(person('support:1', { given: 'Carl', family: 'Hill', email: mail('a') }));
	expect(await walk.clusters()).toEqual(['crm:1 crm:2', 'support:1']);
});

test('a decision "same" wins over a value that is too common and over nothing in common', async () => {
	const walk = await newStore();
	const shared = Array.from({ length: 7 }, (_, index) => person(`mail:${index}`, { given: 'Ann Bob Carl Dora Eve Fred Gus'.split(' ')[index], family: 'Hill', email: mail('home') }));
	await walk.arrive(...shared, person('crm:1', { ...ann, phone: '+1 212 642 8891' }));
	await walk.decide('same', 'mail:0', 'crm:1');
	expect(await walk.clusters()).toContain('crm:1 mail:0');
	expect(await walk.problems()).toEqual([]);
});

test('records taken out by hand never come back by themselves, and their clusters stay apart through any chain', async () => {
	const walk = await newStore();
	const both = (place: string, more: PersonFields = {}) => person(place, { ...ann, email: mail('a'), ...more });
	await walk.arrive(both('crm:1'), both('crm:2'), both('mail:1'), both('mail:2'));
	const id = await walk.idOf('crm:1');
	const [taken] = await split(walk, id, 'crm:2');
	expect(await walk.clusters()).toEqual(['crm:1 mail:1 mail:2', 'crm:2']);
	expect([await walk.idOf('crm:1'), await walk.idOf('crm:2')]).toEqual([id, taken]);
	await walk.arrive(both('support:1', { phone: '+1 212 642 8891' }), both('support:2', { phone: '+1 212 642 8891' }), person('billing:1', { ...ann, phone: '+1 212 642 8891' }));
	expect(await walk.idOf('crm:2')).toBe(taken);
	expect(await walk.clusters()).toContain('crm:2');
	// Nothing says to which of the two the newcomers belong, so a person is asked.
	expect(await walk.clusters()).toEqual(['billing:1 support:1 support:2', 'crm:1 mail:1 mail:2', 'crm:2']);
	expect(await walk.questions()).toEqual(['crm:1 ? support:1', 'crm:2 ? support:1']);
	await walk.decide('same', 'crm:2', 'support:1');
	expect(await walk.clusters()).toEqual(['billing:1 crm:2 support:1 support:2', 'crm:1 mail:1 mail:2']);
	expect(await walk.questions()).toEqual([]);
	expect(await walk.problems()).toEqual([]);
});

test('what was split by hand can be merged by hand again', async () => {
	const walk = await newStore();
	const places = ['crm:1', 'crm:2', 'mail:1', 'mail:2'];
	await walk.arrive(...places.map((place) => person(place, { ...ann, email: mail('a') })));
	const id = await walk.idOf('crm:1');
	const [taken = ''] = await split(walk, id, 'crm:2', 'mail:2');
	expect(await walk.clusters()).toEqual(['crm:1 mail:1', 'crm:2 mail:2']);
	await merge(walk, id, taken);
	expect(await walk.clusters()).toEqual(['crm:1 crm:2 mail:1 mail:2']);
	expect(await walk.idOf('mail:2')).toBe(id);
	const all = await walk.store.read(async (tx) => tx.decisions.all());
	expect(all.map(({ verdict }) => verdict)).toEqual(['different', 'different', 'different', 'different', 'same', 'same', 'same', 'same']);
	expect(await walk.problems()).toEqual([]);
});

test('"different" between two records keeps their clusters apart, and the answer closes the question', async () => {
	const walk = await newStore();
	const couple = (place: string, given: string) => person(place, { given, family: 'Hill', email: mail('home') });
	await walk.arrive(couple('crm:1', 'Ann'), couple('mail:1', 'Ann'), couple('crm:2', 'Bob'), couple('mail:2', 'Bob'));
	expect(await walk.questions()).toEqual(['crm:1 ? crm:2']);
	await walk.decide('different', 'crm:1', 'crm:2');
	expect(await walk.questions()).toEqual([]);
	await walk.arrive(couple('support:1', 'Ann'), couple('support:2', 'Bob'));
	expect(await walk.clusters()).toEqual(['crm:1 mail:1 support:1', 'crm:2 mail:2 support:2']);
	expect(await walk.questions()).toEqual([]);
	const closed = await walk.events('review.closed');
	expect(closed).toMatchObject([{ canonicalId: await walk.idOf('crm:1'), data: { with: await walk.idOf('crm:2') } }]);
	const tasks = await walk.store.read(async (tx) => tx.reviews.byId(Number(closed[0]?.data.questionId)));
	expect(tasks?.status).toBe('answered');
});

test('of two decisions about one pair the newer counts, and "different" where both are of one time', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('mail:1', { ...ann, email: mail('a') }));
	await walk.decide('different', 'crm:1', 'mail:1', NOW + 50);
	await walk.decide('same', 'crm:1', 'mail:1', NOW + 10);
	expect(await walk.clusters()).toEqual(['crm:1', 'mail:1']);
	await walk.decide('same', 'mail:1', 'crm:1', NOW + 50);
	expect(await walk.clusters()).toEqual(['crm:1', 'mail:1']);
	await walk.decide('same', 'mail:1', 'crm:1', NOW + 60);
	expect(await walk.clusters()).toEqual(['crm:1 mail:1']);
	await walk.decide('different', 'mail:1', 'crm:1', NOW + 60);
	expect(await walk.clusters()).toEqual(['crm:1', 'mail:1']);
	expect(await walk.problems()).toEqual([]);
});

test('a decision about a record that was deleted holds when the record comes back', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('mail:1', { ...bob, email: mail('b') }));
	await walk.decide('same', 'crm:1', 'mail:1');
	await walk.arrive(person('mail:1', {}, { deleted: true, updatedAt: '2026-02-01T00:00:00.000Z' }));
	expect(await walk.clusters()).toEqual(['crm:1']);
	await walk.arrive(person('mail:1', { ...bob, email: mail('c') }, { updatedAt: '2026-02-02T00:00:00.000Z' }));
	expect(await walk.clusters()).toEqual(['crm:1 mail:1']);
	expect(await walk.problems()).toEqual([]);
});

describe('what can\'t be decided is refused, says why, and changes nothing', () => {
	async function given(): Promise<Walk> {
		const walk = await newStore();
		await walk.arrive(
			person('crm:1', { ...ann, email: mail('a') }),
			person('mail:1', { ...ann, email: mail('a') }),
			person('crm:2', { ...bob, email: mail('b') }),
			company('crm:1', { name: 'Acorn GmbH' }),
			activity('billing:t', contact('crm:1'), { type: 'ticket', status: 'open', at: '2026-01-01T00:00:00.000Z' }),
		);
		return walk;
	}
	const refused = async (walk: Walk, work: () => Promise<unknown>, message: RegExp) => {
		const before = await walk.clusters();
		await expect(work()).rejects.toThrow(message);
		expect(await walk.clusters()).toEqual(before);
		expect(await walk.store.read(async (tx) => tx.decisions.all())).toEqual([]);
		expect(await walk.problems()).toEqual([]);
	};

	test('a profile that does not exist', async () => {
		const walk = await given();
		const id = await walk.idOf('crm:1');
		await refused(walk, () => merge(walk, id, 'per_NOBODY'), /There is no profile per_NOBODY.*c360_id/);
		await refused(walk, () => split(walk, 'per_NOBODY', 'crm:1'), /There is no profile per_NOBODY/);
	});

	test('two records that are one profile already', async () => {
		const walk = await given();
		const id = await walk.idOf('crm:1');
		await refused(walk, () => merge(walk, id, id), /are one profile already/);
	});

	test('a person and a company', async () => {
		const walk = await given();
		const [who, firm] = [await walk.idOf('crm:1'), await walk.idOf('crm:1', 'company')];
		await refused(walk, () => merge(walk, who, firm), /is a person and .* is a company; only two of a kind/);
		const pair = [contact('crm:1'), contact('crm:1', 'company')] as const;
		await refused(walk, () => walk.store.write((tx) => decide(tx, 'same', [pair], walk.context())), /crm:contact:1 is of kind person and crm:company:1 of kind company/);
	});

	test('an activity', async () => {
		const walk = await given();
		const pair = [contact('billing:t', 'ticket'), contact('billing:t', 'ticket')] as const;
		await refused(walk, () => walk.store.write((tx) => decide(tx, 'same', [pair], walk.context())), /are activities/);
	});

	test('a record that the store does not have', async () => {
		const walk = await given();
		await refused(walk, () => walk.decide('same', 'crm:1', 'crm:404'), /There is no record crm:contact:404 in the store/);
	});

	test('a record of another profile, or all or none of them, taken out', async () => {
		const walk = await given();
		const id = await walk.idOf('crm:1');
		await refused(walk, () => split(walk, id, 'crm:2'), /crm:contact:2 is not part of .* It has: crm:contact:1, mail:contact:1/);
		await refused(walk, () => split(walk, id, 'crm:1', 'mail:1'), /at least one record to take out and one to stay/);
		await refused(walk, () => split(walk, id), /at least one record to take out and one to stay/);
	});

	test('a profile without records', async () => {
		const walk = await given();
		const [empty, id] = [await walk.idOf('crm:2'), await walk.idOf('crm:1')];
		await walk.arrive(person('crm:2', {}, { deleted: true, updatedAt: '2026-02-01T00:00:00.000Z' }));
		await refused(walk, () => merge(walk, id, empty), /has no records any more/);
	});

	test('a merge at the very time of the split', async () => {
		const walk = await given();
		const id = await walk.idOf('crm:1');
		const now = walk.now();
		const [taken = ''] = await walk.store.write((tx) => splitProfile(tx, id, [contact('mail:1')], walk.context(now)));
		await walk.build();
		await expect(walk.store.write((tx) => mergeProfiles(tx, id, taken, walk.context(now)))).rejects.toThrow(/stay apart because a person decided "different"/);
		expect(await walk.clusters()).toEqual(['crm:1', 'crm:2', 'crm:company:1', 'mail:1']);
	});
});
