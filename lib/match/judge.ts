import type { ComparisonResult, Evidence, IdentityModel } from '../domain';
import type { Comparable } from './comparable';
import { shareKey } from './keys';
import { viewPair } from './pair-view';
import { reservationAbout } from './reservations';
import { findLevels, findLevelsFrom, type LevelFound, rounded, scorerOf } from './scoring';

/** The name under which evidence of the probabilistic model is kept. */
const MODEL_RULE = 'model';
export const RULE_LABEL = 'Probabilistic match';

export type Judgement = Pick<Evidence, 'rule' | 'weight' | 'outcome' | 'comparisons'>;

/** A pair's match weight with everything that it is made of, whatever its outcome. */
export interface PairScore {
	/** log2 of the odds that the two are one. */
	weight: number;
	outcome: 'match' | 'review' | 'none';
	/** Add up to the weight: the prior first, then a line a comparison, last what a reservation takes away. */
	comparisons: ComparisonResult[];
	/** No key proposes the pair, so that its weight has no effect. */
	proposed: boolean;
}

/**
 * What speaks for two records being one: one judgement, or none when their match weight is below the threshold for review,
 * no key proposes the pair, or unique identifiers rule it out.
 * Pure: depends only on the two records, the model, and which values are too common (`generic`, as match keys).
 * The order of the two does not matter.
 */
export function judgePair(x: Comparable, y: Comparable, model: IdentityModel, generic: ReadonlySet<string>): Judgement[] {
	return shareKey(x, y, model, generic) ? judgeProposed(x, y, model, generic) : [];
}

/** The same for two records that are known to share a key that is not too common. `generic` may be limited to identifiers that both have. */
export function judgeProposed(x: Comparable, y: Comparable, model: IdentityModel, generic: ReadonlySet<string>): Judgement[] {
	if (x.entity !== y.entity) return [];
	const scorer = scorerOf(model.matching[x.entity]);
	const { matching, prior } = scorer;
	const [a, b] = x.ref < y.ref ? [x, y] : [y, x];
	const pair = viewPair(a, b, generic);
	const found = findLevelsFrom(pair, scorer, matching.thresholds.review);
	if (!found) return [];
	const sum = total(prior, found);
	if (sum < matching.thresholds.review) return [];
	const { weight, outcome, comparisons } = weigh(pair, found, sum, model);
	return outcome === 'none' ? [] : [{ rule: MODEL_RULE, weight, outcome, comparisons }];
}

/** The match weight of any two records of one entity, also of a pair that is far from being one. */
export function scorePair(x: Comparable, y: Comparable, model: IdentityModel, generic: ReadonlySet<string>): PairScore {
	const [a, b] = x.ref < y.ref ? [x, y] : [y, x];
	const scorer = scorerOf(model.matching[x.entity]);
	const pair = viewPair(a, b, generic);
	const found = findLevels(pair, scorer);
	const score = weigh(pair, found, total(scorer.prior, found), model);
	return { ...score, proposed: x.entity === y.entity && shareKey(x, y, model, generic) };
}

function total(prior: number, found: readonly LevelFound[]): number {
	let sum = prior;
	for (const { weight } of found) sum += weight;
	return rounded(sum);
}

function weigh(pair: ReturnType<typeof viewPair>, found: readonly LevelFound[], sum: number, model: IdentityModel): Omit<PairScore, 'proposed'> {
	const entity = pair.a.entity;
	const scorer = scorerOf(model.matching[entity]);
	const { matching, prior } = scorer;
	const { match, review } = matching.thresholds;
	const comparisons: ComparisonResult[] = [
		{ comparison: 'prior', level: 'two random records', weight: prior },
		...found.map(({ comparison, level, weight, value }) => ({ comparison: comparison.comparison, level: level.label, weight, ...(value !== undefined && { value }) })),
	];
	const reservation = reservationAbout(entity, pair, found, scorer);
	const ceiling = reservation === undefined ? Infinity : reservation.limit === 'review' ? match - 1e-6 : review - 1e-6;
	let weight = sum;
	if (reservation && sum > ceiling) {
		weight = rounded(ceiling);
		comparisons.push({ comparison: 'reservation', level: reservation.level, weight: rounded(weight - sum) });
	}
	return { weight, outcome: weight >= match ? 'match' : weight >= review ? 'review' : 'none', comparisons };
}
