import { currentModel, defaultModel, explainPair, explanationPicture, type PairExplanation } from '../../../lib/identity';
import { refKey, type RecordRef } from '../../../lib/domain';
import { activity, company, contact, person, strictModel, SYSTEMS, temporaryStores, type PersonFields, type Walk } from './given';

const newStore = temporaryStores();
const ann: PersonFields = { given: 'Ann', family: 'Hill' };
const mail = (name: string) => `${name}@acorn-mail.com`;

async function explain(walk: Walk, a: string | RecordRef, b: string | RecordRef): Promise<PairExplanation> {
	const [x, y] = [typeof a === 'string' ? contact(a) : a, typeof b === 'string' ? contact(b) : b];
	return walk.store.write(async (tx) => {
		const records = await tx.records.byRef([x, y]);
		const [left, right] = [records.get(refKey(x)), records.get(refKey(y))];
		if (!left || !right) throw new Error('no such records');
		return explainPair(tx, left, right, await currentModel(tx, SYSTEMS, ''));
	});
}

/** The lines are the weight: whatever was compared, and whatever was held back. */
function expectSum({ lines, weight, probability }: PairExplanation): void {
	expect(lines.reduce((total, line) => total + line.weight, 0)).toBeCloseTo(weight ?? Number.NaN, 5);
	expect(Math.log2((probability ?? 0) / (1 - (probability ?? 0)))).toBeCloseTo(weight ?? Number.NaN, 4);
}

test('two that are one: every comparison that spoke, with lines that add up to its weight', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('a'), phone: '+1 212 642 8891' }), person('mail:1', { ...ann, email: mail('a'), phone: '+1 212 642 8891' }));
	const explanation = await explain(walk, 'mail:1', 'crm:1');
	expect(explanation).toMatchObject({ together: true, contradiction: null, decision: null, tooCommon: [], keptApart: null, outcome: 'match', proposed: true, modelVersion: 1, entity: 'person' });
	const [line] = explanation.evidence;
	expect(line?.comparisons.map(({ comparison, level }) => `${comparison}: ${level}`)).toEqual(['prior: two random records', 'given_name: exact', 'family_name: exact', 'email: exact', 'phone: exact']);
	expect(line?.comparisons.reduce((total, { weight }) => total + weight, 0)).toBeCloseTo(line?.weight ?? 0, 5);
	expectSum(explanation);
	expect(explanation.stored).toMatchObject([{ weight: explanation.weight, outcome: 'match', modelVersion: 1 }]);
	expect(explanation.canonicalIds).toEqual([await walk.idOf('mail:1'), await walk.idOf('crm:1')]);
	expect(explanation.sharedKeys).toEqual(expect.arrayContaining([{ name: 'email', value: mail('a'), type: 'identifier', tooCommon: false }, expect.objectContaining({ name: 'full_name', type: 'blocking' })]));
	expect(explanation.path).toEqual([contact('mail:1'), contact('crm:1')]);
	expect(explanation.sentence).toMatch(/^These two records are one profile: match weight [\d.]+ \(probability (> )?99\.\d+ %\), above the threshold [\d.]+ for a match\. For it: .*email exact \+[\d.]+.*\. Against it: starting odds of two random records -[\d.]+\.$/);
});

test('every comparison of the model has a line, also where a value is missing, which is neutral and says on which side', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('a'), born: '1980-02-01' }), person('mail:1', { given: 'Ann', email: mail('a') }));
	const { lines, ...explanation } = await explain(walk, 'crm:1', 'mail:1');
	const { model } = await walk.store.write((tx) => currentModel(tx, SYSTEMS, ''));
	expect(lines.filter(({ kind }) => kind === 'comparison' || kind === 'missing').map(({ comparison }) => comparison)).toEqual(model.matching.person.comparisons.map(({ comparison }) => comparison));
	const line = (name: string) => lines.find(({ comparison }) => comparison === name);
	expect(line('birth_date')).toEqual({ kind: 'missing', comparison: 'birth_date', level: 'missing', weight: 0, because: 'mail:contact:1 has none' });
	expect(line('phone')).toMatchObject({ kind: 'missing', weight: 0, because: 'neither has one' });
	for (const { kind, m, u, weight } of lines) if (kind === 'comparison') expect(Math.log2((m ?? 0) / (u ?? 0))).toBeCloseTo(weight, 4);
	expectSum({ lines, ...explanation });
});

