import { currentModel, explainPair, findProfiles, mergeProfiles, timeline, type PairExplanation, type ProfileQuery } from '../../../lib/identity';
import { refKey } from '../../../lib/domain';
import { activity, contact, person, strictModel, SYSTEMS, temporaryStores, type PersonFields, type Walk } from './given';

const newStore = temporaryStores();
const ann: PersonFields = { given: 'Ann', family: 'Hill' };
const mail = (name: string) => `${name}@acorn-mail.com`;

async function explain(walk: Walk, a: string, b: string): Promise<PairExplanation> {
	return walk.store.write(async (tx) => {
		const records = await tx.records.byRef([contact(a), contact(b)]);
		const [left, right] = [records.get(refKey(contact(a))), records.get(refKey(contact(b)))];
		if (!left || !right) throw new Error('no such records');
		return explainPair(tx, left, right, await currentModel(tx, SYSTEMS, ''));
	});
}
async function find(walk: Walk, query: ProfileQuery): Promise<string[]> {
	return (await walk.store.read(async (tx) => findProfiles(tx, query, 'US'))).map(({ canonicalId }) => canonicalId);
}

test('two that are one: every comparison that spoke, with lines that add up to its weight', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('a'), phone: '+1 212 642 8891' }), person('mail:1', { ...ann, email: mail('a'), phone: '+1 212 642 8891' }));
	const explanation = await explain(walk, 'mail:1', 'crm:1');
	expect(explanation).toMatchObject({ together: true, contradiction: null, decision: null, tooCommon: [], keptApart: null });
	const [line] = explanation.evidence;
	expect(line?.comparisons.map(({ comparison, level }) => `${comparison}: ${level}`)).toEqual(['prior: two random records', 'given_name: exact', 'family_name: exact', 'email: exact', 'phone: exact']);
	expect(line?.comparisons.reduce((total, { weight }) => total + weight, 0)).toBeCloseTo(line?.weight ?? 0, 5);
	expect(explanation.path).toEqual([contact('mail:1'), contact('crm:1')]);
	expect(explanation.sentence).toMatch(/^These two records are one profile: probabilistic match \(weight [\d.]+, match\)/);
});

test('two that have nothing in common', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('mail:1', { given: 'Kate', family: 'Wood', email: mail('b') }));
	expect(await explain(walk, 'crm:1', 'mail:1')).toMatchObject({ together: false, evidence: [], path: [], contradiction: { comparison: 'given_name' } });
	await walk.arrive(person('mail:2', { family: 'Wood', email: mail('c') }));
	expect((await explain(walk, 'mail:1', 'mail:2')).sentence).toBe('These two records are two profiles: nothing speaks for their being one.');
});

test('two that share what too many have', async () => {
	const walk = await newStore(strictModel(2));
	await walk.arrive(...['Ann', 'Bob', 'Carl'].map((given, index) => person(`crm:${index}`, { given, family: 'Hill', email: mail('home') })));
	const explanation = await explain(walk, 'crm:0', 'crm:1');
	expect(explanation).toMatchObject({ together: false, tooCommon: ['email'], evidence: [] });
	expect(explanation.sentence).toContain('they share a value that too many have to count (email)');
});

test('two that a person decided about', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('mail:1', { ...ann, email: mail('a') }));
	await walk.decide('different', 'crm:1', 'mail:1');
	const explanation = await explain(walk, 'crm:1', 'mail:1');
	expect(explanation).toMatchObject({ together: false, decision: { verdict: 'different', actor: 'kim' } });
	expect(explanation.sentence).toBe('These two records are two profiles: kim decided "different" (asked the customer).');
});

test('two that are one through others, with the way from one to the other', async () => {
	const walk = await newStore();
	await walk.arrive(
		person('crm:1', { ...ann, email: mail('a') }),
		person('mail:1', { ...ann, email: mail('a'), customerNo: 'c1' }),
		person('support:1', { given: 'Ann', customerNo: 'c1', nationalId: 'X 4711 Z' }),
		person('billing:1', { given: 'Ann', nationalId: 'X4711Z' }),
	);
	const explanation = await explain(walk, 'crm:1', 'billing:1');
	expect(explanation.path.map(({ system }) => system)).toEqual(['crm', 'mail', 'support', 'billing']);
	expect(explanation).toMatchObject({ together: true, evidence: [] });
	expect(explanation.sentence).toBe('These two records are one profile: joined through 2 other records.');
});

