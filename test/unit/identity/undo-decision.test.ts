import fc from 'fast-check';
import { mergeProfiles, splitProfile } from '../../../lib/identity';
import { contact, temporaryStores } from './given';
import { couple, decide, list, mail, pair, undo } from './reviewing';

const newStore = temporaryStores();

describe('undo', () => {
	test.each(['same', 'different'] as const)('of an answer "%s" asks again and leaves the profiles as they were', async (verdict) => {
		const walk = await newStore();
		await walk.arrive(couple('crm:1', 'Ann'), couple('support:1', 'Ann'), couple('mail:1', 'Bob'));
		const before = { clusters: await walk.clusters(), questions: await walk.questions(), id: await walk.idOf('crm:1') };
		const questionId = (await list(walk)).questions[0]?.questionId ?? 0;
		await decide(walk, { questionId }, verdict);
		const { decision, canonicalIds } = await undo(walk, { questionId });
		expect(decision).toMatchObject({ verdict, actor: 'kim', reason: 'asked the customer' });
		expect({ clusters: await walk.clusters(), questions: await walk.questions(), id: await walk.idOf('crm:1') }).toEqual(before);
		expect(canonicalIds).toContain(before.id);
		expect((await walk.store.read(async (tx) => tx.decisions.all())).at(-1)).toMatchObject({ verdict: 'withdrawn', actor: 'lee', reason: 'a mistake' });
		expect(await walk.problems()).toEqual([]);
		await expect(undo(walk, { questionId })).rejects.toThrow(/No decision stands about/);
	});

	test('of a merge and of a split by hand takes back all of it, and brings back what stood before', async () => {
		const walk = await newStore();
		const places = ['crm:1', 'crm:2', 'mail:1', 'mail:2'];
		await walk.arrive(...places.map((place) => couple(place, 'Ann')));
		const id = await walk.idOf('crm:1');
		const whole = await walk.clusters();
		const [taken = ''] = await walk.store.write(async (tx) => splitProfile(tx, id, [contact('crm:2'), contact('mail:2')], walk.context()));
		await walk.build();
		const split = await walk.clusters();
		await walk.store.write(async (tx) => mergeProfiles(tx, id, taken, walk.context()));
		await walk.build();
		expect(await walk.clusters()).toEqual(whole);
		expect((await undo(walk, { profile: id })).pairs).toHaveLength(4);
		expect(await walk.clusters()).toEqual(split);
		expect(await walk.questions()).toEqual([]);
		expect(await walk.problems()).toEqual([]);
	});

	test('of a split that nothing stood before lets the records come together by their evidence, under the old ID', async () => {
		const walk = await newStore();
		await walk.arrive(couple('crm:1', 'Ann'), couple('mail:1', 'Ann'), couple('support:1', 'Ann'));
		const id = await walk.idOf('crm:1');
		const [taken = ''] = await walk.store.write(async (tx) => splitProfile(tx, id, [contact('mail:1')], walk.context()));
		await walk.build();
		await undo(walk, { profile: taken });
		expect(await walk.clusters()).toEqual(['crm:1 mail:1 support:1']);
		expect(await walk.idOf('mail:1')).toBe(id);
		expect(await walk.store.read(async (tx) => (await tx.profiles.byCanonicalId([taken])).get(taken)?.canonicalId)).toBe(id);
	});

	test('works although the clock was put back', async () => {
		const walk = await newStore();
		await walk.arrive(couple('crm:1', 'Ann'), couple('mail:1', 'Bob'));
		await decide(walk, pair('crm:1', 'mail:1'), 'same');
		await undo(walk, pair('crm:1', 'mail:1'), Date.parse('2020-01-01T00:00:00.000Z'));
		expect(await walk.clusters()).toEqual(['crm:1', 'mail:1']);
	});

	test('where nobody decided anything says so', async () => {
		const walk = await newStore();
		await walk.arrive(couple('crm:1', 'Ann'), couple('mail:1', 'Bob'));
		await expect(undo(walk, pair('crm:1', 'mail:1'))).rejects.toThrow(/No decision stands about crm:contact:1 and mail:contact:1/);
		const id = await walk.idOf('crm:1');
		await expect(undo(walk, { profile: id })).rejects.toThrow(/Nobody has decided anything/);
	});

	test('after any decisions, taken back one by one, leaves clusters and questions as the evidence alone gives them', async () => {
		const places = ['crm:1', 'crm:2', 'mail:1', 'mail:2', 'support:1'];
		const slot = fc.constantFrom(...places);
		const steps = fc.array(fc.record({ a: slot, b: slot, verdict: fc.constantFrom('same' as const, 'different' as const) }).filter(({ a, b }) => a !== b), { minLength: 1, maxLength: 4 });
		await fc.assert(
			fc.asyncProperty(steps, async (decisions) => {
				const walk = await newStore();
				await walk.arrive(couple('crm:1', 'Ann'), couple('crm:2', 'Bob'), couple('mail:1', 'Ann'), couple('mail:2', 'Bob'), couple('support:1', 'Ann', { email: mail('other') }));
				const before = [await walk.clusters(), await walk.questions()];
				const distinct = new Map(decisions.map((step) => [[step.a, step.b].sort().join(), step]));
				for (const { a, b, verdict } of distinct.values()) await walk.decide(verdict, a, b);
				for (const { a, b } of [...distinct.values()].reverse()) await undo(walk, pair(a, b));
				expect([await walk.clusters(), await walk.questions()]).toEqual(before);
				expect(await walk.problems()).toEqual([]);
			}),
			{ numRuns: 15 },
		);
	});
});
