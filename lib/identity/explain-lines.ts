import type { ComparisonLevel, ComparisonResult, EntityMatching, IdentityModel, MatchColumn } from '../domain';
import type { Comparable, PairScore } from '../match';
import { matchKeys } from '../match';
import { textsOf } from '../match/pair-view';

/** One line of the sum of match weights. All of them add up to the pair's weight. */
export interface ExplainedLine extends ComparisonResult {
	/** `prior` comes first; `missing` is a comparison that is neutral for want of a value; `reservation` is what is taken away at the end. */
	kind: 'prior' | 'comparison' | 'missing' | 'reservation';
	/** Probability of this level among pairs that are one. */
	m?: number;
	/** The same among pairs that are not one; where `frequencyCounted`, the frequency of the shared value. */
	u?: number;
	/** How rare the shared value is decided the weight. */
	frequencyCounted?: boolean;
	/** Why there is nothing to compare. */
	because?: string;
}

/** Every comparison of the model, in its order, those without a value too; the prior before them, and reservations after them. */
export function explainedLines(score: PairScore, x: Comparable, y: Comparable, matching: EntityMatching, tooCommon: readonly string[]): ExplainedLine[] {
	const found = new Map(score.comparisons.map((line) => [line.comparison, line]));
	const known = new Set(['prior', ...matching.comparisons.map(({ comparison }) => comparison)]);
	const lines = matching.comparisons.map(({ comparison, column, levels }): ExplainedLine => {
		const line = found.get(comparison);
		return line ? { kind: 'comparison', ...line, ...probabilitiesOf(line, levels) } : { kind: 'missing', comparison, level: 'missing', weight: 0, because: whatIsMissing(column, x, y, tooCommon) };
	});
	return [
		...score.comparisons.filter(({ comparison }) => comparison === 'prior').map((line): ExplainedLine => ({ kind: 'prior', ...line })),
		...lines,
		...score.comparisons.filter(({ comparison }) => !known.has(comparison)).map((line): ExplainedLine => ({ kind: 'reservation', ...line })),
	];
}

function probabilitiesOf({ level: label, weight, value }: ComparisonResult, levels: readonly ComparisonLevel[]): Pick<ExplainedLine, 'm' | 'u' | 'frequencyCounted'> {
	const distance = ({ m, u }: ComparisonLevel) => Math.abs(Math.log2(m / u) - weight);
	const [level] = levels.filter((one) => one.label === label).sort((one, other) => distance(one) - distance(other));
	if (!level) return {};
	// Weights are rounded to six decimals.
	if (distance(level) < 1e-5) return { m: level.m, u: level.u };
	return { m: level.m, u: level.m / 2 ** weight, ...(level.termFrequency && value !== undefined && { frequencyCounted: true }) };
}

function whatIsMissing(column: MatchColumn, x: Comparable, y: Comparable, tooCommon: readonly string[]): string {
	const [left, right] = [has(column, x), has(column, y)];
	if (!left && !right) return 'neither has one';
	if (!left || !right) return `${(left ? y : x).ref} has none`;
	return tooCommon.includes(column) ? 'the value that they share is too common to count' : 'nothing of one kind to compare';
}

function has(column: MatchColumn, record: Comparable): boolean {
	if (column === 'address') return record.streets.length + record.postalCodes.length + record.cities.length > 0;
	return textsOf(column, record).length > 0;
}

/** A value under which both records are found. */
export interface SharedKey {
	/** The identifier's kind, or the name of the blocking rule. */
	name: string;
	value: string;
	/** An identifier is evidence by itself; a blocking rule only proposes pairs. */
	type: 'identifier' | 'blocking';
	/** Too many have it: it proposes no pair and is no evidence. */
	tooCommon: boolean;
}

/** The keys that both records stand under, which decide whether the pair is compared at all. `generic` names those that are too common. */
export async function sharedKeys(x: Comparable, y: Comparable, model: IdentityModel, generic: (keys: readonly string[]) => Promise<Set<string>>): Promise<{ keys: SharedKey[]; common: Set<string> }> {
	const others = new Set(matchKeys(y, model).map(({ key }) => key));
	const shared = matchKeys(x, model).filter(({ key }) => others.has(key)).map(({ key }) => key);
	const common = await generic(shared);
	return { keys: shared.map((key) => ({ ...partsOf(key), tooCommon: common.has(key) })), common };
}

/** `person|email:ann@example.com`, or `person|~birth_date:1980-02-01` for a blocking rule. */
function partsOf(key: string): Omit<SharedKey, 'tooCommon'> {
	const rest = key.slice(key.indexOf('|') + 1);
	const colon = rest.indexOf(':');
	const name = rest.slice(0, colon);
	return name.startsWith('~') ? { name: name.slice(1), value: rest.slice(colon + 1), type: 'blocking' } : { name, value: rest.slice(colon + 1), type: 'identifier' };
}
