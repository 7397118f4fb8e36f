import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expectationMaximisation, matchProbability, type Parameters, type Pattern } from '../../../lib/match';

const KNOWN = join(__dirname, '../../../../shared/data/er/splink_fixtures/known_params_comparison_vectors.csv');
/** What the known vectors were made with; levels from different to equal. */
const TRUE: Parameters = { lambda: 0.5, m: [[0.3, 0.7], [0.1, 0.9], [0.05, 0.95]], u: [[0.9, 0.1], [0.975, 0.025], [0.8, 0.2]] };

function patternsOf(rows: readonly (readonly number[])[]): Pattern[] {
	const counts = new Map<string, number>();
	for (const levels of rows) counts.set(levels.join(), (counts.get(levels.join()) ?? 0) + 1);
	return [...counts].map(([levels, count]) => ({ levels: levels.split(',').map(Number), count }));
}

/** Every combination of levels, as often as the parameters say. */
function expectedPatterns({ lambda, m, u }: Parameters, pairs: number): Pattern[] {
	const combinations = m.reduce<number[][]>((list, levels) => list.flatMap((one) => levels.map((_, level) => [...one, level])), [[]]);
	const chance = (levels: readonly number[], of: Parameters['m']) => levels.reduce((product, level, index) => product * (of[index]?.[level] ?? 0), 1);
	return combinations.map((levels) => ({ levels, count: pairs * (lambda * chance(levels, m) + (1 - lambda) * chance(levels, u)) }));
}

function largestGap(found: Parameters, wanted: Parameters): number {
	const gaps = (['m', 'u'] as const).flatMap((side) => wanted[side].flatMap((levels, index) => levels.map((value, level) => Math.abs(value - (found[side][index]?.[level] ?? Number.NaN)))));
	return Math.max(Math.abs(found.lambda - wanted.lambda), ...gaps);
}

const GUESSES: { title: string; start: Parameters }[] = [
	{ title: 'a rough guess', start: { lambda: 0.2, m: TRUE.m.map(() => [0.2, 0.8]), u: TRUE.u.map(() => [0.8, 0.2]) } },
	{ title: 'what Splink starts from', start: { lambda: 0.0001, m: TRUE.m.map(() => [0.05, 0.95]), u: TRUE.u.map(() => [0.05 * 2 ** 5, 0.95 / 2 ** 10]) } },
	{ title: 'hardly any knowledge', start: { lambda: 0.5, m: TRUE.m.map(() => [0.45, 0.55]), u: TRUE.u.map(() => [0.55, 0.45]) } },
];

test.each(GUESSES)("Splink's vectors of known parameters, from $title: m and u within .01, match probability within 1 % of itself", ({ start }) => {
	if (!existsSync(KNOWN)) return console.log('known_params_comparison_vectors.csv is not there: nothing to check against');
	const rows: Record<string, string>[] = parse(readFileSync(KNOWN), { columns: true });
	const vectors = rows.map((row) => [1, 2, 3].map((column) => Number(row[`gamma_col_${column}`])));
	const found = expectationMaximisation(patternsOf(vectors), start);
	expect(largestGap(found, TRUE)).toBeLessThan(0.01);
	for (const [index, levels] of vectors.entries()) {
		const truth = Number(rows[index]?.true_match_probability_l);
		expect(Math.abs(matchProbability(levels, found) - truth) / truth).toBeLessThan(0.01);
	}
});

const share = fc.integer({ min: 5, max: 35 }).map((percent) => percent / 100);

test('parameters that pairs were made with are found, whatever they are', () => {
	const shares = fc.record({ lambda: fc.integer({ min: 20, max: 80 }).map((percent) => percent / 100), m: fc.array(share, { minLength: 4, maxLength: 5 }), u: fc.array(share, { minLength: 5, maxLength: 5 }) });
	fc.assert(
		fc.property(shares, ({ lambda, m, u }) => {
			const wanted = { lambda, m: m.map((one) => [one, 1 - one]), u: m.map((_, index) => [1 - (u[index] ?? 0.1), u[index] ?? 0.1]) };
			const found = expectationMaximisation(expectedPatterns(wanted, 1e6), { lambda: 0.5, m: m.map(() => [0.3, 0.7]), u: m.map(() => [0.7, 0.3]) }, { maxIterations: 20_000, tolerance: 1e-10 });
			expect(largestGap(found, wanted)).toBeLessThan(1e-3);
		}),
		{ numRuns: 25 },
	);
});

test('u stays as it is when it is known, and so does a comparison that the pairs were selected by', () => {
	const start: Parameters = { ...TRUE, lambda: 0.3, m: TRUE.m.map(() => [0.2, 0.8]) };
	const found = expectationMaximisation(expectedPatterns(TRUE, 1e6), start, { fixU: true, maxIterations: 2000, tolerance: 1e-9 });
	expect(found.u).toEqual(TRUE.u);
	expect(largestGap(found, TRUE)).toBeLessThan(1e-4);
	const without = expectationMaximisation(expectedPatterns(TRUE, 1e6), start, { fixU: true, active: [true, false, true] });
	expect(without.m[1]).toEqual(start.m[1]);
	expect(without.m[0]).not.toEqual(start.m[0]);
});

test('missing values say nothing: parameters are found although a third of them is missing', () => {
	const patterns = expectedPatterns(TRUE, 1e6).flatMap(({ levels, count }) => [
		{ levels, count },
		...levels.map((_, missing) => ({ levels: levels.map((level, index) => (index === missing ? -1 : level)), count })),
	]);
	const found = expectationMaximisation(patterns, GUESSES[0]?.start ?? TRUE, { maxIterations: 5000, tolerance: 1e-10 });
	expect(largestGap(found, TRUE)).toBeLessThan(1e-3);
	expect(matchProbability([-1, -1, -1], found)).toBeCloseTo(found.lambda, 9);
});

test('of pairs without anything to learn from the start remains', () => {
	const start = GUESSES[0]?.start ?? TRUE;
	const found = expectationMaximisation([{ levels: [-1, -1, -1], count: 10 }], start);
	expect([found.m, found.u]).toEqual([start.m, start.u]);
	expect(found.lambda).toBeCloseTo(start.lambda, 9);
});
