import fc from 'fast-check';
import { refKey } from '../../../lib/domain';
import { openStore } from '../../../lib/store';
import { STORE_KINDS } from '../store-kinds';
import { type Failure, failingStore } from './failing-store';
import { Walk } from './given';
import { perform, steps } from './mixed-steps';

const RUNS: Record<string, number> = { 'embedded store': 12, PostgreSQL: 2 };

/** Most writes have more operations than this. */
const LAST_OPERATION = 15;
const failures: fc.Arbitrary<Failure | undefined> = fc.option(
	fc.record({ operation: fc.integer({ min: 1, max: LAST_OPERATION }), when: fc.constantFrom('before' as const, 'behind' as const, 'at the end' as const) }),
	// Every second write.
	{ nil: undefined, freq: 2 },
);

/** All that a store says but for times, every ID as the number of its place among those that were given. */
async function allOf(walk: Walk) {
	const { ids, rest } = await walk.store.read(async (tx) => {
		const [profiles, retired] = [await tx.profiles.scanHeads(0, 1000), await tx.profiles.scanAliases('', 1000)];
		const evidence = (await tx.evidence.scan(null, 10_000)).map(({ at: _at, ...edge }) => edge);
		const decisions = (await tx.decisions.all()).map(({ at: _at, ...decision }) => decision);
		const events = (await tx.events.since(0, [], 10_000)).map(({ at: _at, ...event }) => event);
		const departures = await tx.departures.scan(null, 1000);
		return {
			ids: [...profiles, ...retired].map(({ canonicalId }) => canonicalId).sort(),
			rest: { profiles: profiles.map(({ no, canonicalId, entity, empty, revision }) => ({ no, canonicalId, entity, empty, revision })), evidence, decisions, events, departures },
		};
	});
	const golden = (await walk.profiles()).map(({ records, attributes, identifiers, metrics, segments, companies }) => ({ records: records.map(refKey), attributes, identifiers, metrics, segments, companies }));
	const places = new Map(ids.map((id, place) => [id, `ID ${place}`]));
	const named: unknown = JSON.parse(JSON.stringify({ golden, ...rest }), (_, value: unknown) => places.get(value as string) ?? value);
	return { named, clusters: await walk.clusters(), questions: await walk.questions() };
}

describe.each(STORE_KINDS)('$name', ({ name, temporary }) => {
	const newTarget = temporary();

	test('a step that fails at any of its operations leaves nothing behind: done again, it comes to what it would have come to at once', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(steps, { minLength: 15, maxLength: 25, size: 'max' }), fc.infiniteStream(failures), async (mixture, dice) => {
				const [undisturbed, store] = [new Walk(await openStore(await newTarget())), await openStore(await newTarget())];
				const disturbed = new Walk(failingStore(store, () => dice.next().value as Failure | undefined));
				for (const walk of [undisturbed, disturbed]) {
					for (const step of mixture) await perform(walk, step);
					await walk.build();
				}
				expect(await disturbed.problems()).toEqual([]);
				expect(await allOf(disturbed)).toEqual(await allOf(undisturbed));
				await Promise.all([undisturbed.store.close(), store.close()]);
			}),
			{ seed: 11, numRuns: RUNS[name], endOnFailure: true },
		);
	}, 60_000);
});