test('where the frequency of a shared value decided, it stands in place of u', async () => {
	const base = defaultModel(SYSTEMS);
	const rare = { column: 'family_name' as const, floor: 0.0000001, values: [['hill', 0.05]] as [string, number][] };
	const walk = await newStore({ ...base, matching: { ...base.matching, person: { ...base.matching.person, termFrequencies: [rare] } } });
	const named = (place: string, family: string) => person(place, { given: 'Ann', family, email: mail(place.replace(':', '')) });
	await walk.arrive(named('crm:1', 'Hill'), named('mail:1', 'Hill'), named('crm:2', 'Zbigniewska'), named('mail:2', 'Zbigniewska'));
	const familyName = async (a: string, b: string) => (await explain(walk, a, b)).lines.find(({ comparison }) => comparison === 'family_name');
	expect(await familyName('crm:1', 'mail:1')).toMatchObject({ frequencyCounted: true, value: 'hill', u: expect.closeTo(0.05, 5) });
	expect(await familyName('crm:2', 'mail:2')).toMatchObject({ frequencyCounted: true, value: 'zbigniewska', u: expect.closeTo(0.0000001, 10) });
	expect((await explain(walk, 'crm:2', 'mail:2')).sentence).toContain('(zbigniewska)');
});

test('two that have nothing in common', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('mail:1', { given: 'Kate', family: 'Wood', email: mail('b') }));
	const strangers = await explain(walk, 'crm:1', 'mail:1');
	expect(strangers).toMatchObject({ together: false, evidence: [], stored: [], path: [], steps: [], contradiction: { comparison: 'given_name' }, outcome: 'none', proposed: false, sharedKeys: [] });
	expectSum(strangers);
	expect(strangers.sentence).toMatch(/^These two records are two profiles: match weight -[\d.]+ \(probability < 0\.01 %\), below the threshold \S+ for review\. Nothing speaks for their being one\. Against it: .*\. They contradict each other: given name different \(Ann Hill against Kate Wood\)\.$/);
	await walk.arrive(person('mail:2', { family: 'Wood', email: mail('c') }));
	expect((await explain(walk, 'mail:1', 'mail:2')).contradiction).toBeNull();
});

test('two that nobody compared, for no key brings them together, however well they fit', async () => {
	const base = defaultModel(SYSTEMS);
	const walk = await newStore({ ...base, matching: { ...base.matching, person: { ...base.matching.person, blocking: [] } } });
	const fields = { ...ann, born: '1980-02-01', street: '1 High Street', zip: '10001' };
	await walk.arrive(person('crm:1', { ...fields, customerNo: 'c1' }), person('mail:1', fields));
	const explanation = await explain(walk, 'crm:1', 'mail:1');
	expect(explanation).toMatchObject({ together: false, proposed: false, outcome: 'match', evidence: [], stored: [] });
	expect(explanation.sentence).toContain('They share no key under which records are looked for, so nobody compared them and the weight has no effect.');
});

test('a question that waits is named', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('home') }), person('mail:1', { given: 'Bob', family: 'Hill', email: mail('home') }));
	const [task] = await walk.store.read((tx) => tx.reviews.open(1, 0));
	const explanation = await explain(walk, 'crm:1', 'mail:1');
	expect(explanation).toMatchObject({ outcome: 'review', questionId: task?.id });
	expect(explanation.lines.at(-1)).toMatchObject({ kind: 'reservation' });
	expectSum(explanation);
	expect(explanation.sentence).toMatch(/match weight (just under )?[\d.]+ .*where a person is asked\..*Held back \(-[\d.]+\), for weights can't tell it: /);
});

test('a person and a company, an activity, and one record on both sides are no pair, and the sentence says so', async () => {
	const walk = await newStore();
	await walk.arrive(
		person('crm:1', { ...ann, email: mail('a') }),
		company('crm:9', { name: 'Acorn Ltd', domain: 'acorn-mail.com' }),
		activity('billing:i1', contact('crm:1'), { type: 'invoice', status: 'paid', at: '2026-01-05T00:00:00.000Z', amount: { minor: 500, currency: 'USD' } }),
	);
	const of = async (a: RecordRef, b: RecordRef) => {
		const { sentence, ...explanation } = await explain(walk, a, b);
		expect(explanation).toMatchObject({ weight: null, probability: null, thresholds: null, lines: [], evidence: [], outcome: 'none' });
		expect(explanationPicture(explanation)).toBeUndefined();
		return sentence;
	};
	expect(await of(contact('crm:1'), contact('crm:9', 'company'))).toBe('crm:contact:1 is a person and crm:company:9 is a company, and a person and a company are never one.');
	expect(await of(contact('crm:1'), contact('crm:1'))).toBe('crm:contact:1 is one and the same record on both sides, so that there is nothing to compare.');
	expect(await of(contact('billing:i1', 'invoice'), contact('crm:1'))).toBe('billing:invoice:i1 is an activity, which belongs to a person or company and is never matched.');
});

