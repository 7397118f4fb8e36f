import { type Comparison, type ComparisonLevel, type Entity, type EntityMatching, identifierLookupKey, type IdentityModel, type MatchingModel } from '../domain';
import { atOnce, eachWithBreaks, givingTurns, type WithBreaks } from './breaks';
import type { Comparable } from './comparable';
import { contentOf } from './content';
import { expectationMaximisation, type LevelProbabilities, matchProbability, type Parameters, type Pattern } from './expectation-maximisation';
import { isTooCommon } from './distinct-holders';
import { blocksOf, pickBlocking } from './pick-blocking';
import { seededRandom } from './random';
import { scorerOf } from './scoring';
import { shippedMatching } from './shipped-matching';
import { countFrequencies } from './term-frequencies';
import { BLOCKING_LIMIT, keyLimit, matchKeys } from './keys';
import { blockPatterns, pairsOf, randomPatterns } from './training-pairs';
import { sessionsOf } from './training-sessions';
import { judgeTwins } from './twins';

export interface TrainOptions {
	/** The same seed and records, in any order, give the same model. */
	seed: number;
	/** What to start from and to fall back on; the shipped model when left out. */
	base?: MatchingModel;
	/** How common an identifier may be, as in the identity model. */
	identifiers?: IdentityModel['identifiers'];
	/** The records are a sample, one of so many; 1 when left out. */
	oneOf?: number;
}

/** Pairs of a blocking rule, and which comparisons they can teach. */
interface Session {
	patterns: Pattern[];
	active: boolean[];
}

/** Fewer records of an entity than this say too little: the base stays. */
export const LEAST_RECORDS = 500;
/** Belief in the base's m, in pairs that are one. */
const BELIEF = 30;
/** Belief in the base's u, in pairs seen at the level. */
const SEEN = 3;
/** Share of true pairs that the deterministic rules find. */
const ASSUMED_RECALL = 0.75;

/**
 * Fits a matching model to records without labels: blocking rules under a budget, term frequencies, u from random pairs, the prior from
 * deterministic rules, m by expectation maximisation over pairs from several blocking rules, each without the comparisons it selects by.
 * Pure; thresholds stay as they are.
 */
export function trainMatching(records: readonly Comparable[], options: TrainOptions): MatchingModel {
	return atOnce(trainBoth(records, options));
}

/**
 * The same for whoever can't be away for so long: of 100,000 records it takes a quarter of a minute, and of that no part more than about a second.
 * @param turn awaited between the parts; throws to end the training there
 */
export async function trainMatchingInTurns(records: readonly Comparable[], options: TrainOptions, turn: () => Promise<unknown>): Promise<MatchingModel> {
	return givingTurns(trainBoth(records, options), turn);
}

function* trainBoth(records: readonly Comparable[], options: TrainOptions): WithBreaks<MatchingModel> {
	const base = options.base ?? shippedMatching();
	return { person: yield* train(records, 'person', base, options), company: yield* train(records, 'company', base, options) };
}

function* train(all: readonly Comparable[], entity: Entity, model: MatchingModel, { seed, identifiers = {}, oneOf }: TrainOptions): WithBreaks<EntityMatching> {
	const base = model[entity];
	// Exact copies are compared once, so they count once: a record that was loaded a thousand times says nothing about how names are spread.
	const records = yield* distinctContent(all.filter((record) => record.entity === entity).sort((x, y) => (x.ref < y.ref ? -1 : 1)));
	if (records.length < LEAST_RECORDS) return base;
	const random = seededRandom(seed);
	const blocking = yield* pickBlocking(records, entity, oneOf);
	const generic = yield* commonKeys(records, { matching: model, identifiers });
	const scorer = scorerOf({ ...base, termFrequencies: [] });
	const start = parametersOf(base);

	const strangers = yield* randomPatterns(records, scorer, generic, random);
	const pairCount = (records.length * (records.length - 1)) / 2;
	const lambda = yield* priorOf(records, pairCount, generic, random);
	let u = estimateU(strangers, { ...start, lambda }, base.comparisons);
	let m = start.m;
	const sessions: Session[] = [];
	for (const { rule, columns } of sessionsOf(entity)) {
		sessions.push({ patterns: blockPatterns(records, rule, scorer, generic, random), active: base.comparisons.map(({ column }) => !columns.includes(column)) });
		yield;
	}
	// Twice: which of the random pairs are one is known better after the first round.
	for (let round = 0; round < 2; round += 1) {
		m = estimateM(sessions, { lambda, m: start.m, u });
		u = estimateU(strangers, { lambda, m, u }, base.comparisons);
		yield;
	}
	const comparisons = base.comparisons.map((comparison, index) => withProbabilities(comparison, m[index] ?? [], u[index] ?? []));
	const copies = lambda * (records.length - 1);
	const twins = entity === 'person' ? judgeTwins(records) : undefined;
	yield;
	return { ...base, ...(twins && { twins }), prior: lambda, comparisons, blocking, termFrequencies: countFrequencies(records, { comparisons }, copies) };
}

/** Of equal ones the first, at the place of the last. */
function* distinctContent(records: readonly Comparable[]): WithBreaks<Comparable[]> {
	const kept = new Map<string, Comparable>();
	yield* eachWithBreaks([...records].reverse(), (record) => void kept.set(contentOf(record), record));
	return [...kept.values()].reverse();
}

