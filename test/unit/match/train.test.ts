import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expectationMaximisation, LEAST_RECORDS, matchProbability, shippedMatching, trainMatching, type Comparable, type Pattern } from '../../../lib/match';
import { seededRandom } from '../../../lib/match/random';
import { people } from './given';

const KNOWN = join(__dirname, '../../../../shared/data/er/splink_fixtures/known_params_comparison_vectors.csv');
const TRUE_M = [[0.3, 0.7], [0.1, 0.9], [0.05, 0.95]];
const TRUE_U = [[0.9, 0.1], [0.975, 0.025], [0.8, 0.2]];
const GUESS = { lambda: 0.2, m: TRUE_M.map(() => [0.2, 0.8]), u: TRUE_U.map(() => [0.8, 0.2]) };

function patternsOf(rows: readonly (readonly number[])[]): Pattern[] {
	const counts = new Map<string, number>();
	for (const levels of rows) counts.set(levels.join(), (counts.get(levels.join()) ?? 0) + 1);
	return [...counts].map(([levels, count]) => ({ levels: levels.split(',').map(Number), count }));
}

function expectTrueParameters(patterns: readonly Pattern[], within: number): void {
	const found = expectationMaximisation(patterns, GUESS, { maxIterations: 2000, tolerance: 1e-9 });
	expect(Math.abs(found.lambda - 0.5)).toBeLessThan(within);
	for (const [index, levels] of TRUE_M.entries()) {
		for (const level of levels.keys()) {
			expect(Math.abs((found.m[index]?.[level] ?? 0) - (TRUE_M[index]?.[level] ?? 0))).toBeLessThan(within);
			expect(Math.abs((found.u[index]?.[level] ?? 0) - (TRUE_U[index]?.[level] ?? 0))).toBeLessThan(within);
		}
	}
}

test('expectation maximisation finds the parameters that pairs were made with', () => {
	const patterns: Pattern[] = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => {
		const levels = [bits & 1, (bits >> 1) & 1, (bits >> 2) & 1];
		const share = (of: readonly (readonly number[])[]) => levels.reduce((product, level, index) => product * (of[index]?.[level] ?? 0), 1);
		return { levels, count: 1e6 * (0.5 * share(TRUE_M) + 0.5 * share(TRUE_U)) };
	});
	expectTrueParameters(patterns, 1e-4);
});

test("Splink's vectors of known parameters: m and u within .01, match probability within 1 %", () => {
	if (!existsSync(KNOWN)) return console.log('known_params_comparison_vectors.csv is not there: nothing to check against');
	const rows: Record<string, string>[] = parse(readFileSync(KNOWN), { columns: true });
	const vectors = rows.map((row) => [1, 2, 3].map((column) => Number(row[`gamma_col_${column}`])));
	expectTrueParameters(patternsOf(vectors), 0.01);
	const found = expectationMaximisation(patternsOf(vectors), GUESS, { maxIterations: 2000, tolerance: 1e-9 });
	for (const [index, levels] of vectors.entries()) {
		expect(Math.abs(matchProbability(levels, found) - Number(rows[index]?.true_match_probability_l))).toBeLessThan(0.01);
	}
});

/** So many people, a third of them twice with a slip. */
function town(count: number): Comparable[] {
	const random = seededRandom(7);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() ** 2 * list.length)] as T;
	const syllables = ['ka', 'ro', 'mi', 'tel', 'va', 'son', 'bri', 'lud', 'fen', 'gar', 'os', 'pel'];
	const word = () => pick(syllables) + pick(syllables) + pick(syllables);
	const [givens, families] = [Array.from({ length: 60 }, word), Array.from({ length: 300 }, word)];
	const fields = Array.from({ length: count }, () => {
		const born = `${1940 + Math.floor(random() * 60)}-0${1 + Math.floor(random() * 9)}-${10 + Math.floor(random() * 18)}`;
		return { given: pick(givens), family: pick(families), born, street: `${Math.floor(random() * 90)} ${pick(families)} street`, zip: `${10_000 + Math.floor(random() * 400)}` };
	});
	const again = fields.filter((_, index) => index % 3 === 0).map((one, index) => (index % 4 === 0 ? { ...one, family: `${one.family}e` } : one));
	return people(...fields, ...again).map((one) => ({ ...one, identifiers: [] }));
}

describe('a trained model', () => {
	const records = town(400);
	const trained = trainMatching(records, { seed: 1 });

	it('does not depend on the order of the records', () => {
		fc.assert(
			fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
				expect(trainMatching(shuffled, { seed: 1 })).toEqual(trained);
			}),
			{ numRuns: 1 },
		);
	});

	it('has learned how common names are, and keeps what the data says nothing about', () => {
		const { person, company } = trained;
		const shipped = shippedMatching();
		expect(company).toEqual(shipped.company);
		expect(person.termFrequencies.map(({ column }) => column)).toEqual(['given_name', 'family_name', 'birth_date']);
		const levelsOf = (model: typeof person, name: string) => model.comparisons.find(({ comparison }) => comparison === name)?.levels.map(({ m, u }) => Math.log2(m / u));
		for (const [index, weight] of (levelsOf(person, 'phone') ?? []).entries()) expect(weight).toBeCloseTo(levelsOf(shipped.person, 'phone')?.[index] ?? Number.NaN, 1);
		expect(person.prior).not.toBe(shipped.person.prior);
	});

	it('never lets a level speak for a pair that speaks against it', () => {
		for (const { levels } of trained.person.comparisons) {
			const last = levels.at(-1);
			expect(last && last.m <= last.u).toBe(true);
		}
	});

	it('is the one to start with as long as there are few records', () => {
		expect(trainMatching(records.slice(0, LEAST_RECORDS - 1), { seed: 1 })).toEqual(shippedMatching());
	});
});