test('an explanation is a picture too, with both thresholds and nothing of what is missing', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('mail:1', { ...ann, email: mail('a') }));
	const picture = explanationPicture(await explain(walk, 'crm:1', 'mail:1'));
	expect(picture).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
	for (const word of ['email exact', 'family name exact', 'Review', 'Match']) expect(picture).toContain(word);
	expect(picture).not.toContain('missing');
});

test('two that share what too many have', async () => {
	const walk = await newStore(strictModel(2));
	await walk.arrive(...['Ann', 'Bob', 'Carl'].map((given, index) => person(`crm:${index}`, { given, family: 'Hill', email: mail('home') })));
	const explanation = await explain(walk, 'crm:0', 'crm:1');
	expect(explanation).toMatchObject({ together: false, tooCommon: ['email'], evidence: [] });
	expect(explanation.sentence).toContain('They share a value that too many have to count (email)');
});

test('two that a person decided about', async () => {
	const walk = await newStore();
	await walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('mail:1', { ...ann, email: mail('a') }));
	await walk.decide('different', 'crm:1', 'mail:1');
	const explanation = await explain(walk, 'crm:1', 'mail:1');
	expect(explanation).toMatchObject({ together: false, decision: { verdict: 'different', actor: 'kim' } });
	expect(explanation.sentence).toMatch(/^These two records are two profiles: kim decided "different" \(asked the customer\)\. By what they say alone: match weight [\d.]+ /);
	expect(explanation).toMatchObject({ outcome: 'match', decisions: [{ verdict: 'different' }], keptApart: null });
});

test('two of profiles that a person keeps apart by a word on others', async () => {
	const walk = await newStore();
	const named = (place: string, box: string) => person(place, { ...ann, email: mail(box) });
	await walk.arrive(named('crm:1', 'a'), named('mail:1', 'b'), named('support:1', 'a'), named('billing:1', 'b'));
	await walk.decide('different', 'crm:1', 'mail:1');
	const { decision, decisions, sentence } = await explain(walk, 'support:1', 'billing:1');
	expect([decision, decisions]).toMatchObject([null, [{ verdict: 'different', actor: 'kim' }]]);
	expect(sentence).toContain('Between the two profiles, kim decided "different" (asked the customer) about crm:contact:1 and mail:contact:1.');
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
	expect(explanation.together).toBe(true);
	expect(explanation.steps.map(({ from, to }) => [from, to])).toEqual(explanation.path.slice(1).map((to, index) => [explanation.path[index], to]));
	for (const { by, weight, modelVersion } of explanation.steps) {
		expect([by, modelVersion]).toEqual(['evidence', 1]);
		expect(weight).toBeGreaterThanOrEqual(explanation.thresholds?.match ?? Number.NaN);
	}
	expect(explanation.sentence).toMatch(/They are joined through 2 other records: crm:contact:1, then mail:contact:1 \(\+[\d.]+\), then support:contact:1 \(\+[\d.]+\), then billing:contact:1 \(\+[\d.]+\)\.$/);
});

