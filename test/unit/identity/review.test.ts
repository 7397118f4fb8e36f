import fc from 'fast-check';
import type { RecordRef } from '../../../lib/domain';
import { answer, listQuestions, mergeProfiles, previewChange, splitProfile, undoDecision, type Subject, type UndoSubject } from '../../../lib/identity';
import { activity, company, contact, person, temporaryStores, type PersonFields, type Walk } from './given';

const newStore = temporaryStores();
const mail = (name: string) => `${name}@acorn-mail.com`;
const couple = (place: string, given: string, more: PersonFields = {}) => person(place, { given, family: 'Hill', email: mail('home'), ...more });
const pair = (a: string, b: string): Subject & UndoSubject => ({ records: [contact(a), contact(b)] });
const paid = (place: string, owner: string, amount: number) =>
	activity(place, contact(owner), { type: 'invoice', status: 'paid', at: '2026-01-05T00:00:00.000Z', amount: { minor: amount, currency: 'USD' } });

async function decide(walk: Walk, subject: Subject, verdict: 'same' | 'different'): Promise<string[]> {
	const ids = await walk.store.write(async (tx) => answer(tx, subject, verdict, walk.context()));
	await walk.build();
	return ids;
}
async function undo(walk: Walk, subject: UndoSubject, now?: number) {
	const undone = await walk.store.write(async (tx) => undoDecision(tx, subject, { ...walk.context(now), actor: 'lee', reason: 'a mistake' }));
	await walk.build();
	return undone;
}
const list = async (walk: Walk, limit = 50, offset = 0) => walk.store.read(async (tx) => listQuestions(tx, limit, offset));
/** Everything that the store holds about identity, to see that nothing changed. */
const everything = async (walk: Walk) =>
	walk.store.read(async (tx) => JSON.stringify([await tx.records.scan(0, 1000), await tx.profiles.scan(0, 1000), await tx.decisions.all(), await tx.reviews.open(100, 0), await tx.events.lastSeq()]));

