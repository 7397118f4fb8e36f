import type { EntityMatching } from '../../../lib/domain';
import { buildProfiles, defaultModel, saveModel } from '../../../lib/identity';
import { activity, company, contact, NOW, person, SYSTEMS, temporaryStores, type PersonFields, type Walk } from './given';

const newStore = temporaryStores();
const ann: PersonFields = { given: 'Ann', family: 'Hill' };
const mail = (name: string) => `${name}@acorn-mail.com`;
const later = { updatedAt: '2026-02-01T00:00:00.000Z' };
const paid = (place: string, owner: string, minor: number) => activity(place, contact(owner), { type: 'invoice', status: 'paid', at: '2026-03-01T00:00:00.000Z', amount: { minor, currency: 'USD' } });

/** Ann (two records) and Bob at Acorn, Kate nowhere; Bob pays. */
async function given(): Promise<Walk> {
	const walk = await newStore();
	await walk.arrive(
		company('crm:acorn', { name: 'Acornworks GmbH' }),
		company('crm:birch', { name: 'Birch Ltd' }),
		person('crm:ann', { ...ann, email: mail('a'), employer: 'acorn' }),
		person('mail:ann', { ...ann, email: mail('a') }),
		person('crm:bob', { given: 'Bob', family: 'Wood', email: mail('b'), employer: 'acorn' }),
		person('crm:kate', { given: 'Kate', family: 'Stone', email: mail('k') }),
		paid('billing:1', 'crm:bob', 5000),
	);
	return walk;
}
async function changed(walk: Walk, work: () => Promise<unknown>): Promise<string[]> {
	const before = await walk.store.read(async (tx) => tx.events.lastSeq());
	await work();
	const events = await walk.store.read(async (tx) => tx.events.since(before, ['profile.created', 'profile.changed'], 100));
	const profiles = new Map((await walk.profiles()).map(({ canonicalId, attributes }) => [canonicalId, String((attributes.given_name ?? attributes.company_name)?.value)]));
	return events.map(({ canonicalId }) => profiles.get(canonicalId) ?? canonicalId).sort();
}
const company_ = async (walk: Walk, name: string) => (await walk.profiles()).find(({ attributes }) => attributes.company_name?.value === name);

test('building again changes nothing and appends no event', async () => {
	const walk = await given();
	const before = [await walk.profiles(), await walk.events()];
	expect(await walk.build()).toEqual({ built: 0, changed: 0 });
	await walk.store.write(async (tx) => tx.profiles.touch((await tx.profiles.scan(0, 100)).map(({ no }) => no)));
	expect(await walk.build()).toEqual({ built: 5, changed: 0 });
	expect([await walk.profiles(), await walk.events()]).toEqual(before);
});

test('the same records again are unchanged, and a newer version with the same content is no event', async () => {
	const walk = await given();
	const again = person('crm:kate', { given: 'Kate', family: 'Stone', email: mail('k') });
	const before = await walk.events();
	expect(await walk.arrive(again)).toMatchObject([{ outcome: 'unchanged', changed: false }]);
	expect(await walk.arrive({ ...again, version: '2', ...later })).toMatchObject([{ changed: true }]);
	expect(await walk.arrive(again)).toMatchObject([{ outcome: 'stale', changed: false }]);
	expect(await walk.events()).toEqual(before);
	expect(await walk.problems()).toEqual([]);
});

test('a change in one record changes its profile only, and its company\'s when figures change', async () => {
	const walk = await given();
	expect(await changed(walk, () => walk.arrive(person('crm:kate', { given: 'Kate', family: 'Brook', email: mail('k') }, later)))).toEqual(['Kate']);
	expect(await changed(walk, () => walk.arrive(paid('billing:2', 'crm:bob', 700)))).toEqual(['Acornworks GmbH', 'Bob']);
	expect(await changed(walk, () => walk.arrive(person('mail:ann', { ...ann, email: mail('a'), phone: '+1 212 642 8891' }, later)))).toEqual(['Ann']);
	expect(await walk.problems()).toEqual([]);
});