test('of two ways that are as short, the one with the stronger weakest step; a decision on the way is named', async () => {
	const walk = await newStore();
	await walk.arrive(
		person('crm:1', { given: 'Ann', email: mail('a') }),
		person('mail:1', { given: 'Ann', email: mail('a'), customerNo: 'c1' }),
		person('billing:1', { given: 'Ann', customerNo: 'c1' }),
		person('support:1', { family: 'Zbigniewska', phone: '+1 212 642 8891' }),
	);
	await walk.decide('same', 'billing:1', 'support:1');
	const { steps, decisions, sentence, together } = await explain(walk, 'crm:1', 'support:1');
	expect(together).toBe(true);
	expect(steps.at(-1)).toEqual({ from: contact('billing:1'), to: contact('support:1'), by: 'decision', weight: null, modelVersion: null, actor: 'kim', reason: 'asked the customer' });
	expect(decisions).toMatchObject([{ verdict: 'same', actor: 'kim' }]);
	expect(sentence).toContain('then support:contact:1 (kim decided "same")');
	await walk.decide('same', 'crm:1', 'support:1');
	expect((await explain(walk, 'crm:1', 'support:1')).path).toEqual([contact('crm:1'), contact('support:1')]);
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
		says: 'They stay apart: joining them would put crm:contact:1 and mail:contact:1 into one profile, and these two contradict each other: Product user ID different (u1 against u2), and nobody has two of these.',
	},
	{
		title: 'a decision about others',
		given: async (walk: Walk) => {
			await walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('mail:1', { ...ann, phone: '+1 212 642 8891' }));
			await walk.decide('different', 'crm:1', 'mail:1');
			await walk.arrive(person('support:1', { ...ann, email: mail('a'), phone: '+1 212 642 8891' }));
		},
		pair: ['support:1', 'mail:1'],
		says: 'They stay apart: kim decided that crm:contact:1 and mail:contact:1 are different',
	},
	{
		title: 'two owners who are as likely',
		given: (walk: Walk) =>
			walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('mail:1', { given: 'Bob', family: 'Hill', email: mail('a') }), person('support:1', { email: mail('a') })),
		pair: ['support:1', 'crm:1'],
		says: 'They stay apart: support:contact:1 is tied to crm:contact:1 and to mail:contact:1 equally closely (match weight +4.78 each), and these two contradict each other: given name different (Ann Hill against Bob Hill); nothing says to which of the two support:contact:1 belongs. A person is asked about them (question ',
	},
	{
		title: 'two owners whom only a person keeps apart',
		given: async (walk: Walk) => {
			await walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('mail:1', { ...ann, email: mail('a'), phone: '+1 212 642 8891' }));
			await walk.decide('different', 'crm:1', 'mail:1');
			await walk.arrive(person('support:1', { ...ann, email: mail('a') }));
		},
		pair: ['support:1', 'crm:1'],
		says: 'support:contact:1 is tied to crm:contact:1 and to mail:contact:1 equally closely (match weight +18.55 each), and kim decided that crm:contact:1 and mail:contact:1 are different (asked the customer); nothing says',
	},
	{
		title: 'two owners of a copy',
		given: (walk: Walk) =>
			walk.arrive(
				person('crm:1', { email: mail('a') }), person('crm:2', { email: mail('a') }), person('mail:1', { ...ann, email: mail('a') }), person('mail:2', { given: 'Bob', family: 'Hill', email: mail('a') }),
			),
		pair: ['crm:2', 'mail:1'],
		says: 'crm:contact:2 says the same as crm:contact:1, which stands for it where records are compared. They stay apart: crm:contact:2 is tied to mail:contact:1 and to mail:contact:2 equally closely',
	},
	{
		title: 'an initial that fits two names',
		given: (walk: Walk) =>
			walk.arrive(
				person('crm:1', { given: 'Anna', family: 'Bergerhausen', email: mail('a') }),
				person('mail:1', { given: 'Anne', family: 'Bergerhausen', phone: '+1 212 642 8891' }),
				person('support:1', { given: 'A.', family: 'Bergerhausen', email: mail('a'), phone: '+1 212 642 8891' }),
			),
		pair: ['support:1', 'mail:1'],
		says: 'joining them would put crm:contact:1 and mail:contact:1 into one profile, and these two contradict each other: only an initial ties them (Anna Bergerhausen against Anne Bergerhausen)',
	},
	{
		title: 'birth dates of others',
		given: (walk: Walk) =>
			walk.arrive(
				person('crm:1', { ...ann, email: mail('a'), born: '1950-01-03' }),
				person('mail:1', { ...ann, phone: '+1 212 642 8891', born: '1982-07-20' }),
				person('support:1', { ...ann, email: mail('a'), phone: '+1 212 642 8891' }),
			),
		pair: ['support:1', 'mail:1'],
		says: 'contradict each other: birth date different (1950-01-03 against 1982-07-20)',
	},
	{
		title: 'a deletion',
		given: async (walk: Walk) => {
			await walk.arrive(person('crm:1', { ...ann, email: mail('a') }), person('mail:1', { ...ann, email: mail('a') }));
			await walk.arrive(person('mail:1', { ...ann, email: mail('a') }, { deleted: true, updatedAt: '2026-02-01T00:00:00.000Z' }));
		},
		pair: ['mail:1', 'crm:1'],
		says: 'They stay apart: mail:contact:1 was deleted at the source, and a deleted record is in no profile',
	},
] as { title: string; given: (walk: Walk) => Promise<unknown>; pair: [string, string]; says: string }[])('two that evidence joins and that are apart all the same: $title', async ({ given, pair, says }) => {
	const walk = await newStore();
	await given(walk);
	const explanation = await explain(walk, ...pair);
	expect(explanation.together).toBe(false);
	expect(explanation.evidence.some(({ outcome }) => outcome === 'match')).toBe(true);
	expect(explanation.sentence).toContain(says);
});

