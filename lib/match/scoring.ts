import type { Comparison, ComparisonLevel, EntityMatching, MatchColumn } from '../domain';
import { isIncomparable, levelTest } from './level-kinds';
import type { LevelTest, PairView } from './pair-view';

/** Where a pair stands in one comparison. */
export interface LevelFound {
	comparison: Comparison;
	level: ComparisonLevel;
	/** Place of the level in the comparison. */
	index: number;
	/** log2(m / u), with the frequency of the shared value in place of `u` where that counts. */
	weight: number;
	/** The shared value, where the level is that they share one. */
	value?: string;
}

/** A model made ready for scoring: tests and frequencies looked up once. */
export interface Scorer {
	matching: EntityMatching;
	/** log2 of the odds that two random records are one. */
	prior: number;
	compiled: readonly { comparison: Comparison; tests: readonly LevelTest[] }[];
	frequencies: ReadonlyMap<MatchColumn, { values: ReadonlyMap<string, number>; floor: number }>;
}

const scorers = new WeakMap<EntityMatching, Scorer>();

export function scorerOf(matching: EntityMatching): Scorer {
	let scorer = scorers.get(matching);
	if (!scorer) {
		scorer = {
			matching,
			prior: rounded(Math.log2(matching.prior / (1 - matching.prior))),
			compiled: matching.comparisons.map((comparison) => ({
				comparison,
				tests: comparison.levels.map(({ kind }) => {
					const test = levelTest(comparison.column, kind);
					if (!test) throw new Error(`The comparison "${comparison.comparison}" has a level of kind "${kind}", which its column ${comparison.column} does not know.`);
					return test;
				}),
			})),
			frequencies: new Map(matching.termFrequencies.map(({ column, floor, values }) => [column, { floor, values: new Map(values) }])),
		};
		scorers.set(matching, scorer);
	}
	return scorer;
}

/** The level of each comparison, in the model's order; comparisons in which one side has nothing are left out, which makes them neutral. */
export function findLevels(pair: PairView, { compiled, frequencies }: Scorer): LevelFound[] {
	const found: LevelFound[] = [];
	for (const { comparison, tests } of compiled) {
		const { index, value } = placeOf(pair, comparison, tests);
		const level = comparison.levels[index];
		if (!level) continue;
		const frequency = level.termFrequency && value !== undefined ? frequencies.get(comparison.column) : undefined;
		const u = frequency && value !== undefined ? (frequency.values.get(value) ?? frequency.floor) : level.u;
		found.push({ comparison, level, index, weight: rounded(Math.log2(level.m / u)), ...(value !== undefined && { value }) });
	}
	return found;
}

/** As {@link levelOf}, and -1 where the comparison says nothing: one side has no value, or names in two scripts are not alike. */
export function placeOf(pair: PairView, comparison: Comparison, tests: readonly LevelTest[]): { index: number; value?: string } {
	if (isIncomparable(comparison.column, pair)) return { index: -1 };
	const found = levelOf(pair, comparison, tests);
	const isName = comparison.column === 'given_name' || comparison.column === 'family_name';
	const differs = found.index === comparison.levels.length - 1;
	return isName && differs && pair.a.ownScript !== pair.b.ownScript ? { index: -1 } : found;
}

/** The first level that holds; the place behind the last one when none does (a comparison without `else`). */
export function levelOf(pair: PairView, { levels }: Comparison, tests: readonly LevelTest[]): { index: number; value?: string } {
	for (const [index, test] of tests.entries()) {
		const holds = test(pair, levels[index]?.threshold ?? 0);
		if (holds === false) continue;
		return holds === true ? { index } : { index, value: holds };
	}
	return { index: levels.length };
}

/** Six decimals: the lines of an explanation add up to the weight, on every machine. */
export function rounded(weight: number): number {
	return Math.round(weight * 1e6) / 1e6;
}
