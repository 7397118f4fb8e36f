import { company, person, strictModel, temporaryStores, type Walk } from './given';

const newStore = temporaryStores();
const ann = { given: 'Ann', family: 'Hill' };
const mail = (name: string) => `${name}@acorn-mail.com`;

/** The profile that an ID leads to now, by its records. */
async function leadsTo(walk: Walk, id: string): Promise<string | undefined> {
	return walk.store.read(async (tx) => {
		const profile = (await tx.profiles.byCanonicalId([id])).get(id);
		return profile && `${profile.canonicalId} ${(await tx.records.ofProfiles([profile.no])).map(({ system, sourceId }) => `${system}:${sourceId}`).join(' ')}`.trim();
	});
}

test('a merge keeps the oldest ID, and every retired one leads there, through any chain of merges', async () => {
	const walk = await newStore();
	const ids: string[] = [];
	for (const name of ['a', 'b', 'c', 'd']) {
		await walk.arrive(person(`crm:${name}`, { ...ann, email: mail(name) }));
		ids.push(await walk.idOf(`crm:${name}`));
	}
	const [a, b, c, d] = ids as [string, string, string, string];
	expect(new Set(ids).size).toBe(4);
	const bridge = (place: string, ...names: string[]) => names.map((name, index) => person(`${place}${index}`, { ...ann, email: mail(name), customerNo: place }));
	await walk.arrive(...bridge('mail:', 'c', 'd'));
	expect(await leadsTo(walk, d)).toBe(await leadsTo(walk, c));
	await walk.arrive(...bridge('support:', 'b', 'd'));
	await walk.arrive(...bridge('billing:', 'a', 'c'));
	for (const id of ids) expect(await leadsTo(walk, id)).toMatch(new RegExp(`^${a} `));
	const [profile] = await walk.profiles();
	expect(profile).toMatchObject({ canonicalId: a, aliases: [b, c, d].sort() });
	expect((await walk.events('profile.merged')).map(({ canonicalId, data }) => [canonicalId, data.retired])).toEqual([
		[c, [d]],
		[b, [c]],
		[a, [b]],
	]);
	expect(await walk.problems()).toEqual([]);
});

test('a merge of three in one step retires two IDs in one event', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('crm:2', { ...ann, email: mail('b') }), person('crm:3', { ...ann, email: mail('c') }));
	const before = await Promise.all(['crm:1', 'crm:2', 'crm:3'].map((place) => walk.idOf(place)));
	await walk.arrive(...['a', 'b', 'c'].map((name, index) => person(`billing:${index}`, { ...ann, email: mail(name), customerNo: '77' })));
	const oldest = await walk.idOf('crm:1');
	expect(oldest).toBe([...before].sort()[0]);
	expect((await walk.events('profile.merged')).map(({ canonicalId, data }) => ({ canonicalId, data }))).toEqual([
		{ canonicalId: oldest, data: { retired: before.filter((id) => id !== oldest).sort() } },
	]);
});

test.each([
	{ title: 'the larger part keeps the ID', leaving: ['crm:1'], keeps: 'billing:2' },
	{ title: 'also when it holds the younger records', leaving: ['crm:1', 'crm:9'], keeps: 'billing:2' },
])('after a split $title; the rest gets an ID that never was', async ({ leaving, keeps }) => {
	const walk = await newStore();
	for (const place of ['crm:1', 'crm:9', 'billing:2', 'billing:3', 'billing:4']) await walk.arrive(person(place, { ...ann, email: mail('a') }));
	const before = await walk.idOf('crm:1');
	await walk.arrive(...leaving.map((place) => person(place, { ...ann, email: mail('other') }, { updatedAt: '2026-02-01T00:00:00.000Z' })));
	expect(await walk.idOf(keeps)).toBe(before);
	const fresh = await walk.idOf('crm:1');
	expect(fresh).not.toBe(before);
	expect((await walk.events('profile.split')).map(({ canonicalId, data }) => ({ canonicalId, data }))).toEqual([{ canonicalId: fresh, data: { from: before } }]);
	expect(await walk.problems()).toEqual([]);
});

test('of two parts of one size the one with the oldest record keeps the ID', async () => {
	const walk = await newStore();
	for (const place of ['support:z', 'billing:b', 'billing:c', 'crm:a']) await walk.arrive(person(place, { ...ann, email: mail('a') }));
	const before = await walk.idOf('support:z');
	const later = { updatedAt: '2026-02-01T00:00:00.000Z' };
	await walk.arrive(person('billing:c', { ...ann, email: mail('b') }, later), person('crm:a', { ...ann, email: mail('b') }, later));
	expect(await walk.clusters()).toEqual(['billing:b support:z', 'billing:c crm:a']);
	expect(await walk.idOf('support:z')).toBe(before);
	expect(await walk.idOf('crm:a')).not.toBe(before);
});

