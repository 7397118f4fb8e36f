import fc from 'fast-check';
import type { AttributeValue, SourceRecord } from '../../../lib/domain';
import { defaultModel } from '../../../lib/identity';
import { clusterComponent, compareNames, contradiction, editDistance, jaroWinkler, judgePair, sameDateButForASlip, toComparable, type Comparable, type DecidedPair, type WeighedEdge } from '../../../lib/match';

const model = defaultModel(['crm']);
const value = (text: string): AttributeValue => ({ value: text, valid: true });
function named(no: number, given: string, family: string, more: Record<string, string> = {}, identifiers: SourceRecord['identifiers'] = []): Comparable {
	const attributes = Object.fromEntries(Object.entries({ given_name: given, family_name: family, ...more }).flatMap(([name, text]) => (text === '' ? [] : [[name, [value(text)]]])));
	const record: SourceRecord = { system: 'crm', object: 'contact', sourceId: String(no), version: '1', updatedAt: '', kind: 'person', attributes, identifiers, consent: [], links: [] };
	return toComparable(record, no, model);
}

test.each([
	['Ann', 'Hill', 'Ann', 'Hill', 'agree', 'exact', 'exact'],
	['Ann', 'Hill', 'ANN', 'Híll', 'agree', 'exact', 'exact'],
	['Bob', 'Hill', 'Robert', 'Hill', 'agree', 'nickname', 'exact'],
	['A', 'Hill', 'Ann', 'Hill', 'agree', 'initial', 'exact'],
	['Johnathan', 'Hill', 'Jonathan', 'Hill', 'agree', 'similar', 'exact'],
	['Paweł', 'Wójcik', 'Paweł', 'Wójick', 'agree', 'exact', 'similar'],
	['Maria Luisa', 'Garcia', 'Maria', 'Garcia Lopez', 'agree', 'exact', 'similar'],
	['Hill', 'Ann', 'Ann', 'Hill', 'agree', 'exact', 'exact'],
	['Ann', 'Hill', 'Ann', 'Wood', 'family_differs', 'exact', 'different'],
	['Ann', 'Hill', 'Eve', 'Hill', 'conflict', 'different', 'exact'],
	['A', 'Hill', 'Ann', 'Wood', 'conflict', 'initial', 'different'],
	['', 'Hill', 'Ann', 'Hill', 'unknown', 'missing', 'exact'],
	['Ann', '', 'Ann', 'Hill', 'unknown', 'exact', 'missing'],
	['', '', 'Ann', 'Hill', 'unknown', 'missing', 'missing'],
	['', 'Hill', '', 'Wood', 'unknown', 'missing', 'different'],
])('"%s %s" and "%s %s": %s (given %s, family %s)', (given, family, otherGiven, otherFamily, relation, givenLevel, familyLevel) => {
	const [a, b] = [named(1, given, family), named(2, otherGiven, otherFamily)];
	for (const found of [compareNames(a, b), compareNames(b, a)]) expect(found).toMatchObject({ relation, given: givenLevel, family: familyLevel });
});

test.each([
	['1980-02-01', '1980-02-01', true],
	['1980-02-01', '1980-02-07', true],
	['1980-02-01', '1980-01-02', true],
	['1980-12-01', '1980-21-01', true],
	['1980-02-01', '1908-02-01', true],
	['1980-02-01', '1981-02-07', false],
	['1948-02-03', '1979-09-21', false],
])('birth dates %s and %s are one but for a slip: %s', (a, b, expected) => {
	expect([sameDateButForASlip(a, b), sameDateButForASlip(b, a)]).toEqual([expected, expected]);
});

test('a slip in a date is what the edit distance says, or day and month exchanged', () => {
	const date = fc.tuple(fc.constantFrom('1980', '1908', '1981'), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })).map(([year, month, day]) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
	fc.assert(
		fc.property(date, date, (a, b) => {
			const exchanged = `${a.slice(0, 4)}-${a.slice(8)}-${a.slice(5, 7)}` === b;
			expect(sameDateButForASlip(a, b)).toBe(exchanged || editDistance(a, b, 1) <= 1);
		}),
	);
});