test('a company\'s figures include its people\'s, and follow them when they leave, split or are deleted', async () => {
	const walk = await given();
	const value = async (name: string) => (await company_(walk, name))?.metrics.lifetime_value?.value;
	expect([await value('Acornworks GmbH'), await value('Birch Ltd')]).toEqual([50, null]);
	await walk.arrive(person('crm:bob', { given: 'Bob', family: 'Wood', email: mail('b'), employer: 'birch' }, later));
	expect([await value('Acornworks GmbH'), await value('Birch Ltd')]).toEqual([null, 50]);
	expect(await walk.problems()).toEqual([]);
	await walk.arrive(paid('billing:3', 'mail:ann', 900));
	expect(await value('Acornworks GmbH')).toBe(9);
	await walk.decide('different', 'crm:ann', 'mail:ann');
	expect(await value('Acornworks GmbH')).toBeNull();
	await walk.arrive(person('crm:bob', {}, { deleted: true, updatedAt: '2026-03-01T00:00:00.000Z' }));
	expect(await value('Birch Ltd')).toBeNull();
	expect(await walk.problems()).toEqual([]);
});

test('a company that is deleted leaves its people\'s profiles, and comes back to them', async () => {
	const walk = await given();
	const companiesOfBob = async () => (await walk.profiles()).find(({ attributes }) => attributes.given_name?.value === 'Bob')?.companies;
	expect(await companiesOfBob()).toEqual([await walk.idOf('crm:acorn', 'company')]);
	await walk.arrive(company('crm:acorn', {}, { deleted: true, ...later }));
	expect(await companiesOfBob()).toEqual([]);
	expect(await walk.problems()).toEqual([]);
	await walk.arrive(company('crm:acorn', { name: 'Acornworks GmbH' }, { updatedAt: '2026-03-01T00:00:00.000Z' }));
	expect(await companiesOfBob()).toEqual([await walk.idOf('crm:acorn', 'company')]);
	await walk.arrive(company('billing:acorn', { name: 'Acornworks', domain: 'acorn.com' }));
	expect(await companiesOfBob()).toEqual([await walk.idOf('billing:acorn', 'company')]);
	expect(await walk.problems()).toEqual([]);
});

test('activities that come before their owner are taken up when it comes', async () => {
	const walk = await newStore();
	await walk.arrive(paid('billing:1', 'crm:1', 5000));
	expect(await walk.profiles()).toEqual([]);
	await walk.arrive(person('crm:1', { ...ann, email: mail('a'), employer: 'acorn' }));
	await walk.arrive(company('crm:acorn', { name: 'Acornworks GmbH' }));
	expect((await walk.profiles()).map(({ metrics }) => metrics.lifetime_value?.value)).toEqual([50, 50]);
	await walk.arrive({ ...paid('billing:1', 'crm:1', 5000), ...later, version: '2', updatedAt: '2026-03-09T00:00:00.000Z', deleted: true });
	expect((await walk.profiles()).map(({ metrics }) => metrics.lifetime_value?.value)).toEqual([null, null]);
	expect(await walk.problems()).toEqual([]);
});

test('figures that time has overtaken are built again, with events for segments entered and left', async () => {
	const walk = await newStore();
	await walk.arrive(
		person('crm:1', { ...ann, email: mail('a') }),
		paid('billing:1', 'crm:1', 500_000),
		activity('billing:s', contact('crm:1'), { type: 'subscription', status: 'active', at: '2026-01-01T00:00:00.000Z', monthly: { minor: 4900, currency: 'USD' } }),
	);
	const names = async () => (await walk.profiles())[0]?.segments.map(({ name }) => name);
	expect(await names()).toEqual(['high_value', 'healthy']);
	expect(await buildProfiles(walk.store, { systems: SYSTEMS, now: () => NOW + 3600_000 })).toEqual({ built: 0, changed: 0 });
	expect(await buildProfiles(walk.store, { systems: SYSTEMS, now: () => NOW + 46 * 86_400_000 })).toEqual({ built: 1, changed: 1 });
	expect(await names()).toEqual(['high_value']);
	const feed = await walk.store.read(async (tx) => tx.events.since(0, ['segment.entered', 'segment.left'], 10));
	expect(feed.map(({ type, data }) => [type, data.segment])).toEqual([['segment.entered', 'high_value'], ['segment.entered', 'healthy'], ['segment.left', 'healthy']]);
});

