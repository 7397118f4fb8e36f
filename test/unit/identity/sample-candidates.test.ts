import { matchKeys, scorePair, toComparable, type Comparable } from '../../../lib/match';
import { currentModel, sampleCandidates } from '../../../lib/identity';
import { activity, company, contact, NOW, person, SYSTEMS, temporaryStores, type Walk } from './given';

const newStore = temporaryStores();
const GIVEN = ['Ann', 'Anne', 'Bob', 'Carla', 'Karla', 'Dmitri'];

/** People who share names, streets and mailboxes in many ways. */
async function crowd(): Promise<Walk> {
	const walk = await newStore();
	const people = Array.from({ length: 60 }, (_, index) =>
		person(`${SYSTEMS[index % SYSTEMS.length] ?? ''}:${index}`, {
			given: GIVEN[index % GIVEN.length],
			family: `Hill${index % 7}`,
			email: `box${index % 25}@acorn-mail.com`,
			born: `198${index % 10}-0${(index % 9) + 1}-11`,
		}),
	);
	await walk.match(...people, company('crm:c1', { name: 'Acorn', domain: 'acorn.example' }));
	await walk.match(activity('billing:i1', contact('crm:0'), { type: 'invoice', status: 'paid', at: '2026-01-05T00:00:00.000Z', amount: { minor: 1, currency: 'USD' } }));
	return walk;
}

/** Match weights of all pairs that something proposes, found by looking at every pair. */
async function everyPair({ store }: Walk): Promise<number[]> {
	const { model } = await store.write((tx) => currentModel(tx, SYSTEMS, new Date(NOW).toISOString()));
	return store.read(async (tx) => {
		const records: Comparable[] = (await tx.records.scan(0, 1000)).filter(({ kind }) => kind === 'person').map((record) => toComparable(record, record.no, model));
		const generic = await tx.keys.generic([...new Set(records.flatMap((record) => matchKeys(record, model).map(({ key }) => key)))]);
		return records.flatMap((one, index) => records.slice(index + 1).flatMap((other) => {
			const { weight, proposed } = scorePair(one, other, model, generic);
			return proposed ? [weight] : [];
		}));
	});
}

test('where all records are looked at, every proposed pair is counted, at its weight', async () => {
	const walk = await crowd();
	const weights = await everyPair(walk);
	const [people, ...others] = await sampleCandidates(walk.store, { records: 1000, candidates: 1000 });
	expect(others).toEqual([]);
	expect(people).toMatchObject({ entity: 'person', sampled: 60, scored: weights.length * 2, pairs: weights.length });
	for (const { from, pairs } of people?.bins ?? []) {
		const width = people?.width ?? 0;
		expect(pairs).toBe(weights.filter((weight) => weight >= from && weight < from + width).length);
	}
});

test('from some of the records it estimates all pairs, and always the same', async () => {
	const walk = await crowd();
	const weights = await everyPair(walk);
	const options = { records: 20, candidates: 8 };
	const [people] = await sampleCandidates(walk.store, options);
	expect(people?.scored).toBeLessThan(weights.length);
	expect((people?.pairs ?? 0) / weights.length).toBeGreaterThan(0.5);
	expect((people?.pairs ?? 0) / weights.length).toBeLessThan(2);
	expect(await sampleCandidates(walk.store, options)).toEqual([people]);
});

test('of a store in which nothing was matched there is nothing to tell', async () => {
	expect(await sampleCandidates((await newStore()).store)).toEqual([]);
});
