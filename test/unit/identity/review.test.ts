import { company, contact, person, temporaryStores } from './given';
import { couple, list, mail, paid } from './reviewing';

const newStore = temporaryStores();

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
		// Who reads it is the one who is asked.
		expect(question.sentence).not.toContain('is asked about');
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