test('similarities are the same both ways, full for equals, and stop at the limit', () => {
	const text = fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'b', 'c', ' ') });
	fc.assert(
		fc.property(text, text, fc.nat(4), (a, b, limit) => {
			expect(editDistance(a, b, limit)).toBe(editDistance(b, a, limit));
			expect(editDistance(a, b, limit)).toBe(Math.min(editDistance(a, b, 100), limit + 1));
			expect(editDistance(a, a, limit)).toBe(0);
			expect(jaroWinkler(a, a)).toBe(1);
			expect(jaroWinkler(a, b)).toBeGreaterThanOrEqual(0);
			expect(jaroWinkler(a, b)).toBeLessThanOrEqual(1);
		}),
	);
	expect([editDistance('hill', 'ihll', 2), editDistance('hill', 'hil', 2), editDistance('hill', 'hull', 2)]).toEqual([1, 1, 1]);
	expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.961, 3);
	expect(jaroWinkler('dixon', 'dicksonx')).toBeCloseTo(0.813, 3);
});

test('a pair is judged the same whichever of the two comes first, and its lines add up to the weight', () => {
	const names = fc.constantFrom('Ann', 'Anna', 'Bob', 'Robert', 'Hill', 'Hills', 'Wood', '');
	const dates = fc.constantFrom('', '1980-02-01', '1980-02-02', '1951-09-30');
	const identifiers = fc.uniqueArray(fc.constantFrom('email:a', 'email:b', 'phone:+12126428891', 'user_id:1', 'user_id:2', 'national_id:7', 'c_no:9'), { maxLength: 4 });
	const someone = fc.record({ given: names, family: names, born: dates, suffix: fc.constantFrom('', 'jr', 'sr'), street: fc.constantFrom('', '12 Mill Road'), company: fc.constantFrom('', 'Acorn GmbH'), identifiers });
	const make = (no: number, one: { given: string; family: string; born: string; suffix: string; street: string; company: string; identifiers: string[] }) =>
		named(
			no,
			one.given,
			one.family,
			{ birth_date: one.born, name_suffix: one.suffix, street: one.street, postal_code: one.street && '78704', company_name: one.company },
			one.identifiers.map((text) => ({ kind: text.split(':')[0] ?? '', value: text.split(':')[1] ?? '' })),
		);
	fc.assert(
		fc.property(someone, someone, fc.subarray(['person|email:a', 'person|user_id:1']), (x, y, generic) => {
			const [a, b] = [make(1, x), make(2, y)];
			const judged = judgePair(a, b, model, new Set(generic));
			expect(judgePair(b, a, model, new Set(generic))).toEqual(judged);
			for (const { weight, comparisons } of judged) expect(comparisons.reduce((total, line) => total + line.weight, 0)).toBeCloseTo(weight);
			if (generic.includes('person|email:a')) expect(judged.flatMap(({ comparisons }) => comparisons)).not.toContainEqual(expect.objectContaining({ comparison: 'email', value: 'a' }));
		}),
		{ numRuns: 500 },
	);
});