function withProbabilities(comparison: Comparison, m: readonly number[], u: readonly number[]): Comparison {
	return { ...comparison, levels: comparison.levels.map((level, index) => (level.fixed ? level : { ...level, ...withSign(level, bounded(m[index] ?? level.m), bounded(u[index] ?? level.u)) })) };
}

/** A level that speaks against a pair never comes to speak for it, nor the other way round. */
function withSign(base: ComparisonLevel, m: number, u: number): Pick<ComparisonLevel, 'm' | 'u'> {
	const against = base.m < base.u;
	return { m: against ? Math.min(m, u) : m, u: against ? u : Math.min(u, m) };
}

function bounded(probability: number): number {
	return Math.min(Math.max(probability, 1e-12), 1);
}

function parametersOf({ prior, comparisons }: Pick<EntityMatching, 'prior' | 'comparisons'>): Parameters {
	return { lambda: prior, m: comparisons.map(({ levels }) => levels.map(({ m }) => m)), u: comparisons.map(({ levels }) => levels.map(({ u }) => u)) };
}

/** u as seen among random pairs, those that are probably one counting less; where hardly any pair was seen the base's counts. */
function estimateU(patterns: readonly Pattern[], current: Parameters, comparisons: readonly Comparison[]): LevelProbabilities {
	const counts = current.u.map((levels) => levels.map(() => 0));
	for (const { levels, count } of patterns) {
		const apart = (1 - matchProbability(levels, current)) * count;
		for (const [index, level] of levels.entries()) {
			const row = counts[index];
			if (row && level >= 0) row[level] = (row[level] ?? 0) + apart;
		}
	}
	return counts.map((row, index) => {
		const total = row.reduce((sum, count) => sum + count, 0);
		return row.map((count, level) => {
			const believed = comparisons[index]?.levels[level]?.u ?? 1e-6;
			const belief = SEEN / believed;
			return (count + SEEN) / (total + belief);
		});
	});
}

function estimateM(sessions: readonly Session[], start: Parameters): LevelProbabilities {
	const sums = start.m.map((levels) => levels.map(() => 0));
	const weights = start.m.map(() => 0);
	for (const { patterns, active } of sessions) {
		const pairs = patterns.reduce((sum, { count }) => sum + count, 0);
		if (pairs < 50) continue;
		const found = expectationMaximisation(patterns, { ...start, lambda: 0.3 }, { active, fixU: true, pseudoCount: BELIEF, maxIterations: 50, tolerance: 1e-4 });
		const matches = pairs * found.lambda;
		if (matches < 20) continue;
		for (const [index, isActive] of active.entries()) {
			if (!isActive) continue;
			// Sessions count by what they saw, but none of them more than a few hundred pairs.
			const seen = patterns.reduce((sum, { levels, count }) => sum + ((levels[index] ?? -1) >= 0 ? count : 0), 0) * found.lambda;
			const weight = Math.min(seen, 500);
			weights[index] = (weights[index] ?? 0) + weight;
			for (const [level, value] of (found.m[index] ?? []).entries()) {
				const row = sums[index];
				if (row) row[level] = (row[level] ?? 0) + value * weight;
			}
		}
	}
	return sums.map((row, index) => {
		const weight = weights[index] ?? 0;
		return row.map((sum, level) => {
			const believed = start.m[index]?.[level] ?? 0;
			return (sum + BELIEF * believed) / (weight + BELIEF);
		});
	});
}

/** Share of all pairs that rules find which hardly ever err, over the share of true pairs that they may find. */
function* priorOf(records: readonly Comparable[], pairCount: number, generic: ReadonlySet<string>, random: () => number): WithBreaks<number> {
	const certain = new Set<string>();
	const rules: ((record: Comparable) => string[])[] = [
		(one) => one.identifiers.filter(({ kind, role, value }) => kind !== 'phone' && !role && !generic.has(identifierLookupKey(one.entity, kind, value))).flatMap(({ kind, value }) => named(one).map((name) => `${kind}|${value}|${name}`)),
		(one) => one.birthDates.flatMap((date) => named(one).map((name) => `date|${date}|${name}|${one.family[0] ?? ''}`)),
		(one) => one.streets.flatMap((street) => named(one).map((name) => `street|${street}|${name}`)),
	];
	for (const values of rules) {
		for (const block of blocksOf(records, { values }).values()) {
			for (const [a, b] of pairsOf(block, BLOCKING_LIMIT * BLOCKING_LIMIT, random)) certain.add(`${a.no}-${b.no}`);
		}
		yield;
	}
	return Math.min(Math.max(certain.size / ASSUMED_RECALL, 1) / pairCount, 0.05);
}

function named(record: Comparable): string[] {
	return record.entity === 'company' ? record.companyNames.slice(0, 1) : record.given.slice(0, 1);
}

function* commonKeys(records: readonly Comparable[], model: Pick<IdentityModel, 'matching' | 'identifiers'>): WithBreaks<Set<string>> {
	const holders = new Map<string, { who: string }[]>();
	yield* eachWithBreaks(records, (record) => {
		for (const key of matchKeys(record, model)) {
			const list = holders.get(key.key);
			if (list) list.push(key);
			else holders.set(key.key, [key]);
		}
	});
	return new Set([...holders].filter(([key, list]) => isTooCommon(list, keyLimit(key, model))).map(([key]) => key));
}