test('a stop between two batches loses nothing: the next build takes up the rest', async () => {
	const walk = await newStore();
	await walk.match(...['a', 'b', 'c', 'd', 'e'].map((name) => person(`crm:${name}`, { ...ann, email: mail(name) })));
	const stopped = buildProfiles(walk.store, { systems: SYSTEMS, now: () => walk.now(), batchSize: 2, onBatch: () => Promise.reject(new Error('stopped')) });
	await expect(stopped).rejects.toThrow('stopped');
	expect(await walk.build()).toEqual({ built: 3, changed: 3 });
	expect(await walk.events('profile.created')).toHaveLength(5);
});

describe('the identity model', () => {
	const model = defaultModel(SYSTEMS);
	const save = (walk: Walk, document: unknown) => saveModel(walk.store, document, 'kim', walk.now());
	const withPersonMatching = (change: Partial<EntityMatching>) => ({ ...model, matching: { ...model.matching, person: { ...model.matching.person, ...change } } });

	test.each([
		{ title: 'not a document', document: 'yes', message: /not valid: it must be of type object and is string\./ },
		{ title: 'a survivorship that does not exist', document: { ...model, attributes: { email: { label: 'E', type: 'email', survivorship: 'newest' } } }, message: /at "attributes\.email\.survivorship"/ },
		{ title: 'a segment name with a space', document: { ...model, segments: [{ ...model.segments[0], name: 'At risk' }] }, message: /at "segments\.0\.name": a segment name has small letters/ },
		{ title: 'an operator that does not exist', document: { ...model, segments: [{ ...model.segments[0], when: { field: 'churn_risk', op: '=>', value: 1 } }] }, message: /at "segments\.0\.when/ },
		{ title: 'a rate that is no number', document: { ...model, exchangeRates: { EUR: '1.1' } }, message: /at "exchangeRates\.EUR"/ },
		{ title: 'a blocking rule that does not exist', document: withPersonMatching({ blocking: ['horoscope'] }), message: /there is no blocking rule "horoscope" for person; there are: birth_date, address/ },
		{ title: 'a threshold for review above the one for a match', document: withPersonMatching({ thresholds: { match: 4, review: 9 } }), message: /the threshold for review is above/ },
	])('$title is refused with the place named, and nothing changes', async ({ document, message }) => {
		const walk = await given();
		await expect(save(walk, document)).rejects.toThrow(message);
		expect(await walk.store.read(async (tx) => (await tx.models.current())?.version)).toBe(1);
		expect(await walk.build()).toEqual({ built: 0, changed: 0 });
	});

	test('saved anew, all profiles are built again by it', async () => {
		const walk = await given();
		const saved = await save(walk, { ...model, segments: [{ name: 'everyone', label: 'Everyone', entity: ['person'], when: { all: [] } }] });
		expect(saved).toMatchObject({ version: 2, actor: 'kim' });
		expect(await walk.build()).toEqual({ built: 5, changed: 3 });
		expect((await walk.profiles()).flatMap(({ entity, segments }) => segments.map(({ name }) => `${entity} ${name}`))).toEqual(['person everyone', 'person everyone', 'person everyone']);
		expect(await walk.problems()).toEqual([]);
	});

	test('saved with other thresholds, everybody is matched again by them, and IDs are kept as in any merge or split', async () => {
		const walk = await newStore();
		const more = Array.from({ length: 30 }, (_, index) => person(`support:${index}`, { ...ann, email: mail(`x${index % 10}`) }));
		await walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('mail:1', { ...ann, email: mail('a') }), ...more);
		const before = await walk.clusters();
		const ids = (await walk.profiles()).map(({ canonicalId }) => canonicalId);
		await save(walk, withPersonMatching({ thresholds: { match: 500, review: 0 } }));
		await walk.build();
		expect(await walk.clusters()).toHaveLength(32);
		expect(await walk.questions()).toContain('crm:1 ? mail:1');
		expect(await walk.problems()).toEqual([]);
		await save(walk, model);
		await walk.build();
		expect(await walk.clusters()).toEqual(before);
		expect((await walk.profiles()).map(({ canonicalId }) => canonicalId)).toEqual(ids);
		expect(await walk.questions()).toEqual([]);
		expect(await walk.problems()).toEqual([]);
		await save(walk, { ...model, blockedValues: [{ kind: 'email', value: mail('a') }] });
		await walk.build();
		expect(await walk.clusters()).toEqual([...before.filter((one) => one !== 'crm:1 mail:1'), 'crm:1', 'mail:1'].sort());
		expect(await walk.problems()).toEqual([]);
	});
});
