import fc from 'fast-check';
import type { IdentityModel, SourceRecord } from '../../../lib/domain';
import { applyModel, currentModel, defaultModel, exportToSplink, importFromSplink, previewModel, saveModel, trainedBy, trainOnStore, type ModelPreview } from '../../../lib/identity';
import { sampleRecords } from '../../../lib/identity/train-sample';
import { LEAST_RECORDS, shippedMatching } from '../../../lib/match';
import { openStore } from '../../../lib/store';
import { madePeople } from '../cli/people';
import { STORE_KINDS } from '../store-kinds';
import { activity, company, contact, person, SYSTEMS, temporaryStores, Walk } from './given';

const newStore = temporaryStores();
const mail = (name: string) => `${name}@acorn-mail.com`;
const crowd = (count: number) =>
	madePeople(count).map(({ id, first_name, last_name, email, birth_date, street }) => person(`crm:${id}`, { given: first_name, family: last_name, email, born: birth_date, street }));

/** The default model with these thresholds for people. */
function withThresholds(match: number, review = match): IdentityModel {
	const model = defaultModel(SYSTEMS);
	return { ...model, matching: { ...model.matching, person: { ...model.matching.person, thresholds: { match, review } } } };
}

const versioned = async (walk: Walk) => walk.store.write((tx) => currentModel(tx, SYSTEMS, ''));
const preview = async (walk: Walk, model: IdentityModel, largest?: number) => previewModel(walk.store, model, { largest });
const everything = async (walk: Walk) =>
	walk.store.read(async (tx) =>
		JSON.stringify([await tx.records.scan(0, 5000), await tx.profiles.scan(0, 5000), await tx.evidence.scan(null, 5000), await tx.reviews.open(5000, 0), await tx.models.current(), await tx.events.lastSeq()]),
	);

/** A family of three at one address, two copies each, of which some are harder to recognise. */
function family(name: string): SourceRecord[] {
	return [
		person(`crm:${name}1`, { given: 'Ann', family: name, email: mail(`ann.${name}`), street: '1 High Street', zip: '10001' }),
		person(`mail:${name}1`, { given: 'Ann', family: name, email: mail(`ann.${name}`) }),
		person(`support:${name}1`, { given: 'Anna', family: name, phone: '+1 212 642 8891', street: '1 High Street', zip: '10001' }),
		person(`crm:${name}2`, { given: 'Bob', family: name, phone: '+1 212 642 8891', born: '1980-02-01' }),
		person(`billing:${name}2`, { given: 'Robert', family: name, born: '1980-02-01' }),
		person(`mail:${name}3`, { given: 'Kate', family: name, email: mail(`ann.${name}`), street: '1 High Street', zip: '10001' }),
	];
}

