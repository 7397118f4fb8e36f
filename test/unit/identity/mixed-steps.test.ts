import fc from 'fast-check';
import { refKey, type DecisionEntry } from '../../../lib/domain';
import { applyDecisions, buildProfiles, saveModel } from '../../../lib/identity';
import { openStore } from '../../../lib/store';
import { slices } from '../../../lib/transport';
import { STORE_KINDS } from '../store-kinds';
import { feedFaults } from './feed-faults';
import { NOW, SYSTEMS, Walk } from './given';
import { asItWas, perform, recordsIn, steps } from './mixed-steps';

/** When everything is built at last: figures that depend on the time are those of this moment. */
const END = NOW + 40 * 86_400_000;
const RUNS: Record<string, number> = { 'embedded store': 30, PostgreSQL: 4 };

async function finish({ store }: Walk): Promise<void> {
	await buildProfiles(store, { systems: SYSTEMS, now: () => END });
}

/** All that must not depend on how it came about. Profiles are named by their records. */
async function outcome(walk: Walk) {
	const profiles = await walk.profiles();
	const nameOf = ({ records }: (typeof profiles)[number]) => records.map(refKey).join(' ');
	const names = new Map(profiles.map((profile) => [profile.canonicalId, nameOf(profile)]));
	const golden = profiles.map((profile) => {
		const { entity, attributes, identifiers, consent, metrics, segments } = profile;
		return { name: nameOf(profile), companies: profile.companies.map((id) => names.get(id) ?? id).sort(), entity, attributes, identifiers, consent, metrics, segments };
	});
	return { clusters: await walk.clusters(), questions: await walk.questions(), golden: golden.sort((x, y) => (x.name < y.name ? -1 : 1)) };
}

/** One writer takes the records that are left, what was decided and the model that is in force, in another order. */
async function takeOver(walk: Walk, other: Walk, shuffled: <T>(list: readonly T[]) => T[]): Promise<void> {
	const { decisions, model } = await walk.store.read(async (tx) => ({ decisions: await tx.decisions.all(), model: (await tx.models.current())?.model }));
	const decided = new Map(decisions.flatMap(({ a, b }) => [a, b]).map((ref) => [refKey(ref), asItWas(ref)]));
	if (decided.size > 0) await other.match(...decided.values());
	const decideAll = async (entries: readonly DecisionEntry[]) => {
		for (const entry of entries) await other.store.write((tx) => applyDecisions(tx, [entry], { systems: SYSTEMS, now: other.now() }));
	};
	await decideAll(shuffled(decisions));
	for (const page of slices(shuffled(await recordsIn(walk)), 5)) await other.match(...page);
	if (model) await saveModel(other.store, model, 'kim', other.now());
}

/** Every ID that the feed names leads to a profile, a retired one to where it was retired to; what was told of a profile last is its revision. */
async function idFaults({ store }: Walk): Promise<string[]> {
	return await store.read(async (tx) => {
		const events = await tx.events.since(0, [], 100_000);
		const retired = events.flatMap(({ type, canonicalId, data }) => (type === 'profile.merged' ? (data.retired as string[]).map((id) => ({ id, into: canonicalId })) : []));
		const found = await tx.profiles.byCanonicalId([...events.map(({ canonicalId }) => canonicalId), ...retired.map(({ id }) => id)]);
		const last = new Map(events.filter(({ type }) => !type.startsWith('review.')).map(({ canonicalId, seq }) => [canonicalId, seq]));
		return [
			...events.flatMap(({ canonicalId }) => (found.has(canonicalId) ? [] : [`${canonicalId} leads nowhere`])),
			...retired.flatMap(({ id, into }) => (found.get(id)?.no === found.get(into)?.no ? [] : [`${id} does not lead to where ${into} does`])),
			...(await tx.profiles.scanHeads(0, 1000)).flatMap(({ canonicalId, revision }) => (revision === (last.get(canonicalId) ?? 0) ? [] : [`${canonicalId} has revision ${revision}`])),
		];
	});
}

describe.each(STORE_KINDS)('$name', ({ name, temporary }) => {
	const newTarget = temporary();
	const newWalk = async () => new Walk(await openStore(await newTarget()));

	test('whatever is ingested, deleted, brought back, decided, taken back, merged, split, tidied and set in any mixture, the store is whole, the feed makes sense, and one writer comes to the same', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(steps, { minLength: 25, maxLength: 50, size: 'max' }), fc.infiniteStream(fc.nat(1_000_000)), async (mixture, dice) => {
				const shuffled = <T>(list: readonly T[]): T[] => list.map((item) => ({ item, at: dice.next().value as number })).sort((x, y) => x.at - y.at).map(({ item }) => item);
				const [walk, other] = [await newWalk(), await newWalk()];
				for (const step of mixture) await perform(walk, step);
				expect(await walk.problems()).toEqual([]);
				await finish(walk);
				await takeOver(walk, other, shuffled);
				await finish(other);
				expect(await outcome(walk)).toEqual(await outcome(other));
				expect(feedFaults(await walk.events())).toEqual([]);
				expect(await idFaults(walk)).toEqual([]);
				await Promise.all([walk.store.close(), other.store.close()]);
			}),
			{ seed: 7, numRuns: RUNS[name], endOnFailure: true },
		);
	}, 60_000);
});