test('evidence that clustering left out is no step of the way between two that are one by other evidence', async () => {
	const walk = await newStore();
	await walk.arrive(
		person('support:1', { email: mail('a'), customerNo: 'c7' }),
		person('billing:1', { ...ann, phone: '+1 212 642 8891', customerNo: 'c7' }),
		person('crm:1', { ...ann, email: mail('a'), phone: '+1 212 642 8891' }),
		person('mail:1', { given: 'Bob', family: 'Hill', email: mail('a') }),
	);
	const { together, outcome, path, sentence } = await explain(walk, 'support:1', 'crm:1');
	expect([together, outcome, path]).toEqual([true, 'match', [contact('support:1'), contact('billing:1'), contact('crm:1')]]);
	expect(sentence).toContain('Their own evidence has no part in that: support:contact:1 is tied to crm:contact:1 and to mail:contact:1 equally closely');
});

test('a copy is with what the record that stands for it is with, and that is a step of the way', async () => {
	const walk = await newStore();
	const home = { ...ann, street: '1 High Street', zip: '10001' };
	await walk.arrive(person('crm:1', home), person('crm:2', home), person('crm:3', home), person('mail:1', { ...home, born: '1980-02-01' }));
	expect((await explain(walk, 'crm:2', 'crm:3')).steps).toMatchObject([{ from: contact('crm:2'), to: contact('crm:3'), by: 'copy' }]);
	const { steps, sentence } = await explain(walk, 'crm:2', 'mail:1');
	expect(steps).toMatchObject([{ to: contact('crm:1'), by: 'copy', weight: null }, { to: contact('mail:1'), by: 'evidence' }]);
	expect(sentence).toMatch(/They are joined through 1 other record: crm:contact:2, then crm:contact:1 \(it says the same\), then mail:contact:1 \(\+[\d.]+\)\.$/);
});

test('a word that a later one overruled: what the later one was about', async () => {
	const walk = await newStore();
	await walk.arrive(...(['crm:1 Hill', 'mail:1 Wood', 'support:1 Stone', 'billing:1 Lake'].map((text) => {
		const [place = '', family = ''] = text.split(' ');
		return person(place, { given: 'Ann', family, email: mail(family) });
	})));
	for (const [a, b] of [['crm:1', 'mail:1'], ['crm:1', 'support:1'], ['mail:1', 'billing:1']] as const) await walk.decide('same', a, b);
	await walk.decide('different', 'support:1', 'billing:1');
	const { together, sentence } = await explain(walk, 'crm:1', 'mail:1');
	expect(together).toBe(false);
	expect(sentence).toMatch(/^These two records are two profiles, although kim decided "same" .* They stay apart: kim decided that support:contact:1 and billing:contact:1 are different/);
});

test('a question about others of the two profiles is named', async () => {
	const walk = await newStore();
	await walk.arrive(
		person('crm:1', { ...ann, email: mail('home') }), person('mail:1', { given: 'Bob', family: 'Hill', email: mail('home') }),
		person('support:1', { ...ann, customerNo: 'c7' }), person('billing:1', { ...ann, email: mail('home'), customerNo: 'c7' }),
	);
	const [task] = await walk.store.read((tx) => tx.reviews.open(1, 0));
	const { questionId, questionAbout, sentence } = await explain(walk, 'support:1', 'mail:1');
	expect(questionId).toBe(task?.id);
	expect(sentence).toContain(`A person is asked about ${refKey(questionAbout?.[0] as RecordRef)} and mail:contact:1, which stand for these (question ${task?.id}).`);
});

test('keys that both stand under and too many others do: nobody compared the two, and the sentence says why', async () => {
	const base = strictModel(2);
	const walk = await newStore({ ...base, matching: { ...base.matching, person: { ...base.matching.person, blocking: [] } } });
	const home = { ...ann, born: '1980-02-01', street: '1 High Street', zip: '10001' };
	await walk.arrive(person('crm:1', { ...home, phone: '+1 212 642 8891' }), ...['Bob', 'Carl', 'Dora'].map((given, index) => person(`mail:${index}`, { given, family: 'Wood', phone: '+1 212 642 8891' })), person('billing:1', { ...home, phone: '+1 212 642 8891', email: mail('x') }));
	const { proposed, outcome, sentence } = await explain(walk, 'crm:1', 'billing:1');
	expect([proposed, outcome]).toEqual([false, 'match']);
	expect(sentence).toContain('All keys under which both are looked for (phone) have a value that too many share, so nobody compared them');
});