describe.each(STORE_KINDS)('a preview on the $name', ({ name: kind, temporary }) => {
	const target = temporary();
	async function newWalk(model?: IdentityModel): Promise<Walk> {
		const walk = new Walk(await openStore(await target()));
		if (model) await saveModel(walk.store, model, 'test', walk.now());
		return walk;
	}
	/** How many records the profile with this ID has. */
	const sizeOf = async (walk: Walk, id: string) =>
		walk.store.read(async (tx) => {
			const profile = (await tx.profiles.byCanonicalId([id])).get(id);
			return profile?.canonicalId === id ? (await tx.records.headsOfProfiles([profile.no])).length : 0;
		});
	/** Pairs of records that are together. */
	const pairsOf = (clusters: readonly string[]) => new Set(clusters.flatMap((cluster) => cluster.split(' ').flatMap((a, index, all) => all.slice(index + 1).map((b) => [a, b].sort().join(' ')))));
	/** What really changed, counted pair by pair and profile by profile. */
	function really(before: readonly string[], after: readonly string[]): Pick<ModelPreview, 'profiles' | 'pairs' | 'merges' | 'splits'> {
		const [old, now] = [pairsOf(before), pairsOf(after)];
		const parts = (whole: string, others: readonly string[]) => others.filter((other) => other.split(' ').some((name) => whole.split(' ').includes(name))).length;
		return {
			profiles: { before: before.length, after: after.length },
			pairs: { before: old.size, after: now.size, joined: [...now].filter((pair) => !old.has(pair)).length, parted: [...old].filter((pair) => !now.has(pair)).length },
			merges: after.filter((cluster) => parts(cluster, before) > 1).length,
			splits: before.filter((cluster) => parts(cluster, after) > 1).length,
		};
	}

	test('says exactly what comes of it when the model is put in force, whatever the thresholds', async () => {
		const threshold = fc.integer({ min: -6, max: 22 });
		const people = [...family('Hill'), ...family('Brooks')];
		const arrival = fc.shuffledSubarray([...people.keys()], { minLength: people.length });
		await fc.assert(
			fc.asyncProperty(threshold, threshold, fc.integer({ min: 0, max: 8 }), arrival, async (from, to, below, order) => {
				const records = order.flatMap((index) => people[index] ?? []);
				const walk = await newWalk(withThresholds(from, from - below));
				await walk.arrive(...records.slice(0, 5), activity('billing:i1', contact('crm:Hill1'), { type: 'invoice', status: 'paid', at: '2026-01-05T00:00:00.000Z' }));
				await walk.arrive(person('crm:Hill9', { given: 'Gone', family: 'Hill', email: mail('ann.Hill') }), ...records.slice(5));
				await walk.arrive(person('crm:Hill9', { given: 'Gone' }, { deleted: true, updatedAt: '2026-04-01T00:00:00.000Z' }));
				await walk.decide('same', 'crm:Hill2', 'mail:Brooks3');
				await walk.decide('different', 'crm:Brooks1', 'mail:Brooks1');
				const [clusters, questions, untouched] = [await walk.clusters(), await walk.questions(), await everything(walk)];
				const seen = await preview(walk, withThresholds(to, to - below));
				expect(await everything(walk)).toBe(untouched);
				await saveModel(walk.store, withThresholds(to, to - below), 'test', walk.now());
				expect(seen).toMatchObject(really(clusters, await walk.clusters()));
				const later = await walk.questions();
				expect(seen.questions).toEqual({
					...{ before: questions.length, after: later.length },
					...{ asked: later.filter((pair) => !questions.includes(pair)).length, closed: questions.filter((pair) => !later.includes(pair)).length },
				});
				for (const { canonicalId, records: size } of [...seen.largestMerges, ...seen.largestSplits.flatMap(({ parts }) => parts)]) {
					if (canonicalId !== null) expect(await sizeOf(walk, canonicalId)).toBe(size);
				}
			}),
			{ numRuns: kind === 'PostgreSQL' ? 4 : 12 },
		);
	}, 60_000);

	test('names the largest splits and merges, with the IDs that stay and none for what would be new', async () => {
		const walk = await newWalk();
		await walk.arrive(...[1, 2, 3].map((index) => person(`crm:${index}`, { given: 'Ann', family: 'Hill', email: mail('a') })), person('crm:7', { given: 'Bo', family: 'Marsh', email: mail('b') }), person('mail:7', { given: 'Bo', family: 'Marsh', email: mail('b') }));
		const ann = await walk.idOf('crm:1');
		const { splits, largestSplits, largestMerges } = await preview(walk, withThresholds(500, 400), 1);
		expect([splits, largestMerges]).toEqual([2, []]);
		expect(largestSplits).toEqual([
			{
				...{ canonicalId: ann, name: 'Ann Hill', records: 3, entity: 'person' },
				parts: [{ canonicalId: ann, name: 'Ann Hill', records: 1 }, { canonicalId: null, name: 'Ann Hill', records: 1 }, { canonicalId: null, name: 'Ann Hill', records: 1 }],
			},
		]);
		await saveModel(walk.store, withThresholds(500, 400), 'test', walk.now());
		const back = await preview(walk, defaultModel(SYSTEMS));
		expect(back).toMatchObject({ merges: 2, splits: 0, profiles: { before: 5, after: 2 } });
		expect(back.largestMerges[0]).toMatchObject({ canonicalId: ann, records: 3, parts: [{ canonicalId: ann }, { canonicalId: await walk.idOf('crm:2') }, { canonicalId: await walk.idOf('crm:3') }] });
	});

	test('refuses a model that cannot be used', async () => {
		const walk = await newWalk();
		await walk.arrive(...family('Hill'));
		await expect(preview(walk, { ...defaultModel(SYSTEMS), reportingCurrency: 'EU' })).rejects.toThrow(/not valid at "reportingCurrency"/);
	});
});