describe('clusters of one component', () => {
	const people = [named(1, 'Ann', 'Hill'), named(2, 'Bob', 'Hill'), named(3, '', 'Hill'), named(4, 'Ann', 'Hill'), named(5, 'Bob', 'Wood'), named(6, '', '')];
	const pair = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).filter(([a, b]) => a < b);
	const edges = fc.uniqueArray(fc.tuple(pair, fc.constantFrom(11, 16, 16, 20)), { selector: ([[a, b]]) => `${a}-${b}`, maxLength: 9 })
		.map((list) => list.map(([[a, b], weight]): WeighedEdge => ({ a, b, weight, rule: 'email_exact' })));
	const decisions = fc.uniqueArray(fc.tuple(pair, fc.constantFrom('same' as const, 'different' as const), fc.nat(3)), { selector: ([[a, b]]) => `${a}-${b}`, maxLength: 4 })
		.map((list) => list.map(([[a, b], verdict, at]): DecidedPair => ({ a, b, verdict, at: String(at) })));

	test('do not depend on the order of the lists nor on the numbers of the records, and keep apart what was decided to be different', () => {
		fc.assert(
			fc.property(edges, decisions, fc.infiniteStream(fc.nat()), (given, decided, dice) => {
				const shuffled = <T>(list: readonly T[]) => list.map((one) => ({ one, at: dice.next().value as number })).sort((x, y) => x.at - y.at).map(({ one }) => one);
				const found = clusterComponent({ records: people, edges: given, decisions: decided });
				expect(clusterComponent({ records: shuffled(people), edges: shuffled(given), decisions: shuffled(decided) })).toEqual(found);
				const other = (no: number) => 7 - no;
				const turn = ({ a, b, ...rest }: WeighedEdge) => ({ ...rest, a: other(b), b: other(a) });
				const renumbered = clusterComponent({
					records: people.map((one) => ({ ...one, no: other(one.no) })),
					edges: given.map(turn),
					decisions: decided.map(({ a, b, ...rest }) => ({ ...rest, a: other(b), b: other(a) })),
				});
				const sorted = (clusters: number[][]) => clusters.map((one) => [...one].sort()).map(String).sort();
				expect(sorted(renumbered.clusters.map((one) => one.map(other)))).toEqual(sorted(found.clusters));
				expect(renumbered.cut.map(turn).map(({ a, b }) => `${a}-${b}`).sort()).toEqual(found.cut.map(({ a, b }) => `${a}-${b}`).sort());
				for (const { a, b, verdict } of decided) {
					if (verdict === 'different') expect(found.clusters.some((one) => one.includes(a) && one.includes(b))).toBe(false);
				}
				expect(found.clusters.flat().sort()).toEqual([1, 2, 3, 4, 5, 6]);
			}),
			{ numRuns: 1000 },
		);
	});

	test('without decisions nobody is with one who contradicts him, unless evidence joins two of their names in this cluster', () => {
		fc.assert(
			fc.property(edges, (given) => {
				const conflict = (x: number, y: number) => contradiction(people[x - 1] as Comparable, people[y - 1] as Comparable) !== undefined;
				const { clusters } = clusterComponent({ records: people, edges: given, decisions: [] });
				for (const cluster of clusters) {
					for (const a of cluster) {
						for (const b of cluster) {
							if (!conflict(a, b)) continue;
							const tied = given.filter((edge) => cluster.includes(edge.a) && cluster.includes(edge.b) && conflict(edge.a, edge.b));
							expect(tied.some((edge) => (!conflict(a, edge.a) && !conflict(b, edge.b)) || (!conflict(a, edge.b) && !conflict(b, edge.a)))).toBe(true);
						}
					}
				}
			}),
			{ numRuns: 1000 },
		);
	});

	test('a unique identifier settles a pair that also differs in name, whatever the order: nobody is asked', () => {
		const unique = (no: number, given: string, id: string) => named(no, given, 'Hill', {}, [{ kind: 'user_id', value: id }]);
		for (const [p, q] of [[1, 2], [2, 1]] as const) {
			const records = [unique(3, '', 'u1'), named(p, 'Ann', ''), unique(q + 3, '', 'u2'), named(9, 'Bob', '')];
			const tie = (a: number, b: number, weight: number): WeighedEdge => ({ a: Math.min(a, b), b: Math.max(a, b), weight, rule: 'email_exact' });
			const { clusters, cut } = clusterComponent({ records, edges: [tie(3, p, 20), tie(q + 3, 9, 19), tie(3, 9, 11)], decisions: [] });
			expect(clusters).toHaveLength(2);
			expect(cut).toEqual([]);
		}
	});
});