test.each([
	{
		title: 'a contradiction between others',
		given: (walk: Walk) =>
			walk.arrive(
				person('crm:1', { ...ann, email: mail('a'), userId: 'u1' }),
				person('mail:1', { ...ann, phone: '+1 212 642 8891', userId: 'u2' }),
				person('support:1', { ...ann, email: mail('a'), phone: '+1 212 642 8891' }),
			),
		pair: ['support:1', 'mail:1'],
		says: 'but crm:contact:1 and mail:contact:1 contradict each other (unique identifier different user_id)',
	},
	{
		title: 'a decision about others',
		given: async (walk: Walk) => {
			await walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('mail:1', { ...ann, phone: '+1 212 642 8891' }));
			await walk.decide('different', 'crm:1', 'mail:1');
			await walk.arrive(person('support:1', { ...ann, email: mail('a'), phone: '+1 212 642 8891' }));
		},
		pair: ['support:1', 'mail:1'],
		says: 'but kim decided that crm:contact:1 and mail:contact:1 are different',
	},
	{
		title: 'two owners who are as likely',
		given: (walk: Walk) =>
			walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('mail:1', { given: 'Bob', family: 'Hill', email: mail('a') }), person('support:1', { email: mail('a') })),
		pair: ['support:1', 'crm:1'],
		says: 'so that nothing says whose it is',
	},
	{
		title: 'a deletion',
		given: async (walk: Walk) => {
			await walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('mail:1', { ...ann, email: mail('a') }));
			await walk.arrive(person('mail:1', { ...ann, email: mail('a') }, { deleted: true, updatedAt: '2026-02-01T00:00:00.000Z' }));
		},
		pair: ['mail:1', 'crm:1'],
		says: 'but mail:contact:1 was deleted in mail',
	},
] as { title: string; given: (walk: Walk) => Promise<unknown>; pair: [string, string]; says: string }[])('two that evidence joins and that are apart all the same: $title', async ({ given, pair, says }) => {
	const walk = await newStore();
	await given(walk);
	const explanation = await explain(walk, ...pair);
	expect(explanation.together).toBe(false);
	expect(explanation.evidence.some(({ outcome }) => outcome === 'match')).toBe(true);
	expect(explanation.sentence).toContain(says);
});

test('a profile is found by email, phone, record, current and retired ID', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: 'Ann.Hill@gmail.com', phone: '+1 212 642 8891' }));
	await walk.arrive(person('mail:1', { ...ann, email: mail('a') }));
	const [id, retired] = [await walk.idOf('crm:1'), await walk.idOf('mail:1')];
	await walk.store.write((tx) => mergeProfiles(tx, id, retired, walk.context()));
	await walk.build();
	const queries: ProfileQuery[] = [
		...['ann.hill@gmail.com', 'ANN.HILL@GMAIL.COM', 'annhill+shop@googlemail.com', mail('a')].map((value) => ({ by: 'identifier' as const, kind: 'email', value })),
		...['+12126428891', '(212) 642-8891', '001 212 642 8891'].map((value) => ({ by: 'identifier' as const, kind: 'phone', value })),
		{ by: 'record', ref: contact('mail:1') },
		{ by: 'canonical_id', value: id },
		{ by: 'canonical_id', value: retired },
	];
	for (const query of queries) expect([query, await find(walk, query)]).toEqual([query, [id]]);
	for (const query of [
		{ by: 'identifier', kind: 'email', value: 'no mail' },
		{ by: 'identifier', kind: 'email', value: mail('nobody') },
		{ by: 'record', ref: contact('crm:404') },
		{ by: 'canonical_id', value: 'per_NOBODY' },
	] satisfies ProfileQuery[]) {
		expect(await find(walk, query)).toEqual([]);
	}
});

test('a value that people share finds all of them', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('home') }), person('mail:1', { given: 'Bob', family: 'Hill', email: mail('home') }));
	expect(await find(walk, { by: 'identifier', kind: 'email', value: mail('home') })).toEqual([await walk.idOf('crm:1'), await walk.idOf('mail:1')]);
});

test('a timeline tells what happened, newest first, also before a merge', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('a') }));
	await walk.arrive(person('mail:1', { ...ann, email: mail('b') }), activity('billing:i1', contact('mail:1'), { type: 'invoice', status: 'paid', at: '2026-01-05T00:00:00.000Z', amount: { minor: 500, currency: 'USD' } }));
	await walk.decide('same', 'crm:1', 'mail:1');
	const [profile] = await walk.profiles();
	if (!profile) throw new Error('no profile');
	const entries = await walk.store.read(async (tx) => timeline(tx, profile, 50));
	expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).sort().reverse());
	expect(entries.map(({ what }) => what).sort()).toEqual(
		['invoice paid', 'profile changed', 'profile created', 'profile created', 'profile merged', 'record first seen', 'record first seen'].sort(),
	);
	expect(await walk.store.read(async (tx) => timeline(tx, profile, 2))).toEqual(entries.slice(0, 2));
});