describe('training on a store', () => {
	test('gives the same model whatever the order in which the records came; put in force it is a version that evidence names; trained again it is the same', async () => {
		const records = crowd(LEAST_RECORDS + 10);
		const [walk, backwards] = [await newStore(), await newStore()];
		await walk.arrive(...records);
		await backwards.arrive(...[...records].reverse());
		const train = async (one: Walk) => trainOnStore(one.store, { seed: 4, systems: SYSTEMS, now: one.now() });
		const trained = await train(walk);
		expect(trained).toMatchObject({ isNew: true, sampled: records.length, records: { person: records.length, company: 0 }, tooFew: ['company'], former: { version: 1 } });
		expect((await train(backwards)).model).toEqual(trained.model);
		expect(trained.model.matching.company).toEqual(shippedMatching().company);
		expect(await versioned(walk)).toEqual(trained.former);

		const applied = await applyModel(walk.store, trained.former, trained.model, trainedBy('a test'), walk.now());
		await walk.build();
		expect(applied).toMatchObject({ version: 2, actor: 'training by a test' });
		const evidence = await walk.store.read((tx) => tx.evidence.scan(null, 10_000));
		expect([...new Set(evidence.map(({ modelVersion }) => modelVersion))]).toEqual([2]);
		expect(await walk.problems()).toEqual([]);
		expect(await train(walk)).toMatchObject({ isNew: false, former: { version: 2 } });
	}, 60_000);

	test('of few records changes nothing', async () => {
		const walk = await newStore();
		await walk.arrive(...family('Hill'));
		expect(await trainOnStore(walk.store, { seed: 1, systems: SYSTEMS, now: walk.now() })).toMatchObject({ isNew: false, tooFew: ['person', 'company'], sampled: 6 });
	});

	test('waits for nobody who writes', async () => {
		const walk = await newStore();
		await walk.arrive(...family('Hill'));
		const trained = await walk.store.write(() => trainOnStore(walk.store, { seed: 1, systems: SYSTEMS, now: walk.now() }));
		expect(trained).toMatchObject({ sampled: 6, former: { version: 1 } });
	});

	test('is not put in force over a version that came meanwhile', async () => {
		const walk = await newStore();
		await walk.arrive(...family('Hill'));
		const former = await versioned(walk);
		await saveModel(walk.store, withThresholds(5), 'somebody else', walk.now());
		await expect(applyModel(walk.store, former, withThresholds(7), 'late', walk.now())).rejects.toThrow('The identity model was changed meanwhile: version 2 is in force, and this one was made from version 1. Nothing was changed; do it again.');
		expect(await versioned(walk)).toMatchObject({ version: 2, actor: 'somebody else' });
	});

	test('is put in force once when two are applied at the same moment that were made from one version', async () => {
		const walk = await newStore();
		await walk.arrive(...family('Hill'));
		const former = await versioned(walk);
		const outcomes = await Promise.allSettled([5, 7].map(async (match) => applyModel(walk.store, former, withThresholds(match), `by ${match}`, walk.now())));
		expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
		expect(await versioned(walk)).toMatchObject({ version: 2, actor: 'by 5' });
	});

	test('looks at people and companies that are there, at most so many, chosen whatever the order of arrival', async () => {
		const records = crowd(120);
		const rest = [company('crm:9', { name: 'Acorn Ltd', domain: 'acorn-mail.com' }), activity('billing:i1', contact('crm:1'), { type: 'invoice', status: 'paid', at: '2026-01-05T00:00:00.000Z' })];
		const gone = person('crm:2', { given: 'Gone', email: mail('gone') }, { deleted: true, updatedAt: '2026-02-01T00:00:00.000Z' });
		const looked = async (order: SourceRecord[], most?: number) => {
			const walk = await newStore();
			await walk.match(...order);
			await walk.match(gone);
			const { records: found, total } = await walk.store.read((tx) => sampleRecords(tx, defaultModel(SYSTEMS), most));
			return { refs: found.map(({ ref }) => ref).sort(), total };
		};
		const all = await looked([...records, ...rest]);
		expect(all.total).toEqual({ person: 119, company: 1 });
		expect(all.refs).toHaveLength(120);
		const some = await looked([...records, ...rest], 30);
		expect(some.total).toEqual(all.total);
		expect(some.refs).toHaveLength(30);
		expect((await looked([...rest, ...records].reverse(), 30)).refs).toEqual(some.refs);
		for (const ref of some.refs) expect(all.refs).toContain(ref);
	});
});

describe('Splink settings', () => {
	test.each(['person', 'company'] as const)('of a %s model come back as the same weights, with thresholds, blocking and the other entity as they were', (entity) => {
		const model = defaultModel(SYSTEMS);
		const { settings, leftOut } = exportToSplink(model, entity);
		expect(leftOut.join('\n')).toMatch(/^the thresholds: predict with threshold_match_weight .*\nreservations/);
		const other = { ...model, matching: { ...model.matching, [entity]: { ...model.matching[entity], prior: 0.2, thresholds: { match: 9, review: 8 } } } };
		const { model: back, ignored } = importFromSplink(other, JSON.parse(JSON.stringify(settings)), entity);
		const { [entity]: ours } = back.matching;
		expect(ignored).toEqual([]);
		expect([ours.prior, ours.thresholds, ours.blocking]).toEqual([model.matching[entity].prior, { match: 9, review: 8 }, model.matching[entity].blocking]);
		expect(ours.comparisons.map(({ levels }) => levels.map(({ kind, m, u }) => [kind, m, u]))).toEqual(model.matching[entity].comparisons.map(({ levels }) => levels.map(({ kind, m, u }) => [kind, m, u])));
	});
});