describe('the list of questions', () => {
	test('comes in the order of what a mistake would cost: revenue, people who may be written to, records', async () => {
		const walk = await newStore();
		const ask = (place: string, box: string, more: Parameters<typeof person>[2] = {}) => [
			person(`crm:${place}`, { given: 'Ann', family: 'Hill', email: mail(box) }, more),
			person(`mail:${place}`, { given: 'Bob', family: 'Hill', email: mail(box) }, more),
		];
		const consent = [{ purpose: 'email_marketing', status: 'granted' as const }];
		await walk.arrive(...ask('plain', 'a'), ...ask('rich', 'b'), ...ask('contactable', 'c', { consent }), ...ask('larger', 'd'));
		await walk.arrive(person('support:larger', { given: 'Ann', family: 'Hill', email: mail('d') }), paid('billing:i1', 'crm:rich', 250_000));
		const { open, questions } = await list(walk);
		expect(open).toBe(4);
		expect(questions.map(({ left }) => left.sourceId)).toEqual(['rich', 'contactable', 'larger', 'plain']);
		expect(questions.map(({ cost: { records, contactable } }) => [records, contactable])).toEqual([[2, 0], [2, 2], [3, 0], [2, 0]]);
		expect(questions[0]?.cost.revenue).toBeGreaterThan(1000);
		const points = questions.map(({ cost }) => cost.points);
		expect(points).toEqual([...points].sort((x, y) => y - x));
	});

	test('counts the people of companies as those who may be written to', async () => {
		const walk = await newStore();
		await walk.arrive(company('crm:1', { name: 'Acorn GmbH', country: 'DE', domain: 'acorn.example' }), company('crm:2', { name: 'Acorn AG', country: 'CH', domain: 'acorn-swiss.example' }));
		await walk.arrive(person('crm:9', { given: 'Ann', family: 'Hill', email: mail('a'), employer: '1' }, { consent: [{ purpose: 'sms_marketing', status: 'granted' }] }));
		await walk.build();
		const { questions } = await list(walk);
		expect(questions).toMatchObject([{ entity: 'company', cost: { contactable: 1 } }]);
	});

	test('has each question with the weight that its evidence has now, also one that was asked before', async () => {
		const walk = await newStore();
		const asked = async () => walk.store.read(async (tx) => ({ tasks: await tx.reviews.open(5, 0), evidence: (await tx.evidence.touching([1])).map(({ weight }) => weight) }));
		const [crm, billing] = [{ given: 'Robert', family: 'Stone', born: '1970-01-02', zip: '78704', phone: '+1 212 642 8891', company: 'Birch Ltd' }, { given: 'Bob', family: 'Stone', zip: '78704', company: 'Acorn GmbH' }];
		await walk.arrive(person('crm:1', crm), person('billing:2', billing));
		const before = await asked();
		expect(before.tasks).toHaveLength(1);
		await walk.arrive(person('billing:2', { ...billing, phone: '+44 20 7946 0958' }, { version: '2' }));
		const after = await asked();
		expect(after.tasks.map(({ id }) => id)).toEqual(before.tasks.map(({ id }) => id));
		expect(after.tasks[0]?.weight).toBe(after.evidence[0]);
		expect(after.tasks[0]?.weight).not.toBe(before.tasks[0]?.weight);
	});

	test('goes on page by page without leaving out or repeating any', async () => {
		const walk = await newStore();
		for (let index = 0; index < 5; index++) await walk.arrive(couple(`crm:${index}`, 'Ann', { email: mail(`x${index}`) }), couple(`mail:${index}`, 'Bob', { email: mail(`x${index}`) }));
		const pages = [await list(walk, 2, 0), await list(walk, 2, 2), await list(walk, 2, 4), await list(walk, 2, 6)];
		expect(pages.map(({ questions }) => questions.length)).toEqual([2, 2, 1, 0]);
		expect(pages.flatMap(({ questions }) => questions.map(({ questionId }) => questionId))).toEqual((await list(walk)).questions.map(({ questionId }) => questionId));
	});

	test('shows both records side by side, with what they share, and weights that add up', async () => {
		const walk = await newStore();
		await walk.arrive(couple('crm:1', 'Ann', { phone: '+1 212 642 8891' }), couple('mail:1', 'Bob', { userId: 'u7' }));
		const [question] = (await list(walk)).questions;
		if (!question) throw new Error('nothing is asked');
		expect(question.left).toMatchObject({ ...contact('crm:1'), canonicalId: await walk.idOf('crm:1'), values: { given_name: 'Ann', email: mail('home') } });
		expect(question.right).toMatchObject({ ...contact('mail:1'), canonicalId: await walk.idOf('mail:1'), values: { given_name: 'Bob', user_id: 'u7' } });
		const rows = new Map(question.rows.map((row) => [row.label, row]));
		expect(rows.get('Email')).toMatchObject({ left: mail('home'), right: mail('home'), same: true });
		expect([...rows.values()].find(({ left }) => left === 'Ann')).toMatchObject({ right: 'Bob', same: false });
		expect([...rows.values()].find(({ right }) => right === 'u7')).toMatchObject({ left: '', same: false });
		expect(question.prior + question.lines.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(question.weight);
		expect(question.sentence).toContain('two profiles');
		expect(question.picture).toMatch(/^<svg[^]*>Prior<[^]*>review [^<]+<[^]*>match [^<]+</);
		expect(question.css).toContain(Buffer.from(question.picture).toString('base64'));
	});

	test('of what people wrote nothing becomes markup or an expression of n8n', async () => {
		const walk = await newStore();
		const nasty = '<img src=x onerror=alert(1)>{{ $env.HOME }}"\'&';
		await walk.arrive(couple('crm:1', 'Ann', { company: nasty }), couple('mail:1', 'Bob', { company: nasty }));
		const [question] = (await list(walk)).questions;
		expect(question?.left.values.company_name).toContain('onerror');
		expect(question?.html).not.toMatch(/<img|\{\{/);
		expect(question?.picture).not.toMatch(/<img|\{\{/);
	});

	test('of an empty store is empty and leaves it as it is', async () => {
		const walk = await newStore();
		expect(await list(walk)).toEqual({ open: 0, questions: [] });
		expect(await walk.store.read(async (tx) => tx.models.current())).toBeUndefined();
	});
});

describe('an answer', () => {
	test('"same" makes one profile of both, whole, and closes the question and those that became moot', async () => {
		const walk = await newStore();
		await walk.arrive(couple('crm:1', 'Ann'), couple('support:1', 'Ann'), couple('mail:1', 'Bob'), couple('billing:1', 'Bob'));
		const [question] = (await list(walk)).questions;
		const ids = await decide(walk, { questionId: question?.questionId ?? 0 }, 'same');
		expect(await walk.clusters()).toEqual(['billing:1 crm:1 mail:1 support:1']);
		expect(ids).toEqual([await walk.idOf('crm:1')]);
		expect(await walk.questions()).toEqual([]);
		expect(await walk.problems()).toEqual([]);
	});

	test('"different" keeps both, and new evidence asks no more', async () => {
		const walk = await newStore();
		await walk.arrive(couple('crm:1', 'Ann'), couple('mail:1', 'Bob'));
		const [question] = (await list(walk)).questions;
		const ids = await decide(walk, { questionId: question?.questionId ?? 0 }, 'different');
		expect(ids).toEqual([await walk.idOf('crm:1'), await walk.idOf('mail:1')]);
		await walk.arrive(couple('support:1', 'Ann', { phone: '+1 212 642 8891' }), couple('billing:1', 'Bob', { phone: '+1 212 642 8891' }));
		expect(await walk.questions()).toEqual([]);
		expect(await walk.clusters()).toEqual(['billing:1 mail:1', 'crm:1 support:1']);
	});

	test('"different" about two profiles that nobody asked about keeps them apart when something joins them later', async () => {
		const walk = await newStore();
		const ann = (place: string, box: string) => person(place, { given: 'Ann', family: 'Hill', email: mail(box) });
		await walk.arrive(ann('crm:1', 'a'), ann('support:1', 'a'), ann('mail:1', 'b'));
		const ids = [await walk.idOf('crm:1'), await walk.idOf('mail:1')] as const;
		expect(await decide(walk, { profiles: ids }, 'different')).toEqual(ids);
		await walk.arrive(person('mail:1', { given: 'Ann', family: 'Hill', email: mail('a') }, { updatedAt: '2026-02-01T00:00:00.000Z' }));
		expect(await walk.clusters()).toEqual(['crm:1 support:1', 'mail:1']);
		expect(await walk.questions()).toEqual([]);
		await decide(walk, { profiles: ids }, 'same');
		expect(await walk.clusters()).toEqual(['crm:1 mail:1 support:1']);
		expect(await walk.problems()).toEqual([]);
	});

	test.each<{ title: string; subject: (walk: Walk) => Promise<Subject>; says: RegExp }>([
		{ title: 'a question that never was', subject: async () => ({ questionId: 404 }), says: /There is no question 404\. List/ },
		{ title: 'a record that is not there', subject: async () => pair('crm:1', 'crm:404'), says: /There is no record crm:contact:404/ },
		{ title: 'one record twice', subject: async () => pair('crm:1', 'crm:1'), says: /Two different records are needed/ },
		{ title: 'one profile twice', subject: async (walk) => ({ profiles: [await walk.idOf('crm:1'), await walk.idOf('crm:1')] }), says: /are one profile/ },
		{ title: 'a profile that is not there', subject: async (walk) => ({ profiles: [await walk.idOf('crm:1'), 'per_NOBODY'] }), says: /There is no profile per_NOBODY/ },
	])('about $title is refused and changes nothing', async ({ subject, says }) => {
		const walk = await newStore();
		await walk.arrive(couple('crm:1', 'Ann'), couple('mail:1', 'Bob'));
		const before = await everything(walk);
		const about = await subject(walk);
		await expect(decide(walk, about, 'different')).rejects.toThrow(says);
		expect(await everything(walk)).toBe(before);
	});

	test('to a question that was answered or became moot is refused, with what to do', async () => {
		const walk = await newStore();
		await walk.arrive(couple('crm:1', 'Ann'), couple('mail:1', 'Bob'));
		const questionId = (await list(walk)).questions[0]?.questionId ?? 0;
		await decide(walk, { questionId }, 'different');
		await expect(decide(walk, { questionId }, 'same')).rejects.toThrow(/was answered on 2026-03-10; to change the answer, take it back with Undo/);
		await walk.arrive(couple('crm:2', 'Carl', { email: mail('x') }), couple('mail:2', 'Dora', { email: mail('x') }));
		const second = (await list(walk)).questions[0]?.questionId ?? 0;
		await walk.arrive(person('mail:2', {}, { deleted: true, updatedAt: '2026-02-01T00:00:00.000Z' }));
		await expect(decide(walk, { questionId: second }, 'same')).rejects.toThrow(/needs no answer any more since 2026-03-10/);
	});
});

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

describe('a preview', () => {
	const ref = (place: string): RecordRef => contact(place);
	async function given(): Promise<Walk> {
		const walk = await newStore();
		await walk.arrive(couple('crm:1', 'Ann'), couple('support:1', 'Ann'), couple('mail:1', 'Bob'), paid('billing:i1', 'mail:1', 5000));
		await walk.build();
		return walk;
	}
	const stored = (...places: string[]) => async (tx: Parameters<Parameters<Walk['store']['read']>[0]>[0]) => [...(await tx.records.byRef(places.map(ref))).values()];

	test('of "same" tells who moves, what changes and who is retired, and keeps nothing of it', async () => {
		const walk = await given();
		const before = await everything(walk);
		const [ann, bob] = [await walk.idOf('crm:1'), await walk.idOf('mail:1')];
		const context = walk.context();
		const preview = await previewChange(walk.store, stored('crm:1', 'mail:1'), (tx) => answer(tx, pair('crm:1', 'mail:1'), 'same', context), context);
		expect(preview.moves).toEqual([{ record: ref('mail:1'), from: bob, to: ann }]);
		expect(preview.profiles.map(({ canonicalId, change }) => [canonicalId, change])).toEqual([[ann, 'changed'], [bob, 'retired']]);
		expect(preview.profiles[0]?.records).toEqual({ before: 2, after: 3 });
		expect(preview.profiles[0]?.values.find(({ name }) => name === 'lifetime_value')).toMatchObject({ before: null, after: expect.any(Number) });
		expect(await everything(walk)).toBe(before);
	});

	test('is what the decision then does', async () => {
		const walk = await given();
		const context = walk.context();
		const change = (tx: Parameters<Parameters<Walk['store']['write']>[0]>[0]) => splitProfile(tx, ids[0] as string, [ref('support:1')], context);
		const ids = [await walk.idOf('crm:1')];
		const preview = await previewChange(walk.store, stored('crm:1', 'support:1'), change, context);
		expect(preview.moves).toEqual([{ record: ref('support:1'), from: ids[0], to: null }]);
		expect(preview.profiles.map(({ change: what }) => what).sort()).toEqual(['changed', 'created']);
		await walk.store.write(change);
		await walk.build();
		const values = (profiles: { records: RecordRef[]; attributes: object; segments: object[] }[]) =>
			profiles.map(({ records, attributes, segments }) => JSON.stringify([records, attributes, segments])).sort();
		expect(values(await walk.profiles())).toEqual(expect.arrayContaining(values(preview.after)));
	});

	test('of what can\'t be done fails as the decision would, and keeps nothing', async () => {
		const walk = await given();
		const before = await everything(walk);
		const context = walk.context();
		await expect(previewChange(walk.store, stored('crm:1'), (tx) => answer(tx, { questionId: 404 }, 'same', context), context)).rejects.toThrow(/There is no question 404/);
		expect(await everything(walk)).toBe(before);
	});
});