test('parts that join others in the same batch split and merge at once, and every ID still leads somewhere', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('billing:1', { ...ann, email: mail('a') }), person('support:1', { ...ann, email: mail('a') }));
	await walk.arrive(person('crm:2', { given: 'Ann', family: 'Wood', email: mail('b') }));
	const [first, second] = [await walk.idOf('crm:1'), await walk.idOf('crm:2')];
	await walk.arrive(person('support:1', { given: 'Ann', family: 'Wood', email: mail('b') }, { updatedAt: '2026-02-01T00:00:00.000Z' }));
	expect(await walk.clusters()).toEqual(['billing:1 crm:1', 'crm:2 support:1']);
	expect([await walk.idOf('crm:1'), await walk.idOf('support:1')]).toEqual([first, second]);
	expect(await walk.problems()).toEqual([]);
});

test('the ID of a profile whose records are all gone still resolves, to a profile without anything in it', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('billing:1', { ...ann, email: mail('a') }));
	const id = await walk.idOf('crm:1');
	const gone = { deleted: true, updatedAt: '2026-02-01T00:00:00.000Z' };
	const results = await walk.arrive(person('crm:1', {}, gone), person('billing:1', {}, gone));
	expect(results.map(({ outcome, canonicalId }) => [outcome, canonicalId])).toEqual([['deleted', null], ['deleted', null]]);
	expect(await leadsTo(walk, id)).toBe(id);
	expect(await walk.profiles()).toEqual([]);
	const stored = await walk.store.read(async (tx) => (await tx.profiles.byCanonicalId([id])).get(id));
	expect(stored).toMatchObject({ empty: true, golden: { attributes: {}, identifiers: [], records: [] } });
	await walk.arrive(person('crm:1', { ...ann, email: mail('a') }, { updatedAt: '2026-03-01T00:00:00.000Z' }));
	expect(await walk.clusters()).toEqual(['crm:1']);
	expect(await leadsTo(walk, id)).toBe(`${id} crm:1`);
	expect(await walk.problems()).toEqual([]);
});

test('a profile that lost its records before it was ever built is announced to nobody', async () => {
	const walk = await newStore();
	await walk.match(person('crm:1', { ...ann, email: mail('a') }));
	await walk.match(person('crm:1', {}, { deleted: true, updatedAt: '2026-02-01T00:00:00.000Z' }));
	expect(await walk.build()).toMatchObject({ changed: 0 });
	expect(await walk.events()).toEqual([]);
	expect(await walk.problems()).toEqual([]);
});

test('a corrected mapping that makes a company of a person takes it out of the person, and back', async () => {
	const walk = await newStore();
	const asCompany = (updatedAt: string) => ({ ...company('crm:1', { name: 'Acorn GmbH', domain: 'acorn.com' }, { updatedAt }), object: 'contact' });
	await walk.arrive(person('crm:1', { email: mail('a') }), person('billing:1', { ...ann, email: mail('a') }));
	const id = await walk.idOf('billing:1');
	await walk.arrive(asCompany('2026-02-01T00:00:00.000Z'));
	expect(await walk.clusters()).toEqual(['billing:1', 'crm:1']);
	expect(await walk.idOf('crm:1')).toMatch(/^com_/);
	expect(await walk.idOf('billing:1')).toBe(id);
	expect(await walk.problems()).toEqual([]);
	await walk.arrive(person('crm:1', { email: mail('a') }, { updatedAt: '2026-03-01T00:00:00.000Z' }));
	expect(await walk.idOf('crm:1')).toBe(id);
	await walk.arrive({ ...person('crm:1', {}, { updatedAt: '2026-03-02T00:00:00.000Z', deleted: true }), deleted: undefined, kind: 'activity' });
	expect(await walk.clusters()).toEqual(['billing:1']);
	expect(await walk.problems()).toEqual([]);
});

test('a value that becomes too common splits what it joined, and joins it again when the sharers shrink', async () => {
	const walk = await newStore(strictModel(2));
	const shared = (place: string, given: string, updatedAt?: string) => person(place, { given, family: 'Hill', email: mail('home') }, updatedAt ? { updatedAt } : {});
	await walk.arrive(shared('crm:1', 'Ann'), shared('billing:1', 'Ann'), shared('crm:2', 'Bob'));
	expect(await walk.clusters()).toEqual(['billing:1 crm:1', 'crm:2']);
	const id = await walk.idOf('crm:1');
	await walk.arrive(shared('crm:3', 'Carl'));
	expect(await walk.clusters()).toEqual(['billing:1', 'crm:1', 'crm:2', 'crm:3']);
	const split = await walk.idOf('crm:1') === id ? 'billing:1' : 'crm:1';
	const lost = await walk.idOf(split);
	expect(await walk.problems()).toEqual([]);
	await walk.arrive(person('crm:3', {}, { deleted: true, updatedAt: '2026-02-01T00:00:00.000Z' }));
	expect(await walk.clusters()).toEqual(['billing:1 crm:1', 'crm:2']);
	expect(await walk.idOf('crm:1')).toBe(id);
	expect(await leadsTo(walk, lost)).toMatch(new RegExp(`^${id} `));
	expect(await walk.problems()).toEqual([]);
});
