/** Pairs that look alike: the place of their level in each comparison (-1: nothing to compare), and how many pairs there are. */
export interface Pattern {
	levels: readonly number[];
	count: number;
}

/** Probabilities of each level, by comparison. */
export type LevelProbabilities = number[][];

export interface Parameters {
	/** Share of the pairs that are one. */
	lambda: number;
	m: LevelProbabilities;
	u: LevelProbabilities;
}

export interface EmOptions {
	/** Which comparisons take part; one that the pairs were selected by must not. All when left out. */
	active?: readonly boolean[];
	/** Keep u as it is. */
	fixU?: boolean;
	/** So many pairs' worth of belief in the m that it starts from. */
	pseudoCount?: number;
	maxIterations?: number;
	/** Ends when no probability changes by more. */
	tolerance?: number;
}

const SMALLEST = 1e-12;

/**
 * Estimates the parameters of the Fellegi-Sunter model from pairs of which nobody knows whether they are one.
 * Source: Winkler (1988), Using the EM Algorithm for Weight Computation in the Fellegi-Sunter Model of Record Linkage.
 * Missing values are taken to be missing at random: such a comparison says nothing about its pair.
 */
export function expectationMaximisation(patterns: readonly Pattern[], start: Parameters, options: EmOptions = {}): Parameters & { iterations: number } {
	const { active, fixU = false, pseudoCount = 0, maxIterations = 200, tolerance = 1e-5 } = options;
	let current = start;
	for (let iteration = 1; iteration <= maxIterations; iteration += 1) {
		const next = step(patterns, current, start, { active, fixU, pseudoCount });
		const moved = difference(current, next);
		current = next;
		if (moved < tolerance) return { ...current, iterations: iteration };
	}
	return { ...current, iterations: maxIterations };
}

/** Probability that a pair of this pattern is one. */
export function matchProbability(levels: readonly number[], { lambda, m, u }: Parameters, active?: readonly boolean[]): number {
	let odds = lambda / (1 - lambda);
	for (const [index, level] of levels.entries()) {
		if (level < 0 || active?.[index] === false) continue;
		odds *= Math.max(m[index]?.[level] ?? 1, SMALLEST) / Math.max(u[index]?.[level] ?? 1, SMALLEST);
	}
	return odds === Infinity ? 1 : odds / (1 + odds);
}

function step(
	patterns: readonly Pattern[],
	current: Parameters,
	start: Parameters,
	{ active, fixU, pseudoCount }: { active: readonly boolean[] | undefined; fixU: boolean; pseudoCount: number },
): Parameters {
	const zero = (shape: LevelProbabilities) => shape.map((levels) => levels.map(() => 0));
	const [matched, unmatched] = [zero(current.m), zero(current.u)];
	let [all, matches] = [0, 0];
	for (const { levels, count } of patterns) {
		const p = matchProbability(levels, current, active);
		all += count;
		matches += p * count;
		for (const [index, level] of levels.entries()) {
			if (level < 0) continue;
			const [yes, no] = [matched[index], unmatched[index]];
			if (yes) yes[level] = (yes[level] ?? 0) + p * count;
			if (no) no[level] = (no[level] ?? 0) + (1 - p) * count;
		}
	}
	const lambda = Math.min(Math.max(matches / Math.max(all, 1), SMALLEST), 1 - SMALLEST);
	const m = matched.map((counts, index) => (active?.[index] === false ? (current.m[index] ?? []) : shares(counts, start.m[index] ?? [], pseudoCount)));
	const u = fixU ? current.u : unmatched.map((counts, index) => (active?.[index] === false ? (current.u[index] ?? []) : shares(counts, start.u[index] ?? [], pseudoCount)));
	return { lambda, m, u };
}

function shares(counts: readonly number[], believed: readonly number[], pseudoCount: number): number[] {
	const total = counts.reduce((sum, count) => sum + count, 0);
	if (total + pseudoCount === 0) return [...believed];
	const belief = believed.reduce((sum, share) => sum + share, 0) || 1;
	return counts.map((count, level) => Math.max((count + (pseudoCount * (believed[level] ?? 0)) / belief) / (total + pseudoCount), SMALLEST));
}

function difference(before: Parameters, after: Parameters): number {
	let largest = Math.abs(before.lambda - after.lambda);
	for (const side of ['m', 'u'] as const) {
		for (const [index, levels] of after[side].entries()) {
			for (const [level, value] of levels.entries()) largest = Math.max(largest, Math.abs(value - (before[side][index]?.[level] ?? 0)));
		}
	}
	return largest;
}
