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
	compiled: readonly CompiledComparison[];
	/** The same, by their place in the model, in the order in which the pairs that come to nothing are soonest found out. */
	inTurn: readonly { place: number; one: CompiledComparison }[];
	frequencies: ReadonlyMap<MatchColumn, { values: ReadonlyMap<string, number>; floor: number }>;
}

interface CompiledComparison {
	comparison: Comparison;
	tests: readonly LevelTest[];
	/** The most that each level or one behind it can weigh; 0 where all speak against the pair, as nothing compared weighs 0. */
	most: readonly number[];
}

/** Columns whose tests cost least come first. */
const COSTS: readonly MatchColumn[] = ['generation', 'identifier', 'company_domain', 'phone', 'birth_date', 'postal_code', 'city', 'street', 'family_name', 'given_name', 'company_name', 'address', 'email'];
/** More than what rounding can add up to. */
const ROUNDING = 1e-3;

const scorers = new WeakMap<EntityMatching, Scorer>();

export function scorerOf(matching: EntityMatching): Scorer {
	let scorer = scorers.get(matching);
	if (!scorer) {
		const frequencies = new Map(matching.termFrequencies.map(({ column, floor, values }) => [column, { floor, values: new Map(values) }]));
		const compiled = matching.comparisons.map((comparison) => ({
			comparison,
			tests: comparison.levels.map(({ kind }) => {
				const test = levelTest(comparison.column, kind);
				if (!test) throw new Error(`The comparison "${comparison.comparison}" has a level of kind "${kind}", which its column ${comparison.column} does not know.`);
				return test;
			}),
			most: mostOf(comparison, frequencies.get(comparison.column)),
		}));
		const cost = ({ one }: { one: CompiledComparison }) => COSTS.indexOf(one.comparison.column);
		const inTurn = compiled.map((one, place) => ({ place, one })).sort((x, y) => cost(x) - cost(y));
		scorer = { matching, prior: rounded(Math.log2(matching.prior / (1 - matching.prior))), compiled, inTurn, frequencies };
		scorers.set(matching, scorer);
	}
	return scorer;
}

function mostOf({ levels }: Comparison, frequency: { values: ReadonlyMap<string, number>; floor: number } | undefined): number[] {
	let rarest = frequency?.floor ?? 1;
	for (const share of frequency?.values.values() ?? []) rarest = Math.min(rarest, share);
	const most = [0];
	for (const { m, u, termFrequency } of [...levels].reverse()) {
		const weight = Math.log2(m / (termFrequency && frequency ? Math.min(u, rarest) : u));
		most.unshift(Math.max(most[0] as number, weight));
	}
	return most;
}

/** The level of each comparison, in the model's order; comparisons in which one side has nothing are left out, which makes them neutral. */
export function findLevels(pair: PairView, scorer: Scorer): LevelFound[] {
	return findLevelsFrom(pair, scorer, -Infinity) as LevelFound[];
}

/** The same; undefined as soon as it is clear that prior and weights add up to less than this. */
export function findLevelsFrom(pair: PairView, scorer: Scorer, least: number): LevelFound[] | undefined {
	const found = new Array<LevelFound | undefined>(scorer.compiled.length);
	const open: Scorer['inTurn'][number][] = [];
	let [sum, rest] = [scorer.prior, 0];
	// The first level of each, which is mostly that the two are equal, costs hardly anything and says most.
	for (const turn of scorer.inTurn) {
		const { comparison, tests, most } = turn.one;
		if (isIncomparable(comparison.column, pair)) continue;
		const holds = tests[0]?.(pair, comparison.levels[0]?.threshold ?? 0) ?? false;
		if (holds === false) {
			open.push(turn);
			rest += most[1] ?? 0;
		} else if (!saysNothing(pair, comparison, 0)) {
			sum += (found[turn.place] = weighLevel(comparison, 0, holds, scorer))?.weight ?? 0;
		}
	}
	for (const { place, one } of open) {
		if (sum + rest < least - ROUNDING) return undefined;
		const { index, value } = levelOf(pair, one.comparison, one.tests, 1);
		rest -= one.most[1] ?? 0;
		if (saysNothing(pair, one.comparison, index)) continue;
		sum += (found[place] = weighLevel(one.comparison, index, value ?? true, scorer))?.weight ?? 0;
	}
	return found.filter((one) => one !== undefined);
}

function weighLevel(comparison: Comparison, index: number, holds: string | true, { frequencies }: Scorer): LevelFound | undefined {
	const level = comparison.levels[index];
	if (!level) return undefined;
	if (holds === true) return { comparison, level, index, weight: rounded(Math.log2(level.m / level.u)) };
	const frequency = level.termFrequency ? frequencies.get(comparison.column) : undefined;
	const u = frequency ? (frequency.values.get(holds) ?? frequency.floor) : level.u;
	return { comparison, level, index, weight: rounded(Math.log2(level.m / u)), value: holds };
}

/** As {@link levelOf}, and -1 where the comparison says nothing: one side has no value, or names in two scripts are not alike. */
export function placeOf(pair: PairView, comparison: Comparison, tests: readonly LevelTest[]): { index: number; value?: string } {
	if (isIncomparable(comparison.column, pair)) return { index: -1 };
	const found = levelOf(pair, comparison, tests);
	return saysNothing(pair, comparison, found.index) ? { index: -1 } : found;
}

/** Names in two scripts that are not alike may be one name. */
function saysNothing({ a, b }: PairView, { column, levels }: Comparison, index: number): boolean {
	const inTwoScripts = (column === 'given_name' && a.givenScript !== b.givenScript) || (column === 'family_name' && a.familyScript !== b.familyScript);
	return inTwoScripts && index === levels.length - 1;
}

/** The first level that holds, from one place on; the place behind the last one when none does (a comparison without `else`). */
function levelOf(pair: PairView, { levels }: Comparison, tests: readonly LevelTest[], from = 0): { index: number; value?: string } {
	for (let index = from; index < tests.length; index += 1) {
		const holds = (tests[index] as LevelTest)(pair, levels[index]?.threshold ?? 0);
		if (holds === false) continue;
		return holds === true ? { index } : { index, value: holds };
	}
	return { index: levels.length };
}

/** Six decimals: the lines of an explanation add up to the weight, on every machine. */
export function rounded(weight: number): number {
	return Math.round(weight * 1e6) / 1e6;
}
